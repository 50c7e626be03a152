"""Entries about the room: opening, roll call, comings and goings, procurations, items, closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import ClassVar

from levier.common.domain.errors import Invalid
from levier.common.domain.french import plural, time_in_words
from levier.council.domain import record as domain
from levier.council.domain.coherence import LONGEST_NAME
from levier.council.domain.formalities import Suspension
from levier.council.domain.presence import presence_at
from levier.council.domain.record import MatterNature, MovementEvent, RecusalGround
from levier.council.models import (
    AgendaItem,
    Attendance,
    Deliberation,
    Member,
    Movement,
    Procuration,
    Recusal,
    Vote,
)
from levier.council.models.deliberations import MATTER_NATURES
from levier.council.models.sittings import AttendanceState
from levier.council.queries.live import place_of
from levier.council.services.live import Desk, Entry
from levier.council.storing import search_text, sitting_search_text

LONGEST_SUBJECT = 2000
_STATES = (AttendanceState.PRESENT.value, AttendanceState.ABSENT.value)


@dataclass(frozen=True)
class Opening(Entry):
    """The president opens the sitting; each matter of the agenda becomes an item to vote.

    `matters` are the agenda items that call for a deliberation; None means all of them.
    """

    kind: ClassVar[str] = "opening"
    opens_at: time | None
    president_id: int
    secretary_id: int | None
    in_office: int
    matters: tuple[int, ...] | None = None

    def apply(self, desk: Desk) -> str:
        """Give the hour, who presides, who keeps the minutes, and the members in office."""
        desk.require_not_closed()
        sitting = desk.sitting
        if self.in_office < 1:
            raise Invalid({"in_office": "Il y a au moins un membre en exercice."})
        president = desk.member(self.president_id, "president")
        secretary = (
            None if self.secretary_id is None else desk.member(self.secretary_id, "secretary")
        )
        hour = self.opens_at or sitting.opens_at or desk.stamp.hour
        _add_items(desk, self.matters)
        desk.rows.change(
            sitting,
            opens_at=hour,
            president=president,
            secretary=secretary,
            in_office=self.in_office,
            search_text=_search_text(desk, president),
        )
        keeper = f", secrétaire de séance {secretary}" if secretary else ""
        return (
            f"Séance ouverte à {time_in_words(hour)}, présidence {president}{keeper}, "
            f"{plural(self.in_office, 'membre')} en exercice"
        )


def _search_text(desk: Desk, president: Member | None) -> str:
    sitting = desk.sitting
    subjects = Deliberation.objects.filter(sitting=sitting).order_by("position")
    record = domain.Record(
        sitting=domain.Sitting(
            date=sitting.date,
            place=sitting.place or None,
            president=president.name if president else None,
        ),
        deliberations=tuple(
            domain.Deliberation(subject) for subject in subjects.values_list("subject", flat=True)
        ),
    )
    return sitting_search_text(sitting.assembly.name, record)


def _add_items(desk: Desk, matters: tuple[int, ...] | None) -> None:
    """A deliberation for each agenda item without one, after those that are there."""
    sitting = desk.sitting
    acts = list(Deliberation.objects.filter(sitting=sitting).order_by("position"))
    served = {act.agenda_item_id for act in acts}
    items = [
        item
        for item in AgendaItem.objects.filter(sitting=sitting).order_by("position")
        if item.pk not in served and (matters is None or item.pk in matters)
    ]
    _create_acts(desk, acts, [(item.subject, item) for item in items])


def _create_acts(
    desk: Desk, acts: list[Deliberation], matters: list[tuple[str, AgendaItem | None]]
) -> list[Deliberation]:
    first = max((act.position for act in acts), default=-1) + 1
    # Unnumbered acts are counted by their rank: one number among them would disturb the others.
    is_numbered = all(act.number is not None for act in acts)
    number = max((act.number or 0 for act in acts), default=0) + 1
    created = [
        Deliberation(
            sitting=desk.sitting,
            position=first + rank,
            number=number + rank if is_numbered else None,
            agenda_item=item,
            subject=subject,
            search_text=search_text(subject),
        )
        for rank, (subject, item) in enumerate(matters)
    ]
    desk.rows.create(created)
    desk.rows.create(Vote(deliberation=act) for act in created)
    return created


@dataclass(frozen=True)
class AddedItem(Entry):
    """A matter that the agenda did not hold: the findings say what it is worth (L2121-10)."""

    kind: ClassVar[str] = "item_added"
    subject: str

    def apply(self, desk: Desk) -> str:
        """Put it after the others."""
        desk.require_not_closed()
        subject = " ".join(self.subject.split())
        if not 0 < len(subject) <= LONGEST_SUBJECT:
            raise Invalid({"subject": "Indiquez l’objet de l’affaire."})
        acts = list(Deliberation.objects.filter(sitting=desk.sitting).order_by("position"))
        (act,) = _create_acts(desk, acts, [(subject, None)])
        desk.rows.change(desk.sitting, search_text=_search_text(desk, desk.sitting.president))
        return f"Affaire {place_of(act)} ajoutée : {subject[:120]}"


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


@dataclass(frozen=True)
class OpenItem(Entry):
    """The president calls an item."""

    kind: ClassVar[str] = "item"
    deliberation_id: int

    def apply(self, desk: Desk) -> str:
        """It becomes the item under discussion."""
        desk.require_open()
        act = Deliberation.objects.filter(sitting=desk.sitting, pk=self.deliberation_id).first()
        if act is None:
            raise Invalid({"": "Cette affaire n’est plus à l’ordre du jour de la séance."})
        desk.rows.change(desk.sitting, current_item=place_of(act))
        return f"Affaire {place_of(act)} appelée"


@dataclass(frozen=True)
class ItemDetails(Entry):
    """What the matter is, and who presides over it when it is not the sitting's president."""

    kind: ClassVar[str] = "item_details"
    deliberation_id: int
    nature: MatterNature | None
    president_id: int | None
    rapporteur_id: int | None

    def apply(self, desk: Desk) -> str:
        """Note them."""
        desk.require_open()
        act = desk.deliberation(self.deliberation_id)
        president = None if self.president_id is None else desk.member(self.president_id, "chair")
        rapporteur = (
            None if self.rapporteur_id is None else desk.member(self.rapporteur_id, "rapporteur")
        )
        desk.rows.change(
            act,
            nature=self.nature.value if self.nature else "",
            president=president,
            rapporteur=rapporteur,
        )
        told = [
            *([MATTER_NATURES[self.nature]] if self.nature else []),
            *([f"présidence {president}"] if president else []),
            *([f"rapporteur {rapporteur}"] if rapporteur else []),
        ]
        return f"Affaire {place_of(act)} : {', '.join(told) or 'précisions retirées'}"


