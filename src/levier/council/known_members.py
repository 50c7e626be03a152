"""Members as one person may know them: for outsiders, from the sittings that they see alone.

A draft attests mandates for its organisation only. Elsewhere a mandate is known by its start, or by
a visible sitting of its term that names the member.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, NullIf

from levier.accounts.domain.actors import Actor
from levier.common.domain import provenance
from levier.common.models import Source
from levier.council.domain.terms import GENERAL_RENEWALS, term_start
from levier.council.models import (
    Assembly,
    Attendance,
    Ballot,
    Deliberation,
    Mandate,
    Member,
    Movement,
    Procuration,
    Recusal,
    Sitting,
)
from levier.council.policies import can_see_who_recorded, can_view_drafts, visible_to

_NEVER = Value(date.max, output_field=models.DateField())
# The rows by which a sitting shows a member in office, as `coherence.names_in_office` reads a
# record: the row, its column for the member, and the way from it to the sitting.
_SHOWN_IN_OFFICE: tuple[tuple[type[models.Model], str, str], ...] = (
    (Sitting, "president", ""),
    (Sitting, "secretary", ""),
    (Attendance, "member", "sitting__"),
    (Procuration, "giver", "sitting__"),
    (Procuration, "holder", "sitting__"),
    (Movement, "member", "sitting__"),
    (Deliberation, "rapporteur", "sitting__"),
    (Deliberation, "president", "sitting__"),
    (Ballot, "member", "deliberation__sitting__"),
    (Ballot, "cast_by", "deliberation__sitting__"),
    (Recusal, "member", "deliberation__sitting__"),
)


@dataclass(frozen=True, slots=True)
class KnownMandate:
    """A mandate as far as the person may know it; `attested_on` serves when no start is known."""

    member: Member
    function: str
    starts_on: date | None
    attested_on: date | None
    ends_on: date | None
    source: provenance.Source | None
    is_in_office: bool


def seen_by(actor: Actor, mandates: QuerySet[Mandate], *, on: date) -> QuerySet[Any]:
    """Those of the mandates that the person may know, with `seen_on` and `is_in_office`.

    `seen_on` is the day of the earliest sitting known to the person that attests the mandate;
    `is_in_office` tells whether it is known to hold on the day `on`.
    """
    attested: Any = F("attested_on")
    if not actor.reads_everything:
        mandates = mandates.annotate(attested_until=_last_day_of_attestation())
        attested = Case(
            When(
                member__assembly__organisation_id__in=actor.organisation_ids(),
                then=F("attested_on"),
            ),
            default=_earliest_visible(actor),
        )
    return (
        mandates.annotate(seen_on=attested)
        .filter(Q(starts_on__isnull=False) | Q(seen_on__isnull=False))
        .annotate(is_in_office=_in_office(on))
    )


def told(actor: Actor, mandates: Iterable[Mandate]) -> tuple[KnownMandate, ...]:
    """What the person may read of mandates that `seen_by` gave; one query more at most.

    The rows come with their member, its assembly, and their source.
    """
    rows = list(mandates)
    seen: list[Any] = [
        row
        for row in rows
        if row.starts_on is None and not can_view_drafts(actor, row.member.assembly)
    ]
    sources = _sources_of_days(actor, {(row.member.assembly_id, row.seen_on) for row in seen})
    outside = {row.pk for row in seen}
    return tuple(_told(actor, row, sources if row.pk in outside else None) for row in rows)


def source_told(
    actor: Actor, assembly: Assembly, source: Source | None
) -> provenance.Source | None:
    """The source of something recorded for an assembly, as far as the person may know it."""
    if source is None:
        return None
    known = source.to_domain()
    return known if can_see_who_recorded(actor, assembly) else known.published()


def _told(actor: Actor, row: Any, sources: dict[Any, Source | None] | None) -> KnownMandate:
    assembly = row.member.assembly
    source = row.source if sources is None else sources.get((assembly.pk, row.seen_on))
    return KnownMandate(
        member=row.member,
        function=row.get_function_display(),
        starts_on=row.starts_on,
        attested_on=row.seen_on,
        ends_on=row.ends_on,
        source=source_told(actor, assembly, source),
        is_in_office=row.is_in_office,
    )


def _sources_of_days(
    actor: Actor, days: set[tuple[int, date]]
) -> dict[tuple[int, date], Source | None]:
    """The source of the first visible sitting of each assembly on each day."""
    if not days:
        return {}
    sittings = (
        Sitting.objects.filter(visible_to(actor))
        .filter(assembly_id__in={pk for pk, _ in days}, date__in={day for _, day in days})
        .select_related("source")
        .order_by("-opens_at", "-id")
    )
    return {(sitting.assembly_id, sitting.date): sitting.source for sitting in sittings}


def _earliest_visible(actor: Actor) -> NullIf:
    """The day of the earliest visible sitting of the mandate's term that names the member."""
    days = [
        Coalesce(Subquery(_days_shown(actor, *shown).values(f"{shown[2]}date")[:1]), _NEVER)
        for shown in _SHOWN_IN_OFFICE
    ]
    return NullIf(Least(*days), _NEVER)


def _days_shown(
    actor: Actor, row: type[models.Model], column: str, path: str
) -> QuerySet[models.Model]:
    return row._default_manager.filter(
        visible_to(actor, path=path),
        **{
            column: OuterRef("member_id"),
            f"{path}date__gte": OuterRef("attested_on"),
            f"{path}date__lte": OuterRef("attested_until"),
        },
    ).order_by(f"{path}date")


def _last_day_of_attestation() -> Least:
    """The end of the mandate, or the next general renewal: later sittings tell of another one."""
    day = partial(Value, output_field=models.DateField())
    renewal = Case(
        *(
            When(attested_on__lt=first, then=day(first - timedelta(days=1)))
            for first in GENERAL_RENEWALS
        ),
        default=_NEVER,
    )
    return Least(Coalesce("ends_on", _NEVER), renewal)


def _in_office(on: date) -> Q:
    """`levier.council.domain.terms.in_office` as a filter on mandates that have `seen_on`."""
    term = term_start(on)
    known = Q(starts_on__lte=on) | Q(starts_on__isnull=True, seen_on__lte=on)
    recent = Q(starts_on__gte=term) | Q(starts_on__isnull=True, seen_on__gte=term)
    return known & (Q(ends_on__gte=on) | (Q(ends_on__isnull=True) & recent))
