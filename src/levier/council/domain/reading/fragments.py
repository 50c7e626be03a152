"""A list of people cut into pieces: one person, office, formula or comment each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from levier.council.domain.reading.names import OFFICE, Name, leading_name, strip_civility
from levier.council.domain.reading.printed import flatten

# What stands before a piece. A space may be restored across the soft breaks.
HARD, LINE, BLANK, GAP, PERIOD = "hard", "line", "blank", "gap", "period"
_SOFT = (LINE, BLANK, GAP)
_WEAKEST_FIRST = (GAP, LINE, HARD, BLANK, PERIOD)
_BREAKS = re.compile(
    r"(?P<open>\()|(?P<close>\))"
    r"|(?P<blank>\n[ \t]*\n(?:[ \t\n]*\n)?(?:[ \t]*[-•*+>]\s*)?)"
    r"|(?P<number>(?:^|(?<=\n)|\n)[ \t]*\d{1,2}(?:\s?[.)°-]+\s+|[ \t]+(?=[a-z])))"
    r"|(?P<bullet>\n[ \t]*[-•*+>]+\s*)"
    r"|(?P<line>\n[ \t]*)"
    r"|(?P<hard>[,;|•\t]+\s*(?:[-•*]\s*)?|(?<=\s)-+(?!>)\s*)"
    r"|(?P<slash>\s*/+\s*)"
    r"|(?P<link>\s+(?:et|&)\s+)"
    r"|(?P<gap>[ ]{3,})"
    r"|(?P<period>\.(?=\s|$))"
    r"|(?P<civil>\s+(?=(?:mme|mmes|mm\.|m\.|monsieur|madame|mlle|mademoiselle)\s+[a-z]))"
)
# A line that ends so is not finished: the name that it announces stands on the next one.
_UNFINISHED = re.compile(
    r"(?:(?:\b(?:a|par|de|du|des|et|pour|donne|mmes?|mm?|monsieur|madame|mademoiselle|docteur"
    r"|maitre|le|la|les|l'|d'|pouvoir|procuration|mandat|nee|vice|suppleante?|representant)\.?)"
    r"|\b[a-z](?:\.-?[a-z])?\.|->|=>|[→>(:,-])$"
)
_AWAITS_NAME = re.compile(
    r"(?:\b(?:a|par|de|et|pour|ou|mmes?|mm?|mrs?|mlles?|mesdames|messieurs|madame|monsieur"
    r"|pouvoir|procuration|mandat|docteur|maitre|avec|dont|que|suppleante?)\.?|d'|[:>→(,;-])$"
)
_CIVILITY_BEFORE = re.compile(
    r"(?:^|[\s(,])(?:mmes?|mm?|mrs?|mlles?|mesdames|messieurs|madame|monsieur)\.?$"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(,;.-])(?:[a-z]{1,2}|mme|mmes|mlle|melle|ste|adj|cons|mun|proc|pouv|exc|abs|ep)$"
)
# "DEBELLE- Francis": the dash that divides two people sticks to the first one.
_STUCK_DASH = re.compile(r"(?<=[A-ZÀ-Ý]{2})-(?=\s+[A-ZÀ-Ý][a-zà-ÿ])")
_MOST_PIECES = 1_200
_LONGEST_BRACKET = 250


@dataclass(frozen=True, slots=True)
class Piece:
    """One fragment of a list, with the break that stands before it.

    `linked` tells that the break was "et": the piece and the one before may share a formula;
    `numbered`, that a number at the start of a line stands before the piece.
    """

    text: str
    start: int
    before: str
    linked: bool = False
    numbered: bool = False

    @property
    def flat(self) -> str:
        """Flat twin of the text."""
        return flatten(self.text)


def cut_list(text: str, start: int, end: int) -> list[Piece]:
    """The pieces of text[start:end], in order; brackets are never cut."""
    zone = _STUCK_DASH.sub(",", text[start:end])
    flat = flatten(zone)
    pieces: list[Piece] = []
    begin, before, kinds = 0, HARD, set[str]()
    for match in [*_divisions(flat), None]:
        kind = (match.lastgroup or "") if match else ""
        end_of_piece = match.start() if match else len(zone)
        if match and not _separates(kind, flat, begin, match):
            continue
        strength = kind if kind in _WEAKEST_FIRST else HARD
        if _has_letters(zone[begin:end_of_piece]):
            words = zone[begin:end_of_piece]
            pieces.append(Piece(words, start + begin, before, "link" in kinds, "number" in kinds))
            before, kinds = strength, {kind}
            if len(pieces) >= _MOST_PIECES:
                break
        else:
            before = max(before, strength, key=_WEAKEST_FIRST.index)
            kinds.add(kind)
        begin = match.end() if match else len(zone)
    return pieces


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _divisions(flat: str) -> Iterator[re.Match[str]]:
    """Signs that may divide, those within brackets set aside."""
    depth = opened = 0
    for match in _BREAKS.finditer(flat):
        if match["open"]:
            opened, depth = (match.start(), 1) if depth == 0 else (opened, depth + 1)
        elif match["close"]:
            depth = max(0, depth - 1)
        elif depth and match.start() - opened < _LONGEST_BRACKET and not match["blank"]:
            continue
        else:
            depth = 0
            yield match


def _separates(kind: str, flat: str, begin: int, match: re.Match[str]) -> bool:
    window = flat[max(begin, match.start() - 40) : match.start()]
    before = window.rstrip()
    if kind == "line":
        return not (_UNFINISHED.search(before) or flat.startswith("(", match.end()))
    if kind == "blank":
        return not _UNFINISHED.search(before) or before.endswith((",", ":"))
    if kind == "civil":
        return bool(before) and not _AWAITS_NAME.search(before)
    if kind in ("link", "gap"):
        return not _CIVILITY_BEFORE.search(before)
    if kind == "slash":
        return not (_CIVILITY_BEFORE.search(before) or re.search(r"(?:^|\s)s$", before))
    if kind == "period":
        return not _ABBREVIATION.search(window)
    return True


def mend(pieces: list[Piece], formula: re.Pattern[str]) -> list[Piece]:
    """Put back together the names that a line end, a page end or a column divided.

    `formula` finds what announces another name inside a piece ("pouvoir à …").
    """
    return _Mender(pieces, formula).mended()


class _Mender:
    def __init__(self, pieces: list[Piece], formula: re.Pattern[str]) -> None:
        self._pieces = pieces
        self._formula = formula
        full = sum(bool(self._full(piece)) for piece in pieces)
        self._mostly_full = full * 2 >= len(pieces)
        self._wrapped = self._is_wrapped()

    def mended(self) -> list[Piece]:
        mended: list[Piece] = []
        for piece in self._pieces:
            if mended and piece.before in _SOFT and self._joins(mended[-1], piece):
                last = mended.pop()
                glue = "" if last.text.rstrip().endswith("-") else " "
                text = f"{last.text.rstrip()}{glue}{piece.text}"
                piece = replace(last, text=text)
            mended.append(piece)
        return mended

    def _is_wrapped(self) -> bool:
        """True when names are divided by signs, so that a line end divides nothing."""
        hard = soft = 0
        for one, other in pairwise(self._pieces):
            if OFFICE.match(other.flat.strip()):
                continue
            if self._last_name(one) and leading_name(other.text)[0]:
                hard += other.before == HARD
                soft += other.before in _SOFT
        return hard >= 1 and hard >= soft / 2

    def _last_words(self, piece: Piece) -> str:
        announced = list(self._formula.finditer(piece.flat))
        text = piece.text[announced[-1].end() :] if announced else piece.text
        return text.rpartition(":")[2].strip()

    def _last_name(self, piece: Piece) -> Name | None:
        name, rest = leading_name(self._last_words(piece))
        return name if name and not rest.strip(" .") else None

    def _full(self, piece: Piece) -> bool:
        ends = (self._last_name(piece), leading_name(piece.text)[0])
        return any(name.form in ("full", "plain") for name in ends if name)

    def _joins(self, left: Piece, right: Piece) -> bool:
        bare = right.text.lstrip()
        if ":" in bare or strip_civility(bare, flatten(bare))[2]:
            return False
        if bare[:1].islower():
            return right.before != BLANK
        one, other = self._last_name(left), leading_name(bare)[0]
        if one is None or other is None:
            return False
        joined = leading_name(f"{self._last_words(left)} {bare}")[0]
        if joined is None:
            return False
        if joined.form != "full":
            both_surnames = joined.form == one.form == other.form == "surname"
            return self._wrapped and right.before == LINE and both_surnames
        if len(joined.text.split()) < len(one.text.split()) + len(other.text.split()):
            return False
        return self._makes_one(one, other, right)

    def _makes_one(self, one: Name, other: Name, right: Piece) -> bool:
        if one.form != "full" and other.form != "full":
            return self._mostly_full
        if not self._wrapped or right.before == BLANK:
            return False
        if one.form == "full":
            return other.form == ("given" if one.surname_first else "surname")
        return one.form == ("surname" if other.surname_first else "given") and self._mostly_full
