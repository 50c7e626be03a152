"""Attendance printed as a table: one row a member, a cross in the column that applies.

Cells are divided by bars, tabulations or runs of spaces; in the last case the place of a cell
under the heads decides its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from levier.council.domain.reading import formulas
from levier.council.domain.reading.headings import Heading, Zone
from levier.council.domain.reading.names import Name, leading_name, read_name
from levier.council.domain.reading.printed import Printed, flatten
from levier.council.domain.reading.roster import CHAIR, Person, Roster, read_roster


class Column(Enum):
    """What the cells under a head say."""

    NAME = auto()
    GIVEN_NAME = auto()
    PRESENT = auto()
    ABSENT = auto()
    HOLDER = auto()
    STATUS = auto()
    OTHER = auto()


_HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.HOLDER, re.compile(r"pouvoir|procuration|mandat|represente|donne\s+a")),
    (Column.ABSENT, re.compile(r"^(?:absente?s?|abs\b|excuse)")),
    (Column.PRESENT, re.compile(r"^presente?s?(?:\(e?\)s?)?\b(?!.*absent)")),
    (Column.STATUS, re.compile(r"presence|^etat|statut|situation|present.*absent|^p\s*/\s*a")),
    (Column.GIVEN_NAME, re.compile(r"^prenoms?$")),
    (
        Column.NAME,
        re.compile(
            r"^(?:noms?\b|membres?|conseill\w+|elue?s?\b|deleguee?s?|civilite\b.*nom|titulaire)"
        ),
    ),
)
_ZONES = {Column.PRESENT: Zone.PRESENT, Column.ABSENT: Zone.ABSENT, Column.HOLDER: Zone.PROXY}
_CELL_BREAK = re.compile(r"\s*[|\t]\s*|[ ]{2,}")
_MARK = re.compile(
    r"^(?:x+|oui|1|p|a|v|✓|✔|☑|☒|•|\*|present\w*|absent\w*|excuse\w*|e|exc\.?|abs\.?)$"
)
_STATUS_PRESENT = re.compile(r"^(?:presente?(?:\(e\))?|p)\b")
_STATUS_ABSENT = re.compile(r"^(?:absente?|excusee?|non\s+excusee?|a|e|abs|exc|represente)\b")
_STATUS_LINE = re.compile(
    r"(?:^|(?<=\n))[ \t•*-]{0,8}(?P<name>[a-z][^\n:|\t]{2,60}?)(?:\s*[:|\t]\s*|[ ]{2,}|\s+-\s+)"
    r"(?P<status>(?:present|absent|excuse|represente|pouvoir|procuration)[^\n]{0,90})(?=\n|$)"
)
_COUNTED = re.compile(r":\s*\d")  # "Membres en exercice : 27   Présents : 20" is no heading line
_HEAD = 40_000  # tables further on are those of the matters treated
_LEAST_ROWS = 2
_MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int

    @property
    def flat(self) -> str:
        return flatten(self.text)


@dataclass(frozen=True, slots=True)
class _Line:
    cells: tuple[_Cell, ...]
    barred: bool
    start: int
    end: int


def read_table(printed: Printed) -> list[tuple[Heading, Roster]]:
    """The people of the first attendance table; empty when the act prints none."""
    lines = list(_lines(printed))
    for index, line in enumerate(lines):
        columns = _columns(line)
        if columns is None:
            continue
        rows = lines[index + 1 : index + 1 + _MOST_ROWS]
        if Column.NAME in columns:
            block = _by_rows(line, columns, rows)
        else:
            block = _by_columns(line, columns, rows)
        if block:
            return block
    return _by_status_lines(printed)


def _lines(printed: Printed) -> Iterator[_Line]:
    place = 0
    for raw in printed.text[:_HEAD].split("\n"):
        if raw.strip() and len(raw) < 400:
            yield _split(raw, place)
        place += len(raw) + 1


def _split(raw: str, start: int) -> _Line:
    barred = "|" in raw or "\t" in raw
    breaks = re.compile(r"[|\t]") if barred else _CELL_BREAK
    cells: list[_Cell] = []
    begin = 0
    for match in [*breaks.finditer(raw), None]:
        end = match.start() if match else len(raw)
        text = raw[begin:end]
        if barred or text.strip():
            lead = len(text) - len(text.lstrip())
            cells.append(_Cell(text.strip(), begin + lead))
        begin = match.end() if match else end
    return _Line(tuple(cells), barred, start, start + len(raw))


def _columns(line: _Line) -> tuple[Column, ...] | None:
    """The columns of a heading line, or None when it is none."""
    if len(line.cells) < 2 or any(_COUNTED.search(cell.text) for cell in line.cells):
        return None
    if any(len(cell.text) > 45 for cell in line.cells):
        return None
    columns = tuple(_column(cell) for cell in line.cells)
    speaking = [column for column in columns if column not in (Column.NAME, Column.OTHER)]
    zones = [column for column in columns if column in _ZONES]
    if Column.NAME in columns:
        return columns if any(column is not Column.GIVEN_NAME for column in speaking) else None
    only_zones = len(zones) >= 2 and Column.PRESENT in zones and len(set(zones)) == len(zones)
    return columns if only_zones and len(zones) == len(columns) else None


def _column(cell: _Cell) -> Column:
    flat = cell.flat.strip(" :.*")
    return next((column for column, head in _HEADS if head.search(flat)), Column.OTHER)


def _row(head: _Line, line: _Line, count: int) -> list[str]:
    """Cells of a row under the columns of the head."""
    cells = [""] * count
    for index, cell in enumerate(line.cells):
        if line.barred or head.barred:
            column = index
        else:
            column = min(range(count), key=lambda i: abs(head.cells[i].start - cell.start))
        if column < count:
            cells[column] = f"{cells[column]} {cell.text}".strip()
    return cells


def _by_rows(
    head: _Line, columns: Sequence[Column], rows: Sequence[_Line]
) -> list[tuple[Heading, Roster]]:
    rosters = {zone: Roster(zone) for zone in (Zone.PRESENT, Zone.ABSENT, Zone.PROXY)}
    end = head.end
    read = 0
    for line in rows:
        if not any(char.isalnum() for char in _words_of(line)):
            continue
        cells = _by_column(columns, _row(head, line, len(columns)))
        name = _row_name(cells)
        if name is None:
            if read and not line.barred:
                break
            if words := cells.get(Column.NAME, ""):
                rosters[Zone.PROXY].unread.append(words)
            continue
        if line.barred != head.barred and len(line.cells) < 2:
            break
        zone, person = _person(name, cells)
        if zone is not None:
            rosters[zone].people.append(person)
            read += 1
        end = line.end
    if read < _LEAST_ROWS:
        return []
    for roster in rosters.values():
        roster.end = end
    return [
        (Heading(zone, head.start, head.end), roster)
        for zone, roster in rosters.items()
        if roster.people or roster.unread
    ]


def _by_column(columns: Sequence[Column], row: Sequence[str]) -> dict[Column, str]:
    """Cells by what they say: "excusé" and "absent" may stand in two columns."""
    cells: dict[Column, str] = {}
    for column, cell in zip(columns, row, strict=False):
        cells[column] = f"{cells.get(column, '')} {cell}".strip()
    return cells


def _words_of(line: _Line) -> str:
    """The text of a line's cells."""
    return " ".join(cell.text for cell in line.cells)


