"""What the secretary sees while holding a sitting: the room, the items, what is irregular now.

Only the item under discussion is read and judged in full: a sitting of two hundred items answers
as fast as one of three.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.fields.json import KT

from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.common.domain.errors import NotFound
from levier.common.domain.findings import Finding, Status
from levier.common.domain.french import fold
from levier.council.domain import record as domain
from levier.council.domain.formalities import SittingFormalities
from levier.council.domain.outcome import ComputedOutcome, outcome_of
from levier.council.domain.presence import Presence, presence_at
from levier.council.domain.rules import check
from levier.council.domain.terms import in_office
from levier.council.models import (
    AgendaItem,
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
from levier.council.models.assemblies import MandateFunction
from levier.council.plain_text import vote_in_words
from levier.council.policies import can_edit_sitting, visible_to
from levier.council.rebuilding import record_from
from levier.council.record_json import load_part

UNDO = "undo"
ENTRIES_SHOWN = 12
_MOST_TAKEN_BACK = 60
# Calling, holding, quorum, procurations, interests, votes: what a secretary can still act upon.
# Register, publicity and challenge come after the sitting.
_WHILE_SITTING = ("C", "K", "S", "Q", "P", "I", "T")
_HEADS = (MandateFunction.MAYOR.value, MandateFunction.PRESIDENT.value)


@dataclass(frozen=True, slots=True)
class LiveItem:
    """One matter of the sitting; `place` is its number in the sitting, as movements tell it."""

    pk: int
    place: int
    subject: str
    nature: str
    vote: domain.Vote
    is_locked: bool
    is_current: bool

    @property
    def state(self) -> str:
        """« adopted », « rejected », « postponed », « voted » without outcome yet, or « open »."""
        if self.vote.outcome:
            return self.vote.outcome.value
        return "voted" if self.vote.mode or self.vote.rounds else "open"

    @property
    def result(self) -> str:
        """« adoptée : 12 pour, 1 contre », or nothing before the vote."""
        return "" if self.state == "open" else vote_in_words(self.vote)


@dataclass(frozen=True, slots=True)
class LiveMember:
    """One member in the room or out of it. `here` is None while the roll call does not tell."""

    pk: int
    name: str
    listed: str
    here: bool | None
    is_recused: bool = False
    gives_to: str = ""
    suspended: str = ""
    holds_for: tuple[str, ...] = ()
    is_head: bool = False


@dataclass(frozen=True)
class LiveSitting:
    """The whole screen. `record` holds the item under discussion alone, with its `presence`."""

    sitting: Sitting
    members: tuple[LiveMember, ...]
    items: tuple[LiveItem, ...]
    deliberation: Deliberation | None
    record: domain.Record
    presence: Presence
    warnings: tuple[Finding, ...]
    entries: tuple[Any, ...]
    can_undo: bool

    @cached_property
    def current(self) -> LiveItem | None:
        """The item under discussion."""
        return next((item for item in self.items if item.is_current), None)

    @cached_property
    def next_item(self) -> LiveItem | None:
        """The first item after the current one that waits for its vote."""
        after = self.current.place if self.current else 0
        waiting = [item for item in self.items if item.state == "open" and not item.is_current]
        return next(
            (item for item in waiting if item.place > after), waiting[0] if waiting else None
        )

    @property
    def is_called(self) -> bool:
        """Whether the roll was called."""
        return any(member.listed for member in self.members)

    @property
    def is_open(self) -> bool:
        """Whether the sitting has begun, and is not closed."""
        return self.sitting.opens_at is not None and self.is_called and not self.is_closed

    @property
    def is_closed(self) -> bool:
        """Whether the president closed the sitting, or its acts are settled."""
        return self.sitting.closes_at is not None or self.is_locked

    @property
    def is_locked(self) -> bool:
        """Whether what was voted can no longer change."""
        return any(item.is_locked for item in self.items)

    @property
    def is_suspended(self) -> bool:
        """Whether the sitting is suspended: its last break has no count of the return yet."""
        breaks = self.formalities.suspensions
        return bool(breaks) and breaks[-1].present_count is None

    @cached_property
    def formalities(self) -> SittingFormalities:
        """The formalities of the sitting."""
        return load_part(self.sitting.formalities, SittingFormalities)

    @property
    def voters(self) -> tuple[Voter, ...]:
        """Who votes at the current item."""
        return voters_at(self.presence, {member.name: member.pk for member in self.members})

    @cached_property
    def outcome(self) -> ComputedOutcome | None:
        """The outcome that the counts of the current item give, with its reason."""
        if self.current is None or self.current.state == "open":
            return None
        return outcome_of(self.record, 0, as_of=self.sitting.date)

    @property
    def present_here(self) -> tuple[LiveMember, ...]:
        """Members in the room."""
        return tuple(member for member in self.members if member.here)


@dataclass(frozen=True, slots=True)
class Voter:
    """One vote that can be cast: a member in the room, or who gave a procuration to `holder`."""

    pk: int
    name: str
    holder_pk: int | None = None
    holder: str = ""


def voters_at(presence: Presence, ids: dict[str, int]) -> tuple[Voter, ...]:
    """Members in the room who may vote, then those who vote by procuration."""
    own = [
        Voter(ids[name], name)
        for name in presence.present
        if name in ids and name not in (*presence.recused, *presence.withdrawn)
    ]
    held = [
        Voter(ids[use.proxy.giver], use.proxy.giver, ids[use.proxy.holder], use.proxy.holder)
        for use in presence.usable_proxies
        if use.proxy.giver in ids and use.proxy.holder in ids
    ]
    return (*own, *held)


def place_of(deliberation: Deliberation) -> int:
    """Its place in the sitting: its number, or else its rank, as the rules count it."""
    return deliberation.position + 1 if deliberation.number is None else deliberation.number


def item_record(
    sitting: Sitting, deliberation: Deliberation | None, *, with_agenda: bool = True
) -> domain.Record:
    """The record of the sitting with that item alone, in its place; a few queries.

    Presence and votes do not depend on the agenda, which may be long.
    """
    pk = 0 if deliberation is None else deliberation.pk
    sitting._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    prefetch_related_objects(
        [sitting],
        Prefetch(
            "agenda_items", AgendaItem.objects.all() if with_agenda else AgendaItem.objects.none()
        ),
        Prefetch("attendances", Attendance.objects.select_related("member")),
        Prefetch("procurations", Procuration.objects.select_related("giver", "holder")),
        Prefetch("movements", Movement.objects.select_related("member")),
        Prefetch(
            "deliberations",
            Deliberation.objects.filter(pk=pk).select_related("rapporteur", "president", "vote"),
        ),
        "deliberations__clauses",
        Prefetch("deliberations__recusals", Recusal.objects.select_related("member")),
        Prefetch("deliberations__ballots", Ballot.objects.select_related("member", "cast_by")),
    )
    record = record_from(sitting)
    movements = tuple(_movements_of_other_acts(sitting, pk))
    sitting._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return replace(
        record,
        sitting=replace(record.sitting, movements=(*record.sitting.movements, *movements)),
        deliberations=tuple(
            replace(act, number=place_of(deliberation))
            for act in record.deliberations
            if deliberation is not None
        ),
    )


def _movements_of_other_acts(sitting: Sitting, pk: int | None) -> Iterable[domain.Movement]:
    elsewhere = [row for row in sitting.movements.all() if row.deliberation_id not in (None, pk)]
    if not elsewhere:
        return
    acts = Deliberation.objects.in_bulk({row.deliberation_id for row in elsewhere})
    for row in elsewhere:
        place = row.before_item
        if place is None and row.at is None and row.deliberation_id is not None:
            place = place_of(acts[row.deliberation_id])
        yield domain.Movement(row.member.name, domain.MovementEvent(row.event), place, row.at)


def live_sitting(actor: Actor, sitting_id: int) -> LiveSitting:
    """The sitting as it is being held. Raises NotFound, or Refused to who may not hold it."""
    sitting = sitting_to_hold(actor, sitting_id)
    items = _items(sitting)
    current = next((item for item in items if item.is_current), None)
    deliberation = (
        None
        if current is None
        else Deliberation.objects.select_related("vote", "president", "rapporteur").get(
            pk=current.pk
        )
    )
    record = item_record(sitting, deliberation)
    place = current.place if current else (items[0].place if items else 1)
    presence = presence_at(record, place, as_of=sitting.date)
    # The rows that an entry wrote are many: only its sentence is read.
    entries = (
        sitting.live_entries.annotate(did=KT("values__did"))
        .defer("values")
        .select_related("by")
        .order_by("-id")[:ENTRIES_SHOWN]
    )
    return LiveSitting(
        sitting=sitting,
        members=_members(sitting, record, presence),
        items=items,
        deliberation=deliberation,
        record=record,
        presence=presence,
        warnings=_warnings(record, sitting) if sitting.opens_at else (),
        entries=tuple(entries),
        can_undo=last_to_undo(sitting) is not None and not any(i.is_locked for i in items),
    )


def sitting_to_hold(actor: Actor, sitting_id: int) -> Sitting:
    """The sitting alone. Raises NotFound, or Refused to who may not hold it."""
    sitting = (
        Sitting.objects.filter(visible_to(actor), pk=sitting_id)
        .select_related("assembly__organisation", "president", "secretary", "signatory")
        .first()
    )
    if sitting is None:
        raise NotFound("Cette séance n’existe pas, ou n’est pas publique.")
    require(can_edit_sitting, actor, sitting)
    return sitting


def last_to_undo(sitting: Sitting) -> int | None:
    """The latest entry not taken back yet, as long as nothing else changed the sitting since."""
    taken_back, version = 0, sitting.version
    entries = sitting.live_entries.order_by("-id").values_list("pk", "kind", "version")
    for pk, kind, own in entries[:_MOST_TAKEN_BACK]:
        if own != version:
            return None
        version -= 1
        if kind == UNDO:
            taken_back += 1
        elif taken_back:
            taken_back -= 1
        else:
            return int(pk)
    return None


def _items(sitting: Sitting) -> tuple[LiveItem, ...]:
    rows = (
        Deliberation.objects.filter(sitting=sitting)
        .order_by("position")
        .values_list(
            *("pk", "position", "number", "subject", "nature", "locked_at"),
            *("vote__mode", "vote__outcome", "vote__unanimous", "vote__in_favour"),
            *("vote__against", "vote__abstentions", "vote__blank", "vote__rounds"),
        )
    )
    items, is_found = [], False
    for pk, position, number, subject, nature, locked_at, *vote in rows:
        place = position + 1 if number is None else number
        is_current = not is_found and place == sitting.current_item
        is_found = is_found or is_current
        items.append(
            LiveItem(pk, place, subject, nature, _vote(*vote), locked_at is not None, is_current)
        )
    return tuple(items)


def _vote(
    mode: str,
    outcome: str,
    unanimous: bool | None,
    in_favour: int | None,
    against: int | None,
    abstentions: int | None,
    blank: int | None,
    rounds: list[object] | None,
) -> domain.Vote:
    return domain.Vote(
        outcome=domain.Outcome(outcome) if outcome else None,
        unanimous=unanimous,
        in_favour=in_favour,
        against=against,
        abstentions=abstentions,
        blank=blank,
        mode=domain.VoteMode(mode) if mode else None,
        rounds=(domain.Round(()),) * len(rounds or ()),
    )


def members_of(sitting: Sitting) -> tuple[tuple[Member, bool], ...]:
    """Members known in office on the day of the sitting, and whether each heads the assembly."""
    known: dict[int, tuple[Member, bool]] = {}
    mandates = Mandate.objects.filter(member__assembly_id=sitting.assembly_id).select_related(
        "member"
    )
    for mandate in mandates.order_by("id"):
        if in_office(
            sitting.date,
            starts_on=mandate.starts_on,
            attested_on=mandate.attested_on,
            ends_on=mandate.ends_on,
        ):
            known[mandate.member_id] = (mandate.member, mandate.function in _HEADS)
    for row in sitting.attendances.select_related("member").order_by("position"):
        known.setdefault(row.member_id, (row.member, False))
    return tuple(sorted(known.values(), key=lambda pair: (fold(pair[0].name), pair[0].pk)))


def _members(sitting: Sitting, record: domain.Record, presence: Presence) -> tuple[LiveMember, ...]:
    listed = dict.fromkeys(record.sitting.present, "present") | dict.fromkeys(
        record.sitting.absent, "absent"
    )
    here = dict.fromkeys(presence.present, True) | dict.fromkeys(presence.absent, False)
    given = {use.proxy.giver: use for use in presence.proxies}
    held: dict[str, list[str]] = {}
    for use in presence.proxies:
        held.setdefault(use.proxy.holder, []).append(use.proxy.giver)
    return tuple(
        LiveMember(
            pk=member.pk,
            name=member.name,
            listed=listed.get(member.name, ""),
            here=here.get(member.name),
            is_recused=member.name in presence.recused,
            gives_to=given[member.name].proxy.holder if member.name in given else "",
            suspended=given[member.name].reason if member.name in given else "",
            holds_for=tuple(held.get(member.name, ())),
            is_head=is_head,
        )
        for member, is_head in members_of(sitting)
    )


def _warnings(record: domain.Record, sitting: Sitting) -> tuple[Finding, ...]:
    """What is irregular or at risk in the sitting or in the current item, the gravest first."""
    found = check(record, as_of=sitting.date)
    grave = [
        finding
        for finding in found
        if finding.status in (Status.IRREGULAR, Status.AT_RISK)
        and finding.rule.startswith(_WHILE_SITTING)
    ]
    return tuple(sorted(grave, key=lambda finding: finding.status is not Status.IRREGULAR))
