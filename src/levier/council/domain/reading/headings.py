"""Headings of attendance: "Étaient présents :", "Absents excusés ayant donné pouvoir :"…

A heading is a run of words that all belong to a small vocabulary, of which one says present,
absent or represented. So no list of ready-made headings is needed, and a misread letter is
forgiven by comparing each word with the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from levier.council.domain.reading.names import SINGLE_CIVILITY
from levier.council.domain.reading.printed import Printed


class Zone(StrEnum):
    """What the names under a heading are."""

    PRESENT = "present"
    ABSENT = "absent"
    PROXY = "proxy"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found at `start`; its names begin at `end`."""

    zone: Zone
    start: int
    end: int
    all_except: bool = False  # "tous à l'exception de"; with Zone.OTHERS: all, nobody excepted
    with_proxies: bool = False
    count: int | None = None


_KEY_ZONES = {
    "present": Zone.PRESENT, "presents": Zone.PRESENT, "presente": Zone.PRESENT,
    "presentes": Zone.PRESENT, "presence": Zone.PRESENT, "presences": Zone.PRESENT,
    "absent": Zone.ABSENT, "absents": Zone.ABSENT, "absente": Zone.ABSENT, "absentes": Zone.ABSENT,
    "excuse": Zone.ABSENT, "excuses": Zone.ABSENT, "excusee": Zone.ABSENT, "excusees": Zone.ABSENT,
    "pouvoir": Zone.PROXY, "pouvoirs": Zone.PROXY, "procuration": Zone.PROXY,
    "procurations": Zone.PROXY, "mandat": Zone.PROXY, "mandats": Zone.PROXY,
    "represente": Zone.PROXY, "represents": Zone.PROXY, "representes": Zone.PROXY,
    "representee": Zone.PROXY, "representees": Zone.PROXY, "mandants": Zone.PROXY,
}  # fmt: skip
_PLAIN_WORDS = (
    frozenset(
        ["etaient", "etait", "sont", "est", "furent", "ont", "avaient", "ete", "les", "le", "la", "l", "l'", "des", "de", "du", "d", "d'", "a", "au", "aux", "en", "et", "ou", "y", "membre", "membres", "conseiller", "conseillers", "conseillere", "conseilleres", "municipal", "municipaux", "municipales", "communautaire", "communautaires", "elu", "elus", "elue", "elues", "delegue", "delegues", "deleguee", "deleguees", "titulaire", "titulaires", "suppleant", "suppleants", "suppleante", "suppleantes", "exercice", "seance", "reunion", "cette", "ce", "jour", "non", "ayant", "donne", "donnes", "avec", "sans", "par", "pour", "vote", "de", "ecrit", "ecrits", "leur", "leurs", "ouverture", "l'ouverture", "motif", "excuse", "mesdames", "messieurs", "mmes", "mm", "madame", "monsieur", "mme", "m", "etat", "personnes", "noms", "nom", "prenom", "prenoms", "ainsi", "egalement", "tous", "appel", "l'appel", "nominatif", "suivants", "suivantes", "conseil", "valable", "valables", "procuration", "remis", "un", "une", "qui", "ayants", "dont", "ci-apres", "ci-dessous", "apres", "adjoints", "maire", "assemblee", "l'assemblee", "physiquement", "debut", "quorum", "e", "s", "es"]
    )
    | _KEY_ZONES.keys()
)
_FUZZY = sorted(word for word in _PLAIN_WORDS if len(word) >= 6)
_WORD = re.compile(
    r"[a-z1|]+(?:'(?=\s|$)|'[a-z1|]+)?(?:\s?[(.·/-]\s?(?:e?s|e|es|ee|ees)\b\s?[).·]?(?:s\b)?)*"
)
_MARKS = re.compile(r"\s?[(.·/-]\s?(?:e?s|e|es|ee|ees)\b\s?[).·]?s?")
_LINE_START = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[•*+>\-o]\s*|\d{1,2}\s?[.)/-]\s*|[ivx]{1,4}\s?[.)/-]\s*)?"
)
_INLINE_START = re.compile(
    r"(?<=[.,;:)\d])\s+(?=(?:etai|sont|membres|abs|exc|pre|pro|pou|rep|non|ont|ava|a[yv]|del|les|conseill|mand))"
)
_COUNT = re.compile(r"\s*[:=(]?\s*(\d{1,3})\s*(?:\)|(?=[\s:.,;-]|$))")
_COLON = re.compile(r"\s*[:;=](?!\s*\d+\s*(?:/|h\d))|\s*\.?\s*:\s*-?")
_END_OF_LINE = re.compile(r"[ \t]*[.,]?[ \t]*(?:\n|$)")
_NAME_START = re.compile(r"\s*(?:[-•]\s*)?(?=[A-ZÀ-Ý][\w'’.-]*)")
_MAX_WORDS = 14
_ALL = re.compile(
    r"\b(?:tous|toutes|totalite|ensemble)\b(?:\s+(?:les|des|ses|leurs))?\s+"
    r"(?:membres|conseillers|elus|delegues|conseilleres)\b"
)
_EXCEPT = re.compile(
    r"(?:(?:a\s+)?l[' ]\s?(?:e[xks]?cept\w*)|\bsauf|\bhormis|\bexcept\w+|en\s+dehors)\b"
    r"(?:\s*(?:de\b|des\b|d[' ]|du\b))?"
)
_EXCEPT_INTRODUCTION = re.compile(
    r"\s*(?:(?:les\s+|des\s+|de\s+|ceux\s+|celles\s+)?(?:membres?|conseillers?|conseilleres?|elu(?:e?s)?|personnes|delegues?"
    r"|absent(?:e?s|\(e?s\))?|excuse(?:e?s|\(e?s\))?|municipaux|suivant(?:e?s)?|ci-apres|designes|dont les noms suivent|et|ou|qui|ont|ete|etaient"
    r"|ayant|donne|pouvoir|procuration|avec|,)\s*)*(?::|suivant(?:e?s)?\s*:?)?\s*"
)


