"""What OParl shows: public sittings and their acts, with the moments of their changes.

A moment comes from the journal. A sitting that was public and is no longer leaves a tombstone,
which a list shows only to those who ask for changes since a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from levier.accounts.actors import ANONYMOUS
from levier.accounts.models import AuditEntry
from levier.council.domain.terms import term_start
from levier.council.known_members import seen_by
from levier.council.models import (
    Assembly,
    Attendance,
    Deliberation,
    Mandate,
    Member,
    Procuration,
    PublishedFile,
    Sitting,
)
from levier.council.rebuilding import with_rows

_NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())
_SITTING, _ACT = Sitting._meta.label_lower, Deliberation._meta.label_lower


@dataclass(frozen=True, slots=True)
class Changes:
    """The moments that a list is bounded by; None is no bound."""

    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None

    def kept(self, sittings: QuerySet[Any]) -> QuerySet[Any]:
        """The sittings created and changed within the bounds, acts included.

        Asked of the journal by its dates, rather than of each sitting.
        """
        if self.created_since is not None:
            earlier = _written(_SITTING, at__lt=self.created_since)
            sittings = sittings.filter(pk__in=_written(_SITTING)).exclude(pk__in=earlier)
        if self.created_until is not None:
            sittings = sittings.filter(pk__in=_written(_SITTING, at__lte=self.created_until))
        if self.modified_since is not None:
            sittings = sittings.filter(_touched(at__gte=self.modified_since))
        if self.modified_until is not None:
            sittings = sittings.exclude(_touched(at__gt=self.modified_until))
        return sittings


def sittings_shown(assembly_id: int | None, changes: Changes) -> QuerySet[Any]:
    """Public sittings with their rows, `first_at` and `last_at`; tombstones when asked for."""
    rows = with_rows(Sitting.objects.all())
    rows = rows.filter(_shown("pk", "", changes)).annotate(**_moments("pk"))
    if assembly_id is not None:
        rows = rows.filter(assembly_id=assembly_id)
    return changes.kept(rows).order_by("pk")


def acts_shown(assembly_id: int | None, changes: Changes) -> QuerySet[Any]:
    """Deliberations of public sittings, likewise."""
    rows = (
        Deliberation.objects.filter(_shown("sitting_id", "sitting__", changes))
        .select_related("sitting__assembly", "vote", "rapporteur")
        .prefetch_related("clauses", "ballots__member")
        .defer("debate", "search_text")
        .annotate(**_moments("sitting_id"))
    )
    if assembly_id is not None:
        rows = rows.filter(sitting__assembly_id=assembly_id)
    if changes != Changes():
        # An act changes with its sitting.
        rows = rows.filter(sitting_id__in=changes.kept(Sitting.objects.all()).values("pk"))
    return rows.order_by("sitting_id", "position")


def members_shown(assembly_id: int | None = None) -> QuerySet[Member]:
    """The members whom a public sitting names."""
    public = {"sitting__is_public": True}
    named = (
        Exists(Attendance.objects.filter(member=OuterRef("pk"), **public)),
        Exists(Procuration.objects.filter(giver=OuterRef("pk"), **public)),
        Exists(Procuration.objects.filter(holder=OuterRef("pk"), **public)),
        Exists(Deliberation.objects.filter(rapporteur=OuterRef("pk"), **public)),
        Exists(Sitting.objects.filter(president=OuterRef("pk"), is_public=True)),
        Exists(Sitting.objects.filter(secretary=OuterRef("pk"), is_public=True)),
    )
    condition = Q()
    for exists in named:
        condition |= Q(exists)
    members = Member.objects.filter(condition)
    return (members.filter(assembly_id=assembly_id) if assembly_id else members).order_by("pk")


def mandates_shown(assembly_id: int | None, *, as_of: date) -> QuerySet[Any]:
    """The mandates that everyone may know, of members whom a public sitting names."""
    rows = Mandate.objects.filter(member__in=members_shown(assembly_id).order_by().values("pk"))
    return seen_by(ANONYMOUS, rows, on=as_of).select_related("member").order_by("pk")


def terms_shown(assembly: Assembly) -> list[date]:
    """The first day of each term of which a sitting is public."""
    days = Sitting.objects.filter(assembly=assembly, is_public=True).values_list("date", flat=True)
    return sorted({start for day in days if (start := term_start(day)) != date.min})


def files_online(act_ids: list[int]) -> dict[int, PublishedFile]:
    """The file online of each of these acts, without its bytes."""
    files = PublishedFile.objects.filter(deliberation__in=act_ids, withdrawn_on__isnull=True)
    return {file.deliberation_id: file for file in files.defer("content")}


def _shown(key: str, path: str, changes: Changes) -> Q:
    public = Q(**{f"{path}is_public": True})
    if changes.modified_since is None:
        return public
    withdrawn = AuditEntry.objects.filter(
        object_type=_SITTING, object_id=OuterRef(key), action="sitting.withdrawn"
    )
    return public | Q(Exists(withdrawn))


def _written(kind: str, **at: datetime) -> QuerySet[Any]:
    return AuditEntry.objects.filter(object_type=kind, **at).values("object_id")


def _touched(**at: datetime) -> Q:
    acts = Deliberation.objects.filter(pk__in=_written(_ACT, **at)).values("sitting_id")
    return Q(pk__in=_written(_SITTING, **at)) | Q(pk__in=acts)


def _moments(key: str) -> dict[str, Any]:
    of_sitting = AuditEntry.objects.filter(object_type=_SITTING, object_id=OuterRef(key))
    acts = Deliberation.objects.filter(sitting_id=OuterRef(OuterRef(key))).values("pk")
    of_acts = AuditEntry.objects.filter(object_type=_ACT, object_id__in=acts)
    first = Subquery(of_sitting.order_by("at").values("at")[:1])
    last = Subquery(of_sitting.order_by("-at").values("at")[:1])
    last_of_acts = Subquery(of_acts.order_by("-at").values("at")[:1])
    return {
        "first_at": Coalesce(first, _NEVER),
        "last_at": Greatest(Coalesce(last, _NEVER), Coalesce(last_of_acts, _NEVER)),
    }
