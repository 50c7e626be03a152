"""Error pages: the right status, in the frame, in French, without a traceback."""

from __future__ import annotations

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from levier.accounts.domain.actors import Role
from levier.common.domain.errors import Conflict, Invalid, LevierError, NotFound, Refused
from levier.site.urls import handler400, handler403, handler500
from tests.web.shell_cases import install

FAILURES = {
    "refused": Refused("Seul le maire le peut."),
    "conflict": Conflict("La séance a changé à 14 h."),
    "invalid": Invalid({"sitting.date": "La date manque."}),
    "expected": LevierError("Le fichier n'est pas un acte."),
    "not-found": NotFound("Cette séance n’existe pas."),
    "denied": PermissionDenied(),
    "bad": BadRequest("quoi"),
    "unexpected": RuntimeError("secret détail"),
}


def fail(request: HttpRequest, name: str) -> HttpResponse:
    request.POST.get("lu")
    raise FAILURES[name]


urlpatterns = [path("panne/<str:name>", fail), path("", include("levier.site.urls"))]
__all__ = ["handler400", "handler403", "handler500", "urlpatterns"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def browser() -> Client:
    """A client that receives the page of an unexpected failure instead of the exception."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("conflict", 409, "La séance a changé à 14 h."),
        ("invalid", 400, "La date manque."),
        ("expected", 400, "Le fichier n’est pas un acte."),
        ("not-found", 404, "Il n’y a rien à cette adresse"),
        ("denied", 403, "Vos rôles ne permettent pas cette action"),
        ("bad", 400, "n’a pas la forme attendue"),
    ],
)
def test_each_failure_has_its_page_in_the_frame(
    browser: Client, name: str, status: int, sentence: str
) -> None:
    response = browser.get(f"/panne/{name}")
    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert 'aria-label="La boucle du contrat de ville"' in html
    assert "Que faire maintenant" in html


def test_a_refusal_sends_the_public_to_sign_in_and_back(browser: Client) -> None:
    response = browser.get("/panne/refused?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/connexion?next=/panne/refused%3Fpage%3D2"
    assert "Seul le maire le peut." in browser.get(response["Location"]).content.decode()


def test_a_refused_post_is_not_replayed_after_sign_in(browser: Client) -> None:
    assert browser.post("/panne/refused").status_code == 403


def test_a_refusal_tells_its_reason_to_a_person_signed_in(browser: Client) -> None:
    browser.force_login(install().person(Role.PARTNER))
    response = browser.get("/panne/refused")
    assert response.status_code == 403
    assert "Seul le maire le peut." in response.content.decode()


def test_an_unexpected_failure_shows_a_page_without_detail_and_without_database(
    browser: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        response = browser.get("/panne/unexpected")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Levier a rencontré une panne" in html
    assert "secret détail" not in html
    assert "Traceback" not in html


def test_an_unknown_address_keeps_it_escaped(browser: Client) -> None:
    response = browser.get("/<script>alert(1)</script>")
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


def test_a_form_without_its_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/connexion", {"username": "a@b.fr"})
    assert response.status_code == 403
    assert "Ce formulaire n’est plus valable" in response.content.decode()


def test_an_oversized_request_is_explained(browser: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = browser.post("/panne/expected", {"texte": "a" * 2000})
    assert response.status_code == 413
    assert "trop volumineux" in response.content.decode()


def test_too_many_fields_are_explained(browser: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = browser.post("/panne/expected", {f"champ{rank}": "1" for rank in range(9)})
    assert response.status_code == 400
    assert "plus de champs" in response.content.decode()


def test_a_foreign_host_name_is_refused_in_french(browser: Client) -> None:
    response = browser.get("/", headers={"host": "ailleurs.example"})
    assert response.status_code == 400
    assert "Cette demande ne peut pas aboutir" in response.content.decode()
