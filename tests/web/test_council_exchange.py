"""The pages of transmission and of open data: who reaches them, what they give and refuse."""

from __future__ import annotations

import io
import tarfile
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from levier.council.models import Assembly, Deliberation
from levier.council.readers.scdl import NAMES
from tests.conftest import Someone
from tests.integration.council.test_exchange import SIRET, _acknowledgement, _act, _stored
from tests.shared_data import SHARED, needs_shared

pytestmark = pytest.mark.django_db
FORM = {
    "do": "package",
    "subject": "Signature du contrat",
    "emails": "actes@loison.example.fr, maire@loison.example.fr",
    "third_party": "sic",
    "classification_dated_on": "19/04/2017",
}


@pytest.fixture
def client(council: Assembly, alice: Someone) -> Client:
    browser = Client()
    browser.force_login(alice.person)
    return browser


@pytest.fixture
def act(council: Assembly) -> Deliberation:
    council.siren, council.siret = "216205237", SIRET
    council.department, council.state_district, council.state_nature = "62", "3", "31"
    council.save()
    return _stored(council, _act(1, subject="L’œuvre à 3 €"), public=True)


@pytest.fixture
def address(act: Deliberation) -> str:
    return f"/decider/deliberations/{act.pk}/transmission/"


def test_page_says_the_state_and_that_nothing_is_sent(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "Cet acte n’est pas encore transmis à l’État" in page
    assert "Il n’envoie rien" in page
    assert "20240611_1" in page
    assert "L&#x27;oeuvre à 3 euros" in page
    assert "Signes remplacés" in page
    assert "ne peut pas encore" not in page


def test_page_says_what_is_missing(client: Client, council: Assembly, address: str) -> None:
    Assembly.objects.filter(pk=council.pk).update(state_district="", state_nature="")
    page = client.get(address).content.decode()
    assert "Le paquet ne peut pas encore être préparé." in page
    assert "numéro de l’arrondissement" in page
    answer = client.post(address, FORM)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    refused = answer.content.decode()
    assert refused.count("code de nature") == 1
    assert "Complétez d’abord" in refused


def test_page_is_for_those_who_keep_the_register(
    address: str, chloe: Someone, bruno: Someone
) -> None:
    for someone in (chloe, bruno):
        browser = Client()
        browser.force_login(someone.person)
        assert browser.get(address).status_code == HTTPStatus.FORBIDDEN
        assert browser.post(address, FORM).status_code == HTTPStatus.FORBIDDEN
    assert Client().get(address).status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.FOUND)


def test_package_is_given_with_its_annexes_and_the_form_remembers(
    client: Client, address: str
) -> None:
    annexes = [SimpleUploadedFile(f"plan {rank}.pdf", b"%PDF-1.7") for rank in (1, 2)]
    answer = client.post(address, FORM | {"annexes": annexes})
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"] == "application/gzip"
    assert 'filename="SIC-EACT--216205237--' in answer["Content-Disposition"]
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        names = archive.getnames()
    assert len(names) == 5
    assert names[-1].endswith("_3.pdf")
    page = client.get(address).content.decode()
    assert "maire@loison.example.fr" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"emails": ""}, "Il manque l’adresse électronique"),
        ({"emails": "mairie"}, "n’est pas une adresse électronique"),
        ({"subject": "é" * 501}, "L’objet compte 501 caractères"),
        ({"subject": "Łódź"}, "ne sait pas écrire"),
        ({"third_party": "a!"}, "trigramme"),
        ({"annexes": SimpleUploadedFile("plan.docx", b"PK")}, "attendu un fichier PDF"),
        ({"annexes": SimpleUploadedFile("plan.pdf", b"PK")}, "n’est pas celui d’un fichier PDF"),
        ({"classification_dated_on": "hier"}, "date du calendrier"),
        ({"classification_dated_on": ""}, "Il manque la date de la nomenclature"),
        ({"do": "cancellation"}, "Aucun accusé de réception"),
    ],
)
def test_faults_of_the_package_are_beside_their_field(
    client: Client, address: str, changes: dict[str, object], sentence: str
) -> None:
    answer = client.post(address, FORM | changes)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.content.decode()


def test_date_of_transmission(client: Client, address: str, act: Deliberation) -> None:
    page = client.post(
        address, {"do": "transmitted", "transmitted_on": "20/06/2024"}, follow=True
    ).content.decode()
    assert "Acte transmis le 20 juin 2024, réception attendue" in page
    for wrong in ("", "2099-01-01", "2024-06-10"):
        answer = client.post(address, {"do": "transmitted", "transmitted_on": wrong})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_answers_of_the_state(client: Client, address: str, act: Deliberation) -> None:
    given = SimpleUploadedFile("ar.xml", _acknowledgement(act))
    page = client.post(address, {"do": "answer", "answer": given}).content.decode()
    assert "Réception par l’État enregistrée" in page
    assert "L’État a reçu cet acte le 21 juin 2024" in page
    assert "062-216205237-20240611-20240611_1-DE" in page
    bad = SimpleUploadedFile("ar.xml", b"<!DOCTYPE x><x/>")
    answer = client.post(address, {"do": "answer", "answer": bad})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "type de document" in answer.content.decode()
    answer = client.post(address, {"do": "answer"})
    assert "Choisissez le fichier" in answer.content.decode()


def test_open_data_page_without_account(act: Deliberation) -> None:
    page = Client().get("/decider/donnees-ouvertes/").content.decode()
    assert "1\u00a0délibération en données ouvertes" in page
    Assembly.objects.update(siret="")
    page = Client().get("/decider/donnees-ouvertes/").content.decode()
    assert "Aucune délibération n’est encore" in page
    assert "SIRET" in page


def test_open_data_page_when_nothing_is_public(db: None) -> None:
    assert "Aucune séance publique" in Client().get("/decider/donnees-ouvertes/").content.decode()


def test_open_data_file(act: Deliberation) -> None:
    address = "/decider/open-data/deliberations.csv"
    answer = Client().get(address)
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].split(",") == list(NAMES)
    assert f"http://testserver/decider/deliberations/{act.pk}/" in lines[1]
    again = Client().get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    of_one = Client().get(f"{address}?assemblee={act.sitting.assembly_id}")
    assert of_one.content == answer.content
    for unknown in ("999", "x"):
        answer = Client().get(f"{address}?assemblee={unknown}")
        assert answer.status_code == HTTPStatus.NOT_FOUND


@needs_shared
def test_classification_given_is_taken_up(client: Client, address: str) -> None:
    example = SHARED / "data/schemas/actes/examples/codes_matieres.xml"
    given = SimpleUploadedFile("7-2.xml", example.read_bytes())
    assert 'value="2017-04-19"' not in client.get(address).content.decode()
    client.post(address, {"do": "answer", "answer": given})
    assert 'value="2017-04-19"' in client.get(address).content.decode()
