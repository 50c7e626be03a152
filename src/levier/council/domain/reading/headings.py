"""Headings of attendance: "Étaient présents :", "Absents excusés ayant donné pouvoir :"…

A heading is a run of words that all belong to a small vocabulary, of which one says present,
absent or represented. So no list of ready-made headings is needed, and a misread letter is
forgiven by comparing each word with the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from levier.council.domain.reading.names import SINGLE_CIVILITY
from levier.council.domain.reading.printed import Printed, vocabulary


class Zone(StrEnum):
    """What the names under a heading are."""

    PRESENT = "present"
    ABSENT = "absent"
    PROXY = "proxy"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found at `start`; its names begin at `end`.

    `all_except` marks "tous à l'exception de"; with Zone.OTHERS, all are there, nobody excepted.
    """

    zone: Zone
    start: int
    end: int
    all_except: bool = False
    with_proxies: bool = False


_PRESENT_WORDS = "present presents presente presentes presence presences"
_ABSENT_WORDS = "absent absents absente absentes excuse excuses excusee excusees"
_PROXY_WORDS = """pouvoir pouvoirs procuration procurations mandat mandats represente represents
    representes representee representees mandants"""
_KEY_ZONES = {
    word: zone
    for zone, words in (
        (Zone.PRESENT, _PRESENT_WORDS),
        (Zone.ABSENT, _ABSENT_WORDS),
        (Zone.PROXY, _PROXY_WORDS),
    )
    for word in words.split()
}
_CIVILITIES = vocabulary("mesdames messieurs mme mmes m mm madame monsieur")
_VOCABULARY = (
    vocabulary(
        """etaient etait sont est furent ont avaient ete les le la l des de du d a au aux en et
        ou membre membres conseiller conseillers conseillere conseilleres municipal municipaux
        municipales communautaire communautaires elu elus elue elues delegue delegues deleguee
        deleguees titulaire titulaires suppleant suppleants suppleante suppleantes exercice seance
        reunion cette ce jour non ayant ayants donne donnes avec sans par pour vote ecrit ecrits
        leur leurs ouverture l'ouverture motif etat personnes noms nom prenom prenoms ainsi
        egalement l'appel appel nominatif suivants suivantes conseil valable valables remis un une
        qui dont ci-apres ci-dessous apres adjoints maire assemblee l'assemblee physiquement debut
        quorum"""
    )
    | _CIVILITIES
    | _KEY_ZONES.keys()
)
_FUZZY_WORDS = sorted(word for word in _VOCABULARY if len(word) >= 6)
_LAST_WORDS_DROPPED = _CIVILITIES | {"et", "de", "maire", "l", "d", "a"}
_GENDER = r"\s?[(.·/-]\s?(?:e?s|e|ee|ees)\b\s?[).·]?(?:s\b)?"
_GENDERS = re.compile(_GENDER)
_WORD = re.compile(rf"[a-z1|]+(?:'(?=\s|$)|'[a-z1|]+)?(?:{_GENDER})*")
_BETWEEN_WORDS = re.compile(r"[ \t]*(?:,[ \t]*)?(?:\n[ \t]*)?")
_LINE_START = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[•*+>\-]\s*|\d{1,2}\s?[.)/-]\s*|[ivx]{1,4}\s?[.)/-]\s*)?"
    r"(?=[^\n]{0,80}(?:pr.{1,3}[es].?n|abs|.xcu|pouv|procu|pre?senc|repr.s|mandat))"
)
_INLINE_START = re.compile(
    r"(?<=[.,;:)|\d\w-])\s+(?=(?:etai|sont|membres|abs|exc|pre|pro|pou|rep|non|ont|ava|a[yv]|del"
    r"|les"
    r"|conseill|mand))"
)
_COUNT = re.compile(r"[ \t]*[:=(]?[ \t]*(\d{1,3})\s*(?:\)|(?=[\s:.,;-]|$))\s*(?::\s*)?")
_COLON = re.compile(r"\s*\.?\s*[:;=]\s*-?")
_END_OF_LINE = re.compile(r"[ \t]*[.,]?[ \t]*(?:\n|$)")
_STARTS_NAME = re.compile(r"\s*(?:[-•]\s*)?[A-ZÀ-Ý]")
_STARTS_CIVIL = re.compile(rf"\s*(?:(?:mmes|mm|mesdames|messieurs)\b|{SINGLE_CIVILITY.pattern})")
_MAX_WORDS = 14
_ALL = re.compile(
    r"\b(?:tous|toutes|totalite|ensemble)\b(?:\s+(?:les|des|ses|leurs))?\s+"
    r"(?:membres|conseillers|elus|delegues|conseilleres)\b|\btous\s*,?\s*(?=sauf|a\s+l|hormis"
    r"|except)"
)
_EXCEPT = re.compile(
    r"(?:(?:a\s+)?l[' ]\s?(?:e[xks]?cept\w*)|\bsauf|\bhormis|\bexcept\w+|en\s+dehors)\b"
    r"(?:\s*(?:de\b|des\b|d[' ]|du\b))?"
)
_EXCEPT_INTRODUCTION = re.compile(
    r"\s*(?:(?:les\s+|des\s+|de\s+|ceux\s+|celles\s+)?(?:membres?|conseillers?|conseilleres?"
    r"|elu(?:e?s)?|personnes|delegues?|absent(?:e?s|\(e?s\))?|excuse(?:e?s|\(e?s\))?|municipaux"
    r"|suivant(?:e?s)?|ci-apres|designes|dont les noms suivent|et|ou|qui|ont|ete|etaient|ayant"
    r"|donne|pouvoir|procuration|avec|,)\b\s*)*:?\s*"
)
_ALL_PRESENT = re.compile(
    r"(?:\s+(?:en exercice|municipaux|communautaires|du conseil|etaient|sont|municipal))*"
    r"\s+presents?\b"
)
_ANNOUNCES_ALL = re.compile(r"\bpresents?\s*:\s*$")
_COUNCIL_WORD = re.compile(r"presen|exercice|reuni|conseillers|membres|elus")


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
    for starts, line_start in ((_LINE_START, True), (_INLINE_START, False)):
        for match in starts.finditer(printed.flat):
            heading = _heading_at(printed, match.end(), line_start=line_start)
            if heading:
                yield heading
    for match in _ALL.finditer(printed.flat):
        heading = _all_heading(printed, match)
        if heading:
            yield heading


