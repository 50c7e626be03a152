"""What people do to an assembly itself: correct its population, tell who sits and since when.

Each one asks its policy, runs in one transaction, and writes one line of the journal with the
values before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from levier.accounts import audit
from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.accounts.writing import writing
from levier.common.domain import provenance
from levier.common.domain.errors import Conflict, Invalid, NotFound
from levier.common.domain.french import date_in_words
from levier.common.models import Source
from levier.common.validation import checked
from levier.council.domain.coherence import LONGEST_NAME
from levier.council.domain.record import AssemblyKind, name_key
from levier.council.domain.terms import term_end, term_start
from levier.council.models import Assembly, Mandate, Member
from levier.council.models.assemblies import MandateFunction, member_key
from levier.council.policies import can_edit_assembly

FUNCTIONS = {
    AssemblyKind.COMMUNE: (
        MandateFunction.MEMBER,
        MandateFunction.DEPUTY_MAYOR,
        MandateFunction.MAYOR,
    ),
    AssemblyKind.EPCI: (
        MandateFunction.MEMBER,
        MandateFunction.VICE_PRESIDENT,
        MandateFunction.PRESIDENT,
    ),
}
NO_ASSEMBLY = "Cette assemblée n’existe pas."


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """What a person tells of a mandate; `source` says where the dates come from."""

    name: str
    function: MandateFunction
    starts_on: date | None
    ends_on: date | None
    source: str


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


def save_mandate(
    actor: Actor,
    assembly_id: int,
    facts: MandateFacts,
    *,
    mandate_id: int | None = None,
    expected_version: int | None = None,
) -> Mandate:
    """Add a mandate, or give another state to one; its dates include the first and the last day.

    A new mandate whose dates hold the sitting that attests the member completes that mandate, which
    had no beginning, rather than doubling it. `expected_version` is the `mandate_version` that the
    person opened. Raises Invalid with the sentence of each field, Conflict, NotFound or Refused.
    """
    with writing(actor):
        assembly = _locked(actor, assembly_id)
        name = " ".join(facts.name.split())
        _require_name(name)
        held = list(
            Mandate.objects.filter(member__assembly=assembly)
            .select_related("member", "source")
            .order_by("id")
        )
        if mandate_id is None:
            mandate = _completed(held, name, facts) or Mandate()
        else:
            mandate = next((row for row in held if row.pk == mandate_id), None) or _no_mandate()
            _require_version(mandate, expected_version)
        others = [row for row in held if row.pk != mandate.pk]
        _require_possible(assembly, mandate, others, name, facts)
        is_new = mandate._state.adding
        before = {} if is_new else _mandate_values(mandate)
        mandate.member = _member(assembly, name)
        mandate.function = facts.function.value
        mandate.starts_on, mandate.ends_on = facts.starts_on, facts.ends_on
        mandate.source = _mandate_source(mandate, assembly, facts.source.strip(), actor)
        after = _mandate_values(mandate)
        changes = {
            field: (before.get(field), value)
            for field, value in after.items()
            if before.get(field) != value
        }
        if changes:
            action = "mandate.added" if is_new else "mandate.changed"
            checked(mandate).save()
            audit.write(actor, action, mandate, changes, organisation=assembly.organisation)
    return mandate


def mandate_version(mandate: Mandate) -> int:
    """What tells one state of a mandate from the next: the number of its last version."""
    return int(mandate.history.latest("history_id").history_id)


def _require_name(name: str) -> None:
    if not name_key(name):
        raise Invalid({"name": "Indiquez le prénom et le nom."})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": f"Ce nom dépasse {LONGEST_NAME} caractères."})


def _completed(held: Iterable[Mandate], name: str, facts: MandateFacts) -> Mandate | None:
    """The mandate of this member that sittings attest, of which these dates are the dates."""
    return next(
        (
            row
            for row in held
            if row.member.key == member_key(name)
            and row.starts_on is None
            and row.attested_on is not None
            and facts.starts_on is not None
            and term_start(facts.starts_on) == term_start(row.attested_on)
            and facts.starts_on <= row.attested_on <= (facts.ends_on or date.max)
        ),
        None,
    )


def _no_mandate() -> Mandate:
    raise NotFound("Ce mandat n’existe pas.")


def _require_version(mandate: Mandate, expected: int | None) -> None:
    if expected is not None and expected != mandate_version(mandate):
        raise Conflict(
            "Ce mandat a été modifié entre-temps : comparez avec la liste des mandats, puis "
            "recommencez. Rien n’a été écrasé."
        )


def _require_possible(
    assembly: Assembly, mandate: Mandate, others: Iterable[Mandate], name: str, facts: MandateFacts
) -> None:
    found: dict[str, str] = {}
    for field, sentence in _problems(assembly, mandate, others, name, facts):
        found.setdefault(field, sentence)
    if found:
        raise Invalid(found)


def _problems(
    assembly: Assembly, mandate: Mandate, others: Iterable[Mandate], name: str, facts: MandateFacts
) -> Iterator[tuple[str, str]]:
    starts_on, ends_on, attested_on = facts.starts_on, facts.ends_on, mandate.attested_on
    if facts.function not in FUNCTIONS[AssemblyKind(assembly.kind)]:
        yield "function", "Cette fonction n’existe pas dans cette assemblée."
    if not facts.source.strip():
        yield "source", "Indiquez quel document donne ces dates."
    if starts_on is None and attested_on is None:
        yield "starts_on", "Indiquez le premier jour du mandat."
    if starts_on and ends_on and ends_on < starts_on:
        yield "ends_on", "Le mandat ne peut pas finir avant d’avoir commencé."
    if attested_on is not None:
        day = date_in_words(attested_on)
        if member_key(name) != mandate.member.key:
            yield "name", f"Ce nom vient de la séance du {day} : corrigez-le dans cette séance."
        if starts_on and starts_on > attested_on:
            yield "starts_on", f"La séance du {day} montre déjà ce membre en exercice."
        if ends_on and ends_on < attested_on:
            yield "ends_on", f"La séance du {day} montre encore ce membre en exercice."
    first = starts_on or attested_on
    for other in others if first else ():
        if other.member.key == member_key(name) and _overlap(first, ends_on, other):
            yield "starts_on", f"{_in_words(other)} : donnez-lui d’abord une fin, ou modifiez-le."


def _overlap(first: date | None, ends_on: date | None, other: Mandate) -> bool:
    began = other.starts_on or other.attested_on
    if first is None or began is None:
        return False
    last = ends_on or term_end(first)
    ended = other.ends_on or term_end(began)
    return first <= ended and began <= last


def _in_words(mandate: Mandate) -> str:
    since = (
        f"à compter du {date_in_words(mandate.starts_on)}"
        if mandate.starts_on
        else f"attesté le {date_in_words(mandate.attested_on)}"
        if mandate.attested_on
        else ""
    )
    until = f" jusqu’au {date_in_words(mandate.ends_on)}" if mandate.ends_on else ""
    return f"{mandate.member} a déjà un mandat {since}{until}"


def _member(assembly: Assembly, name: str) -> Member:
    known = Member.objects.filter(assembly=assembly, key=member_key(name)).first()
    if known is not None:
        return known
    member = Member(assembly=assembly, name=name, key=member_key(name))
    checked(member).save()
    return member


def _mandate_source(mandate: Mandate, assembly: Assembly, told: str, actor: Actor) -> Source:
    """The source it has when the text is still that one's, or else a document of the assembly."""
    if mandate.source is not None and mandate.source.dataset == told:
        return mandate.source
    since = mandate.starts_on or mandate.attested_on
    return Source.from_domain(
        provenance.Source(
            publisher=assembly.name,
            dataset=told[:300],
            vintage=f"mandats au {date_in_words(since)}" if since else "mandats",
            imported_at=timezone.now(),
            imported_by=actor.label[:200],
        )
    )


def _mandate_values(mandate: Mandate) -> dict[str, Any]:
    return {
        "member": mandate.member.name,
        "function": mandate.function,
        "starts_on": mandate.starts_on,
        "ends_on": mandate.ends_on,
        "source": mandate.source and str(mandate.source),
    }


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
