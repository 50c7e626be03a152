"""Arrivals and departures printed on lines of their own, tied to the matters of the sitting."""

from __future__ import annotations

import re
from dataclasses import replace

from levier.council.domain.reading.attendance import Attendance
from levier.council.domain.reading.comings import MOVES, read_movement
from levier.council.domain.reading.items import Item
from levier.council.domain.reading.moments import find_hour
from levier.council.domain.reading.names import leading_name
from levier.council.domain.reading.printed import Printed
from levier.council.domain.reading.votes import find_votes
from levier.council.domain.record import Movement, MovementEvent

_FROM_QUESTION = re.compile(
    r"(?:questions?|points?|deliberations?)\s+(?:n\s?°\s?)?(?P<item>\d{1,3})\s+"
    r"(?:a\s+la\s+fin|et\s+suivant\w*)\s*:?\s*$"
)
_LEAVES = ("depart", "sort", "quitte", "part", "absent")


def all_movements(printed: Printed, items: list[Item], attendance: Attendance) -> list[Movement]:
    """Movements told beside names and on their own lines, each of them once."""
    kept: list[Movement] = []
    for move in [*attendance.movements, *_printed_moves(printed, items, attendance)]:
        index = next((i for i, known in enumerate(kept) if _same(known, move)), None)
        if index is None:
            kept.append(move)
        else:
            known = kept[index]
            kept[index] = replace(
                known, at=known.at or move.at, before_item=known.before_item or move.before_item
            )
    return kept


def _same(one: Movement, other: Movement) -> bool:
    """One movement told twice: nothing that both tell differs."""
    pairs = ((one.before_item, other.before_item), (one.at, other.at))
    return (one.member, one.event) == (other.member, other.event) and all(
        a is None or b is None or a == b for a, b in pairs
    )


def _printed_moves(printed: Printed, items: list[Item], attendance: Attendance) -> list[Movement]:
    flat = printed.flat
    moves: list[Movement] = []
    for match in MOVES.finditer(flat):
        group = "name" if match["name"] else "subject"
        line_end = flat.find("\n", match.end())
        line_end = len(flat) if line_end < 0 else line_end
        name, _ = leading_name(printed.text[match.start(group) : match.end(group)])
        if name is None or name.form == "given":
            continue
        detail = read_movement(flat[match.start() : line_end])
        hour = find_hour(flat, match.start(group), line_end)
        at = detail.at if detail and detail.at else hour[0] if hour else None
        number = detail.before_item if detail else None
        number = number or _item_number(
            printed, items, match.start(), max(match.start("event"), match.start("subject"))
        )
        if number is None and at is None:
            continue
        event = (match["event"] or match["verb"]).startswith(_LEAVES)
        moves.append(
            Movement(
                attendance.directory.form_of(name.text),
                MovementEvent.LEAVES if event else MovementEvent.ARRIVES,
                number,
                at,
            )
        )
    return moves


def _item_number(printed: Printed, items: list[Item], place: int, word: int) -> int | None:
    """Number of the matter before which the movement took place: after a vote, the next one."""
    asked = _FROM_QUESTION.search(printed.flat[max(0, word - 70) : word])
    if asked:
        return int(asked["item"])
    item = next((item for item in items if item.start <= place < item.end), None)
    if item is None or item.number is None:
        return None
    votes = [vote for vote in find_votes(printed.flat, item.body, item.end) if vote.strong]
    return item.number + 1 if votes and place + 1 >= votes[-1].end else item.number
