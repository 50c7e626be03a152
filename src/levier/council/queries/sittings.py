"""What people see in the council room: reads only, in a constant number of queries.

Each function takes first the person who asks, and shows only what that person may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from levier.accounts.domain.actors import Actor
from levier.accounts.models import AuditEntry
from levier.accounts.policies import require
from levier.common.domain.errors import NotFound
from levier.common.domain.findings import GRAVITY_ORDER, Finding, Status, worst_status
from levier.common.domain.french import fold
from levier.council.domain.record import Record, deliberation_names
from levier.council.known_members import KnownMandate, seen_by, told
from levier.council.models import Assembly, Deliberation, Mandate, Sitting
from levier.council.policies import can_read_history, can_read_minutes, open_to, visible_to
from levier.council.queries.neighbours import record_in_context, with_neighbours
from levier.council.rebuilding import record_from, with_rows

SITTING_SCOPE = "séance"
_NEEDS_ATTENTION = (Status.IRREGULAR, Status.AT_RISK, Status.UNVERIFIABLE)
# The cockpit looks at the sittings of one term of office, the latest ones first.
SITTINGS_IN_COCKPIT = 12
_RESULTS_SHOWN = 50
# A page of sittings and a few more; the findings of two hundred items weigh some megabytes.
RECORDS_JUDGED = 24


def sittings_list(
    actor: Actor, *, as_of: date, text: str = "", assembly_id: int | None = None
) -> QuerySet[Sitting]:
    """Visible sittings, the latest first, with `deliberation_count`.

    `text` keeps those whose assembly, date, place or subjects hold each of its words. Sittings
    after `as_of` are being prepared: they are listed too, with `is_ahead` true.
    """
    sittings = Sitting.objects.filter(visible_to(actor), _holding(text))
    if assembly_id is not None:
        sittings = sittings.filter(assembly_id=assembly_id)
    return (
        sittings.select_related("assembly__organisation", "president", "secretary")
        .annotate(deliberation_count=_count_of_acts(), is_ahead=Q(date__gt=as_of))
        .order_by("-date", "-opens_at", "-id")
    )


def _count_of_acts() -> Coalesce:
    """Counted for the sittings shown only: a join would group every sitting first."""
    acts = Deliberation.objects.filter(sitting=OuterRef("pk")).order_by().values("sitting")
    return Coalesce(Subquery(acts.annotate(count=Count("pk")).values("count")), 0)


def sitting_detail(actor: Actor, sitting_id: int) -> Sitting:
    """A sitting with all its rows. Raises NotFound also when the person may not see it."""
    sitting = with_rows(Sitting.objects.filter(visible_to(actor))).filter(pk=sitting_id).first()
    if sitting is None:
        raise NotFound("Cette séance n’existe pas, ou n’est pas publique.")
    return with_neighbours(actor, [sitting])[0]


def sitting_already_there(
    actor: Actor, assembly_id: int, day: date, opens_at: time | None
) -> Sitting | None:
    """The recorded sitting that this date, and hour where both are known, designate; or None.

    None also where they designate several, or one that the person may not see.
    """
    found = Sitting.objects.filter(visible_to(actor), assembly_id=assembly_id, date=day)
    if opens_at is not None:
        found = found.filter(Q(opens_at=opens_at) | Q(opens_at__isnull=True))
    sittings = list(found.select_related("assembly").order_by("id")[:2])
    return sittings[0] if len(sittings) == 1 else None


def open_sittings_from(actor: Actor, sitting: Sitting) -> QuerySet[Sitting]:
    """Sittings of the same assembly, of that day or later, that are not closed."""
    closed = Deliberation.objects.filter(locked_at__isnull=False).values("sitting")
    return (
        Sitting.objects.filter(visible_to(actor), assembly_id=sitting.assembly_id)
        .filter(date__gte=sitting.date)
        .exclude(pk__in=closed)
        .select_related("assembly")
        .order_by("date", "opens_at", "id")
    )


def deliberation_detail(actor: Actor, deliberation_id: int) -> Deliberation:
    """A deliberation with its clauses, vote, statements, and its sitting with all its rows."""
    deliberation = (
        Deliberation.objects.filter(visible_to(actor, path="sitting__"), pk=deliberation_id)
        .select_related(
            "rapporteur", "vote", "agenda_item", "source", "corrected_act__sitting__assembly"
        )
        .prefetch_related("clauses", "recusals__member", "movements__member", "statements")
        .prefetch_related("corrections__sitting__assembly")
        .first()
    )
    if deliberation is None:
        raise NotFound("Cette délibération n’existe pas, ou n’est pas publique.")
    deliberation.sitting = sitting_detail(actor, deliberation.sitting_id)
    return deliberation


def record_of(actor: Actor, sitting_id: int) -> Record:
    """The record of a sitting, from which findings and documents are made."""
    return record_from(sitting_detail(actor, sitting_id))


def record_for_minutes(actor: Actor, sitting_id: int) -> Record:
    """The record of a sitting, for its minutes. Raises Refused to whom these are not open yet."""
    sitting = sitting_detail(actor, sitting_id)
    require(can_read_minutes, actor, sitting)
    return record_from(sitting)


def record_around(actor: Actor, deliberation_id: int) -> tuple[Record, int]:
    """The record of the sitting of a deliberation, and its index in it, which starts at 0."""
    sitting, index = _sitting_around(actor, deliberation_id)
    return record_from(sitting), index


def _sitting_around(actor: Actor, deliberation_id: int) -> tuple[Sitting, int]:
    sitting = (
        with_rows(Sitting.objects.filter(visible_to(actor)))
        .filter(deliberations=deliberation_id)
        .first()
    )
    if sitting is None:
        raise NotFound("Cette délibération n’existe pas, ou n’est pas publique.")
    ids = [deliberation.pk for deliberation in sitting.deliberations.all()]
    return sitting, ids.index(deliberation_id)


def deliberations_known(actor: Actor) -> QuerySet[Deliberation]:
    """Visible deliberations, the latest sitting first, in the order of the sitting."""
    return (
        Deliberation.objects.filter(visible_to(actor, path="sitting__"))
        .select_related("sitting__assembly")
        .order_by("-sitting__date", "-sitting_id", "position")
    )


def findings_of_sitting(actor: Actor, sitting_id: int, as_of: date) -> tuple[Finding, ...]:
    """Every finding on a sitting and its deliberations, judged on `as_of`."""
    return findings_in(sitting_detail(actor, sitting_id), as_of)


def findings_of_sittings(
    actor: Actor, sitting_ids: Iterable[int], *, as_of: date
) -> dict[int, tuple[Finding, ...]]:
    """Every finding on each of these sittings that the person may see, by sitting."""
    sittings = with_rows(Sitting.objects.filter(visible_to(actor), pk__in=list(sitting_ids)))
    shown = with_neighbours(actor, sittings)
    return {sitting.pk: findings_in(sitting, as_of) for sitting in shown}


def findings_in(sitting: Sitting, as_of: date) -> tuple[Finding, ...]:
    """Every finding on a sitting that `sitting_detail` gave; runs no query."""
    return judged(record_in_context(sitting), as_of, sitting.assembly.department or None)


@lru_cache(maxsize=RECORDS_JUDGED)
def judged(record: Record, as_of: date, department: str | None) -> tuple[Finding, ...]:
    """Every finding on a record; one judged lately, equal in every fact, is not judged again."""
    from levier.council.domain.rules import check

    return check(record, as_of=as_of, department=department)


def findings_of_deliberation(
    actor: Actor, deliberation_id: int, as_of: date
) -> tuple[Finding, ...]:
    """The findings on one deliberation, and those on its sitting, which bear on it too."""
    sitting, index = _sitting_around(actor, deliberation_id)
    with_neighbours(actor, [sitting])
    scopes = (SITTING_SCOPE, scope_of(record_from(sitting), index))
    return tuple(finding for finding in findings_in(sitting, as_of) if finding.scope in scopes)


def scope_of(record: Record, index: int) -> str:
    """How findings name a deliberation."""
    return deliberation_names(record)[index]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search found, at most fifty of each; `is_cut` tells that there are more."""

    sittings: tuple[Sitting, ...] = ()
    deliberations: tuple[Deliberation, ...] = ()
    mandates: tuple[KnownMandate, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.sittings or self.deliberations or self.mandates)


