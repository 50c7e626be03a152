"""Entries about the room: roll call, comings and goings, procurations, déports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from levier.common.domain.errors import Invalid
from levier.common.domain.french import plural, time_in_words
from levier.council.domain import record as domain
from levier.council.domain.coherence import LONGEST_NAME
from levier.council.domain.presence import presence_at
from levier.council.domain.record import MovementEvent, RecusalGround
from levier.council.models import (
    Attendance,
    Member,
    Movement,
    Procuration,
    Recusal,
)
from levier.council.models.sittings import AttendanceState
from levier.council.queries.live import place_of
from levier.council.services.live import Desk, Entry

_STATES = (AttendanceState.PRESENT.value, AttendanceState.ABSENT.value)


@dataclass(frozen=True)
class RollCall(Entry):
    """Who is present and who is not at the opening, member by member; the others stay as noted."""

    kind: ClassVar[str] = "roll"
    states: tuple[tuple[int, str], ...]

    def apply(self, desk: Desk) -> str:
        """Note each state that differs."""
        desk.require_not_closed()
        known = {
            row.member_id: row
            for row in Attendance.objects.filter(sitting=desk.sitting)
            .select_related("member")
            .order_by("position")
        }
        for member_id, state in self.states:
            desk.member(member_id, "states")
            if state not in _STATES:
                raise Invalid({"states": "Chaque membre est présent, ou absent."})
        desk.rows.change_all(
            [(known[pk], {"state": state}) for pk, state in self.states if pk in known], "state"
        )
        first = max((row.position for row in known.values()), default=-1) + 1
        desk.rows.create(
            Attendance(
                sitting=desk.sitting, member=desk.members[pk], position=first + rank, state=state
            )
            for rank, (pk, state) in enumerate(
                (pk, state) for pk, state in self.states if pk not in known
            )
        )
        # The names are called one by one: they replace « tous présents sauf ».
        desk.rows.change(desk.sitting, all_present_except_absent=False)
        rows = Attendance.objects.filter(sitting=desk.sitting)
        present = rows.filter(state=AttendanceState.PRESENT.value).count()
        absent = rows.filter(state=AttendanceState.ABSENT.value).count()
        return (
            f"Appel : {plural(present, 'présent')}, "
            f"{plural(absent, 'absent ou excusé', 'absents ou excusés')}"
        )


@dataclass(frozen=True)
class Move(Entry):
    """A member comes in or goes out, before an item, at an hour."""

    kind: ClassVar[str] = "movement"
    member_id: int
    event: MovementEvent
    before_item: int | None = None
    at: time | None = None

    def apply(self, desk: Desk) -> str:
        """Raises Invalid when the member is in the room already, or out of it."""
        desk.require_open()
        member = desk.member(self.member_id, "member")
        place = self.before_item or desk.place
        hour = self.at or desk.stamp.hour
        arrives = self.event is MovementEvent.ARRIVES
        record = desk.record()
        here = _states_at(desk, record, place)
        if here.get(member.name) is arrives:
            where = "déjà en séance" if arrives else "déjà hors de la salle"
            raise Invalid({"member": f"{member} est {where} à l’affaire {place}."})
        last = (
            Movement.objects.filter(sitting=desk.sitting, deliberation=None)
            .order_by("-position")
            .first()
        )
        if not Attendance.objects.filter(sitting=desk.sitting, member=member).exists():
            _note_absent(desk, member)
        desk.rows.create(
            [
                Movement(
                    sitting=desk.sitting,
                    position=0 if last is None else last.position + 1,
                    member=member,
                    event=self.event.value,
                    before_item=place,
                    at=hour,
                )
            ]
        )
        deed = "Arrivée" if arrives else "Départ"
        return f"{deed} de {member} à {time_in_words(hour)}, avant l’affaire {place}"


def _states_at(desk: Desk, record: domain.Record, place: int) -> dict[str, bool]:
    presence = presence_at(record, place, as_of=desk.sitting.date)
    return dict.fromkeys(presence.present, True) | dict.fromkeys(presence.absent, False)


def _note_absent(desk: Desk, member: Member) -> None:
    """Whoever comes in without having been called was absent at the opening."""
    last = Attendance.objects.filter(sitting=desk.sitting).order_by("-position").first()
    desk.rows.create(
        [
            Attendance(
                sitting=desk.sitting,
                member=member,
                position=0 if last is None else last.position + 1,
                state=AttendanceState.ABSENT.value,
            )
        ]
    )


@dataclass(frozen=True)
class ProxyGiven(Entry):
    """A procuration is handed over (CGCT L2121-20); whether it may serve is told by the rules."""

    kind: ClassVar[str] = "proxy"
    giver_id: int
    holder_id: int
    written: bool | None = None
    signed_on: date | None = None

    def apply(self, desk: Desk) -> str:
        """Raises Invalid for a procuration to oneself, or a second one of the same member."""
        desk.require_not_closed()
        giver = desk.member(self.giver_id, "giver")
        holder = desk.member(self.holder_id, "holder")
        if giver.pk == holder.pk:
            raise Invalid({"holder": f"{giver} ne peut pas se donner procuration."})
        known = Procuration.objects.filter(sitting=desk.sitting).select_related("holder")
        if own := known.filter(giver=giver).first():
            raise Invalid(
                {"giver": f"{giver} a déjà donné procuration à {own.holder} pour cette séance."}
            )
        last = known.order_by("-position").first()
        desk.rows.create(
            [
                Procuration(
                    sitting=desk.sitting,
                    giver=giver,
                    holder=holder,
                    position=0 if last is None else last.position + 1,
                    written=self.written,
                    signed_on=self.signed_on,
                )
            ]
        )
        return f"Procuration de {giver} à {holder}"


@dataclass(frozen=True)
class ProxyRevoked(Entry):
    """A member takes a procuration back, from the item under discussion on."""

    kind: ClassVar[str] = "proxy_revoked"
    giver_id: int

    def apply(self, desk: Desk) -> str:
        """Raises Invalid when the member gave none, or took it back already."""
        desk.require_not_closed()
        giver = desk.member(self.giver_id, "revoked")
        row = (
            Procuration.objects.filter(sitting=desk.sitting, giver=giver)
            .select_related("holder")
            .first()
        )
        if row is None or row.revoked_before_item is not None:
            raise Invalid({"revoked": f"{giver} n’a pas de procuration en cours."})
        desk.rows.change(row, revoked_before_item=desk.place)
        return f"Procuration de {giver} à {row.holder} révoquée avant l’affaire {desk.place}"


@dataclass(frozen=True)
class Recused(Entry):
    """A member keeps out of an item (déport), or comes back into it when `withdrawn`."""

    kind: ClassVar[str] = "recusal"
    deliberation_id: int
    member_id: int
    ground: RecusalGround
    body: str = ""
    withdrawn: bool = False

    def apply(self, desk: Desk) -> str:
        """Raises Invalid when the member keeps out already."""
        desk.require_open()
        act = desk.deliberation(self.deliberation_id)
        member = desk.member(self.member_id, "recused")
        rows = Recusal.objects.filter(deliberation=act)
        own = rows.filter(member=member).first()
        if self.withdrawn:
            if own is None:
                raise Invalid({"recused": f"{member} n’est pas en déport sur cette affaire."})
            desk.rows.delete([own])
            return f"Déport de {member} retiré, affaire {place_of(act)}"
        if own is not None:
            raise Invalid({"recused": f"{member} est déjà en déport sur cette affaire."})
        if len(self.body) > LONGEST_NAME:
            raise Invalid({"body": f"Ce nom dépasse {LONGEST_NAME} caractères."})
        last = rows.order_by("-position").first()
        desk.rows.create(
            [
                Recusal(
                    deliberation=act,
                    member=member,
                    position=0 if last is None else last.position + 1,
                    ground=self.ground.value,
                    body=self.body.strip(),
                )
            ]
        )
        return f"Déport de {member}, affaire {place_of(act)}"