def _row_name(cells: dict[Column, str]) -> Name | None:
    words = f"{cells.get(Column.NAME, '')} {cells.get(Column.GIVEN_NAME, '')}"
    return leading_name(words)[0] if words.strip() else None


def _person(name: Name, cells: dict[Column, str]) -> tuple[Zone | None, Person]:
    person = Person(name.text, name.form)
    status = flatten(cells.get(Column.STATUS, "")).strip()
    person.holder = _holder(cells.get(Column.HOLDER, "")) or _holder_in(
        cells.get(Column.STATUS, "")
    )
    if _marked(cells.get(Column.PRESENT)) or _STATUS_PRESENT.match(status):
        return Zone.PRESENT, person
    absent = cells.get(Column.ABSENT)
    if _marked(absent) or _STATUS_ABSENT.match(status) or (absent and _holder_in(absent)):
        person.holder = person.holder or _holder_in(absent or "")
        return Zone.ABSENT, person
    return (Zone.PROXY if person.holder else None), person


def _marked(cell: str | None) -> bool:
    return bool(cell and _MARK.match(flatten(cell).strip(" .")))


def _holder(cell: str) -> str | None:
    """The holder named in a cell of the procuration column."""
    flat = flatten(cell)
    if not cell.strip() or _MARK.match(flat.strip()) or formulas.NO_POWER.search(flat):
        return None
    if in_words := _holder_in(cell):
        return in_words
    link = re.match(r"\s*(?:a|par|->|=>|→)\s+", flat)
    text = cell[link.end() :] if link else cell
    if formulas.THE_CHAIR.match(flatten(text)):
        return CHAIR
    name = read_name(text)
    return name.text if name else None