def search(actor: Actor, words: str, *, as_of: date) -> SearchResults:
    """Sittings, deliberations and mandates that hold each word, whatever case and accents.

    A word is looked for from its beginning. Mandates are those that the person may know, of members
    of assemblies of which they see a sitting; those in office on `as_of` come first. No word finds
    nothing.
    """
    if not fold(words):
        return SearchResults()
    visible = Sitting.objects.filter(visible_to(actor))
    deliberations = (
        deliberations_known(actor).filter(_holding(words)).select_related("rapporteur", "vote")
    )
    named = Mandate.objects.filter(_holding(words, column="member__key")).filter(
        member__assembly__in=visible.values("assembly")
    )
    mandates = (
        seen_by(actor, named, on=as_of)
        .select_related("member__assembly", "source")
        .order_by("-is_in_office", "member__name", "id")
    )
    one_more = _RESULTS_SHOWN + 1
    sittings = tuple(sittings_list(actor, as_of=as_of, text=words)[:one_more])
    acts = tuple(deliberations[:one_more])
    people = told(actor, mandates[:one_more])
    return SearchResults(
        sittings[:_RESULTS_SHOWN],
        acts[:_RESULTS_SHOWN],
        people[:_RESULTS_SHOWN],
        is_cut=one_more in (len(sittings), len(acts), len(people)),
    )


