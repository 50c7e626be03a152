"""Checking an open-data file of deliberations against SCDL Délibérations 2.1.5, cell by cell.

Two kinds of remarks: what the table schema itself refuses (types, required cells, patterns), and
what its additional checks and its text ask (SIRET key, matters, votes that add up). Schema:
schema.data.gouv.fr, scdl/deliberations, version of 28 August 2023.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from levier.common.domain.errors import UnreadableInput
from levier.common.domain.french import fold
from levier.council.domain.matters import matter

SCHEMA_VERSION = "2.1.5"
MOST_BYTES = 50 * 1024 * 1024
VOTES = ("VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")
_PATTERN_SIRET = re.compile(r"^\d{14}$")
_PATTERN_CODE = re.compile(r"^\d\.\d{1,2}$")
_PATTERN_YEARS = re.compile(r"^[0-9]{4}(\/[0-9]{4})?$")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_PREFECTURE = re.compile(r"(PREF|SGAR)[0-9]{2}[0-9AB]|SPREF[0-9]{2}[0-9AB][0-9]")
_SHOWN = 60


class Level(StrEnum):
    """Where a remark comes from."""

    SCHEMA = "schéma"
    CHECK = "contrôle"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend. `row` is the line as a spreadsheet numbers it: the header is line 1."""

    row: int
    column: str
    value: str
    expected: str
    level: Level

    @property
    def sentence(self) -> str:
        """The remark in one sentence, without the name of the file."""
        column = f", colonne {self.column}" if self.column else ""
        return f"Ligne {self.row}{column} : « {self.value} » ; attendu {self.expected}."


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the schema. `accepts` is the type and the pattern of a cell that is filled."""

    name: str
    is_required: bool
    accepts: Callable[[str], bool]
    expected: str


def _anything(_: str) -> bool:
    return True


def _is_date(cell: str) -> bool:
    try:
        datetime.strptime(cell, "%Y-%m-%d")  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        return False
    return True


def _is_integer(cell: str) -> bool:
    try:
        int(cell.strip())
    except ValueError:
        return False
    return True


def _follows(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda cell: pattern.match(cell) is not None


_DATE = "une date AAAA-MM-JJ, par exemple 2024-06-11"
_COUNT = "un nombre entier"
COLUMNS = (
    Column("COLL_NOM", True, _anything, "le nom de la collectivité"),
    Column("COLL_SIRET", True, _follows(_PATTERN_SIRET), "un SIRET de 14 chiffres, sans espace"),
    Column("DELIB_ID", True, _anything, "l’identifiant de la délibération"),
    Column("DELIB_DATE", True, _is_date, _DATE),
    Column("DELIB_MATIERE_CODE", True, _follows(_PATTERN_CODE), "un code de 1.1 à 9.4, comme 7.10"),
    Column(
        "DELIB_MATIERE_NOM",
        True,
        _anything,
        "les deux niveaux de la nomenclature, comme finances locales/subventions",
    ),
    Column("DELIB_OBJET", True, _anything, "l’objet de la délibération"),
    Column("BUDGET_ANNEE", False, _follows(_PATTERN_YEARS), "AAAA ou AAAA/AAAA"),
    Column("BUDGET_NOM", False, _anything, "le nom du budget"),
    Column("PREF_ID", False, _anything, "PREF062, SPREF0621 ou SGAR062"),
    Column("PREF_DATE", False, _is_date, _DATE),
    Column("VOTE_EFFECTIF", False, _is_integer, _COUNT),
    Column("VOTE_REEL", False, _is_integer, _COUNT),
    *(Column(name, False, _is_integer, _COUNT) for name in VOTES),
    Column("DELIB_URL", False, _follows(_SCHEME), "une adresse complète, comme https://…"),
)
NAMES = tuple(column.name for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class OpenDataReport:
    """The remarks on a file, and the number of rows read, header apart."""

    rows: int
    remarks: tuple[Remark, ...]


def check_open_data(data: bytes, name: str) -> OpenDataReport:
    """Check a whole file. Raises UnreadableInput when it is no UTF-8 CSV."""
    if len(data) > MOST_BYTES:
        raise UnreadableInput(
            f"« {name} » pèse {len(data) >> 20} Mo ; attendu {MOST_BYTES >> 20} Mo au plus."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            f"« {name} », ligne {row} : ce fichier n’est pas en UTF-8 ; enregistrez-le au format "
            "« CSV UTF-8 »."
        ) from None
    if not text.strip():
        raise UnreadableInput(f"« {name} » est vide ; attendu un en-tête et des lignes.")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        lines = list(_lines(text, delimiter))
    except csv.Error as error:
        raise UnreadableInput(f"« {name} » n’est pas un CSV lisible ({error}).") from None
    remarks = list(_header_remarks(lines[0][1], delimiter))
    header = [label.strip() for label in lines[0][1]]
    if set(NAMES) <= set(header):
        seen: dict[tuple[str, str], int] = {}
        for row, cells in lines[1:]:
            remarks += _row_remarks(row, cells, header, seen)
    return OpenDataReport(len(lines) - 1, tuple(remarks))


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line where it begins."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _header_remarks(header: list[str], delimiter: str) -> Iterator[Remark]:
    if delimiter == ";":
        yield Remark(1, "", ";", "la virgule comme séparateur", Level.SCHEMA)
    missing = [name for name in NAMES if name not in header]
    for name in missing:
        yield Remark(1, name, "", "cette colonne", Level.SCHEMA)
    for label in header:
        if label not in NAMES:
            yield Remark(1, label, label, "une colonne du schéma", Level.SCHEMA)
    if not missing and tuple(header) != NAMES and sorted(header) == sorted(NAMES):
        yield Remark(1, "", ",".join(header)[:_SHOWN], "l’ordre du schéma", Level.SCHEMA)


def _row_remarks(
    row: int, cells: list[str], header: list[str], seen: dict[tuple[str, str], int]
) -> Iterator[Remark]:
    if not any(cells):
        yield Remark(row, "", "", "une délibération : retirez cette ligne vide", Level.SCHEMA)
        return
    for label in header[len(cells) :]:
        yield Remark(row, label, "", "autant de cellules que de colonnes", Level.SCHEMA)
    for cell in cells[len(header) :]:
        yield Remark(row, "", cell[:_SHOWN], "autant de cellules que de colonnes", Level.SCHEMA)
    values = dict(zip(header, cells, strict=False))
    wrong = set(header[len(cells) :])
    for column in COLUMNS:
        cell = values.get(column.name, "")
        if column.name in wrong:
            continue
        if not (column.accepts(cell) if cell else not column.is_required):
            wrong.add(column.name)
            yield Remark(row, column.name, cell[:_SHOWN], column.expected, Level.SCHEMA)
    sound = {name: "" if name in wrong else values.get(name, "") for name in NAMES}
    filled = {name for name in NAMES if values.get(name)}
    for name, expected in _checks(sound, filled):
        yield Remark(row, name, values.get(name, "")[:_SHOWN], expected, Level.CHECK)
    if sound["COLL_SIRET"] and sound["DELIB_ID"]:
        key = (sound["COLL_SIRET"], sound["DELIB_ID"])
        if (first := seen.setdefault(key, row)) != row:
            yield Remark(
                row,
                "DELIB_ID",
                sound["DELIB_ID"][:_SHOWN],
                f"un identifiant qui ne soit pas déjà à la ligne {first}",
                Level.CHECK,
            )


def _checks(cells: Mapping[str, str], filled: set[str]) -> Iterator[tuple[str, str]]:
    """(column, what was expected) of what the additional checks of the schema refuse.

    `cells` are empty where the schema refused them already; `filled` names those that are not.
    """
    for column in COLUMNS:
        if column.is_required and cells[column.name] and not cells[column.name].strip():
            yield column.name, column.expected
    if cells["COLL_SIRET"] and not is_siret(cells["COLL_SIRET"]):
        yield "COLL_SIRET", "un SIRET dont la clé soit juste"
    yield from _matter_checks(cells["DELIB_MATIERE_CODE"], cells["DELIB_MATIERE_NOM"])
    yield from _date_checks(cells)
    yield from _budget_checks(cells["BUDGET_ANNEE"], filled)
    if cells["PREF_ID"] and not _PREFECTURE.fullmatch(cells["PREF_ID"]):
        yield "PREF_ID", "PREF062, SPREF0621 ou SGAR062"
    if cells["DELIB_URL"] and not cells["DELIB_URL"].startswith(("https://", "http://")):
        yield "DELIB_URL", "une adresse qui commence par https:// ou http://"
    yield from _vote_checks(cells, filled)


@lru_cache(maxsize=1000)
def is_siret(text: str) -> bool:
    """Whether these fourteen digits have the right key (Luhn)."""
    if not re.fullmatch(r"[0-9]{14}", text):
        return False
    doubled = (int(digit) * (2 if rank % 2 == 0 else 1) for rank, digit in enumerate(text))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _matter_checks(code: str, label: str) -> Iterator[tuple[str, str]]:
    known = matter(code)
    if code and known is None:
        yield "DELIB_MATIERE_CODE", "un code de la nomenclature, de 1.1 à 9.4"
    if not label:
        return
    heading, slash, rest = label.partition("/")
    if not slash or heading != heading.strip() or rest.startswith(" "):
        yield "DELIB_MATIERE_NOM", "deux niveaux séparés par « / », sans espace autour"
    elif known and fold(heading) != fold(known.heading):
        yield "DELIB_MATIERE_NOM", f"« {known.scdl_label} », nom de la matière {code}"


def _date_checks(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    days: dict[str, date] = {}
    for name in ("DELIB_DATE", "PREF_DATE"):
        if cells[name]:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cells[name]):
                days[name] = date.fromisoformat(cells[name])
            else:
                yield name, _DATE
    if len(days) == 2 and days["PREF_DATE"] < days["DELIB_DATE"]:
        yield "PREF_DATE", f"une date à partir du {cells['DELIB_DATE']}, celle de la délibération"


def _budget_checks(years: str, filled: set[str]) -> Iterator[tuple[str, str]]:
    if "BUDGET_ANNEE" in filled and "BUDGET_NOM" not in filled:
        yield "BUDGET_NOM", "le nom du budget, puisque son année est donnée"
    if "BUDGET_NOM" in filled and "BUDGET_ANNEE" not in filled:
        yield "BUDGET_ANNEE", "l’année du budget, puisque son nom est donné"
    first, _, last = years.partition("/")
    if last and last <= first:
        yield "BUDGET_ANNEE", "une seconde année après la première"


def _vote_checks(cells: Mapping[str, str], filled: set[str]) -> Iterator[tuple[str, str]]:
    names = ("VOTE_EFFECTIF", "VOTE_REEL", *VOTES)
    counts: dict[str, int] = {}
    for name in names:
        if cells[name]:
            if re.fullmatch(r"[0-9]+", cells[name]):
                counts[name] = int(cells[name])
            else:
                yield name, "un nombre écrit en chiffres"
    if "VOTE_EFFECTIF" in filled:
        for name in names:
            if name not in filled:
                yield name, "un nombre, puisque VOTE_EFFECTIF est donné"
    voters = counts.get("VOTE_REEL", 0)
    if counts.get("VOTE_EFFECTIF", voters) < voters:
        yield "VOTE_EFFECTIF", f"au moins les {voters} votants de VOTE_REEL"
    if {"VOTE_REEL", *VOTES} <= counts.keys():
        total = sum(counts[name] for name in VOTES)
        if counts["VOTE_REEL"] != total:
            yield "VOTE_REEL", f"{total}, total des voix pour, contre et des abstentions"
