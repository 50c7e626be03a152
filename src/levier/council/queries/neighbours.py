"""The other sittings of the same assembly, which some rules look at: quarters, semesters, minutes.

They are those stored in Levier and visible to the person, beside the ones that a secretary typed.
They are never part of the record that is edited and saved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from levier.accounts.domain.actors import Actor
from levier.council.domain.circumstances import OtherSitting
from levier.council.domain.record import Record
from levier.council.models import Sitting
from levier.council.policies import visible_to
from levier.council.rebuilding import record_from

# Two quarters and a month: farther, a gap tells of what was not recorded, not of a rule broken.
_AROUND = timedelta(days=214)


def with_neighbours(actor: Actor, sittings: Iterable[Sitting]) -> list[Sitting]:
    """The same sittings, each told of its assembly's others around it, in one query for all."""
    shown = list(sittings)
    if not shown:
        return shown
    first, last = min(one.date for one in shown), max(one.date for one in shown)
    stored: dict[int, list[tuple[int, date, bool]]] = defaultdict(list)
    rows = Sitting.objects.filter(
        visible_to(actor),
        assembly_id__in={one.assembly_id for one in shown},
        date__gte=_shifted(first, -_AROUND),
        date__lte=_shifted(last, _AROUND),
    ).order_by("date", "id")
    for pk, assembly_id, day, formalities in rows.values_list(
        "pk", "assembly_id", "date", "formalities"
    ):
        stored[assembly_id].append((pk, day, bool(formalities.get("remote_places"))))
    for sitting in shown:
        sitting.neighbours = tuple(
            OtherSitting(day, remote)
            for pk, day, remote in stored[sitting.assembly_id]
            if pk != sitting.pk and abs(day - sitting.date) <= _AROUND
        )
    return shown


def record_in_context(sitting: Sitting) -> Record:
    """The record to judge: that of the sitting, among the other sittings known. Runs no query."""
    record = record_from(sitting)
    typed = record.circumstances.other_sittings
    days = {other.date for other in typed}
    merged = (*typed, *(other for other in sitting.neighbours if other.date not in days))
    if merged == typed:
        return record
    around = replace(record.circumstances, other_sittings=merged)
    return replace(record, circumstances=around)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta(0) else date.max
