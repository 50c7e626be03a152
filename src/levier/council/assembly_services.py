"""What people do to an assembly itself: correct its population.

Each one asks its policy, runs in one transaction, and writes one line of the journal with the
values before and after.
"""

from __future__ import annotations

from levier.accounts import audit
from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.accounts.writing import writing
from levier.common.domain import provenance
from levier.common.domain.errors import NotFound
from levier.common.models import Source
from levier.common.validation import checked
from levier.council.models import Assembly
from levier.council.policies import can_edit_assembly

NO_ASSEMBLY = "Cette assemblée n’existe pas."


def set_population(
    actor: Actor, assembly_id: int, *, population: int, source: provenance.Source
) -> Assembly:
    """Give the population that sets the thresholds (R2151-3), with the source that says so.

    The vintage is that of the source. Giving again what is known writes nothing.
    """
    with writing(actor):
        assembly = _locked(actor, assembly_id)
        before = _population(assembly)
        assembly.population = population
        assembly.population_vintage = source.vintage
        assembly.population_source = Source.from_domain(source)
        after = _population(assembly)
        if before != after:
            checked(assembly).save()
            changes = {
                name: (before[name], after[name]) for name in after if before[name] != after[name]
            }
            audit.write(actor, "assembly.population", assembly, changes)
    return assembly


def _population(assembly: Assembly) -> dict[str, object]:
    return {
        "population": assembly.population,
        "population_vintage": assembly.population_vintage,
        "population_source": assembly.population_source and str(assembly.population_source),
    }


def _locked(actor: Actor, assembly_id: int) -> Assembly:
    """The assembly, locked for the time of the transaction, when the person may change it."""
    assembly = (
        Assembly.objects.select_for_update(of=("self",))
        .select_related("population_source", "organisation")
        .filter(pk=assembly_id)
        .first()
    )
    if assembly is None:
        raise NotFound(NO_ASSEMBLY)
    require(can_edit_assembly, actor, assembly)
    return assembly
