"""The pages of the council room, as each person meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from levier.accounts.actors import OPERATOR
from levier.accounts.models import AuditEntry
from levier.council.domain.record import AgendaItem, Deliberation, Record, Sitting
from levier.council.domain.statements import Statement, Topic
from levier.council.models import Assembly
from levier.council.models import Sitting as StoredSitting
from levier.council.services.sittings import add_statements
from tests.conftest import Someone
from tests.web.council_cases import HOSTILE, record, stored

pytestmark = pytest.mark.django_db


def signed_in(someone: Someone | None) -> Client:
    """The browser of that person, or of nobody."""
    client = Client()
    if someone:
        client.force_login(someone.person)
    return client


def pages_of(sitting: StoredSitting) -> list[str]:
    act = sitting.deliberations.get()
    return [
        f"/decider/seances/{sitting.pk}/",
        f"/decider/deliberations/{act.pk}/",
        f"/decider/seances/{sitting.pk}/proces-verbal.pdf",
        f"/decider/seances/{sitting.pk}/liste-des-deliberations.pdf",
        f"/decider/deliberations/{act.pk}/extrait.pdf",
        f"/decider/assemblees/{sitting.assembly_id}/",
    ]


def test_a_draft_is_seen_by_its_organisation_and_the_auditor_only(
    council: Assembly, alice: Someone, bruno: Someone, chloe: Someone, emile: Someone
) -> None:
    sitting = stored(council)
    for address in pages_of(sitting):
        assert signed_in(alice).get(address).status_code == HTTPStatus.OK, address
        assert signed_in(emile).get(address).status_code == HTTPStatus.OK, address
        for outsider in (None, bruno, chloe):
            answer = signed_in(outsider).get(address)
            assert answer.status_code == HTTPStatus.NOT_FOUND, address
            assert "Contrat de Ville" not in answer.content.decode()


def test_a_public_sitting_is_read_by_everyone(
    council: Assembly, bruno: Someone, chloe: Someone, diane: Someone
) -> None:
    sitting = stored(council, public=True)
    for address in pages_of(sitting):
        if address.endswith("proces-verbal.pdf"):
            continue
        for someone in (None, bruno, chloe, diane):
            assert signed_in(someone).get(address).status_code == HTTPStatus.OK, address


def test_minutes_not_adopted_stay_with_the_organisation(
    council: Assembly, alice: Someone, chloe: Someone, diane: Someone, emile: Someone
) -> None:
    sitting = stored(council, public=True)
    page, minutes = (f"/decider/seances/{sitting.pk}/{end}" for end in ("", "proces-verbal.pdf"))
    for insider in (alice, emile):
        assert minutes in signed_in(insider).get(page).content.decode()
        answer = signed_in(insider).get(minutes)
        assert answer.status_code == HTTPStatus.OK
        assert "projet-de-proces-verbal" in answer.headers["Content-Disposition"]
    for outsider in (None, chloe, diane):
        html = signed_in(outsider).get(page).content.decode()
        assert minutes not in html
        assert "liste-des-deliberations.pdf" in html
    for outsider in (chloe, diane):
        assert signed_in(outsider).get(minutes).status_code == HTTPStatus.FORBIDDEN
    assert Client().get(minutes).headers["Location"].startswith("/connexion?next=")


@pytest.mark.parametrize("number", ["999", "9" * 15, "9" * 40, "-1", "un"])
@pytest.mark.parametrize("noun", ["seances", "deliberations", "assemblees"])
def test_what_does_not_exist_is_not_found(db: None, noun: str, number: str) -> None:
    assert Client().get(f"/decider/{noun}/{number}/").status_code == HTTPStatus.NOT_FOUND


def test_only_those_who_may_write_are_offered_to(
    council: Assembly, alice: Someone, chloe: Someone, emile: Someone
) -> None:
    sitting = stored(council, public=True)
    edit = f"/decider/seances/{sitting.pk}/modifier/"
    mine = signed_in(alice).get("/decider/").content.decode()
    assert "Déposer un acte</a>" in mine
    assert edit in signed_in(alice).get(f"/decider/seances/{sitting.pk}/").content.decode()
    for other in (chloe, emile):
        assert edit not in signed_in(other).get(f"/decider/seances/{sitting.pk}/").content.decode()
        assert signed_in(other).get(edit).status_code == HTTPStatus.FORBIDDEN
    assert 'href="/decider/deposer/"' not in Client().get("/decider/").content.decode()
    assert Client().get(edit).status_code == HTTPStatus.FOUND


def test_the_home_says_what_to_do_when_it_is_empty(council: Assembly, alice: Someone) -> None:
    assert "Commencez par un acte déjà adopté" in signed_in(alice).get("/decider/").content.decode()
    public = Client().get("/decider/").content.decode()
    assert "Aucune séance publique" in public
    assert 'href="/decider/controler/"' in public


def test_filters_keep_what_is_asked(council: Assembly) -> None:
    stored(council, public=True)
    stored(council, public=True, given=record(date(2023, 3, 14)))
    page = Client().get("/decider/", {"annee": "2023"}).content.decode()
    assert "14 mars 2023" in page
    assert "11 juin 2024" not in page
    page = Client().get("/decider/", {"texte": "SIGNATURE contrat"}).content.decode()
    assert "11 juin 2024" in page
    assert "Aucune séance ne correspond" in Client().get("/decider/?texte=piscine").content.decode()


@pytest.mark.parametrize(
    "query", ["annee=abc", "assemblee=x", "page=-4", "texte=%00", "annee=99999"]
)
def test_a_filter_that_makes_no_sense_never_breaks_the_list(council: Assembly, query: str) -> None:
    stored(council, public=True)
    assert Client().get(f"/decider/?{query}").status_code == HTTPStatus.OK


def test_the_title_of_a_sitting_is_what_there_is_to_know(council: Assembly) -> None:
    sitting = stored(council, public=True)
    page = Client().get(f"/decider/seances/{sitting.pk}/").content.decode()
    heading = page.partition("<h1>")[2].partition("</h1>")[0].replace("\u202f", " ")
    assert heading.startswith(
        "11 juin 2024, Loison-sous-Lens : une délibération, rien d’irrégulier"
    )
    assert "points à vérifier" in heading


def test_attendance_tells_where_the_holder_of_a_procuration_is(council: Assembly) -> None:
    sitting = stored(
        council, public=True, given=record(present=("Daniel KRUSZKA", "Emmanuel DONDELA"))
    )
    page = Client().get(f"/decider/seances/{sitting.pk}/").content.decode()
    row = page.partition('<th scope="row">Catherine WILLE')[2].partition("</tr>")[0]
    assert "absence ou excuse" in row
    assert "Khadija LANNABI" in row
    assert "non précisé" in row


def test_unknown_is_never_shown_as_no_or_zero(council: Assembly) -> None:
    sitting = stored(council, public=True)
    page = Client().get(f"/decider/seances/{sitting.pk}/").content.decode()
    in_office = page.partition("Membres en exercice</dt>")[2].partition("</div>")[0]
    assert 'class="absent">non précisé' in in_office
    assert "affichage non précisé" in page


def test_findings_are_judged_at_the_date_looked_at(council: Assembly) -> None:
    sitting = stored(council, public=True)
    address = f"/decider/deliberations/{sitting.deliberations.get().pk}/"
    page = Client().get(address, {"au": "2024-07-01"}).content.decode()
    assert "Jugé au 1er juillet 2024" in page
    assert "Effet et délais" in page


def test_what_the_act_states_is_shown_by_topic(council: Assembly) -> None:
    sitting = stored(council, public=True)
    act = sitting.deliberations.get()
    add_statements(
        OPERATOR,
        act.pk,
        [
            Statement(Topic.PILLAR, "Prévenir"),
            Statement(Topic.CONTRACT_TITLE, "Engagement quartiers 2030"),
            Statement(Topic.PILLAR, "Agir"),
        ],
    )
    page = Client().get(f"/decider/deliberations/{act.pk}/").content.decode()
    assert page.index("Intitulé du contrat") < page.index("Prévenir") < page.index("Agir")


def test_making_public_and_withdrawing(council: Assembly, alice: Someone, chloe: Someone) -> None:
    sitting = stored(council)
    address = f"/decider/seances/{sitting.pk}/publier/"
    assert Client().get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert signed_in(chloe).post(address, {"public": "true"}).status_code == HTTPStatus.NOT_FOUND
    page = signed_in(alice).post(address, {"public": "true"}, follow=True).content.decode()
    assert "chacun peut la lire sans compte" in page
    assert Client().get(f"/decider/seances/{sitting.pk}/").status_code == HTTPStatus.OK
    unclear = signed_in(alice).post(address, {"public": "perhaps"})
    assert unclear.status_code == HTTPStatus.BAD_REQUEST
    assert Client().get(f"/decider/seances/{sitting.pk}/").status_code == HTTPStatus.OK
    signed_in(alice).post(address, {"public": "false"})
    assert Client().get(f"/decider/seances/{sitting.pk}/").status_code == HTTPStatus.NOT_FOUND
    assert AuditEntry.objects.filter(person=alice.person).count() == 2


def test_every_change_asks_for_the_csrf_token(council: Assembly, alice: Someone) -> None:
    sitting = stored(council)
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.person)
    for path in (
        f"seances/{sitting.pk}/publier/",
        f"seances/{sitting.pk}/modifier/",
        "seances/nouvelle/",
        "deposer/",
        "controler/",
    ):
        assert client.post(f"/decider/{path}").status_code == HTTPStatus.FORBIDDEN, path


def test_the_history_is_for_the_organisation(
    council: Assembly, alice: Someone, chloe: Someone
) -> None:
    sitting = stored(council, public=True)
    address = f"/decider/seances/{sitting.pk}/"
    for outsider in (None, chloe):
        assert "Historique" not in signed_in(outsider).get(address).content.decode()
    page = signed_in(alice).get(address).content.decode()
    assert "Séance enregistrée" in page
    assert "Secrétaire de séance</dt><dd>non précisé → Emmanuel DONDELA" in page


def test_names_and_texts_are_shown_literally(council: Assembly, alice: Someone) -> None:
    hostile = Record(
        sitting=Sitting(
            date=date(2024, 6, 11),
            place=HOSTILE,
            president=f"{HOSTILE} Un",
            present=(f"{HOSTILE} Deux",),
            agenda=(AgendaItem(1, HOSTILE),),
        ),
        deliberations=(
            Deliberation(
                subject=f"Objet {HOSTILE}",
                visas=(HOSTILE,),
                recitals=(HOSTILE,),
                decisions=(HOSTILE,),
            ),
        ),
    )
    sitting = stored(council, public=True, given=hostile)
    client = signed_in(alice)
    for address in (
        "/decider/",
        *[page for page in pages_of(sitting) if not page.endswith(".pdf")],
        f"/decider/seances/{sitting.pk}/modifier/",
        "/recherche?q=alert",
    ):
        page = client.get(address).content.decode()
        assert HOSTILE not in page, address
        assert "<script>alert" not in page, address
    assert escape("<script>") in page


@pytest.mark.parametrize("path", ["/decider/", "/recherche?q=contrat", "assembly"])
def test_the_number_of_queries_does_not_grow_with_the_sittings(
    council: Assembly, path: str
) -> None:
    address = f"/decider/assemblees/{council.pk}/" if path == "assembly" else path
    stored(council, public=True)
    Client().get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        Client().get(address)
    for week in range(1, 9):
        stored(council, public=True, given=record(date(2024, 6, 11) - timedelta(weeks=week)))
    with CaptureQueriesContext(connection) as many:
        Client().get(address)
    assert len(many) == len(few)


def test_members_in_office_are_those_of_the_date_looked_at(council: Assembly) -> None:
    stored(council, public=True)
    address = f"/decider/assemblees/{council.pk}/"
    then = Client().get(address, {"au": "2024-07-01"}).content.decode()
    assert "Daniel KRUSZKA" in then
    assert "attesté le 11 juin 2024" in then
    assert "5\u202f169\u00a0habitants" in then
    now = Client().get(address, {"au": "2026-11-22"}).content.decode()
    assert "Aucun mandat n’est connu à cette date" in now


def test_search_forgives_accents_and_shows_the_words(council: Assembly) -> None:
    stored(council, public=True)
    page = Client().get("/recherche", {"q": "CONTRÀT kruszka"}).content.decode()
    assert "Rien ne correspond" in page or "résultat" in page
    page = Client().get("/recherche", {"q": "decret"}).content.decode()
    assert '<mark class="hit">décret</mark>' in page
    page = Client().get("/recherche", {"q": "kruszka"}).content.decode()
    assert "Mandats publics" in page


def test_search_says_when_it_does_not_show_everything(council: Assembly) -> None:
    acts = tuple(Deliberation(f"Marché de voirie {rank}") for rank in range(51))
    stored(council, public=True, given=replace(record(), deliberations=acts))
    answer = Client().get("/recherche", {"q": "voirie"})
    assert answer.context["title"].startswith("Plus de 51 résultats")  # 50 acts, 1 sitting
    assert "précisez votre recherche" in answer.content.decode()


def test_search_keeps_drafts_to_those_who_may_see_them(
    council: Assembly, alice: Someone, chloe: Someone
) -> None:
    stored(council)
    for outsider in (None, chloe):
        page = signed_in(outsider).get("/recherche", {"q": "contrat"}).content.decode()
        assert "Rien ne correspond" in page
    assert "Contrat</mark>" in signed_in(alice).get("/recherche?q=contrat").content.decode()


@pytest.mark.parametrize("words", ["", "   ", "'; DROP TABLE", "%", "é" * 5000, "\x00"])
def test_search_takes_any_words(council: Assembly, words: str) -> None:
    stored(council, public=True)
    assert Client().get("/recherche", {"q": words}).status_code == HTTPStatus.OK


def test_documents_have_a_name_that_files_well_and_are_not_sent_twice(council: Assembly) -> None:
    sitting = stored(council, public=True)
    address = f"/decider/deliberations/{sitting.deliberations.get().pk}/extrait.pdf"
    answer = Client().get(address)
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'inline; filename="2024-06-11-loison-sous-lens-extrait-signature-du-contrat-de-ville.pdf"; '
        "filename*=UTF-8''2024-06-11%20Loison-sous-Lens%20extrait%20Signature%20du%20Contrat"
        "%20de%20Ville.pdf"
    )
    again = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert again.content == b""
