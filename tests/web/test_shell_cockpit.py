"""The cockpit: four questions in order, real state, and a cost that does not grow."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from levier.accounts.domain.actors import Role
from levier.site.loop import ROOMS
from tests.web.shell_cases import Installation, hold_sitting, install

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "Qu’est-ce qui attend une décision",
    "Qu’est-ce qui arrive à échéance",
    "Où les écarts se creusent-ils",
    "Où le droit commun n’arrive-t-il pas",
)


@pytest.fixture
def place() -> Installation:
    return install()


def figures(html: str) -> list[int]:
    return [
        int(value) for value in re.findall(r"<dd>(\d+)</dd>", html.partition('class="question"')[0])
    ]


def test_the_four_questions_in_order(client: Client) -> None:
    html = client.get("/").content.decode()
    places = [html.index(question) for question in QUESTIONS]
    assert places == sorted(places)
    for slug in ("observer", "mobiliser"):
        assert (
            f"« {ROOMS[slug].verb} » n’est pas dans cette version".replace(" »", "\u202f»").replace(
                "« ", "«\u202f"
            )
            in html
        )


def test_an_empty_installation_says_what_to_do_to_each(client: Client, place: Installation) -> None:
    html = client.get("/").content.decode()
    assert figures(html) == [0, 0, 0]
    assert "Aucune séance n’est encore enregistrée" in html
    assert "Saisir une séance" not in html
    client.force_login(place.person(Role.SECRETARY))
    assert "Saisissez une séance" in client.get("/").content.decode()


def test_it_counts_what_the_person_may_see_at_the_date_looked_at(
    client: Client, place: Installation
) -> None:
    hold_sitting(place, date(2024, 6, 11))
    hold_sitting(place, date(2025, 3, 4), public=False)
    assert figures(client.get("/").content.decode())[:2] == [1, 1]
    assert figures(client.get("/?au=2024-06-10").content.decode()) == [0, 0, 0]
    client.get("/?au=aujourdhui")
    client.force_login(place.person(Role.SECRETARY))
    assert figures(client.get("/").content.decode())[:2] == [2, 2]


def test_an_act_whose_quorum_is_not_known_awaits_a_look_with_its_article(
    client: Client, place: Installation
) -> None:
    deliberation = hold_sitting(place, date(2024, 6, 11))
    html = client.get("/").content.decode()
    first_answer = html.split('class="question"')[1]
    assert "1 acte reste à vérifier" in html
    assert deliberation.subject in first_answer
    assert "à vérifier" in first_answer
    assert "CGCT L2121" in first_answer
    assert f"/{deliberation.pk}" in first_answer


def test_clocks_are_told_under_the_second_question_only(
    client: Client, place: Installation
) -> None:
    hold_sitting(place, date(2024, 6, 11))
    _, decisions, clocks, *_ = client.get("/").content.decode().split('class="question"')
    assert "L2131-1" in clocks or "L2121-25" in clocks
    assert "L2121-25" not in decisions


def test_the_number_of_queries_does_not_grow_with_sittings(
    client: Client, place: Installation
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    client.force_login(place.person(Role.SECRETARY))
    hold_sitting(place, date(2024, 6, 11))
    with_one = cost()
    for rank in range(1, 9):
        hold_sitting(place, date(2024, 6, 11) + timedelta(days=30 * rank))
    assert cost() == with_one
    assert 5 <= with_one <= 30
