"""Who may: deny by default, one predicate per question, its reason in the docstring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from rules.predicates import Predicate, predicate

from levier.accounts.domain.actors import Actor, Role
from levier.accounts.models import Organisation, OrganisationKind, Person
from levier.common.domain.errors import Refused

_CONTROL = (Role.AUDITOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Policy:
    """A question about an actor and a target, and the sentence said to whom it refuses."""

    predicate: Predicate
    refusal: str

    def __call__(self, actor: Actor, target: Any) -> bool:
        return bool(self.predicate.test(actor, target))


def policy(*, refusal: str) -> Callable[[Callable[[Any, Any], bool]], Policy]:
    """Make a policy of a function (actor, target) -> bool whose docstring gives the reason."""

    def decorate(answer: Callable[[Any, Any], bool]) -> Policy:
        return Policy(predicate(answer), refusal)  # type: ignore[no-untyped-call]

    return decorate


def require(asked: Policy, actor: Actor, target: Any) -> None:
    """Raise Refused, with the sentence of the policy, unless it allows."""
    if not asked(actor, target):
        raise Refused(asked.refusal)


@policy(
    refusal="Seule la personne qui administre le poste peut créer un organisme : demandez-lui de "
    "le faire."
)
def can_create_organisation(actor: Actor, _target: object) -> bool:
    """An organisation gives rights to those whom it appoints: only the operator opens one."""
    return actor.is_operator


@policy(
    refusal="Seule une personne chargée de l’administration de cet organisme peut y confier un "
    "rôle ou y ouvrir un compte."
)
def can_appoint(actor: Actor, organisation: Organisation) -> bool:
    """Roles are given by the organisation's own administrator, or by the operator."""
    return actor.is_operator or actor.holds(Role.ADMINISTRATOR, in_organisation=organisation.pk)


@policy(
    refusal="Seule la personne qui administre le poste voit tous les comptes et en ouvre sans rôle."
)
def can_open_account(actor: Actor, _target: object) -> bool:
    """An account without a role belongs to no organisation: only the operator opens and lists."""
    return actor.is_operator


@policy(
    refusal="Le contrôle exercé par l’État s’étend à toutes les collectivités : seule la personne "
    "qui administre le poste peut confier ce rôle."
)
def can_appoint_auditor(actor: Actor, organisation: Organisation) -> bool:
    """An auditor of the State reads the drafts of everybody: only the operator appoints one."""
    return can_appoint(actor, organisation) and (
        actor.is_operator or organisation.kind != OrganisationKind.STATE.value
    )


@policy(
    refusal="Un mot de passe ne se change que par son titulaire, ou depuis le poste du serveur."
)
def can_change_password(actor: Actor, person: Person) -> bool:
    """A password is personal; who keeps the machine may replace a lost one."""
    return actor.is_operator or (actor.person_id is not None and actor.person_id == person.pk)


@policy(
    refusal="Le journal se lit avec un rôle de contrôle ou d’administration : demandez-le à la "
    "personne qui administre votre organisme."
)
def can_read_journal(actor: Actor, _target: object) -> bool:
    """The journal names people: only those charged with control or administration read it."""
    return actor.is_operator or any(grant.role in _CONTROL for grant in actor.grants)


def journal_of(actor: Actor) -> Q:
    """Of which lines `can_read_journal` speaks, as a filter.

    Those of the organisations where the person controls or administers, whoever wrote them; all of
    them for those who read everything.
    """
    if actor.reads_everything:
        return Q()
    return Q(organisation_id__in=actor.organisation_ids(*_CONTROL))
