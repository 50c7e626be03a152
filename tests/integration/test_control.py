"""How far control reaches: a body's auditor within it, the State's auditor everywhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from levier.accounts.actors import ANONYMOUS, OPERATOR, actor_of
from levier.accounts.domain.actors import Actor, Role
from levier.accounts.models import AuditEntry, Organisation, OrganisationKind, Person
from levier.accounts.queries import journal_lines
from levier.accounts.services import add_organisation, add_person, appoint
from levier.common.domain.errors import NotFound, Refused
from levier.council.domain.statements import Statement, Topic
from levier.council.models import Assembly
from levier.council.queries import sittings as queries
from levier.council.services.sittings import add_statements, save_sitting, set_public
from tests.conftest import PASSWORD, TODAY, Someone
from tests.integration.council.strategies import FIXED

pytestmark = pytest.mark.django_db


def account(organisation: Organisation, role: Role, *, by: Actor = OPERATOR) -> Person:
    """A new account of that organisation."""
    return add_person(
        by,
        email=f"{role.value}{organisation.pk}@exemple.fr",
        full_name=f"Camille {role.value.upper()}",
        password=PASSWORD,
        organisation=organisation,
        role=role,
        starts_on=date(2024, 1, 1),
    )


def test_an_auditor_reads_the_drafts_of_their_own_body_only(
    council: Assembly, loison: Organisation, harnes: Organisation, emile: Someone
) -> None:
    draft = save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    own = actor_of(account(loison, Role.AUDITOR), TODAY)
    elsewhere = actor_of(account(harnes, Role.AUDITOR), TODAY)
    for reader in (own, emile.actor, OPERATOR):
        assert queries.sitting_detail(reader, draft.pk) == draft
    with pytest.raises(NotFound):
        queries.sitting_detail(elsewhere, draft.pk)
    assert not queries.sittings_list(elsewhere, as_of=TODAY)


def test_an_administrator_appoints_auditors_but_never_those_of_the_state(
    loison: Organisation, prefecture: Organisation, alice: Someone
) -> None:
    commune = actor_of(account(loison, Role.ADMINISTRATOR), TODAY)
    assert account(loison, Role.AUDITOR, by=commune)
    state = actor_of(account(prefecture, Role.ADMINISTRATOR), TODAY)
    people = Person.objects.count()
    with pytest.raises(Refused, match="administre le poste"):
        account(prefecture, Role.AUDITOR, by=state)
    with pytest.raises(Refused, match="administre le poste"):
        appoint(
            state,
            person=alice.person,
            organisation=prefecture,
            role=Role.AUDITOR,
            starts_on=TODAY,
        )
    assert Person.objects.count() == people
    assert account(prefecture, Role.STATE_DELEGATE, by=state)
    assert account(prefecture, Role.AUDITOR)


def test_the_history_of_a_published_sitting_stays_with_its_body(
    council: Assembly, alice: Someone, chloe: Someone, emile: Someone, loison: Organisation
) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    set_public(alice.actor, sitting.pk, True)
    colleague = actor_of(account(loison, Role.PARTNER), TODAY)
    for reader in (alice.actor, colleague, emile.actor, OPERATOR):
        assert len(queries.history_of_sitting(reader, sitting.pk)) == 2
    for stranger in (ANONYMOUS, chloe.actor):
        with pytest.raises(Refused, match="historique"):
            queries.history_of_sitting(stranger, sitting.pk)


def test_each_line_of_the_journal_is_filed_under_the_organisation_it_concerns(
    council: Assembly, loison: Organisation, alice: Someone
) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    act = sitting.deliberations.all()[0]
    add_statements(alice.actor, act.pk, [Statement(Topic.PILLAR, "Agir")])
    lines = AuditEntry.objects.order_by("id").values_list("action", "organisation_id")
    assert list(lines) == [
        ("organisation.added", loison.pk),
        ("assembly.added", loison.pk),
        ("person.added", loison.pk),
        ("appointment.added", loison.pk),
        ("sitting.added", loison.pk),
        ("deliberation.stated", loison.pk),
    ]


def test_the_journal_of_a_body_is_read_there_and_by_the_state(
    council: Assembly,
    loison: Organisation,
    harnes: Organisation,
    alice: Someone,
    chloe: Someone,
    emile: Someone,
) -> None:
    # Chloé holds a role in Harnes and works in Loison too: what she does in Loison stays there.
    appoint(
        OPERATOR,
        person=chloe.person,
        organisation=loison,
        role=Role.SECRETARY,
        starts_on=date(2024, 1, 1),
    )
    sitting = save_sitting(actor_of(chloe.person, TODAY), FIXED, assembly_id=council.pk)
    set_public(OPERATOR, sitting.pk, True)
    tomorrow = date(2100, 1, 1)
    everything = set(AuditEntry.objects.all())
    of_loison = set(AuditEntry.objects.filter(organisation=loison))
    of_harnes = set(AuditEntry.objects.filter(organisation=harnes))
    assert of_loison
    assert of_harnes
    assert of_loison | of_harnes < everything
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        for body, expected in ((loison, of_loison), (harnes, of_harnes)):
            before = AuditEntry.objects.order_by("-id")[0].pk
            reader = actor_of(account(body, role), TODAY)
            lines = {line for line in journal_lines(reader, as_of=tomorrow) if line.pk <= before}
            assert expected <= lines
            assert {line.organisation_id for line in lines} == {body.pk}
    for reader in (emile.actor, OPERATOR):
        assert everything <= set(journal_lines(reader, as_of=tomorrow))
    for stranger in (ANONYMOUS, alice.actor, chloe.actor):
        with pytest.raises(Refused):
            journal_lines(stranger, as_of=tomorrow)


@pytest.mark.django_db(transaction=True)
def test_the_journal_stays_append_only_through_its_migration_and_back() -> None:
    add_organisation(OPERATOR, kind=OrganisationKind.OTHER, name="Club")
    try:
        for target in ("0002_append_only_journal", "0003_journal_by_organisation"):
            call_command("migrate", "accounts", target, verbosity=0)
            with (
                pytest.raises(DatabaseError, match="ne se modifie pas"),
                connection.cursor() as cursor,
            ):
                cursor.execute("DELETE FROM accounts_auditentry")
    finally:
        call_command("migrate", verbosity=0)
    line = AuditEntry.objects.get()
    assert (line.action, line.organisation_id) == ("organisation.added", None)
