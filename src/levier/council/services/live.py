"""Holding a sitting: each entry of the secretary's screen, stored whole or not at all.

An entry is one short transaction: the sitting is locked, the version that the person saw is
compared, rows are written with their history, one line goes to the journal. The same entry sent
again after a lost answer is recognised by its key, and stored once. The last entry can be taken
back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cached_property
from typing import Any, ClassVar

from django.utils import timezone

from levier.accounts import audit
from levier.accounts.domain.actors import Actor
from levier.accounts.models import AuditEntry
from levier.accounts.policies import require
from levier.accounts.writing import writing
from levier.common.domain.errors import Conflict, Invalid, NotFound
from levier.common.domain.french import time_in_words
from levier.council.domain.formalities import SittingFormalities
from levier.council.domain.presence import Presence, presence_at
from levier.council.domain.record import Record
from levier.council.models import Deliberation, LiveEntry, Member, Sitting
from levier.council.policies import can_edit_sitting, can_view_sitting
from levier.council.queries.live import UNDO, item_record, last_to_undo, place_of
from levier.council.record_json import dump_part, load_part
from levier.council.services.live_rows import RowJournal

LONGEST_KEY = 64
NO_SITTING = "Cette séance n’existe pas, ou n’est pas publique."
ANOTHER_WAY = "La séance a été modifiée par le formulaire"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What goes with an entry: the key that the browser drew, the version seen, and the clock.

    `now` is the server's local time, which stands where the person gives no hour.
    """

    key: str
    version: int
    now: datetime

    @property
    def hour(self) -> time:
        """The hour and the minute of the entry."""
        return self.now.time().replace(second=0, microsecond=0)


class Overtaken(Conflict):
    """The sitting changed since the person saw it. `others` tells what was done meanwhile."""

    def __init__(self, others: tuple[str, ...]) -> None:
        self.others = others
        super().__init__(
            "Cette séance a changé dans une autre fenêtre : "
            + " ; ".join(others)
            + ". Votre saisie n’a pas été appliquée, rien n’a été écrasé."
        )


