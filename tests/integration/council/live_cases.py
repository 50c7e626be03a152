"""A small council of twelve and the entries by which tests hold its sitting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count

from django.utils import timezone

from levier.accounts.actors import OPERATOR
from levier.accounts.domain.actors import Actor
from levier.council.domain.record import AgendaItem, Record, Sitting
from levier.council.models import Assembly, Deliberation, LiveEntry, Mandate, Member
from levier.council.models import Sitting as StoredSitting
from levier.council.services.live import Entry, Stamp, enter
from levier.council.services.live_entries import Opening, OpenItem
from levier.council.services.live_room import RollCall
from levier.council.services.sittings import save_sitting

DAY = date(2024, 6, 20)
EVENING = datetime(2024, 6, 20, 20, 30, tzinfo=timezone.get_default_timezone())
NAMES = (
    *("Anne LEROY", "Bruno PETIT", "Chantal ROUX", "Denis MOREAU", "Élise FABRE", "Farid AMAR"),
    *("Gilles NOËL", "Hélène VASSEUR", "Inès DA COSTA", "Jean-Luc BRIDE", "Karim SAÏDI"),
    "Louise ZÉTIN",
)
SUBJECTS = ("Tarifs de la cantine", "Travaux de l’école", "Désignation d’un délégué")


@dataclass
class Room:
    """A sitting being held: `enter` stores an entry over the latest version."""

    sitting: StoredSitting
    actor: Actor = OPERATOR
    now: datetime = EVENING
    _keys: count[int] = field(default_factory=count)

    def stamp(self, version: int | None = None, key: str = "") -> Stamp:
        seen = StoredSitting.objects.get(pk=self.sitting.pk).version
        return Stamp(key or f"key-{next(self._keys)}", version or seen, self.now)

    def enter(self, entry: Entry, **stamp: object) -> LiveEntry:
        return enter(self.actor, self.sitting.pk, entry, self.stamp(**stamp))  # type: ignore[arg-type]

    def did(self, entry: Entry) -> str:
        return str(self.enter(entry).values["did"])

    def member(self, start: str) -> int:
        return Member.objects.get(assembly=self.sitting.assembly, name__startswith=start).pk

    def act(self, place: int) -> Deliberation:
        return Deliberation.objects.select_related("vote").get(
            sitting=self.sitting, position=place - 1
        )

    def open(self, *absent: str, in_office: int = len(NAMES), president: str = "Anne") -> None:
        """Opened, called, first item under discussion."""
        self.enter(Opening(time(20, 30), self.member(president), self.member("Bruno"), in_office))
        away = {self.member(name) for name in absent}
        everyone = Member.objects.filter(assembly=self.sitting.assembly).order_by("name")
        self.enter(
            RollCall(tuple((m.pk, "absent" if m.pk in away else "present") for m in everyone))
        )
        self.enter(OpenItem(self.act(1).pk))


def prepared(
    council: Assembly, actor: Actor = OPERATOR, *, subjects: tuple[str, ...] = SUBJECTS
) -> Room:
    """The mandates of the twelve, and a sitting convoked with its agenda."""
    for name in NAMES:
        member = Member(assembly=council, name=name)
        member.save()
        Mandate(member=member, starts_on=date(2020, 5, 23)).save()
    record = Record(
        sitting=Sitting(
            date=DAY,
            convocation_date=date(2024, 6, 12),
            convocation_posted=True,
            agenda=tuple(AgendaItem(rank, text) for rank, text in enumerate(subjects, start=1)),
        )
    )
    sitting = save_sitting(OPERATOR, record, assembly_id=council.pk)
    return Room(sitting, actor)
