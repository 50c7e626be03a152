"""How far control reaches: a body's auditor within it, the State's auditor everywhere."""

from __future__ import annotations

from datetime import date

import pytest

from levier.accounts.actors import ANONYMOUS, OPERATOR, actor_of
from levier.accounts.domain.actors import Actor, Role
from levier.accounts.models import Organisation, Person
from levier.accounts.services import add_person, appoint
from levier.common.domain.errors import NotFound, Refused
from levier.council import queries
from levier.council.models import Assembly
from levier.council.services import save_sitting, set_public
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