class Desk:
    """The sitting while one entry is being written: locked, with what the entry needs of it."""

    def __init__(self, sitting: Sitting, stamp: Stamp) -> None:
        self.sitting = sitting
        self.stamp = stamp
        self.rows = RowJournal(sitting)

    def member(self, member_id: int, field: str) -> Member:
        """A member of this assembly. Raises Invalid beside the field."""
        member = self.members.get(member_id)
        if member is None:
            raise Invalid({field: "Cette personne n’est pas membre de l’assemblée."})
        return member

    @cached_property
    def members(self) -> dict[int, Member]:
        """Every member of the assembly, by identifier."""
        return Member.objects.in_bulk(
            list(
                Member.objects.filter(assembly_id=self.sitting.assembly_id)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
        )

    def deliberation(self, deliberation_id: int) -> Deliberation:
        """An item of this sitting that may still change. Raises Invalid."""
        found = (
            Deliberation.objects.filter(sitting=self.sitting, pk=deliberation_id)
            .select_related("vote", "president", "rapporteur")
            .first()
        )
        if found is None:
            raise Invalid({"": "Cette affaire n’est plus à l’ordre du jour de la séance."})
        if found.locked_at is not None:
            raise Invalid(
                {"": "Cet acte est verrouillé : il ne change plus, un nouvel acte le corrige."}
            )
        return found

    def record(self, deliberation: Deliberation | None = None) -> Record:
        """The record as it stands in this transaction, with that item alone."""
        return item_record(self.sitting, deliberation, with_agenda=False)

    def presence(self) -> Presence:
        """Who is in the room for the item under discussion."""
        return self.presence_in(self.record())

    def presence_in(self, record: Record, deliberation: Deliberation | None = None) -> Presence:
        """Who is in the room for that item, of which this is the record."""
        place = self.place if deliberation is None else place_of(deliberation)
        return presence_at(record, place, as_of=self.sitting.date)

    @property
    def place(self) -> int:
        """The item under discussion; the first one before any is opened."""
        return self.sitting.current_item or 1

    @property
    def formalities(self) -> SittingFormalities:
        """Those of the sitting as they are stored."""
        return load_part(self.sitting.formalities, SittingFormalities)

    def set_formalities(self, **changes: Any) -> None:
        """Replace some of them."""
        held = replace(self.formalities, **changes)
        self.rows.change(self.sitting, formalities=dump_part(held))

    def require_open(self) -> None:
        """Raise Invalid unless the sitting has begun and is not closed."""
        if self.sitting.opens_at is None or not self.sitting.attendances.exists():
            raise Invalid({"": "Ouvrez d’abord la séance et faites l’appel."})
        self.require_not_closed()

    def require_not_closed(self) -> None:
        """Raise Invalid once the sitting is closed."""
        if self.sitting.closes_at is not None:
            raise Invalid({"": "La séance est levée : plus rien ne s’y ajoute."})


@dataclass(frozen=True)
class Entry:
    """One thing that the secretary enters. Its fields are all that was typed."""

    kind: ClassVar[str]

    def apply(self, desk: Desk) -> str:
        """Write it, and tell what was done in a French sentence without final stop."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        """What tells this entry from another one sent under the same key."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def enter(actor: Actor, sitting_id: int, entry: Entry, stamp: Stamp) -> LiveEntry:
    """Store an entry over the version that the person saw; stored already, give it back.

    Raises Overtaken when the sitting changed meanwhile, Invalid with the sentence of each field,
    NotFound, or Refused.
    """
    if not 0 < len(stamp.key) <= LONGEST_KEY:
        raise Invalid({"": "Cette saisie a perdu sa clé : rechargez la page, puis recommencez."})
    with writing(actor):
        sitting = _locked(actor, sitting_id)
        known = LiveEntry.objects.filter(sitting=sitting, key=stamp.key).first()
        if known is not None:
            return _same(known, entry)
        if stamp.version != sitting.version:
            raise Overtaken(tuple(_done_since(sitting, stamp.version)))
        desk = Desk(sitting, stamp)
        did = entry.apply(desk)
        sitting.version += 1
        sitting.save()
        changes = {"entry": (None, did), **desk.rows.changes()}
        audit.write(actor, f"live.{entry.kind}", sitting, changes)
        return LiveEntry.objects.create(
            sitting=sitting,
            key=stamp.key,
            kind=entry.kind,
            values={"did": did, "digest": entry.digest, "rows": desk.rows.plain()},
            version=sitting.version,
            by_id=actor.person_id,
        )


@dataclass(frozen=True)
class Undo(Entry):
    """Take back the last entry: the rows are again what they were, and the journal says so."""

    kind: ClassVar[str] = UNDO

    def apply(self, desk: Desk) -> str:
        """Raises Invalid when there is nothing to take back, Conflict when a row changed since."""
        pk = last_to_undo(desk.sitting)
        if pk is None:
            raise Invalid({"": "Aucune saisie ne peut être annulée."})
        last = LiveEntry.objects.get(pk=pk)
        desk.rows.take_back(last.values["rows"])
        return f"Annulation : {last.values['did']}"


def _locked(actor: Actor, sitting_id: int) -> Sitting:
    sitting = (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("assembly__organisation", "president", "secretary")
        .filter(pk=sitting_id)
        .first()
    )
    if sitting is None or not can_view_sitting(actor, sitting):
        raise NotFound(NO_SITTING)
    require(can_edit_sitting, actor, sitting)
    return sitting


def _same(known: LiveEntry, entry: Entry) -> LiveEntry:
    """The stored answer, or Overtaken when another entry was sent under its key."""
    if known.values["digest"] != entry.digest:
        raise Overtaken((f"une première saisie a déjà été enregistrée ({known.values['did']})",))
    return known


def _done_since(sitting: Sitting, version: int) -> Iterator[str]:
    """« 20 h 41, Alice MARTIN : arrivée de … » for each change after that version."""
    entries = list(
        sitting.live_entries.filter(version__gt=version).select_related("by").order_by("id")
    )
    for entry in entries:
        whom = f"{entry.by.full_name} : " if entry.by else ""
        yield f"{_at(entry.at)}, {whom}{entry.values['did']}"
    if len(entries) < sitting.version - version:
        line = (
            AuditEntry.objects.filter(
                object_type=sitting._meta.label_lower,
                object_id=sitting.pk,
                action__startswith="sitting.",
            )
            .order_by("-at", "-id")
            .first()
        )
        whom = f" par {line.actor_label}, {_at(line.at)}" if line else ""
        yield f"{ANOTHER_WAY}{whom}"


def _at(moment: datetime) -> str:
    return time_in_words(timezone.localtime(moment).time())
