"""Acts online as anyone reads them, and the page from which a secretary posts and signs them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from levier.accounts.actors import OPERATOR
from levier.accounts.models import AuditEntry
from levier.council.domain.formalities import MinutesStatus, SittingFormalities
from levier.council.models import Assembly, Deliberation, PublishedFile, Sitting
from levier.council.record_json import dump_part
from levier.council.services.publication import extract_to_sign, publish_act, sign_extract
from levier.documents.signature import verify_pdf
from tests.conftest import Someone
from tests.unit.documents.certificates import PASSPHRASE, mayor
from tests.web.council_cases import HOSTILE, record, stored

NOW = datetime(2024, 6, 25, 10, tzinfo=UTC)
POSTED_ON = date(2024, 6, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_25_june_2024() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def act(council: Assembly) -> Deliberation:
    """An adopted act of a public sitting."""
    return stored(council, public=True).deliberations.get()


def signed_in(someone: Someone | None) -> Client:
    client = Client()
    if someone:
        client.force_login(someone.person)
    return client


def publish(act: Deliberation, **changes: Any) -> PublishedFile:
    values = {
        "posted_on": POSTED_ON,
        "author_name": "Daniel KRUSZKA",
        "author_capacity": "maire",
    } | changes
    return publish_act(OPERATOR, act.pk, **values)


def signed(act: Deliberation) -> bytes:
    return sign_extract(
        OPERATOR,
        act.pk,
        pkcs12=mayor().pkcs12,
        passphrase=PASSPHRASE,
        author_name="Daniel KRUSZKA",
        signed_at=NOW,
    )


def address(act: Deliberation, end: str = "") -> str:
    return f"/decider/actes/{act.pk}/{end}"


def sent(act: Deliberation, someone: Someone, **changes: Any) -> Any:
    values = {
        "author_name": "Daniel KRUSZKA",
        "author_capacity": "maire",
        "posted_on": "2024-06-20",
        "on_own_site": "",
        "signing": "none",
        "do": "publish",
    }
    return signed_in(someone).post(address(act, "signer/"), values | changes)


def with_certificate(**changes: Any) -> dict[str, Any]:
    values = {
        "signing": "certificate",
        "certificate": SimpleUploadedFile("maire.p12", mayor().pkcs12),
        "passphrase": PASSPHRASE,
    }
    return values | changes


# --- What anyone reads ---------------------------------------------------------------------------


def test_the_act_its_author_its_dates_and_its_file_are_read_without_account(
    act: Deliberation,
) -> None:
    file = publish(act)
    page = Client().get(address(act)).content.decode()
    for words in (
        "Signature du Contrat de Ville",
        "Daniel KRUSZKA, maire",
        "jeudi 20 juin 2024",
        "Vu le décret du 28 décembre 2023,",
        "Considérant l’échéance du précédent contrat,",
        "Le maire est autorisé à le signer.",
        "Adoptée à l’unanimité",
        file.sha256,
        "octets",
    ):
        assert words in page, words
    assert "Remplacer" not in page
    assert "exemple" not in page.lower()


def test_the_day_until_which_the_act_may_be_challenged_is_told_in_plain_words(
    act: Deliberation,
) -> None:
    # CJA R421-1, a délai franc: 20 June + 2 months + 1 day = Wednesday 21 August 2024.
    publish(act)
    page = Client().get(address(act)).content.decode()
    assert "jusqu’au 21 août 2024 inclus" in page
    assert "peut demander" in page
    assert "R421-1" in page
    later = Client().get(address(act) + "?au=2024-08-22").content.decode()
    assert "pouvait demander" in later


def test_the_file_is_served_as_it_was_posted(act: Deliberation) -> None:
    file = publish(act)
    answer = Client().get(address(act, "acte.pdf"))
    assert answer.content == bytes(file.content)
    assert hashlib.sha256(answer.content).hexdigest() == file.sha256
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] == f'"{file.sha256}"'
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    kept = Client().get(address(act, "acte.pdf?garder"))
    assert kept.headers["Content-Disposition"].startswith("attachment; filename=")
    again = Client().get(address(act, "acte.pdf"), headers={"if-none-match": f'"{file.sha256}"'})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")


def test_an_act_that_is_not_online_or_not_public_has_no_public_page(
    act: Deliberation, council: Assembly, alice: Someone, chloe: Someone
) -> None:
    draft = stored(council, given=record(date(2024, 6, 18))).deliberations.get()
    for one in (act, draft):
        for someone in (None, chloe):
            for end in ("", "acte.pdf"):
                answer = signed_in(someone).get(address(one, end))
                assert answer.status_code == HTTPStatus.NOT_FOUND, (one, someone, end)
    page = signed_in(alice).get(address(act)).content.decode()
    assert "Aucun fichier de cet acte n’est en ligne." in page
    assert "Publier cet acte" in page


def test_the_list_shows_what_is_online_and_finds_it(act: Deliberation, council: Assembly) -> None:
    publish(act)
    other = stored(council, public=True, given=record(date(2024, 6, 4)))
    page = Client().get("/decider/actes/").content.decode()
    assert "1\u00a0acte en ligne" in page
    assert address(act) in page
    assert address(other.deliberations.get()) not in page
    found = "/decider/actes/?texte=CONTRAT+ville&du=2024-06-20&au=2024-06-20"
    assert address(act) in Client().get(found).content.decode()
    for nothing in ("?texte=piscine", "?du=2024-06-21", "?au=19/06/2024"):
        page = Client().get(f"/decider/actes/{nothing}").content.decode()
        assert "Aucun acte en ligne ne correspond" in page
    for odd in ("?assemblee=999", "?du=hier", "?page=99", "?texte=%00"):
        assert Client().get(f"/decider/actes/{odd}").status_code == HTTPStatus.OK


def test_an_empty_list_says_what_to_do(db: None) -> None:
    page = Client().get("/decider/actes/").content.decode()
    assert "Aucun acte n’est en ligne" in page
    assert 'href="/decider/"' in page


def test_the_list_asks_as_many_queries_for_one_act_as_for_ten(council: Assembly) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            Client().get("/decider/actes/")
        return len(asked)

    publish(stored(council, public=True).deliberations.get())
    one = queries()
    for day in range(1, 10):
        sitting = stored(council, public=True, given=record(date(2024, 5, day)))
        publish(sitting.deliberations.get())
    assert queries() == one


def test_an_act_is_shown_as_text_whatever_it_holds(council: Assembly) -> None:
    item = replace(record().deliberations[0], subject=HOSTILE, decisions=(HOSTILE,))
    sitting = stored(council, public=True, given=replace(record(), deliberations=(item,)))
    hostile = sitting.deliberations.get()
    publish(hostile, author_capacity=HOSTILE)
    for path in (address(hostile), "/decider/actes/"):
        assert HOSTILE not in Client().get(path).content.decode()


def test_a_replaced_file_is_kept_for_the_organisation(
    act: Deliberation, alice: Someone, chloe: Someone
) -> None:
    first = publish(act, posted_on=date(2024, 6, 13))
    publish(act, signed_pdf=signed(act))
    kept = address(act, f"fichiers/{first.pk}.pdf")
    assert signed_in(alice).get(kept).content == bytes(first.content)
    assert kept in signed_in(alice).get(address(act)).content.decode()
    for outsider in (None, chloe):
        assert signed_in(outsider).get(kept).status_code == HTTPStatus.NOT_FOUND
        assert kept not in signed_in(outsider).get(address(act)).content.decode()


def test_what_the_signature_proves_is_told_without_claiming_more(act: Deliberation) -> None:
    publish(act, signed_pdf=signed(act))
    page = Client().get(address(act)).content.decode()
    assert "avec signature électronique" in page
    assert "Le contenu signé est intact" in page
    assert "confiance non vérifiable" in page
    assert "qualifié" not in page


def test_a_date_declared_later_than_it_was_is_plain_to_see(act: Deliberation) -> None:
    publish(act)
    assert "Reçu par Levier" in Client().get(address(act)).content.decode()
    publish(act, posted_on=date(2024, 6, 25), signed_pdf=signed(act))
    assert "Reçu par Levier" not in Client().get(address(act)).content.decode()


def test_minutes_are_public_once_adopted(act: Deliberation) -> None:
    publish(act)
    minutes = f"/decider/seances/{act.sitting_id}/proces-verbal.pdf"
    assert Client().get(minutes)["Location"].startswith("/connexion")
    assert minutes not in Client().get(address(act)).content.decode()
    adopted = SittingFormalities(minutes=MinutesStatus(adopted_on=date(2024, 6, 24)))
    Sitting.objects.filter(pk=act.sitting_id).update(formalities=dump_part(adopted))
    assert Client().get(minutes).status_code == HTTPStatus.OK
    assert minutes in Client().get(address(act)).content.decode()
    Sitting.objects.filter(pk=act.sitting_id).update(is_public=False)
    assert Client().get(minutes).status_code == HTTPStatus.NOT_FOUND


# --- Posting and signing -------------------------------------------------------------------------


def test_a_secretary_posts_an_act(act: Deliberation, alice: Someone) -> None:
    page = signed_in(alice).get(address(act, "signer/")).content.decode()
    assert 'value="Daniel KRUSZKA"' in page
    assert "R2121-9" in page
    answer = sent(act, alice, on_own_site="true")
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, address(act))
    file = PublishedFile.objects.get()
    assert (file.posted_on, file.is_signed, file.created_by) == (POSTED_ON, False, alice.person)


def test_only_those_who_keep_the_register_post_and_sign(
    act: Deliberation, bruno: Someone, chloe: Someone, emile: Someone
) -> None:
    for someone in (bruno, chloe, emile):
        client = signed_in(someone)
        for end in ("signer/", "extrait-a-signer.pdf"):
            assert client.get(address(act, end)).status_code == HTTPStatus.FORBIDDEN
        assert sent(act, someone).status_code == HTTPStatus.FORBIDDEN
        assert client.post(address(act, "retirer/")).status_code in (
            HTTPStatus.FORBIDDEN,
            HTTPStatus.NOT_FOUND,
        )
    assert not PublishedFile.objects.exists()


def test_a_secretary_signs_and_posts_in_one_go(act: Deliberation, alice: Someone) -> None:
    assert sent(act, alice, **with_certificate()).status_code == HTTPStatus.FOUND
    file = PublishedFile.objects.get()
    (report,) = verify_pdf(bytes(file.content), trusted=list(mayor().issuers), at=NOW)
    assert file.is_signed
    assert (report.holds, report.trusted, report.signer) == (True, True, "Daniel KRUSZKA")


def test_a_secretary_signs_without_posting(act: Deliberation, alice: Someone) -> None:
    answer = sent(act, alice, **with_certificate(do="download"))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.content.startswith(extract_to_sign(OPERATOR, act.pk))
    assert verify_pdf(answer.content, trusted=None, at=NOW)[0].holds
    assert not PublishedFile.objects.exists()
    refused = sent(act, alice, do="download")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "avec mon certificat" in refused.content.decode()


def test_the_extract_signed_elsewhere_is_brought_back(act: Deliberation, alice: Someone) -> None:
    extract = signed_in(alice).get(address(act, "extrait-a-signer.pdf")).content
    assert signed(act).startswith(extract)
    upload = SimpleUploadedFile("acte.pdf", signed(act))
    assert sent(act, alice, signing="file", signed_pdf=upload).status_code == HTTPStatus.FOUND
    assert PublishedFile.objects.get().is_signed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"author_name": ""}, "Donnez le prénom et le nom"),
        ({"author_name": "KRUSZKA"}, "Donnez le prénom et le nom"),
        ({"author_capacity": ""}, "Donnez la qualité"),
        ({"posted_on": ""}, "Donnez la date"),
        ({"posted_on": "2024-06-01"}, "avant la séance"),
        ({"signing": ""}, "Dites si le fichier est signé"),
        ({"signing": "certificate"}, "Choisissez le fichier du certificat"),
        ({"signing": "file"}, "Choisissez le PDF signé"),
        (with_certificate(passphrase="mal-tape"), "ouvre pas le certificat"),
        (with_certificate(certificate=SimpleUploadedFile("a.p12", b"rien")), "PKCS#12"),
        (with_certificate(certificate=SimpleUploadedFile("a.p12", b"")), "PKCS#12"),
        (
            with_certificate(certificate=SimpleUploadedFile("a.p12", b"x" * 200_001)),
            "trop lourd",
        ),
        (
            {"signing": "file", "signed_pdf": SimpleUploadedFile("a.pdf", b"rien")},
            "pas un PDF lisible",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_told_beside_its_field(
    act: Deliberation, alice: Someone, changes: dict[str, Any], words: str
) -> None:
    for given in changes.values():
        if isinstance(given, SimpleUploadedFile):
            given.seek(0)
    answer = sent(act, alice, **changes)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert words in page
    assert "mal-tape" not in page
    assert not PublishedFile.objects.exists()


def test_the_passphrase_is_in_no_page_journal_or_log(
    act: Deliberation, alice: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent(act, alice, **with_certificate())
    wrong = sent(act, alice, **with_certificate(passphrase="mal-tape"))
    journal = " ".join(str(entry.changes) for entry in AuditEntry.objects.order_by("id"))
    for text in (caplog.text, journal, wrong.content.decode()):
        assert PASSPHRASE not in text
        assert "mal-tape" not in text
    assert "no-store" in wrong.headers["Cache-Control"]


def test_an_act_is_withdrawn_two_months_later_and_not_before(
    act: Deliberation, alice: Someone
) -> None:
    publish(act)
    page = signed_in(alice).get(address(act)).content.decode()
    assert "à partir du 20 août 2024" in page
    assert "Retirer aujourd" not in page
    assert signed_in(alice).post(address(act, "retirer/")).status_code >= HTTPStatus.BAD_REQUEST
    assert PublishedFile.objects.get().withdrawn_on is None
    with time_machine.travel(datetime(2024, 8, 20, 10, tzinfo=UTC)):
        assert "Retirer aujourd" in signed_in(alice).get(address(act)).content.decode()
        answer = signed_in(alice).post(address(act, "retirer/"))
        assert answer.status_code == HTTPStatus.FOUND
        assert Client().get(address(act)).status_code == HTTPStatus.NOT_FOUND
    assert PublishedFile.objects.get().withdrawn_on == date(2024, 8, 20)


def test_an_example_is_plain_to_see(act: Deliberation, council: Assembly) -> None:
    council.organisation.is_demo = True
    council.organisation.save()
    publish(act, as_example=True)
    page = Client().get(address(act)).content.decode()
    assert "Exemple de démonstration" in page
    assert "le délai de recours des tiers ne peut pas être compté" in page
    assert "exemple de démonstration" in Client().get("/decider/actes/").content.decode()