@dataclass(frozen=True)
class Debate(Entry):
    """The substance of the discussion, for the minutes (L2121-15). `seen` is the text replaced."""

    kind: ClassVar[str] = "debate"
    deliberation_id: int
    text: str
    seen: str = ""

    def apply(self, desk: Desk) -> str:
        """Raises Invalid when somebody else wrote another text since it was read."""
        desk.require_open()
        act = desk.deliberation(self.deliberation_id)
        if act.debate.split() not in (self.seen.split(), self.text.split()):
            raise Invalid(
                {
                    "debate": "Ces discussions ont été notées autrement entre-temps : "
                    f"« {act.debate} ». Réunissez les deux textes, puis enregistrez."
                }
            )
        desk.rows.change(act, debate=self.text.strip())
        return f"Discussions de l’affaire {place_of(act)}"


@dataclass(frozen=True)
class Urgency(Entry):
    """The mayor reported on the urgency at the opening; the council approved it or not."""

    kind: ClassVar[str] = "urgency"
    approved: bool

    def apply(self, desk: Desk) -> str:
        """Note the report and the vote on it (L2121-11 and L2121-12)."""
        desk.require_open()
        convocation = replace(
            desk.formalities.convocation, urgency_reported=True, urgency_approved=self.approved
        )
        desk.set_formalities(convocation=convocation)
        desk.rows.change(desk.sitting, urgency=True)
        return "Urgence approuvée par le conseil" if self.approved else "Urgence refusée"


@dataclass(frozen=True)
class Pause(Entry):
    """The sitting is suspended, or resumes: quorum is counted again at the return."""

    kind: ClassVar[str] = "pause"
    resumes: bool

    def apply(self, desk: Desk) -> str:
        """Raises Invalid when it is suspended already, or was not."""
        desk.require_open()
        breaks = desk.formalities.suspensions
        is_suspended = bool(breaks) and breaks[-1].present_count is None
        if is_suspended is not self.resumes:
            sentence = "est déjà suspendue" if is_suspended else "n’est pas suspendue"
            raise Invalid({"": f"La séance {sentence}."})
        hour = time_in_words(desk.stamp.hour)
        if not self.resumes:
            desk.set_formalities(suspensions=(*breaks, Suspension(desk.place)))
            return f"Séance suspendue à {hour}, affaire {desk.place}"
        present = len(desk.presence().present)
        resumed = replace(breaks[-1], present_count=present)
        desk.set_formalities(suspensions=(*breaks[:-1], resumed))
        return f"Séance reprise à {hour} : {plural(present, 'présent')}"


@dataclass(frozen=True)
class Closing(Entry):
    """The president closes the sitting."""

    kind: ClassVar[str] = "closing"
    closes_at: time | None = None

    def apply(self, desk: Desk) -> str:
        """Raises Invalid while an item has neither vote nor postponement."""
        desk.require_open()
        waiting = [
            place_of(act)
            for act in Deliberation.objects.filter(sitting=desk.sitting, vote__outcome="").order_by(
                "position"
            )
        ]
        if waiting:
            shown = ", ".join(map(str, waiting[:10])) + ("…" if len(waiting) > 10 else "")
            raise Invalid(
                {
                    "closes_at": "Il reste "
                    f"{plural(len(waiting), 'affaire')} sans résultat ({shown}) : votez-les ou "
                    "reportez-les avant de lever la séance."
                }
            )
        hour = self.closes_at or desk.stamp.hour
        desk.rows.change(desk.sitting, closes_at=hour)
        return f"Séance levée à {time_in_words(hour)}"
