"""The open data of deliberations that everyone may read: the file, and what it leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from levier.common.domain.errors import NotFound
from levier.council.domain.record import Deliberation as Act
from levier.council.domain.record import Outcome, Vote
from levier.council.domain.transmission import internal_number
from levier.council.models import Assembly
from levier.council.queries.exchange import (
    public_act_counts,
    public_acts,
    publishing_bodies,
)
from levier.council.writers.scdl import obstacle, open_data_csv, open_data_row


@dataclass(frozen=True, slots=True)
class OpenData:
    """The CSV, its number of rows, and how many acts each reason keeps out of it."""

    content: bytes
    rows: int
    left_out: Mapping[str, int]


def open_data(
    assembly_id: int | None = None, address_of: Callable[[int], str] | None = None
) -> OpenData:
    """The deliberations of public sittings, of one assembly or of all, in one query.

    `address_of` gives the complete address of an act, when the site has one. Raises NotFound when
    the assembly has no public sitting.
    """
    if assembly_id is not None and not publishing_bodies().filter(pk=assembly_id).exists():
        raise NotFound("Cette assemblée n’existe pas, ou n’a pas de séance publique.")
    rows: list[tuple[str, ...]] = []
    left_out: Counter[str] = Counter()
    for row in public_acts(assembly_id):
        act = _described(row)
        if reason := obstacle(act, row["siret"], row["held_on"]):
            left_out[reason] += 1
            continue
        rows.append(
            open_data_row(
                act,
                held_on=row["held_on"],
                in_office=row["in_office"],
                name=row["assembly"],
                siret=row["siret"],
                number=internal_number(row["held_on"], act.number, row["pk"]),
                url=address_of(row["pk"]) if address_of else "",
            )
        )
    return OpenData(open_data_csv(rows), len(rows), dict(left_out))


@dataclass(frozen=True, slots=True)
class OpenDataSummary:
    """What the file holds of one assembly: rows, and how many acts each reason keeps out."""

    assembly: Assembly
    rows: int
    left_out: Mapping[str, int]


def open_data_summary() -> tuple[OpenDataSummary, ...]:
    """The same as `open_data`, counted assembly by assembly in two queries."""
    rows: Counter[int] = Counter()
    left_out: dict[int, Counter[str]] = defaultdict(Counter)
    assemblies = {assembly.pk: assembly for assembly in publishing_bodies()}
    for key, outcome, code, count in public_act_counts():
        act = Act("", matter_code=code or None, vote=Vote(Outcome(outcome) if outcome else None))
        if reason := obstacle(act, assemblies[key].siret, date.min):
            left_out[key][reason] += count
        else:
            rows[key] += count
    return tuple(
        OpenDataSummary(assembly, rows[key], dict(left_out[key].most_common()))
        for key, assembly in assemblies.items()
    )


def _described(row: Mapping[str, Any]) -> Act:
    return Act(
        subject=row["subject"],
        number=row["number"],
        received_on=row["received_on"],
        matter_code=row["matter_code"] or None,
        vote=Vote(
            outcome=Outcome(row["vote__outcome"]) if row["vote__outcome"] else None,
            in_favour=row["vote__in_favour"],
            against=row["vote__against"],
            abstentions=row["vote__abstentions"],
            blank=row["vote__blank"],
        ),
    )
