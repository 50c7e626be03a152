"""Who acts: the only thing that a policy needs to know of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be within an organisation."""

    SECRETARY = "secretary"
    MAYOR = "mayor"
    PROJECT_LEAD = "project_lead"
    PRESIDENT = "president"
    STATE_DELEGATE = "state_delegate"
    PARTNER = "partner"
    EVALUATOR = "evaluator"
    LABO_ANIMATOR = "labo_animator"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The words that a person reads."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.SECRETARY: "secrétariat général",
    Role.MAYOR: "maire",
    Role.PROJECT_LEAD: "chef de projet",
    Role.PRESIDENT: "présidence de l’intercommunalité",
    Role.STATE_DELEGATE: "délégué du préfet",
    Role.PARTNER: "partenaire",
    Role.EVALUATOR: "évaluation",
    Role.LABO_ANIMATOR: "animation du Labo",
    Role.ADMINISTRATOR: "administration",
    Role.AUDITOR: "contrôle",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held within one organisation, which may be a service of the State."""

    role: Role
    organisation_id: int
    is_of_state: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as services and policies see them.

    `person_id` is None for the anonymous public and for the operator of the machine, who runs
    commands beside the database file and is recorded as such in the journal.
    """

    label: str
    person_id: int | None = None
    grants: frozenset[Grant] = frozenset()
    is_operator: bool = False

    def holds(self, *roles: Role, in_organisation: int) -> bool:
        """Whether one of the roles is held in that organisation."""
        return any(
            grant.organisation_id == in_organisation and grant.role in roles
            for grant in self.grants
        )

    def belongs_to(self, organisation_id: int) -> bool:
        """Whether any role is held in that organisation."""
        return organisation_id in self.organisation_ids()

    def organisation_ids(self, *roles: Role) -> frozenset[int]:
        """The organisations in which one of the roles is held; any role when none is named."""
        return frozenset(
            grant.organisation_id for grant in self.grants if not roles or grant.role in roles
        )

    @property
    def reads_everything(self) -> bool:
        """Whether drafts and journals of every organisation are open to reading.

        They are to the operator and to the control of the State, charged with legality in all
        collectivities (CGCT L2131-6); an auditor appointed elsewhere controls that body alone.
        """
        return self.is_operator or any(
            grant.role is Role.AUDITOR and grant.is_of_state for grant in self.grants
        )


ANONYMOUS = Actor("public")
OPERATOR = Actor("poste d'administration", is_operator=True)
