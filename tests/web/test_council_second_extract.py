"""Towns file one extract per act: two extracts of one sitting make one sitting."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from html import unescape
from http import HTTPStatus

import pytest
from django.http import QueryDict
from django.test import Client

from levier.accounts.actors import OPERATOR
from levier.accounts.models import AuditEntry
from levier.council.domain.merging import merge
from levier.council.domain.reading import read_text
from levier.council.forms.record_form import data_of_record
from levier.council.models import Assembly, Sitting
from levier.council.queries import sittings as queries
from levier.council.services.sittings import save_sitting
from tests.conftest import Someone
from tests.web.council_cases import ACT

pytestmark = pytest.mark.django_db
DEPOSIT = "/decider/deposer/"
SECOND = (
    ACT.replace("Tarifs de la cantine scolaire", "Réfection du préau")
    .replace("de fixer le prix du repas à trois euros", "d'approuver les travaux du préau")
    .replace("Étaient absents excusés : Denis MOREAU donne", "Étaient absents : Denis MOREAU donne")
)
OTHERWISE = SECOND.replace("Madame Chantal ROUX est désignée", "Monsieur Bruno PETIT est désigné")
NOTICE = "Une séance est déjà enregistrée à cette date"


@pytest.fixture
def client(council: Assembly, alice: Someone) -> Client:
    """Alice's browser."""
    browser = Client()
    browser.force_login(alice.person)
    return browser


@pytest.fixture
def sitting(client: Client, council: Assembly) -> Sitting:
    """The sitting of the first extract, deposited and saved."""
    page = deposit(client, ACT)
    assert NOTICE not in page
    send(client, read_text(ACT), council, page, action="save")
    return Sitting.objects.get()