def find_headings(printed: Printed) -> list[Heading]:
    """All attendance headings, in order, each beginning where the one before has ended."""
    found = sorted(_candidates(printed), key=lambda heading: (heading.start, -heading.end))
    kept: list[Heading] = []
    for heading in found:
        if not kept or heading.start >= kept[-1].end:
            kept.append(heading)
        elif heading.all_except and not kept[-1].all_except:
            kept[-1] = heading
    return kept


def _candidates(printed: Printed) -> Iterator[Heading]:
    flat = printed.flat
    for match in _LINE_START.finditer(flat):
        heading = _heading_at(printed, match.end(), line_start=True)
        if heading:
            yield heading
    for match in _INLINE_START.finditer(flat):
        heading = _heading_at(printed, match.end(), line_start=False)
        if heading:
            yield heading
    for match in _ALL.finditer(flat):
        heading = _all_heading(printed, match)
        if heading:
            yield heading


def _all_heading(printed: Printed, match: re.Match[str]) -> Heading | None:
    """ "Tous les conseillers en exercice à l'exception de…", or all of them without exception."""
    flat = printed.flat
    window = flat[match.end() : match.end() + 160]
    stop = re.search(r"[.\n]\s*\n|[.;]\s", window)
    window = window[: stop.start()] if stop else window
    exception = _EXCEPT.search(window)
    before = flat[max(0, match.start() - 60) : match.start()]
    around = before[before.rfind("\n\n") + 1 :] + flat[match.start() : match.end()] + window
    if exception:
        if not re.search(r"presen|exercice|reuni|conseillers|membres", around):
            return None
        end = match.end() + exception.end()
        introduction = _EXCEPT_INTRODUCTION.match(flat, end)
        end = introduction.end() if introduction else end
        return Heading(Zone.ABSENT, match.start(), end, all_except=True)
    if re.search(r"\bpresents?\s*:\s*$", before) or re.match(
        r"(?:\s+(?:en exercice|municipaux|communautaires|du conseil|etaient|sont|municipal))*\s+presents?\b",
        window,
    ):
        return Heading(Zone.OTHERS, match.start(), match.end() + len(window), all_except=True)
    return None


