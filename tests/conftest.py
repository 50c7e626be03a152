"""Guards for every test, and people whose names tell what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from levier.accounts.domain.actors import Actor, Role
    from levier.accounts.models import Organisation, Person
    from levier.council.models import Assembly

TODAY = date(2024, 6, 25)
PASSWORD = "marronnier-en-fleur-62"


@pytest.fixture(autouse=True, scope="session")
def _guards() -> Iterator[None]:
    from tests import guards

    with pytest.MonkeyPatch.context() as patch:
        guards.refuse_reliance_on_row_order(patch)
        guards.refuse_datetimes_as_dates(patch)
        guards.refuse_wide_locks(patch)
        guards.refuse_network(patch)
        guards.let_the_journal_be_emptied_between_tests(patch)
        yield


@dataclass(frozen=True)
class Someone:
    """A person with an account, and the actor that services know on 25 June 2024."""

    person: Person
    actor: Actor


def _organisation(kind: str, name: str, siren: str = "") -> Organisation:
    from levier.accounts.actors import OPERATOR
    from levier.accounts.models import OrganisationKind
    from levier.accounts.services import add_organisation

    return add_organisation(OPERATOR, kind=OrganisationKind(kind), name=name, siren=siren)


def _someone(first_name: str, organisation: Organisation, role: Role) -> Someone:
    from levier.accounts.actors import OPERATOR, actor_of
    from levier.accounts.services import add_person

    person = add_person(
        OPERATOR,
        email=f"{first_name}@exemple.fr".lower().replace("é", "e"),
        full_name=f"{first_name} MARTIN",
        password=PASSWORD,
        organisation=organisation,
        role=role,
        starts_on=date(2024, 1, 1),
    )
    return Someone(person, actor_of(person, TODAY))


@pytest.fixture
def loison(db: None) -> Organisation:
    """The commune of the real case."""
    return _organisation("commune", "Loison-sous-Lens", "216205237")


@pytest.fixture
def harnes(db: None) -> Organisation:
    """Another commune, which has no business in the drafts of Loison."""
    return _organisation("commune", "Harnes")


@pytest.fixture
def call(db: None) -> Organisation:
    """The intercommunality."""
    return _organisation("epci", "Communauté d’agglomération de Lens-Liévin", "246200364")


@pytest.fixture
def prefecture(db: None) -> Organisation:
    """The State."""
    return _organisation("state", "Préfecture du Pas-de-Calais")


@pytest.fixture
def council(loison: Organisation) -> Assembly:
    """The conseil municipal of Loison-sous-Lens, with a population of 5,169."""
    from levier.accounts.actors import OPERATOR
    from levier.common.domain.provenance import Source
    from levier.council.domain.record import AssemblyKind
    from levier.council.services.sittings import add_assembly

    return add_assembly(
        OPERATOR,
        organisation_id=loison.pk,
        kind=AssemblyKind.COMMUNE,
        name="Loison-sous-Lens",
        insee_code="62523",
        population=5169,
        population_vintage="millésime à confirmer",
        population_source=Source("INSEE", "populations", "à confirmer"),
    )


@pytest.fixture
def alice(loison: Organisation) -> Someone:
    """Secrétaire générale of Loison: writes its sittings."""
    from levier.accounts.domain.actors import Role

    return _someone("Alice", loison, Role.SECRETARY)


@pytest.fixture
def bruno(call: Organisation) -> Someone:
    """Chef de projet of the intercommunality: reads what Loison publishes."""
    from levier.accounts.domain.actors import Role

    return _someone("Bruno", call, Role.PROJECT_LEAD)


@pytest.fixture
def chloe(harnes: Organisation) -> Someone:
    """Secrétaire of another commune: must not see the drafts of Loison."""
    from levier.accounts.domain.actors import Role

    return _someone("Chloé", harnes, Role.SECRETARY)


@pytest.fixture
def diane(prefecture: Organisation) -> Someone:
    """Déléguée du préfet: reads what is published."""
    from levier.accounts.domain.actors import Role

    return _someone("Diane", prefecture, Role.STATE_DELEGATE)


@pytest.fixture
def emile(prefecture: Organisation) -> Someone:
    """Auditor: reads everything, writes nothing."""
    from levier.accounts.domain.actors import Role

    return _someone("Émile", prefecture, Role.AUDITOR)
