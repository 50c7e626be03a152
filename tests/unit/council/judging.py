"""Small records for the tests of rules, and the one finding looked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.findings import Finding
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    Movement,
    MovementEvent,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Sitting,
    Vote,
)
from levier.council.domain.rules import check

TODAY = date(2026, 11, 22)
SITTING_DAY = date(2024, 6, 11)


def names(count: int, start: int = 1) -> tuple[str, ...]:
    """Distinct members, whose names share no word."""
    return tuple(f"Prénom{n} NOM{n}" for n in range(start, start + count))


def record(
    *,
    vote: Vote | None = None,
    subject: str = "Subvention",
    kind: AssemblyKind | None = AssemblyKind.COMMUNE,
    population: int | None = None,
    deliberation: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
    **sitting: Any,
) -> Record:
    """A record with one deliberation; `sitting` fields as given, held on 11 June 2024."""
    sitting.setdefault("date", SITTING_DAY)
    return Record(
        assembly_kind=kind,
        population=population,
        sitting=Sitting(**sitting),
        deliberations=(Deliberation(subject=subject, vote=vote or Vote(), **(deliberation or {})),),
        **(extra or {}),
    )


def judged(
    what: Record,
    rule: str,
    *,
    scope: str | None = None,
    as_of: date = TODAY,
    department: str | None = None,
) -> Finding:
    """The finding of one rule; the only one unless `scope` names it."""
    found = [
        finding
        for finding in check(what, as_of=as_of, department=department)
        if finding.rule == rule and scope in (None, finding.scope)
    ]
    assert len(found) == 1, [finding.scope for finding in found]
    return found[0]


def proxies(*pairs: tuple[str, str]) -> tuple[Proxy, ...]:
    """(giver, holder) pairs."""
    return tuple(Proxy(giver, holder) for giver, holder in pairs)


def arrives(member: str, before_item: int | None = None, **when: Any) -> Movement:
    """A late arrival."""
    return Movement(member, MovementEvent.ARRIVES, before_item, **when)


def leaves(member: str, before_item: int | None = None, **when: Any) -> Movement:
    """An early departure."""
    return Movement(member, MovementEvent.LEAVES, before_item, **when)


def interested(*members: str) -> tuple[Recusal, ...]:
    """Members personally interested."""
    return tuple(Recusal(member, RecusalGround.PERSONAL) for member in members)


def representing(*members: str) -> tuple[Recusal, ...]:
    """Members who represent the council in another body (L1111-6, II)."""
    return tuple(Recusal(member, RecusalGround.L1111_6_II) for member in members)
