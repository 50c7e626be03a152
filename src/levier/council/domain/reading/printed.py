"""The text of an act, cleaned of what extraction left, with a flat twin for recognition.

`flat` has exactly the length of `text`: lower case, no accents, plain spaces, apostrophes and
dashes. Patterns are written once for `flat`; what goes into the record is cut out of `text`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

_ONE_TO_ONE = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "“": '"', "”": '"',
    "–": "-", "—": "-", "−": "-", "\t": "\t", "\n": "\n",
}  # fmt: skip


class _Flattening(dict[int, str]):
    """Translation table that fills itself: one character in, one character out."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        flat = _ONE_TO_ONE.get(char)
        if flat is None:
            base = unicodedata.normalize("NFKD", char.lower())[:1] or " "
            flat = " " if base.isspace() else base
        self[code] = flat
        return flat


_FLATTENING = _Flattening()
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\u0085]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BULLETS = re.compile(r"[\ue000-\uf8ff\u2022\u2023\u25a0-\u25ff\u27a2-\u27be\u00b7\u2756\u2043]")
# Superscripts and underlines come out of some PDFs as a line of spaces, then an indented scrap.
_SCRAP = re.compile(r"\n[ \t]+\n[ \t]+(?=[a-zà-ÿ0-9:;.,»][^\n]{0,11}\n)")
_SUPERSCRIPTS = ("er", "ere", "ère", "e", "è", "ème", "eme", "nd", "nde", "os", "o")
_LONE_COLON = re.compile(r"[ \t\n]*\n[ \t]*(?=[:;,.][ \t]*\n)")
_PAGE_NUMBER = re.compile(
    r"^(?:page\s*)?(?:\d{1,3}\s*(?:/|sur)\s*\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—])$|^page\s*\d{1,3}$",
    re.I,
)
_SAVED_PAGE_NOTE = re.compile(r"\A(?:\s*#[ \t]*\w+[ \t]*:[^\n]*\n)+")
_SPACED_LETTERS = re.compile(r"(?<![^\W_])(?:[A-ZÀ-Ý]{1,3}[ ]{1,3}){3,}[A-ZÀ-Ý]{1,3}(?![^\W_])")
_SPACED_VOCABULARY = (
    "PRESENTES", "PRESENTS", "PRESENT", "ABSENTES", "ABSENTS", "ABSENT", "EXCUSES", "EXCUSE",
    "AYANT", "DONNE", "POUVOIRS", "POUVOIR", "PROCURATIONS", "PROCURATION", "ETAIENT", "CONSEIL",
    "MUNICIPAL", "COMMUNAUTAIRE", "EXTRAIT", "DELIBERATIONS", "DELIBERATION", "REGISTRE",
    "SEANCE", "SECRETAIRE", "ORDRE", "JOUR", "VILLE", "COMMUNE", "MAIRIE", "PROCES", "VERBAL",
    "COMPTE", "RENDU", "REUNION", "MEMBRES", "REPRESENTES", "NON", "DES", "DE", "DU", "LA", "ET",
)  # fmt: skip
_EDGE_LINES = 4
_MOST_PAGES = 5_000
# Runs of blanks are bounded before any other pattern meets them.
_WIDEST_GAP = 60
_LONG_GAP = re.compile(rf"[ \t]{{{_WIDEST_GAP},}}")
_MANY_LINES = re.compile(r"\n(?:[ \t]*\n){3,}")
_NO_RUNNING_HEAD = re.compile(
    r"adopt|unanim|vote|approuv|decid|propos|^vu |consider|present|absent"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """Cleaned text, its flat twin, and the running heads that were taken out of the pages."""

    text: str
    flat: str
    running_heads: tuple[str, ...] = ()

    def cut(self, start: int, end: int) -> str:
        """Words printed between two places, on one line."""
        return " ".join(self.text[start:end].split())


def vocabulary(listing: str) -> frozenset[str]:
    """The words of a listing, as a set."""
    return frozenset(listing.split())


def flatten(text: str) -> str:
    """Lower case without accents, each character in its place.

    >>> flatten("Étaient présents : l’Élu")
    "etaient presents : l'elu"
    """
    return text.translate(_FLATTENING)


def clean(raw: str) -> Printed:
    """Undo what typesetting and extraction did to the text."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = _CONTROLS.sub(" ", text)
    text = re.sub(r"\f+", "\f" if text.count("\f") <= _MOST_PAGES else "\n", text)
    text = _LONG_GAP.sub(" " * _WIDEST_GAP, text)
    text = _MANY_LINES.sub("\n\n\n", text)
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    text = unicodedata.normalize("NFC", text.replace("\u2010", "-").replace("\u2011", "-"))
    text = _SAVED_PAGE_NOTE.sub("", _BULLETS.sub("•", text))
    text = _LONE_COLON.sub(" ", _SCRAP.sub(_joined_scrap, text))
    text, heads = _without_running_heads(text)
    text = _SPACED_LETTERS.sub(_close_up, text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return Printed(text, flatten(text), heads)


def _joined_scrap(match: re.Match[str]) -> str:
    """A superscript or a full stop sticks to the word before it; other scraps are words."""
    scrap = match.string[match.end() : match.end() + 4].split("\n")[0].strip()
    return "" if scrap in _SUPERSCRIPTS or scrap.startswith(".") else " "


def _close_up(match: re.Match[str]) -> str:
    """ "P R É S E N T S" is one word; known words tell where a run of letters divides."""
    words = re.split(r" {2,}", match[0])
    return " ".join(_divide(word.replace(" ", "")) for word in words)


def _divide(letters: str) -> str:
    if len(letters) < 5:
        return letters
    flat = flatten(letters).upper()
    found, place = [], 0
    while place < len(letters):
        word = next((word for word in _SPACED_VOCABULARY if flat.startswith(word, place)), None)
        if word is None:
            break
        found.append(letters[place : place + len(word)])
        place += len(word)
    if place < len(letters):
        found.append(letters[place:])
    return " ".join(found)


def _without_running_heads(text: str) -> tuple[str, tuple[str, ...]]:
    """Take page numbers and repeated heads and feet out, so that lists run on across pages."""
    lines = text.replace("\f", "\n\f\n").split("\n")
    dropped = _numbered_feet(lines) | _repeated_edges(lines)
    dropped |= {index for index, line in enumerate(lines) if _PAGE_NUMBER.match(line.strip())}
    heads = dict.fromkeys(" ".join(lines[i].split()) for i in sorted(dropped))
    kept = []
    for index, line in enumerate(lines):
        if index not in dropped:
            kept.append("" if line == "\f" else line.rstrip())
    return "\n".join(kept), tuple(head for head in heads if re.search(r"[^\W\d_]{3}", head))


def _numbered_feet(lines: list[str]) -> set[int]:
    """Lines of a foot that ends with the page number: same words before 1, then 2, then 3…"""
    places: dict[str, list[tuple[int, int]]] = {}
    previous = -1
    for index, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or stripped == "\f":
            continue
        if stripped.isdecimal() and len(stripped) <= 3 and previous >= 0:
            key = " ".join(lines[previous].split())
            if len(key) >= 8:
                places.setdefault(key, []).append((index, int(stripped)))
        previous = index
    dropped: set[int] = set()
    for found in places.values():
        numbers = [number for _, number in found]
        steps = sum(b - a == 1 for a, b in pairwise(numbers))
        if len(found) >= 2 and steps >= 0.7 * (len(found) - 1):
            dropped |= _foot_lines(lines, [index for index, _ in found])
    return dropped


def _foot_lines(lines: list[str], numbers: list[int]) -> set[int]:
    dropped = set(numbers)
    for back in range(1, _EDGE_LINES):
        above = {" ".join(lines[index - back].split()) for index in numbers if index >= back}
        if len(above) != 1 or not above.pop():
            break
        dropped |= {index - back for index in numbers}
    return dropped


def _repeated_edges(lines: list[str]) -> set[int]:
    """Heads and feet of pages divided by form feeds; the first printing stays in the text."""
    breaks = [index for index, line in enumerate(lines) if line == "\f"]
    if not breaks:
        return set()
    bounds = [-1, *breaks, len(lines)]
    edges: list[tuple[str, int]] = []
    for start, end in pairwise(bounds):
        filled = [index for index in range(start + 1, end) if lines[index].strip()]
        top, bottom = filled[:_EDGE_LINES], filled[-_EDGE_LINES:]
        for index in dict.fromkeys([*top, *bottom]):
            words = " ".join(lines[index].split())
            if not _NO_RUNNING_HEAD.search(flatten(words)):
                edges.append((re.sub(r"\d+", "#", words.lower()), index))
    counts = Counter(key for key, _ in edges)
    pages = len(bounds) - 1
    repeated = {key for key, count in counts.items() if count >= max(2, 0.5 * pages)}
    lone = {index for key, index in edges if key == "#"}
    seen: set[str] = set()
    dropped = lone
    for key, index in edges:
        if key in repeated and key != "#":
            if key in seen:
                dropped.add(index)
            seen.add(key)
    return dropped