def _holder_in(cell: str) -> str | None:
    gives = formulas.GIVES.search(flatten(cell))
    if not gives:
        return None
    tail = cell[gives.end() :]
    if formulas.THE_CHAIR.match(flatten(tail)):
        return CHAIR
    name = leading_name(tail)[0]
    return name.text if name else None


def _by_columns(
    head: _Line, columns: Sequence[Column], rows: Sequence[_Line]
) -> list[tuple[Heading, Roster]]:
    """Heads that are attendance headings, with the names below each of them."""
    stacks: list[list[str]] = [[] for _ in columns]
    end = head.end
    for line in rows:
        if len(line.cells) < 2 and not line.barred:
            break
        cells = _row(head, line, len(columns))
        if not any(leading_name(cell)[0] for cell in cells):
            break
        for stack, cell in zip(stacks, cells, strict=True):
            stack.append(cell)
        end = line.end
    block: list[tuple[Heading, Roster]] = []
    for column, stack in zip(columns, stacks, strict=True):
        text = "\n".join(cell for cell in stack if cell)
        heading = Heading(_ZONES[column], 0, 0, with_proxies=column is Column.HOLDER)
        roster = read_roster(Printed(text, flatten(text)), heading, len(text))
        roster.end = end
        if roster.people:
            block.append((Heading(_ZONES[column], head.start, head.end), roster))
    return block if any(heading.zone is Zone.PRESENT for heading, _ in block) else []


def _by_status_lines(printed: Printed) -> list[tuple[Heading, Roster]]:
    """ "DUPONT Jean : présent", one member a line, without any head."""
    rosters = {zone: Roster(zone) for zone in (Zone.PRESENT, Zone.ABSENT, Zone.PROXY)}
    start: int | None = None
    read = 0
    end = 0
    for match in _STATUS_LINE.finditer(printed.flat, 0, _HEAD):
        if start is not None and match.start() - end > 200:
            break
        name = read_name(printed.text[match.start("name") : match.end("name")])
        if name is None:
            continue
        status = printed.text[match.start("status") : match.end("status")]
        zone, person = _person(name, {Column.STATUS: status})
        if zone is None:
            continue
        rosters[zone].people.append(person)
        start = match.start() if start is None else start
        end = match.end()
        read += 1
    if read < _LEAST_ROWS + 1 or start is None:
        return []
    for roster in rosters.values():
        roster.end = end
    return [
        (Heading(zone, start, start), roster) for zone, roster in rosters.items() if roster.people
    ]
