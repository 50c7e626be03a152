"""What is done around sittings and acts: each formality is dated and ticked apart from the record.

Each function asks its policy, runs in one transaction over the version that the person opened, and
writes one line of the journal with the values before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from levier.accounts import audit
from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.accounts.writing import writing
from levier.common.domain.errors import Conflict, Invalid, NotFound
from levier.common.domain.french import date_in_words
from levier.common.validation import checked
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.coherence import tidied
from levier.council.domain.formalities import ActFormalities, SittingFormalities
from levier.council.models import Assembly, Deliberation, Sitting
from levier.council.policies import can_edit_assembly, can_edit_sitting
from levier.council.record_json import dump_part
from levier.council.services.sittings import (
    NO_ASSEMBLY,
    locked_sitting,
    plain_changes,
    require_version,
)

NO_ACT = "Cette délibération n’existe pas, ou n’est pas publique."


@dataclass(frozen=True, slots=True)
class ProxyFormalities:
    """How one procuration was given (CGCT L2121-20)."""

    written: bool | None = None
    signed_on: date | None = None
    sittings_used: int | None = None
    illness: bool | None = None


@dataclass(frozen=True, slots=True)
class ActDates:
    """What becomes of an act after the vote: classified, sent, received, published."""

    matter_code: str | None = None
    transmitted_on: date | None = None
    received_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class AssemblyFacts:
    """What the exchanges with the State and the public pages need of an assembly."""

    website: str | None = None
    siret: str | None = None
    state_district: str | None = None
    state_nature: str | None = None


def save_sitting_formalities(
    actor: Actor,
    sitting_id: int,
    expected_version: int,
    formalities: SittingFormalities,
    *,
    proxies: Mapping[int, ProxyFormalities] | None = None,
) -> Sitting:
    """Give the formalities of a sitting, and of its procurations by their row; open when closed."""
    formalities = tidied(formalities)
    with writing(actor):
        sitting = locked_sitting(actor, sitting_id)
        require(can_edit_sitting, actor, sitting)
        require_version(sitting, expected_version)
        after = dump_part(formalities)
        changes = plain_changes(sitting.formalities, after)
        for row in sitting.procurations.all():
            given = (proxies or {}).get(row.pk)
            if given is not None:
                changes |= _changed(row, given, f"{row}, ")
        if not changes:
            return sitting
        sitting.formalities = after
        _sign(actor, sitting, "sitting.formalities", sitting, changes)
    return sitting


def save_act_formalities(
    actor: Actor,
    deliberation_id: int,
    expected_version: int,
    formalities: ActFormalities,
    dates: ActDates | None = None,
) -> Deliberation:
    """Give what happened to one act after the vote; `expected_version` is that of its sitting."""
    formalities = tidied(formalities)
    with writing(actor):
        act = Deliberation.objects.filter(pk=deliberation_id).first()
        if act is None:
            raise NotFound(NO_ACT)
        sitting = locked_sitting(actor, act.sitting_id)
        require(can_edit_sitting, actor, sitting)
        require_version(sitting, expected_version)
        act.sitting = sitting
        after = dump_part(formalities)
        changes = plain_changes(act.formalities, after)
        if dates is not None:
            _require_in_order(dates, sitting.date)
            changes |= _changed(act, tidied(dates), "", save=False)
        if not changes:
            return act
        act.formalities = after
        act.save()
        _sign(actor, sitting, "deliberation.formalities", act, changes)
    return act


def save_circumstances(
    actor: Actor,
    assembly_id: int,
    expected_version: int,
    circumstances: Circumstances,
    facts: AssemblyFacts | None = None,
) -> Assembly:
    """Tell the life of an assembly; `expected_version` is the `assembly_version` opened."""
    circumstances = tidied(circumstances)
    with writing(actor):
        assembly = Assembly.objects.select_for_update(of=("self",)).filter(pk=assembly_id).first()
        if assembly is None:
            raise NotFound(NO_ASSEMBLY)
        require(can_edit_assembly, actor, assembly)
        if expected_version != assembly_version(assembly):
            raise Conflict(
                "La vie de l’assemblée a été modifiée entre-temps : rouvrez la page, puis reportez "
                "vos changements. Rien n’a été écrasé."
            )
        after = dump_part(circumstances)
        changes = plain_changes(assembly.circumstances, after)
        if facts is not None:
            changes |= _changed(assembly, tidied(facts), "", save=False)
        if not changes:
            return assembly
        assembly.circumstances = after
        checked(assembly).save()
        audit.write(actor, "assembly.circumstances", assembly, changes)
    return assembly


def assembly_version(assembly: Assembly) -> int:
    """What tells one state of an assembly from the next: the number of its last version."""
    return int(assembly.history.latest("history_id").history_id)


def _changed(row: Any, given: Any, label: str, *, save: bool = True) -> dict[str, tuple[Any, Any]]:
    """Write the facts into the columns of their name; what they were, and what they are now."""
    changes: dict[str, tuple[Any, Any]] = {}
    for field in fields(given):
        value = getattr(given, field.name)
        if value is None and not row._meta.get_field(field.name).null:
            value = ""
        known = getattr(row, field.name)
        if known != value:
            changes[f"{label}{field.name}"] = (known or None, value or None)
            setattr(row, field.name, value)
    if changes and save:
        row.save()
    return changes


def _require_in_order(dates: ActDates, held_on: date) -> None:
    found: dict[str, str] = {}
    for name in ("transmitted_on", "received_on", "published_on"):
        day = getattr(dates, name)
        if day is not None and day < held_on:
            found[name] = f"Cette date précède la séance du {date_in_words(held_on)}."
    sent, received = dates.transmitted_on, dates.received_on
    if sent and received and received < sent:
        found["received_on"] = "L’acte ne peut pas être reçu par l’État avant d’être transmis."
    if found:
        raise Invalid(found)


def _sign(
    actor: Actor, sitting: Sitting, action: str, target: Any, changes: Mapping[str, Any]
) -> None:
    sitting.version += 1
    sitting.save()
    audit.write(actor, action, target, changes)
