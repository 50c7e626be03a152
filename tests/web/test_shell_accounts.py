"""Sign-in, sign-out, the account page and the journal."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from django.test import Client

from levier.accounts.actors import OPERATOR
from levier.accounts.audit import action_label
from levier.accounts.domain.actors import Role
from levier.accounts.models import AuditEntry, OrganisationKind, Person
from levier.accounts.services import add_organisation, add_person, appoint
from levier.council.services.sittings import save_sitting
from tests.web.shell_cases import PASSWORD, Installation, install, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Installation:
    return install()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/connexion", {"username": email, "password": password, **more})


def test_signs_in_whatever_the_case_and_goes_back_to_the_page_asked(
    client: Client, place: Installation
) -> None:
    person = place.person(Role.SECRETARY)
    asked = client.get("/compte")
    assert asked["Location"] == "/connexion?next=/compte"
    response = sign_in(client, person.email.upper(), next="/compte")
    assert response["Location"] == "/compte"
    html = client.get("/compte").content.decode()
    assert person.full_name in html
    assert "Loison-sous-Lens" in html
    assert "secrétariat général" in html
    assert "sans terme fixé" in html


def test_a_sign_in_is_dated_and_is_no_edit_of_the_account(
    client: Client, place: Installation
) -> None:
    person = place.person(Role.SECRETARY)
    sign_in(client, person.email)
    person.refresh_from_db()
    assert person.last_login is not None
    assert person.history.count() == 1


def test_an_address_elsewhere_is_never_followed(client: Client, place: Installation) -> None:
    person = place.person(Role.SECRETARY)
    assert sign_in(client, person.email, next="https://ailleurs.example/")["Location"] == "/"


def test_unknown_closed_and_mistyped_read_the_same(client: Client, place: Installation) -> None:
    person = place.person(Role.SECRETARY)
    closed = place.person(Role.MAYOR)
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    pages = {
        sign_in(client, email, password)
        .content.decode()
        .replace(email, "")
        .partition('class="form-errors"')[2]
        .partition("</ul>")[0]
        for email, password in [
            (person.email, "un autre mot de passe"),
            (closed.email, PASSWORD),
            ("personne@exemple.fr", PASSWORD),
        ]
    }
    assert len(pages) == 1
    assert "ne correspond à aucun compte ouvert" in pages.pop()


def test_a_refused_sign_in_keeps_the_address_and_names_each_field(client: Client) -> None:
    html = sign_in(client, "prenom@", "").content.decode()
    assert 'value="prenom@"' in html
    assert 'href="#id_username"' in html
    assert 'href="#id_password"' in html
    assert 'aria-invalid="true"' in html
    assert "Erreur" in html.partition("</title>")[0]


def test_signing_out_asks_for_a_post(client: Client, place: Installation) -> None:
    client.force_login(place.person(Role.SECRETARY))
    assert client.get("/deconnexion").status_code == 405
    assert client.get("/compte").status_code == 200
    assert client.post("/deconnexion")["Location"] == "/"
    assert client.get("/compte").status_code == 302


def test_an_account_without_role_is_told_whom_to_ask(client: Client, place: Installation) -> None:
    person = place.person(Role.SECRETARY)
    person.appointments.all().delete()
    client.force_login(person)
    assert "Aucun rôle ne vous est confié" in client.get("/compte").content.decode()


class TestJournal:
    """Who reads the journal, and what it shows."""

    @pytest.mark.parametrize(
        ("role", "status"),
        [(Role.AUDITOR, 200), (Role.ADMINISTRATOR, 200), (Role.SECRETARY, 403), (Role.MAYOR, 403)],
    )
    def test_only_control_and_administration(
        self, client: Client, place: Installation, role: Role, status: int
    ) -> None:
        client.force_login(place.person(role))
        assert client.get("/journal").status_code == status

    def test_the_public_is_sent_to_sign_in(self, client: Client) -> None:
        assert client.get("/journal")["Location"] == "/connexion?next=/journal"

    def test_it_tells_actions_in_words_without_any_address(
        self, client: Client, place: Installation
    ) -> None:
        auditor = place.person(Role.AUDITOR)
        save_sitting(OPERATOR, record(date(2024, 6, 11)), assembly_id=place.assembly.pk)
        client.force_login(auditor)
        html = client.get("/journal").content.decode()
        assert "Séance enregistrée" in html
        assert "Compte ouvert" in html
        assert "Assemblée créée" in html
        assert auditor.email not in html

    def test_each_action_that_services_write_has_its_words(self) -> None:
        rooms = Path(str(resources.files("levier")))
        sources = [*rooms.glob("*/services.py"), *rooms.glob("*/services/*.py")]
        # These are paths of fields, which look like actions.
        paths = {"sitting.attendance", "sitting.proxies", "sitting.movements"}
        written = {
            action
            for source in sources
            for action in re.findall(
                r'"((?:organisation|person|appointment|assembly|mandate|sitting|deliberation)'
                r'\.[a-z_]+)"',
                source.read_text("utf-8"),
            )
        }
        assert {"sitting.added", "person.added"} <= written
        assert [action for action in written - paths if action_label(action) == action] == []

    def test_an_administrator_does_not_read_what_other_bodies_did(
        self, client: Client, place: Installation
    ) -> None:
        elsewhere = add_organisation(OPERATOR, kind=OrganisationKind.COMMUNE, name="Ailleurs")
        other = add_person(
            OPERATOR,
            email="autre@exemple.fr",
            full_name="Alex AILLEURS",
            password=PASSWORD,
            organisation=elsewhere,
            role=Role.ADMINISTRATOR,
            starts_on=date(2024, 1, 1),
        )
        own = place.person(Role.ADMINISTRATOR)
        for reader, read, unread in (
            (own, "Loison-sous-Lens", "AILLEURS"),
            (other, "AILLEURS", "Loison-sous-Lens"),
        ):
            client.force_login(reader)
            lines = client.get("/journal").content.decode().partition("<tbody>")[2]
            assert read in lines
            assert unread not in lines

    def test_long_journals_come_by_pages_in_a_constant_number_of_queries(
        self, client: Client, place: Installation, django_assert_max_num_queries
    ) -> None:
        state = add_organisation(OPERATOR, kind=OrganisationKind.STATE, name="Préfecture")
        auditor = place.person(Role.AUDITOR, organisation=state)
        for rank in range(60):
            appoint(
                OPERATOR,
                person=auditor,
                organisation=place.commune,
                role=Role.PARTNER,
                starts_on=date.fromordinal(date(2024, 1, 1).toordinal() + rank),
            )
        client.force_login(auditor)
        with django_assert_max_num_queries(8):
            first = client.get("/journal").content.decode()
        assert "Page 1 sur 2" in first
        assert "page=2" in first
        last = client.get("/journal?page=2").content.decode()
        assert first.count("<tr>") - 1 + last.count("<tr>") - 1 == AuditEntry.objects.count()