def canonical(word: str, *, fuzzy: bool = True) -> str | None:
    """The vocabulary word meant, or None; letters misread by a scanner are forgiven."""
    bare = _MARKS.sub("", word).strip("'")
    if bare in _PLAIN_WORDS:
        return bare
    if not fuzzy or len(bare) < 6:
        return None
    close = get_close_matches(bare, _FUZZY, n=1, cutoff=0.84)
    return close[0] if close else None


def _heading_at(printed: Printed, start: int, *, line_start: bool) -> Heading | None:
    flat, text = printed.flat, printed.text
    words: list[str] = []
    place = start
    ends = [start]
    while len(words) < _MAX_WORDS:
        gap = (
            re.compile(r"[ \t]*(?:,[ \t]*|\n[ \t]*(?=[a-z(]))?").match(flat, place)
            if words
            else None
        )
        begin = gap.end() if gap else place
        if words and "\n" in flat[place:begin] and (text[begin].isupper() or not words):
            break
        match = _WORD.match(flat, begin)
        if not match:
            break
        word = canonical(match[0], fuzzy=line_start)
        if word is None:
            break
        words.append(word)
        place = match.end()
        ends.append(place)
    while words and words[-1] in (
        "mesdames",
        "messieurs",
        "mme",
        "mmes",
        "m",
        "mm",
        "madame",
        "monsieur",
        "et",
        "de",
        "maire",
    ):
        words.pop()
        ends.pop()
    place = ends[-1]
    keys = [word for word in words if word in _KEY_ZONES]
    if not keys or not (text[start].isupper() or not line_start):
        return None
    zone = _zone_of(keys, words)
    return _ended(
        printed, Heading(zone, start, place, with_proxies=_says_proxy(keys)), line_start, len(words)
    )


def _zone_of(keys: list[str], words: list[str]) -> Zone:
    zones = [_KEY_ZONES[key] for key in keys]
    if Zone.ABSENT in zones:
        return Zone.ABSENT
    if Zone.PRESENT in zones and zones[0] is Zone.PRESENT:
        return Zone.PRESENT
    return zones[0]


def _says_proxy(keys: list[str]) -> bool:
    return any(_KEY_ZONES[key] is Zone.PROXY for key in keys)


def _ended(printed: Printed, heading: Heading, line_start: bool, length: int) -> Heading | None:
    """The heading with its count and colon consumed; None when what follows makes it prose."""
    flat, text = printed.flat, printed.text
    end, count = heading.end, None
    counted = _COUNT.match(flat, end)
    if counted:
        end, count = counted.end(), int(counted[1])
    colon = _COLON.match(flat, end)
    if colon and not counted:
        end = colon.end()
        counted = _COUNT.match(flat, end)
        if counted and not re.match(r"\s*[a-z]", flat[counted.end() : counted.end() + 3]):
            after = re.match(r"\s*[:.\n-]?\s*", flat[counted.end() :])
            end, count = (
                counted.end() + (after.end() if after and ":" in after[0] else 0),
                int(counted[1]),
            )
        elif counted:
            end, count = counted.end(), int(counted[1])
    elif colon:
        end = colon.end()
    elif not (_END_OF_LINE.match(flat, end) and line_start):
        bare = flat[heading.start : heading.end]
        printed_strongly = (
            length >= 2 or "(" in bare or text[heading.start : heading.end].isupper() or counted
        )
        starts_name = _NAME_START.match(text, end)
        civility = re.compile(r"\s*(?:mmes|mm|mesdames|messieurs)\b").match(flat, end)
        civility = civility or re.compile(rf"\s*{SINGLE_CIVILITY.pattern}").match(flat, end)
        if not (printed_strongly and (line_start or "(" in bare) and (civility or starts_name)):
            return None
    return Heading(heading.zone, heading.start, end, False, heading.with_proxies, count)