def deposit(client: Client, text: str) -> str:
    answer = client.post(DEPOSIT, {"text": text})
    assert answer.status_code == HTTPStatus.OK
    return unescape(answer.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    return unescape(found[1]) if found else ""


def send(client: Client, record, council: Assembly, page: str, **more: str):
    """Send the form as the page holds it, filled with this record."""
    form: QueryDict = data_of_record(record, council.pk)
    data: dict[str, object] = {name: form.getlist(name) for name in form}
    for name in ("reading", "sitting", "version"):
        if value := hidden(page, name):
            data[name] = value
    return client.post(DEPOSIT, data | more)


def merged_with(sitting: Sitting, text: str):
    return merge(queries.record_of(OPERATOR, sitting.pk), read_text(text))[0]


def test_two_extracts_make_one_sitting_with_two_deliberations(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    page = deposit(client, SECOND)
    assert f"{NOTICE}\u202f: la délibération lue lui sera ajoutée" in page
    assert "dit autrement" not in page
    assert hidden(page, "sitting") == str(sitting.pk)
    assert hidden(page, "version") == str(sitting.version)
    assert "Tarifs de la cantine scolaire" in page
    assert "Réfection du préau" in page
    assert Sitting.objects.get().deliberations.count() == 1
    saved = send(client, merged_with(sitting, SECOND), council, page, action="save")
    assert saved.headers["Location"] == f"/decider/seances/{sitting.pk}/"
    after = Sitting.objects.get()
    acts = list(after.deliberations.order_by("position"))
    assert [act.subject for act in acts] == ["Tarifs de la cantine scolaire", "Réfection du préau"]
    line = AuditEntry.objects.filter(action="sitting.changed").get()
    assert line.changes["deliberations[1].subject"] == [None, "Réfection du préau"]
    assert "texte collé" in line.changes["added_source"][1]


def test_each_deliberation_leads_to_its_own_extract(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    first = sitting.source
    page = deposit(client, SECOND)
    send(client, merged_with(sitting, SECOND), council, page, action="save")
    kept, added = Sitting.objects.get().deliberations.order_by("position")
    assert (Sitting.objects.get().source, kept.source) == (first, None)
    assert first is not None
    assert added.source is not None
    assert added.source.sha256 != first.sha256
    assert added.source.sha256 in client.get(f"/decider/deliberations/{added.pk}/").content.decode()
    assert first.sha256 in client.get(f"/decider/deliberations/{kept.pk}/").content.decode()


def test_what_the_second_extract_says_otherwise_is_listed_and_not_taken(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    page = deposit(client, OTHERWISE)
    assert "1\u00a0point que l’acte dit autrement" in page
    sentence = "Chantal ROUX dans la séance enregistrée, Bruno PETIT dans l’acte lu."
    assert sentence in page
    assert 'name="secretary" value="Chantal ROUX"' in page
    redrawn = send(client, merged_with(sitting, OTHERWISE), council, page, add="attendance")
    assert sentence in redrawn.content.decode()
    assert hidden(redrawn.content.decode(), "sitting") == str(sitting.pk)


def test_the_same_extract_again_adds_nothing(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    page = deposit(client, ACT)
    assert "l’acte lu ne lui ajoute aucune délibération" in page
    send(client, merged_with(sitting, ACT), council, page, action="save")
    assert Sitting.objects.get().version == sitting.version
    assert Sitting.objects.get().deliberations.count() == 1


def test_an_assembly_chosen_late_still_completes_the_sitting(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    other = SECOND.replace("Loison-sous-Lens", "Loisonlens")
    page = deposit(client, other)
    assert NOTICE not in page
    answer = send(client, read_text(other), council, page, action="save")
    page = unescape(answer.content.decode())
    assert f"{NOTICE}\u202f: la délibération lue lui sera ajoutée" in page
    assert Sitting.objects.get().deliberations.count() == 1
    send(client, merged_with(sitting, other), council, page, action="save")
    assert Sitting.objects.get().deliberations.count() == 2


def test_another_day_never_moves_the_sitting(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    page = deposit(client, SECOND)
    moved = merged_with(sitting, SECOND)
    moved = replace(moved, sitting=replace(moved.sitting, date=date(2024, 4, 10)), signed_on=None)
    refused = send(client, moved, council, page, action="save")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "C’est une autre séance" in refused.content.decode()
    apart = send(client, moved, council, page, action="apart").content.decode()
    assert NOTICE not in apart
    assert "Tarifs de la cantine scolaire" not in apart.partition('id="lecture-titre"')[0]
    assert hidden(apart, "sitting") == ""
    read = read_text(SECOND)
    read = replace(read, sitting=replace(read.sitting, date=date(2024, 4, 10)))
    send(client, read, council, apart, action="save")
    assert sorted(Sitting.objects.values_list("date", flat=True)) == [
        date(2024, 4, 9),
        date(2024, 4, 10),
    ]


def test_two_sittings_of_one_day_are_told_apart_by_their_hour(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    base = queries.record_of(OPERATOR, sitting.pk)
    at_nine = replace(base, sitting=replace(base.sitting, opens_at=time(9)))
    save_sitting(
        OPERATOR,
        at_nine,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert NOTICE in deposit(client, SECOND)
    later = SECOND.replace("le 9 avril,", "le 9 avril à dix-huit heures,")
    assert read_text(later).sitting.opens_at == time(18)
    assert NOTICE not in deposit(client, later)


def test_somebody_saved_meanwhile_is_told(
    client: Client, council: Assembly, sitting: Sitting
) -> None:
    page = deposit(client, SECOND)
    mine = merged_with(sitting, SECOND)
    base = queries.record_of(OPERATOR, sitting.pk)
    theirs = replace(base, sitting=replace(base.sitting, place="Salle des fêtes"))
    save_sitting(
        OPERATOR,
        theirs,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    answer = send(client, mine, council, page, action="save")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Salle des fêtes" in answer.content.decode()
    assert Sitting.objects.get().deliberations.count() == 1


def test_a_sitting_of_another_town_is_not_completed(
    client: Client, council: Assembly, sitting: Sitting, chloe: Someone
) -> None:
    page = deposit(client, SECOND)
    stranger = Client()
    stranger.force_login(chloe.person)
    Assembly.objects.create(
        organisation_id=chloe.person.appointments.all()[0].organisation_id,
        kind="commune",
        name="Harnes",
    )
    answer = send(stranger, merged_with(sitting, SECOND), council, page, action="save")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert Sitting.objects.get().deliberations.count() == 1