def _all_heading(printed: Printed, match: re.Match[str]) -> Heading | None:
    """ "Tous les conseillers en exercice à l'exception de…", or all of them without exception."""
    flat = printed.flat
    window = flat[match.end() : match.end() + 160]
    stop = re.search(r"[.\n]\s*\n|[.;]\s", window)
    window = window[: stop.start()] if stop else window
    before = flat[max(0, match.start() - 60) : match.start()]
    exception = _EXCEPT.search(window)
    if exception is None:
        if not (_ANNOUNCES_ALL.search(before) or _ALL_PRESENT.match(window)):
            return None
        return Heading(Zone.OTHERS, match.start(), match.end() + len(window), all_except=True)
    around = before[before.rfind("\n\n") + 1 :] + match[0] + window
    if not _COUNCIL_WORD.search(around):
        return None
    end = match.end() + exception.end()
    introduction = _EXCEPT_INTRODUCTION.match(flat, end)
    return Heading(
        Zone.ABSENT, match.start(), introduction.end() if introduction else end, all_except=True
    )


@lru_cache(maxsize=4096)
def canonical(word: str, *, fuzzy: bool) -> str | None:
    """The vocabulary word meant, or None; letters misread by a scanner are forgiven.

    >>> canonical("etalent", fuzzy=True), canonical("present(e)s", fuzzy=False)
    ('etaient', 'present')
    """
    bare = _GENDERS.sub("", word).strip("'")
    if bare in _VOCABULARY:
        return bare
    if not fuzzy or len(bare) < 6:
        return None
    close = get_close_matches(bare, _FUZZY_WORDS, n=1, cutoff=0.84)
    return close[0] if close else None


def _heading_at(printed: Printed, start: int, *, line_start: bool) -> Heading | None:
    before = printed.text[start - 2 : start - 1] if not line_start else ""
    after_sign = not (
        before.isalpha() or before == "-"
    )  # else a capital and a colon must show the heading
    if (line_start or not after_sign) and not printed.text[start : start + 1].isupper():
        return None
    words, end = _vocabulary_run(printed, start, fuzzy=line_start)
    zones = [_KEY_ZONES[word] for word in words if word in _KEY_ZONES]
    if not zones:
        return None
    zone = Zone.ABSENT if Zone.ABSENT in zones else zones[0]
    heading = Heading(zone, start, end, with_proxies=Zone.PROXY in zones)
    ended = _ended(printed, heading, line_start, len(words))
    if ended and not after_sign and ":" not in printed.flat[heading.end : ended.end]:
        return None
    return ended


def _vocabulary_run(printed: Printed, start: int, *, fuzzy: bool) -> tuple[list[str], int]:
    """The words of the vocabulary from `start` on, and where they end."""
    flat, text = printed.flat, printed.text
    words: list[str] = []
    ends = [start]
    while len(words) < _MAX_WORDS:
        gap = _BETWEEN_WORDS.match(flat, ends[-1]) if words else None
        begin = gap.end() if gap else ends[-1]
        new_line = "\n" in flat[ends[-1] : begin]
        match = _WORD.match(flat, begin)
        if not match or (new_line and text[begin].isupper()):
            break
        word = canonical(match[0], fuzzy=fuzzy)
        if word is None or (len(word) == 1 and flat.startswith(".", match.end())):
            break
        words.append(word)
        ends.append(match.end())
    while words and words[-1] in _LAST_WORDS_DROPPED:
        words.pop()
        ends.pop()
    return words, ends[-1]


def _ended(printed: Printed, heading: Heading, line_start: bool, length: int) -> Heading | None:
    """The heading with its count and colon consumed; None when what follows makes it prose."""
    flat, text = printed.flat, printed.text
    end = heading.end
    counted = _COUNT.match(flat, end)
    colon = _COLON.match(flat, counted.end() if counted else end)
    if counted or colon:
        end = colon.end() if colon else counted.end() if counted else end
        again = _COUNT.match(flat, end) if colon else None
        return replace(heading, end=again.end() if again else end)
    if line_start and _END_OF_LINE.match(flat, end):
        return heading
    bare = flat[heading.start : heading.end]
    strong = length >= 2 or "(" in bare or text[heading.start : heading.end].isupper()
    named = _STARTS_CIVIL.match(flat, end) or _STARTS_NAME.match(text, end)
    return heading if strong and named and (line_start or "(" in bare) else None
