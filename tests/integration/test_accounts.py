"""People, their roles in time, and a journal that nothing changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from levier.accounts import triggers
from levier.accounts.actors import ANONYMOUS, OPERATOR, actor_of
from levier.accounts.domain.actors import Actor, Grant, Role
from levier.accounts.models import (
    AppendOnlyError,
    AuditEntry,
    Organisation,
    OrganisationKind,
    Person,
)
from levier.accounts.services import add_organisation, add_person, appoint, change_password
from levier.common.domain.errors import Invalid, Refused
from tests.conftest import PASSWORD, TODAY, Someone

pytestmark = pytest.mark.django_db


def test_only_roles_in_force_on_the_day_count(
    alice: Someone, harnes: Organisation, django_assert_num_queries
) -> None:
    appoint(
        OPERATOR,
        person=alice.person,
        organisation=harnes,
        role=Role.MAYOR,
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 3, 31),
    )
    secretary = Grant(Role.SECRETARY, alice.person.appointments.all()[0].organisation_id)
    mayor = Grant(Role.MAYOR, harnes.pk)
    expected = {
        date(2023, 12, 31): set(),
        date(2024, 1, 1): {secretary},
        date(2024, 3, 1): {secretary, mayor},
        date(2024, 3, 31): {secretary, mayor},
        date(2024, 4, 1): {secretary},
    }
    for day, grants in expected.items():
        with django_assert_num_queries(1):
            assert actor_of(alice.person, day) == Actor(
                "Alice MARTIN", alice.person.pk, frozenset(grants)
            )


def test_nobody_and_closed_accounts_are_the_public(alice: Someone) -> None:
    assert actor_of(AnonymousUser(), TODAY) is ANONYMOUS
    alice.person.is_active = False
    assert actor_of(alice.person, TODAY) is ANONYMOUS


def test_sign_in_is_by_email_whatever_the_case(alice: Someone) -> None:
    assert authenticate(username=" ALICE@Exemple.fr", password=PASSWORD) == alice.person
    assert authenticate(username="alice@exemple.fr", password="autre") is None


def test_accounts_and_organisations_are_opened_by_those_who_may(
    loison: Organisation, harnes: Organisation, alice: Someone
) -> None:
    with pytest.raises(Refused, match="administre le poste"):
        add_organisation(alice.actor, kind=OrganisationKind.OTHER, name="Club")
    administrator = add_person(
        OPERATOR,
        email="fatou@exemple.fr",
        full_name="Fatou",
        password=PASSWORD,
        organisation=loison,
        role=Role.ADMINISTRATOR,
        starts_on=date(2024, 1, 1),
    )
    fatou = actor_of(administrator, TODAY)
    details = {
        "email": "gael@exemple.fr",
        "full_name": "Gaël",
        "password": PASSWORD,
        "role": Role.MAYOR,
        "starts_on": TODAY,
    }
    with pytest.raises(Refused, match="y confier un rôle"):
        add_person(fatou, organisation=harnes, **details)
    with pytest.raises(Refused):
        add_person(alice.actor, organisation=loison, **details)
    gael = add_person(fatou, organisation=loison, **details)
    assert actor_of(gael, TODAY).holds(Role.MAYOR, in_organisation=loison.pk)
    lines = AuditEntry.objects.filter(person=administrator).order_by("id")
    assert [line.action for line in lines] == ["person.added", "appointment.added"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"password": "court"}, "password", "12"),
        ({"email": "pas une adresse"}, "email", "adresse"),
        ({"email": "ALICE@exemple.fr"}, "", "existe déjà"),
        ({"full_name": " "}, "full_name", "champ"),
        ({"ends_on": date(2023, 1, 1)}, "", "avant d’avoir commencé"),
    ],
)
def test_a_wrong_account_is_refused_whole(
    loison: Organisation, alice: Someone, changes: dict[str, object], field: str, sentence: str
) -> None:
    details = {
        "email": "hugo@exemple.fr",
        "full_name": "Hugo",
        "password": PASSWORD,
        "organisation": loison,
        "role": Role.PARTNER,
        "starts_on": TODAY,
    } | changes
    people, lines = Person.objects.count(), AuditEntry.objects.count()
    with pytest.raises(Invalid) as caught:
        add_person(OPERATOR, **details)
    assert sentence in caught.value.by_field[field]
    assert (Person.objects.count(), AuditEntry.objects.count()) == (people, lines)


def test_a_password_is_changed_by_its_owner_and_never_written_down(
    alice: Someone, bruno: Someone
) -> None:
    with pytest.raises(Refused):
        change_password(bruno.actor, alice.person, "cerisier-en-fruits-62")
    change_password(alice.actor, alice.person, "cerisier-en-fruits-62")
    assert authenticate(username=alice.person.email, password="cerisier-en-fruits-62")
    line = AuditEntry.objects.order_by("-id")[0]
    assert (line.action, line.changes) == ("person.password_changed", {})
    assert "password" not in {field.name for field in Person.history.model._meta.fields}


def test_the_journal_refuses_python(alice: Someone) -> None:
    line = AuditEntry.objects.order_by("id")[0]
    line.action = "autre"
    for attempt in (
        line.save,
        line.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(action="autre"),
    ):
        with pytest.raises(AppendOnlyError, match="ne se modifie pas"):
            attempt()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET action = 'autre'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
    ],
)
def test_the_journal_refuses_sql(alice: Someone, statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite n'a pas TRUNCATE")
    before = AuditEntry.objects.count()
    connection.check_constraints()  # PostgreSQL truncates no table whose checks are pending
    with (
        pytest.raises(DatabaseError, match="ne se modifie pas"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.count() == before > 0


def test_without_its_triggers_the_journal_would_yield(alice: Someone) -> None:
    with transaction.atomic():
        triggers.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_auditentry")
        assert AuditEntry.objects.count() == 0
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_the_triggers_in_place() -> None:
    add_organisation(OPERATOR, kind=OrganisationKind.OTHER, name="Club")
    with pytest.raises(DatabaseError, match="ne se modifie pas"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_auditentry")
