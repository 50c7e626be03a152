"""Entries about the course of the sitting: opening, items, breaks, closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import ClassVar

from levier.common.domain.errors import Invalid
from levier.common.domain.french import plural, time_in_words
from levier.council.domain import record as domain
from levier.council.domain.formalities import Suspension
from levier.council.domain.record import MatterNature
from levier.council.models import (
    AgendaItem,
    Deliberation,
    Member,
    Vote,
)
from levier.council.models.deliberations import MATTER_NATURES
from levier.council.queries.live import place_of
from levier.council.services.live import Desk, Entry
from levier.council.storing import search_text, sitting_search_text

LONGEST_SUBJECT = 2000


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
