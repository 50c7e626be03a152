"""The two tables that close the register of a year: by date, and by subject (CGCT R2121-9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from levier.common.domain.french import date_in_words, fold
from levier.council.domain.matters import NATIONAL
from levier.council.domain.record import AssemblyKind, Outcome
from levier.council.plain_text import OUTCOME_WORDS
from levier.council.writers.wording import BODIES, known_text
from levier.documents.typesetting import render

NO_MATTER = "Matière non renseignée"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One deliberation of the register: its sitting, its order number in it, its subject."""

    held_on: date
    number: int
    subject: str
    matter_code: str | None = None
    outcome: Outcome | None = None


def by_date(lines: Iterable[RegisterLine]) -> list[RegisterLine]:
    """The lines in the order of the register."""
    return sorted(lines, key=lambda line: (line.held_on, line.number))


def by_subject(lines: Iterable[RegisterLine]) -> list[tuple[str, list[RegisterLine]]]:
    """The lines under the heading of their matter, in alphabetical order of subject.

    Headings follow the State's classification; deliberations without matter come last.
    """
    groups: dict[str, list[RegisterLine]] = {}
    for line in sorted(lines, key=lambda one: (fold(one.subject), one.held_on, one.number)):
        groups.setdefault(_heading(line.matter_code), []).append(line)
    order = [*dict.fromkeys(matter.heading for matter in NATIONAL.matters), NO_MATTER]
    return [(heading, groups[heading]) for heading in order if heading in groups]


def year_tables_pdf(
    assembly: str, kind: AssemblyKind | None, year: int, lines: Sequence[RegisterLine]
) -> bytes:
    """Both tables of the register of a year, as PDF/UA-1 and PDF/A-3a."""
    heading = (
        f"Registre des délibérations {BODIES[kind][1]}, tables de l’année\N{NO-BREAK SPACE}{year}"
    )
    data = {
        "assembly": known_text(assembly),
        "heading": heading,
        "short_date": None,
        "year": str(year),
        "by_date": [_row(line) for line in by_date(lines)],
        "by_subject": [
            {"heading": matter, "rows": [[row[2], row[0], row[1]] for row in map(_row, group)]}
            for matter, group in by_subject(lines)
        ],
    }
    last = max((line.held_on for line in lines), default=date(year, 12, 31))
    return render("council_tables", data, title=f"{heading}, {assembly}", date=last)


def _row(line: RegisterLine) -> list[str | None]:
    outcome = OUTCOME_WORDS[line.outcome].capitalize() if line.outcome else None
    return [date_in_words(line.held_on), str(line.number), known_text(line.subject), outcome]


def _heading(code: str | None) -> str:
    matter = NATIONAL.find(code)
    return matter.heading if matter else NO_MATTER
