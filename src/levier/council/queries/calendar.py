"""What is due to whom, over the sittings of about a year on each side of the date looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from levier.accounts.domain.actors import Actor
from levier.council.domain.deadlines import Deadline, DeadlineState, Nature, deadlines
from levier.council.models import (
    Attendance,
    Ballot,
    Clause,
    Deliberation,
    Movement,
    Procuration,
    Recusal,
    Sitting,
)
from levier.council.models.deliberations import ClauseKind
from levier.council.policies import can_view_drafts, visible_to
from levier.council.queries.neighbours import record_in_context, with_neighbours

# An act's delays end within some eight months, an appeal included; the register, with the year.
DAYS_AROUND = 366
SITTINGS_WATCHED = 40
SITTINGS_IN_FEED = 1000
_OF_THE_ASSEMBLY = ("next", "register", "delegated")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of a stored sitting, or of one of its acts."""

    deadline: Deadline
    sitting: Sitting
    deliberation: Deliberation | None

    @property
    def changed_at(self) -> datetime:
        """When the sitting was last written."""
        return changed_at(self.sitting)


def changed_at(sitting: Sitting) -> datetime:
    """When the sitting was last written, for one that `with_last_change` gave."""
    return cast(datetime, sitting.last_change)  # type: ignore[attr-defined]


def with_last_change(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """The same sittings, each with `last_change`, the time of its latest version."""
    versions = Sitting.history.filter(id=OuterRef("pk")).order_by("-history_date")
    return sittings.annotate(last_change=Subquery(versions.values("history_date")[:1]))


def due(actor: Actor, *, as_of: date, until: date) -> tuple[Due, ...]:
    """What is overdue, what falls due up to `until`, then what has no date, in a constant cost.

    Someone who belongs to a council's organisation sees its sittings; anyone else, those they may
    see. What only those who keep an assembly do is told to its own organisation and to the control
    of the State; delays that run for the public are told to all. The sittings are the latest forty
    of a year on each side of `as_of`.
    """
    near = Sitting.objects.filter(
        visible_to(actor),
        date__gte=as_of - timedelta(days=DAYS_AROUND),
        date__lte=as_of + timedelta(days=DAYS_AROUND),
    )
    own = near.filter(assembly__organisation_id__in=actor.organisation_ids())
    sittings = _watched(own) or _watched(near)
    found = [one for one in _each(actor, sittings, as_of) if _is_pending(one.deadline, until)]
    return tuple(sorted(found, key=_moment))


def _watched(sittings: QuerySet[Sitting]) -> list[Sitting]:
    latest = with_last_change(_with_dates(sittings)).order_by("-date", "-opens_at", "-id")
    return list(latest[:SITTINGS_WATCHED])


def _with_dates(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """What `record_from` reads, but for the names and texts on which no deadline depends.

    Visas are kept where they may tell the local law of Alsace-Moselle (L2541-1).
    """
    visas = Clause.objects.filter(kind=ClauseKind.VISA.value, text__contains="2541")
    return sittings.select_related(
        "assembly__organisation", "president", "secretary", "signatory"
    ).prefetch_related(
        "agenda_items",
        Prefetch("attendances", Attendance.objects.none()),
        Prefetch("procurations", Procuration.objects.none()),
        Prefetch("movements", Movement.objects.none()),
        Prefetch(
            "deliberations", Deliberation.objects.select_related("rapporteur", "president", "vote")
        ),
        Prefetch("deliberations__clauses", visas),
        Prefetch("deliberations__recusals", Recusal.objects.none()),
        Prefetch("deliberations__ballots", Ballot.objects.none()),
    )


def _each(actor: Actor, sittings: list[Sitting], as_of: date) -> Iterator[Due]:
    """Each deadline once: what belongs to the assembly would come back at each of its sittings."""
    told: set[tuple[object, ...]] = set()
    for sitting in with_neighbours(actor, sittings):  # the latest first
        keeps = can_view_drafts(actor, sitting.assembly)
        acts = list(sitting.deliberations.all())
        for deadline in deadlines(record_in_context(sitting), as_of=as_of):
            if deadline.nature is Nature.DUTY and not keeps:
                continue
            if deadline.key in _OF_THE_ASSEMBLY:
                # Only the latest sitting awaits the next one, whatever its day.
                day = None if deadline.key == "next" else deadline.due_on
                if (sitting.assembly_id, deadline.key, day) in told:
                    continue
                told.add((sitting.assembly_id, deadline.key, day))
            index = deadline.deliberation
            yield Due(deadline, sitting, None if index is None else acts[index])


def _is_pending(deadline: Deadline, until: date) -> bool:
    if deadline.state in (DeadlineState.DONE, DeadlineState.CLOSED):
        return False
    if deadline.nature is Nature.WINDOW and deadline.due_on is None:
        return False  # It begins with the transmission or publication, which are listed.
    return deadline.due_on is None or deadline.due_on <= until


def _moment(one: Due) -> tuple[date, date, int, int]:
    position = -1 if one.deliberation is None else one.deliberation.position
    return one.deadline.due_on or date.max, one.sitting.date, one.sitting.pk, position


def sittings_in_feed(*, assembly_id: int | None = None) -> list[Sitting]:
    """The published sittings, past and to come, for everyone; the latest thousand."""
    sittings = Sitting.objects.filter(is_public=True)
    if assembly_id is not None:
        sittings = sittings.filter(assembly_id=assembly_id)
    return list(
        with_last_change(sittings)
        .select_related("assembly")
        .prefetch_related("agenda_items", "deliberations")
        .order_by("-date", "-opens_at", "-id")[:SITTINGS_IN_FEED]
    )
