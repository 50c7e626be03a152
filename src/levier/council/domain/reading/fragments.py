"""A list of people cut into pieces: one person, office, formula or comment each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from levier.council.domain.reading.names import OFFICE, Name, leading_name, strip_civility
from levier.council.domain.reading.printed import flatten

# Strength of the break before a piece: a space may be restored across the soft ones.
HARD, LINE, BLANK, GAP, PERIOD = "hard", "line", "blank", "gap", "period"
_SOFT = (LINE, BLANK, GAP)
_BREAKS = re.compile(
    r"(?P<open>\()|(?P<close>\))"
    r"|(?P<blank>\n[ \t]*\n\s*(?:[-•*+>]\s*)?)"
    r"|(?P<bullet>\n[ \t]*(?:[-•*+>]+\s*|\d{1,2}\s?[.)°-]+\s+))"
    r"|(?P<line>\n[ \t]*)"
    r"|(?P<hard>[,;|•\t]+\s*(?:[-•*]\s*)?|(?<=\s)-+\s*|\s*/+\s*)"
    r"|(?P<link>\s+(?:et|&)\s+)"
    r"|(?P<gap>[ ]{3,})"
    r"|(?P<period>\.(?=\s|$))"
)
# A line that ends so is not finished: the name that it announces stands on the next one.
_UNFINISHED = re.compile(
    r"(?:(?:\b(?:a|par|de|du|des|et|pour|donne|mmes?|mm?|monsieur|madame|mademoiselle|docteur|maitre|le|la"
    r"|les|l'|d'|pouvoir|procuration|nee|vice)\.?)|->|=>|[>(:,-])$"
)
_CIVILITY_BEFORE = re.compile(
    r"(?:^|[\s(,])(?:mmes?|mm?|mrs?|mlles?|mesdames|messieurs|madame|monsieur)\.?$"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(,;-])(?:[a-z]{1,2}|mme|mmes|mlle|melle|ste|adj|cons|mun|proc|pouv|exc|abs)$"
)
_MAX_PIECES = 1200


@dataclass(frozen=True, slots=True)
class Piece:
    """One fragment of a list, with the break that stands before it."""

    text: str
    start: int
    before: str

    @property
    def flat(self) -> str:
        """Flat twin of the text."""
        return flatten(self.text)


def cut_list(text: str, flat: str, start: int, end: int) -> list[Piece]:
    """The pieces of text[start:end], in order; brackets are never cut."""
    pieces: list[Piece] = []
    depth = 0
    opened = begin = start
    before = HARD
    for match in _BREAKS.finditer(flat, start, end):
        kind = match.lastgroup or ""
        if kind == "open":
            opened, depth = (match.start(), 1) if depth == 0 else (opened, depth + 1)
            continue
        if kind == "close":
            depth = max(0, depth - 1)
            continue
        if depth and match.start() - opened < 250 and kind != "blank":
            continue
        depth = 0
        if not _separates(kind, flat, begin, match):
            continue
        if text[begin : match.start()].strip(" -–•*+.:"):
            pieces.append(Piece(text[begin : match.start()], begin, before))
            before = _strength(kind)
            if len(pieces) >= _MAX_PIECES:
                return pieces
        else:
            before = _stronger(before, _strength(kind))
        begin = match.end()
    if text[begin:end].strip(" -–•*+.:\n"):
        pieces.append(Piece(text[begin:end], begin, before))
    return pieces


def _separates(kind: str, flat: str, begin: int, match: re.Match[str]) -> bool:
    window = flat[max(begin, match.start() - 40) : match.start()]
    before = window.rstrip()
    if kind == "line":
        following = flat[match.end() : match.end() + 1]
        return not (_UNFINISHED.search(before) or following == "(")
    if kind == "blank":
        return not _UNFINISHED.search(before) or before.endswith((",", ":"))
    if kind in ("link", "gap"):
        return not _CIVILITY_BEFORE.search(before)
    if kind == "hard" and "/" in match[0]:
        return not _CIVILITY_BEFORE.search(before)
    if kind == "period":
        return not _ABBREVIATION.search(window)
    return True


def _strength(kind: str) -> str:
    return {"line": LINE, "blank": BLANK, "gap": GAP, "period": PERIOD}.get(kind, HARD)


def _stronger(one: str, other: str) -> str:
    order = (GAP, LINE, HARD, BLANK, PERIOD)
    return max(one, other, key=order.index)


def mend(pieces: list[Piece], tail_name: re.Pattern[str]) -> list[Piece]:
    """Put back together the names that a line end, a page end or a column divided.

    `tail_name` finds the formula ("pouvoir à …") after which another name ends a piece.
    """
    full = [bool(_full(piece, tail_name)) for piece in pieces]
    mostly_full = sum(full) * 2 >= len(pieces)
    wrapped = _is_wrapped(pieces, tail_name)
    mended: list[Piece] = []
    for piece in pieces:
        if (
            mended
            and piece.before in _SOFT
            and _joins(mended[-1], piece, tail_name, mostly_full, wrapped)
        ):
            last = mended.pop()
            glue = "" if last.text.rstrip().endswith("-") else " "
            piece = Piece(f"{last.text.rstrip()}{glue}{piece.text}", last.start, last.before)
        mended.append(piece)
    return mended


def _is_wrapped(pieces: list[Piece], tail_name: re.Pattern[str]) -> bool:
    """True when names are divided by signs, so that a line end divides nothing."""
    hard = soft = 0
    for one, other in zip(pieces, pieces[1:], strict=False):
        if (
            OFFICE.match(other.flat.strip())
            or not _last_name(one, tail_name)
            or not _first_name(other)
        ):
            continue
        if other.before == HARD:
            hard += 1
        elif other.before in _SOFT:
            soft += 1
    return hard >= 1 and hard >= soft / 2


def _last_name(piece: Piece, tail_name: re.Pattern[str]) -> Name | None:
    text = piece.text
    matches = list(tail_name.finditer(piece.flat))
    if matches:
        text = text[matches[-1].end() :]
    elif ":" in text:
        text = text.rpartition(":")[2]
    name, rest = leading_name(text)
    return name if name and not rest.strip(" .") else None


def _first_name(piece: Piece) -> Name | None:
    return leading_name(piece.text)[0]


def _full(piece: Piece, tail_name: re.Pattern[str]) -> bool:
    name = _last_name(piece, tail_name) or _first_name(piece)
    return bool(name and name.form in ("full", "plain"))


def _joins(
    left: Piece, right: Piece, tail_name: re.Pattern[str], mostly_full: bool, wrapped: bool
) -> bool:
    if ":" in right.text or strip_civility(right.text.lstrip(), right.flat.lstrip())[2]:
        return False
    if right.text.lstrip()[:1].islower():
        return right.before != BLANK
    one, other = _last_name(left, tail_name), _first_name(right)
    if one is None or other is None:
        return False
    joined = leading_name(f"{one_text(left, tail_name)} {right.text}")[0]
    if joined is None or joined.form != "full":
        return (
            wrapped
            and right.before == LINE
            and joined is not None
            and one.form == other.form == "surname"
        )
    if len(joined.text.split()) < len(one.text.split()) + len(other.text.split()):
        return False
    if one.form != "full" and other.form != "full":
        return mostly_full
    if not wrapped or right.before == BLANK:
        return False
    if one.form == "full":
        return other.form == ("given" if one.surname_first else "surname")
    return one.form == ("surname" if other.surname_first else "given") and mostly_full


def one_text(piece: Piece, tail_name: re.Pattern[str]) -> str:
    """The last name of a piece, as printed."""
    matches = list(tail_name.finditer(piece.flat))
    text = piece.text[matches[-1].end() :] if matches else piece.text
    return text.rpartition(":")[2].strip()
