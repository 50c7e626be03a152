"""Who was there, who was not, who voted for whom, as the act lists them."""

from __future__ import annotations

from dataclasses import dataclass, field

from levier.council.domain.reading.headings import Heading, Zone, find_headings
from levier.council.domain.reading.names import Directory
from levier.council.domain.reading.printed import Printed
from levier.council.domain.reading.roster import CHAIR, Person, Roster, read_roster, zone_end
from levier.council.domain.reading.tables import read_table
from levier.council.domain.record import Movement, Proxy

_BLOCK_GAP = 2_500
_MOST_HEADINGS = 300


@dataclass(slots=True)
class Attendance:
    """Attendance as printed, names in one form; `end` is where the lists stop in the text."""

    present: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    proxies: list[Proxy] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    all_except: bool = False
    unread: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    directory: Directory = field(default_factory=lambda: Directory(()))


def read_attendance(printed: Printed, president: str | None) -> Attendance:
    """Read the first block of attendance of the act."""
    block = read_table(printed) or _first_block(printed)
    attendance = Attendance()
    if not block:
        attendance.directory = Directory((), president)
        return attendance
    attendance.start = block[0][0].start
    attendance.end = _line_start(printed.text, max(roster.end for _, roster in block))
    attendance.all_except = any(heading.all_except for heading, _ in block)
    listed = [
        person.name
        for _, roster in block
        for person in roster.people
        if roster.zone in (Zone.PRESENT, Zone.ABSENT, Zone.PROXY) and person.name != CHAIR
    ]
    directory = Directory(listed, president)
    if president:
        directory.president = directory.form_of(president)
    attendance.directory = directory
    for _, roster in block:
        _add(attendance, roster)
    _pair_marks(attendance, block)
    attendance.unread.extend(text for _, roster in block for text in roster.unread)
    return attendance


def _line_start(text: str, place: int) -> int:
    """Start of the line when only a number or a sign stands before `place` on it."""
    start = text.rfind("\n", 0, place) + 1
    return place if any(char.isalpha() for char in text[start:place]) else start


def _first_block(printed: Printed) -> list[tuple[Heading, Roster]]:
    """The first run of attendance headings that names people."""
    headings = find_headings(printed)[:_MOST_HEADINGS]
    block: list[tuple[Heading, Roster]] = []
    named = False
    for index, heading in enumerate(headings):
        limit = headings[index + 1].start if index + 1 < len(headings) else len(printed.flat)
        if heading.end > limit:
            continue
        if named and heading.start - block[-1][1].end > _BLOCK_GAP:
            break
        if heading.all_except and heading.zone is Zone.OTHERS:
            roster = Roster(heading.zone, end=heading.end)
        else:
            roster = read_roster(printed, heading, zone_end(printed, heading, limit))
        if heading.all_except or (roster.people and heading.zone is not Zone.OTHERS):
            if any(h.zone is heading.zone is Zone.PRESENT for h, r in block if r.people):
                break
            named = True
            block.append((heading, roster))
        elif named and roster.people:
            block.append((heading, roster))
    return block


def _add(attendance: Attendance, roster: Roster) -> None:
    form = attendance.directory.form_of
    for person in roster.people:
        name = _resolved(attendance, person.name)
        if name is None:
            continue
        gives = person.holder is not None or person.gave_to_unknown
        if roster.zone is Zone.ABSENT or person.absent:
            _once(attendance.absent, name)
        elif roster.zone is Zone.PRESENT and not gives:
            _once(attendance.present, name)
        elif (
            roster.zone is Zone.PROXY
            and not gives
            and person.gives_from is None
            and not person.mark
        ):
            attendance.unread.append(person.name)
        if person.holder:
            holder = _resolved(attendance, person.holder)
            if holder is None:
                attendance.unread.append(f"{name} : pouvoir au président de séance")
            else:
                _add_proxy(attendance, Proxy(name, holder))
        if person.gives_from:
            _add_proxy(attendance, Proxy(form(person.gives_from), name))
        if person.movement:
            move = person.movement
            attendance.movements.append(Movement(name, move.event, move.before_item, move.at))


def _resolved(attendance: Attendance, name: str) -> str | None:
    if name == CHAIR:
        return attendance.directory.president
    return attendance.directory.form_of(name)


def _once(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _add_proxy(attendance: Attendance, proxy: Proxy) -> None:
    if proxy.giver == proxy.holder:
        attendance.unread.append(f"{proxy.giver} : pouvoir à {proxy.holder}")
    elif proxy not in attendance.proxies:
        attendance.proxies.append(proxy)


def _pair_marks(attendance: Attendance, block: list[tuple[Heading, Roster]]) -> None:
    """ "Jean (Pr*)" present, "David (Pr*)" absent: one mark, one procuration."""
    holders: dict[str, list[Person]] = {}
    givers: dict[str, list[Person]] = {}
    for _, roster in block:
        for person in roster.people:
            if person.mark:
                side = holders if roster.zone is Zone.PRESENT else givers
                side.setdefault(person.mark, []).append(person)
    for mark, people in givers.items():
        held_by = holders.get(mark, [])
        if len(held_by) == 1 and len(people) == 1:
            form = attendance.directory.form_of
            _add_proxy(attendance, Proxy(form(people[0].name), form(held_by[0].name)))