def members_in_office(actor: Actor, assembly_id: int, on: date) -> tuple[KnownMandate, ...]:
    """Mandates known to hold on that day, by name: known, not all those that there were.

    Only an assembly that the person writes for, or of which a sitting is visible, shows its
    members; and drafts show theirs to those who may see them only.
    """
    visible = Sitting.objects.filter(visible_to(actor)).values("assembly")
    of_assembly = Mandate.objects.filter(member__assembly_id=assembly_id).filter(
        Q(member__assembly__in=visible)
        | Q(member__assembly__in=Assembly.objects.filter(open_to(actor)).values("id"))
    )
    mandates = (
        seen_by(actor, of_assembly, on=on)
        .filter(is_in_office=True)
        .select_related("member__assembly", "source")
        .order_by("member__name", "id")
    )
    return told(actor, mandates)


def assemblies_open_to(actor: Actor) -> QuerySet[Assembly]:
    """Assemblies for which the person may record a sitting."""
    return (
        Assembly.objects.filter(open_to(actor))
        .select_related("organisation")
        .order_by("name", "id")
    )


@dataclass(frozen=True, slots=True)
class Attention:
    """An act, or a whole sitting, that someone should look at, and why, the gravest first.

    `deliberation` is None when the findings are those of a sitting with several acts.
    """

    sitting: Sitting
    deliberation: Deliberation | None
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Status:
        """The gravest status among the findings kept."""
        return worst_status(self.findings)


def cockpit_attention(actor: Actor, as_of: date) -> tuple[Attention, ...]:
    """Acts of the latest sittings that are irregular, at risk, not verifiable, or still open.

    An act is open while the prefect or a third party may still challenge it.

    Only the twelve latest sittings up to `as_of` are judged: their legal clocks are the ones that
    may still run.
    """
    latest = with_rows(Sitting.objects.filter(visible_to(actor), date__lte=as_of)).order_by(
        "-date", "-opens_at", "-id"
    )[:SITTINGS_IN_COCKPIT]
    acts = []
    for sitting in with_neighbours(actor, latest):
        names = deliberation_names(record_from(sitting))
        by_scope: dict[str, list[Finding]] = {}
        for finding in findings_in(sitting, as_of):
            by_scope.setdefault(finding.scope, []).append(finding)
        of_sitting = by_scope.get(SITTING_SCOPE, [])
        deliberations = list(sitting.deliberations.all())
        if len(deliberations) != 1 and (kept := _grave(of_sitting)):
            acts.append(Attention(sitting, None, kept))
        for deliberation, name in zip(deliberations, names, strict=True):
            deliberation.sitting = sitting
            found = by_scope.get(name, [])
            if kept := _grave([*of_sitting, *found] if len(deliberations) == 1 else found):
                acts.append(Attention(sitting, deliberation, kept))
    return tuple(sorted(acts, key=lambda act: GRAVITY_ORDER.index(act.worst)))


def history_of_sitting(actor: Actor, sitting_id: int) -> QuerySet[AuditEntry]:
    """The lines of the journal on a sitting, the latest first: who, when, from what to what.

    Raises NotFound when the person may not see the sitting, Refused when only its history is
    closed to them.
    """
    sitting = (
        Sitting.objects.filter(visible_to(actor), pk=sitting_id).select_related("assembly").first()
    )
    if sitting is None:
        raise NotFound("Cette séance n’existe pas, ou n’est pas publique.")
    require(can_read_history, actor, sitting)
    return (
        AuditEntry.objects.filter(object_type=Sitting._meta.label_lower, object_id=sitting_id)
        .select_related("person")
        .order_by("-at", "-id")
    )


def _grave(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    kept = [
        finding
        for finding in findings
        if finding.status in _NEEDS_ATTENTION or finding.inputs.get("open")
    ]
    return tuple(sorted(kept, key=lambda finding: GRAVITY_ORDER.index(finding.status)))


def _holding(text: str, *, column: str = "search_text") -> Q:
    """Rows whose folded column holds each word of the text, from the beginning of a word."""
    condition = Q()
    for word in fold(text).split():
        condition &= Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})
    return condition
