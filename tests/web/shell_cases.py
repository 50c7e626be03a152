"""A small installation for the tests of the frame: two bodies, their people, sittings to judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from levier.accounts.actors import OPERATOR
from levier.accounts.domain.actors import Role
from levier.accounts.models import Organisation, OrganisationKind, Person
from levier.accounts.services import add_organisation, add_person
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    Outcome,
    Proxy,
    Record,
    Sitting,
    Vote,
)
from levier.council.domain.statements import Statement, Topic
from levier.council.models import Assembly
from levier.council.models import Deliberation as StoredDeliberation
from levier.council.services.sittings import add_assembly, add_statements, save_sitting, set_public

PASSWORD = "une phrase assez longue 62"


@dataclass(frozen=True)
class Installation:
    """What the tests refer to."""

    commune: Organisation
    epci: Organisation
    assembly: Assembly

    def person(self, role: Role, *, organisation: Organisation | None = None) -> Person:
        """A new account with one role, in the commune unless told otherwise."""
        return add_person(
            OPERATOR,
            email=f"{role.value}@exemple.fr",
            full_name=f"Camille {role.value.upper()}",
            password=PASSWORD,
            organisation=organisation or self.commune,
            role=role,
            starts_on=date(2024, 1, 1),
            is_demo=True,
        )


def install() -> Installation:
    """A commune with its council, and the intercommunality that carries a contract."""
    epci = add_organisation(
        OPERATOR,
        kind=OrganisationKind.EPCI,
        name="Communauté d’Agglomération de Lens-Liévin",
        is_demo=True,
    )
    commune = add_organisation(
        OPERATOR, kind=OrganisationKind.COMMUNE, name="Loison-sous-Lens", is_demo=True
    )
    assembly = add_assembly(
        OPERATOR,
        organisation_id=commune.pk,
        kind=AssemblyKind.COMMUNE,
        name="Loison-sous-Lens",
        department="62",
    )
    return Installation(commune, epci, assembly)


def record(held_on: date, *, subject: str = "Signature du Contrat de Ville 2024-2030") -> Record:
    """A sitting whose members in office are not known: its quorum cannot be established."""
    return Record(
        assembly="Loison-sous-Lens",
        assembly_kind=AssemblyKind.COMMUNE,
        sitting=Sitting(
            date=held_on,
            convocation_date=held_on - timedelta(days=6),
            convocation_posted=True,
            president="Daniel KRUSZKA",
            secretary="Emmanuel DONDELA",
            absent=("Françoise TOULOUSE",),
            all_present_except_absent=True,
            proxies=(Proxy("Françoise TOULOUSE", "Jacky LELONG"),),
        ),
        deliberations=(
            Deliberation(
                subject=subject,
                rapporteur="Khadija LANNABI",
                decisions=("Approuve le contrat.",),
                vote=Vote(outcome=Outcome.ADOPTED, unanimous=True),
            ),
        ),
        signed_on=held_on + timedelta(days=9),
        signatory="Daniel KRUSZKA",
    )


def hold_sitting(place: Installation, held_on: date, *, public: bool = True) -> StoredDeliberation:
    """Record a sitting and return its only deliberation."""
    sitting = save_sitting(OPERATOR, record(held_on), assembly_id=place.assembly.pk)
    if public:
        set_public(OPERATOR, sitting.pk, True)
    return StoredDeliberation.objects.get(sitting=sitting)


def state_contract(deliberation: StoredDeliberation) -> None:
    """Let the act state the contract that the header shows."""
    add_statements(
        OPERATOR,
        deliberation.pk,
        (
            Statement(Topic.CONTRACT_TITLE, "Contrat de Ville « Engagement quartiers 2030 »"),
            Statement(Topic.CONTRACT_PERIOD, "2024-2030"),
        ),
    )
