"""The pages of mandates: who reaches them, what they show, what they refuse."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from levier.council.forms.record_form import data_of_record
from levier.council.models import Assembly, Mandate
from tests.conftest import Someone
from tests.web.council_cases import HOSTILE, record, stored

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Anne LEROY",
    "function": "mayor",
    "starts_on": "25/05/2020",
    "ends_on": "",
    "source": "procès-verbal d’installation du 25 mai 2020",
}


@pytest.fixture
def client(council: Assembly, alice: Someone) -> Client:
    """Alice's browser."""
    browser = Client()
    browser.force_login(alice.person)
    return browser


@pytest.fixture
def address(council: Assembly) -> str:
    return f"/decider/assemblees/{council.pk}/mandats/"


def test_a_new_town_finds_its_assembly_then_its_mandates(
    client: Client, council: Assembly, address: str
) -> None:
    home = client.get("/decider/").content.decode()
    assert f'href="/decider/assemblees/{council.pk}/"' in home
    assert f'href="{address}"' in client.get(f"/decider/assemblees/{council.pk}/").content.decode()
    assert "Vos assemblées" not in Client().get("/decider/").content.decode()


def test_a_mandate_is_added_then_ended(client: Client, council: Assembly, address: str) -> None:
    assert "Aucun mandat n’est connu." in client.get(address).content.decode()
    page = client.post(address, FORM, follow=True).content.decode()
    assert "Anne LEROY, maire." in page
    assert "25 mai 2020" in page
    mandate = Mandate.objects.get()
    assert (mandate.function, mandate.starts_on) == ("mayor", date(2020, 5, 25))
    edit = f"/decider/mandats/{mandate.pk}/modifier/"
    assert f'href="{edit}"' in page
    form = client.get(edit).content.decode()
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version
    assert 'value="2020-05-25"' in form
    ended = FORM | {"ends_on": "2023-09-30", "version": version[1]}
    assert client.post(edit, ended).headers["Location"] == address
    assert Mandate.objects.get().ends_on == date(2023, 9, 30)
    stale = client.post(edit, FORM | {"version": version[1]})
    assert stale.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "modifié entre-temps" in stale.content.decode()
    assert Mandate.objects.get().ends_on == date(2023, 9, 30)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "prénom et le nom"),
        ({"starts_on": ""}, "starts_on", "premier jour"),
        ({"starts_on": "hier"}, "starts_on", "date du calendrier"),
        ({"ends_on": "01/01/2019"}, "ends_on", "avant d’avoir commencé"),
        ({"source": ""}, "source", "quel document"),
        ({"function": "president"}, "function", "choix"),
        ({"function": HOSTILE}, "function", "choix"),
    ],
)
def test_mistakes_stand_beside_their_field_and_nothing_is_lost(
    client: Client, address: str, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = client.post(address, FORM | changes)
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    error = page.partition(f'id="id_{field}_error"')[2].partition("</div>")[0]
    assert sentence in error
    assert HOSTILE not in page
    kept = "procès-verbal d’installation du 25 mai 2020" if field != "source" else "Anne LEROY"
    assert f'value="{kept}"' in page
    assert not Mandate.objects.exists()


def test_only_those_who_keep_the_assembly_reach_them(
    council: Assembly, address: str, chloe: Someone, emile: Someone, client: Client
) -> None:
    client.post(address, FORM)
    edit = f"/decider/mandats/{Mandate.objects.get().pk}/modifier/"
    stored(council, public=True)
    page_of_assembly = f"/decider/assemblees/{council.pk}/"
    assert f'href="{address}"' in client.get(page_of_assembly).content.decode()
    for someone in (None, chloe, emile):
        browser = Client()
        if someone is not None:
            browser.force_login(someone.person)
        assert address not in browser.get(page_of_assembly).content.decode()
        for page in (address, edit):
            shown = HTTPStatus.FORBIDDEN if someone else HTTPStatus.FOUND
            assert browser.get(page).status_code == shown
            refused = browser.post(page, FORM | {"ends_on": "2023-09-30"})
            assert refused.status_code == HTTPStatus.FORBIDDEN
    assert Mandate.objects.get(starts_on__isnull=False).ends_on is None


def test_the_sitting_form_tells_how_many_mandates_are_known_and_fills_nothing(
    client: Client, council: Assembly, address: str
) -> None:
    blank = "/decider/seances/nouvelle/"
    form = data_of_record(record(date(2024, 6, 11)), council.pk)
    data = {name: form.getlist(name) for name in form} | {"action": "preview"}
    page = client.post(blank, data).content.decode()
    assert "Levier ne connaît aucun mandat au 11 juin 2024." in page
    client.post(address, FORM)
    client.post(address, FORM | {"name": "Bruno PETIT", "function": "member"})
    client.post(address, FORM | {"name": "Zoé FIN", "function": "member", "ends_on": "2024-06-10"})
    page = client.post(blank, data).content.decode()
    assert "Levier connaît 2 mandats au 11 juin 2024, peut-être pas tous." in page
    field = re.search(r'<input[^>]*name="in_office"[^>]*>', page)
    assert field
    assert "value=" not in field[0]
