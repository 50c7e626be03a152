"""Papers of a sitting, register of a year and calling dates, as each person meets them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, time
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from levier.accounts.actors import OPERATOR
from levier.accounts.models import AuditEntry
from levier.common.domain.errors import Invalid, LevierError, Refused
from levier.council.domain.formalities import FirstConvocation
from levier.council.domain.record import AgendaItem, Record, Sitting
from levier.council.models import Assembly
from levier.council.models import Sitting as StoredSitting
from levier.council.queries.sittings import record_of
from levier.council.services.reconvening import reconvene
from tests.conftest import Someone
from tests.unit.documents.pdf_reading import printed_text
from tests.web.council_cases import record, stored

pytestmark = pytest.mark.django_db

KEPT_INSIDE = ("convocation", "note", "procuration", "emargement", "feuillets", "cloture")


def signed_in(someone: Someone | None) -> Client:
    client = Client()
    if someone:
        client.force_login(someone.person)
    return client


def papers_of(sitting: StoredSitting) -> str:
    return f"/decider/seances/{sitting.pk}/documents/"


def without_quorum(day: date = date(2024, 6, 10)) -> Record:
    """A sitting of 5 members in office to which 2 came: quorum is 3."""
    return Record(
        sitting=Sitting(
            date=day,
            convocation_date=date(2024, 6, 3),
            in_office=5,
            present=("Daniel KRUSZKA", "Emmanuel DONDELA"),
            president="Daniel KRUSZKA",
            place="mairie",
            agenda=(AgendaItem(1, "Budget"), AgendaItem(2, "Voirie")),
        )
    )


def test_the_page_lists_every_paper_with_its_use_and_what_it_lacks(
    council: Assembly, alice: Someone
) -> None:
    sitting = stored(council)
    page = signed_in(alice).get(papers_of(sitting)).content.decode()
    for kind in (*KEPT_INSIDE, "ordre-du-jour", "certificat"):
        assert f"{papers_of(sitting)}{kind}.pdf" in page
    assert f"/decider/seances/{sitting.pk}/proces-verbal.pdf" in page
    assert f"/decider/deliberations/{sitting.deliberations.get().pk}/extrait.pdf" in page
    assert "Projet de procès-verbal" in page
    assert "l’heure de la séance" in page
    assert "tous.zip" in page


def test_working_papers_stay_within_the_organisation(
    council: Assembly, alice: Someone, chloe: Someone, diane: Someone, emile: Someone
) -> None:
    sitting = stored(council, public=True)
    for kind in KEPT_INSIDE:
        address = f"{papers_of(sitting)}{kind}.pdf"
        for insider in (alice, emile):
            assert signed_in(insider).get(address).status_code == HTTPStatus.OK, address
        for outsider in (chloe, diane):
            assert signed_in(outsider).get(address).status_code == HTTPStatus.FORBIDDEN, address
    page = signed_in(None).get(papers_of(sitting)).content.decode()
    assert "ordre-du-jour.pdf" in page
    assert "procuration" not in page
    assert "proces-verbal.pdf" not in page
    assert "tous.zip" not in page
    assert signed_in(chloe).get(f"{papers_of(sitting)}tous.zip").status_code == HTTPStatus.FORBIDDEN


def test_papers_of_a_draft_are_not_found_by_others(council: Assembly, chloe: Someone) -> None:
    sitting = stored(council)
    for end in ("", "ordre-du-jour.pdf", "convocation.pdf", "liste.pdf", "tous.zip"):
        answer = signed_in(chloe).get(papers_of(sitting) + end)
        assert answer.status_code == HTTPStatus.NOT_FOUND, end


def test_a_paper_may_be_addressed_to_a_known_member_only(council: Assembly, alice: Someone) -> None:
    address = f"{papers_of(stored(council))}procuration.pdf"
    client = signed_in(alice)
    answer = client.get(address, {"membre": "Catherine WILLE"})
    assert "Khadija LANNABI" in printed_text(answer.content)
    assert client.get(address, {"membre": "Intrus"}).status_code == HTTPStatus.NOT_FOUND


def test_the_sheets_take_the_number_of_the_register(council: Assembly, alice: Someone) -> None:
    address = f"{papers_of(stored(council))}feuillets.pdf"
    client = signed_in(alice)
    assert "feuillet n° 48 " in printed_text(client.get(address, {"feuillet": "48"}).content)
    for wrong in ("0", "x", "-1", "99999999"):
        assert client.get(address, {"feuillet": wrong}).status_code == HTTPStatus.BAD_REQUEST


def test_all_papers_come_in_one_archive(council: Assembly, alice: Someone) -> None:
    sitting = stored(council)
    client = signed_in(alice)
    answer = client.get(f"{papers_of(sitting)}tous.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == 11
    again = client.get(f"{papers_of(sitting)}tous.zip", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == HTTPStatus.NOT_MODIFIED


def test_an_unknown_paper_is_not_found(council: Assembly, alice: Someone) -> None:
    address = f"{papers_of(stored(council))}compte-rendu.pdf"
    assert signed_in(alice).get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_page_asks_the_database_the_same_whatever_the_number_of_acts(
    council: Assembly, alice: Someone
) -> None:
    few = record()
    many = replace(
        record(date(2024, 6, 18)),
        deliberations=tuple(
            replace(few.deliberations[0], subject=f"Affaire {rank}", number=rank)
            for rank in range(1, 31)
        ),
    )
    client = signed_in(alice)
    counts = []
    for given in (few, many):
        sitting = stored(council, given=given)
        client.get(papers_of(sitting))
        with CaptureQueriesContext(connection) as queries:
            client.get(papers_of(sitting))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_register_of_a_year_has_both_tables(
    council: Assembly, alice: Someone, chloe: Someone
) -> None:
    stored(council)
    address = f"/decider/assemblees/{council.pk}/registre/2024/"
    page = signed_in(alice).get(address).content.decode()
    assert "Table par date" in page
    assert "Table par objet" in page
    assert "Signature du Contrat de Ville" in page
    pdf = signed_in(alice).get(f"{address}tables.pdf").content
    assert "Signature du Contrat de Ville" in printed_text(pdf)
    empty = signed_in(alice).get(address.replace("2024", "2019")).content.decode()
    assert "Aucune délibération" in empty
    assert signed_in(chloe).get(address).status_code == HTTPStatus.NOT_FOUND
    for year in ("99999", "0"):
        answer = signed_in(alice).get(address.replace("2024", year))
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_public_register_holds_public_sittings_only(council: Assembly) -> None:
    stored(council)
    other = record(date(2024, 6, 20))
    act = replace(other.deliberations[0], subject="Affaire publique")
    stored(council, public=True, given=replace(other, deliberations=(act,)))
    address = f"/decider/assemblees/{council.pk}/registre/2024/"
    page = signed_in(None).get(address).content.decode()
    assert "Affaire publique" in page
    assert "Signature du Contrat de Ville" not in page


def test_the_date_helper_counts_clear_days() -> None:
    # Below 3 500 inhabitants, a sitting of the 28th is called on the 24th (touspolitiques).
    client = Client()
    asked = {"seance": "2024-06-28", "nature": "commune", "population": "800"}
    page = client.get("/decider/convoquer/", asked).content.decode()
    assert "lundi 24 juin 2024" in page
    asked["population"] = "3500"
    assert "samedi 22 juin 2024" in client.get("/decider/convoquer/", asked).content.decode()
    assert client.get("/decider/convoquer/").status_code == HTTPStatus.OK
    for wrong in ("", "hier"):
        answer = client.get("/decider/convoquer/", {"seance": wrong})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_date_helper_knows_the_assemblies_of_the_person(
    council: Assembly, alice: Someone
) -> None:
    asked = {"seance": "2024-06-28", "assemblee": str(council.pk)}  # 5 169 inhabitants
    page = signed_in(alice).get("/decider/convoquer/", asked).content.decode()
    assert "samedi 22 juin 2024" in page


def test_a_council_without_quorum_is_called_again(council: Assembly, alice: Someone) -> None:
    # cdm-62823: first sitting on Monday, convocation the same day, second from Friday.
    first = stored(council, given=without_quorum())
    client = signed_in(alice)
    page = client.get(f"/decider/seances/{first.pk}/").content.decode()
    again = f"/decider/seances/{first.pk}/reconvoquer/"
    assert again in page
    assert client.get(again).status_code == HTTPStatus.OK
    asked = {"sent_on": "2024-06-10", "date": "2024-06-13", "opens_at": "18:30"}
    refused = client.post(again, asked)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "2 jours francs" in refused.content.decode().replace("\u202f", " ")
    done = client.post(again, asked | {"date": "2024-06-14"})
    assert done.status_code == HTTPStatus.FOUND
    second = StoredSitting.objects.get(date=date(2024, 6, 14))
    told = record_of(OPERATOR, second.pk).sitting
    assert told.second_convocation is True
    assert told.opens_at == time(18, 30)
    assert told.agenda == (AgendaItem(1, "Budget"), AgendaItem(2, "Voirie"))
    assert told.formalities.convocation.first == FirstConvocation(
        sent_on=date(2024, 6, 3),
        sitting_date=date(2024, 6, 10),
        in_office=5,
        present_count=2,
        subjects=("Budget", "Voirie"),
    )
    lines = AuditEntry.objects.filter(action="sitting.added", object_id=second.pk)
    assert lines.count() == 1
    assert (
        again.replace(str(first.pk), str(second.pk))
        not in client.get(f"/decider/seances/{second.pk}/").content.decode()
    )


def test_nobody_calls_again_a_council_that_had_its_quorum(
    council: Assembly, alice: Someone, chloe: Someone
) -> None:
    present = ("Daniel KRUSZKA", "Emmanuel DONDELA", "Khadija LANNABI")
    given = without_quorum()
    reached = stored(council, given=replace(given, sitting=replace(given.sitting, present=present)))
    again = f"/decider/seances/{reached.pk}/reconvoquer/"
    assert again not in signed_in(alice).get(f"/decider/seances/{reached.pk}/").content.decode()
    with pytest.raises(LevierError, match="quorum"):
        reconvene(
            alice.actor,
            reached.pk,
            date=date(2024, 6, 20),
            opens_at=None,
            sent_on=date(2024, 6, 10),
        )


def test_calling_again_is_for_those_who_write_and_after_the_first_sitting(
    council: Assembly, alice: Someone, emile: Someone
) -> None:
    first = stored(council, given=without_quorum())
    facts = {"date": date(2024, 6, 20), "opens_at": None}
    with pytest.raises(Refused):
        reconvene(emile.actor, first.pk, **facts, sent_on=date(2024, 6, 10))  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refusal:
        reconvene(alice.actor, first.pk, **facts, sent_on=date(2024, 6, 9))  # type: ignore[arg-type]
    assert set(refusal.value.by_field) == {"sent_on"}
    council.department = "68"
    council.save()
    with pytest.raises(LevierError, match="Haut-Rhin"):
        reconvene(alice.actor, first.pk, **facts, sent_on=date(2024, 6, 10))  # type: ignore[arg-type]
