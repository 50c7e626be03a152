"""The date looked at: chosen, kept, shown, refused, and never a way to regain rights."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from levier.accounts.actors import OPERATOR
from levier.accounts.domain.actors import Role
from levier.accounts.services import add_person
from levier.site.as_of import parse_as_of
from tests.web.shell_cases import PASSWORD, install

TODAY = date(2026, 11, 22)
BANNER = "Vous consultez Levier au "


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_each_date_in_reach_is_read_in_both_forms(day: date) -> None:
    assert parse_as_of(day.isoformat(), TODAY) == day
    assert parse_as_of(f"{day.day:02}/{day.month:02}/{day.year}", TODAY) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_in_reach_or_a_french_sentence(text: str) -> None:
    sentence, day = "", TODAY
    try:
        day = parse_as_of(text, TODAY)
    except ValueError as error:
        sentence = str(error)
    assert 1900 <= day.year <= 2100
    assert not sentence or sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "30/02/2024", "1899-12-31", "2101-01-01", "9999-12-31", "hier", "2024-7-1"],
)
def test_no_date_or_out_of_reach(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|année"):
        parse_as_of(text, TODAY)


def test_today_by_word_or_by_silence() -> None:
    assert parse_as_of("aujourdhui", TODAY) == parse_as_of("  ", TODAY) == TODAY


@pytest.mark.django_db
class TestPages:
    """The same through pages."""

    def test_a_chosen_date_stays_until_the_return_to_today(self, client: Client) -> None:
        assert BANNER not in client.get("/").content.decode()
        assert BANNER + "1er juillet 2024" in client.get("/?au=2024-07-01").content.decode()
        assert BANNER + "1er juillet 2024" in client.get("/boucle/situer/").content.decode()
        assert BANNER not in client.get("/connexion?au=aujourdhui").content.decode()
        assert BANNER not in client.get("/").content.decode()

    def test_a_visitor_who_looks_back_leaves_no_row(self, client: Client) -> None:
        for address in ("/?au=2024-07-01", "/?au=2023-01-01", "/?au=hier", "/?au=aujourdhui", "/"):
            client.get(address)
        assert Session.objects.count() == 0

    def test_the_date_is_kept_a_day_in_a_cookie_closed_to_scripts(self, client: Client) -> None:
        cookie = client.get("/?au=01/07/2024").cookies["levier_au"]
        assert cookie.value == "2024-07-01"
        assert (cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (86400, "Lax", True)
        assert "levier_au" not in client.get("/").cookies
        assert client.get("/?au=aujourdhui").cookies["levier_au"]["max-age"] == 0

    @pytest.mark.parametrize("value", ["hier", "9999-12-31", "2024-02-30", "<script>", "é" * 9000])
    def test_a_cookie_that_is_no_date_shows_today(self, client: Client, value: str) -> None:
        client.cookies["levier_au"] = value
        html = client.get("/").content.decode()
        assert BANNER not in html
        assert "script>" not in html.partition("<body>")[2]

    def test_pages_are_cached_apart_for_each_date(self, client: Client) -> None:
        assert "Cookie" in client.get("/sante").headers["Vary"]

    def test_today_itself_is_no_past_and_the_day_after_is_said_to_come(
        self, client: Client
    ) -> None:
        today = timezone.localdate()
        assert BANNER not in client.get("/", {"au": today.isoformat()}).content.decode()
        tomorrow = (today + timedelta(days=1)).isoformat()
        assert "une date à venir" in client.get("/", {"au": tomorrow}).content.decode()

    def test_a_wrong_date_is_told_and_the_earlier_choice_kept(self, client: Client) -> None:
        client.get("/?au=2024-07-01")
        html = client.get("/?au=2024-02-31").content.decode()
        assert "« 2024-02-31 »".replace(" ", "\u202f") in html
        assert BANNER + "1er juillet 2024" in html

    def test_the_date_form_keeps_the_other_parameters(self, client: Client) -> None:
        html = client.get("/?q=contrat%20%22de%22&au=2024-07-01").content.decode()
        assert '<input type="hidden" name="q" value="contrat &quot;de&quot;">' in html
        assert '<input type="hidden" name="au"' not in html

    def test_looking_back_gives_no_right_that_has_ended(self, client: Client) -> None:
        place = install()
        yesterday = timezone.localdate() - timedelta(days=1)
        former = add_person(
            OPERATOR,
            email="ancien@exemple.fr",
            full_name="Camille ANCIEN",
            password=PASSWORD,
            organisation=place.commune,
            role=Role.SECRETARY,
            starts_on=date(2020, 1, 1),
            ends_on=yesterday,
        )
        client.force_login(former)
        html = client.get("/boucle/decider/", {"au": "2024-07-01"}).content.decode()
        assert BANNER in html
        assert "Saisir une séance" not in html
