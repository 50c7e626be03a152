"""Votes as acts report them: counts, unanimity, outcome, way of voting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from levier.council.domain.reading.numbers import NUMBER, read_number
from levier.council.domain.record import Outcome, Vote, VoteMode

_VOICES = r"(?:voix|votes?|suffrages?)"
_COUNTS = re.compile(
    rf"(?<![\w/°])(?P<n1>{NUMBER})\s*(?:{_VOICES}\s*)?(?:\(?(?P<k1>pour|contre|favorables?"
    r"|defavorables?)\)?\b|(?P<k1b>abstentions?|abstenus?|blancs?|nuls?)\b)"
    r"|\b(?P<k2>pour|contre|abstentions?|s'abstien(?:t|nent)|blancs?(?:\s+et\s+nuls)?"
    rf"|nuls?)\s*(?:\(s\))?\s*(?:[:=(.]+|-(?=\s*\d))\s*(?P<n2>\d{{1,4}})\b(?!\s*(?:€|%|h\b"
    rf"|/\s*\d{{1,2}}/|\s*(?:euros|ans)))"
    rf"|\bpour\b[^\n:]{{2,60}}:\s*(?P<n4>\d{{1,4}})\s+{_VOICES}"
    rf"|\b(?P<k3>pour|contre|abstentions?)\s+(?P<n3>\d{{1,3}})\b(?=\s*(?:,|;|-|/|\n|\.|$|contre"
    r"|abst|pour|voix))"
)
_NONE_OF = re.compile(
    r"\b(?:sans|aucune?|pas\s+d[e']|ni)\s*(?:voix\s+)?(?P<kind>contre|abstentions?|opposition)\b"
    r"|\b(?P<kind2>contre|abstentions?)\s*:\s*(?:neant|aucune?|/)"
)
_UNANIMITY = re.compile(
    r"\b(?:a\s+l[' ]\s?|l[' ])?unanim(?:ite|ement|es?)\b(?!\s+moins)|\bunanim\.\b"
)
_ADOPTED = re.compile(
    r"\b(?:adopte\w*|adoption|approuve\w*|accepte\w*|valide\w*|accord(?:e)?\s+(?:a\s+l'unanimite"
    r"|du\s+conseil)|vote\s+favorable|avis\s+favorable|emet\s+un\s+avis\s+favorable|adjuge"
    r"|elue?s?)\b"
)
_REJECTED = re.compile(
    r"\b(?:rejete\w*|refuse\w*|repousse\w*|n'est\s+pas\s+adopte\w*|non\s+adopte\w*|rejet"
    r"|avis\s+defavorable|non\s+retenue?s?)\b"
)
_POSTPONED = re.compile(
    r"\b(?:ajourne\w*|reporte\w*\s+(?:a\s+(?:une|la|un)|au)|(?:est|a\s+ete"
    r"|sont)\s+(?:donc\s+)?reporte\w*|(?:point|question|deliberation)\s+(?:reporte\w*|retire\w*)"
    r"|retire\w*\s+de\s+l'ordre\s+du\s+jour|sursis)\b"
)
_MAJORITY = re.compile(
    r"\ba\s+la\s+majorite\b|\bmajorite\s+(?:absolue|des\s+(?:voix|suffrages|membres))\b"
)
_SECRET = re.compile(
    r"\b(?:scrutin|vote|bulletins?)\s+(?:a\s+bulletins?\s+)?secrets?\b|\bbulletins?\s+secrets?\b"
)
_NOT_SECRET = re.compile(
    r"(?:ne\s+pas|sans|renonc\w+|pas\s+(?:procede|recours)\w*|possibilite\s+de\s+ne)[^.;]{0,80}$"
)
_ROLL_CALL = re.compile(
    r"\b(?:appel\s+nominal|vote\s+nominatif|scrutin\s+public\s+nominal|appel\s+nominatif)\b"
)
_SHOW_OF_HANDS = re.compile(
    r"\b(?:main\s+levee|mains\s+levees|scrutin\s+public|vote\s+public|scrutin\s+ordinaire)\b"
)
_KINDS = {"pour": "for", "favorable": "for", "contre": "against", "defavorable": "against"}
_STATEMENT = re.compile(
    r"\bunanimi|\bunanimement|(?:^|\n)[ \t]*(?:pour|contre)\s*:|\badopt|\bvotes?\b|\bvoix\b"
    r"|\babstention|\ba\s+la\s+majorite|\brejet|\bajourn|\breport|\bapprouve|\bvalid"
)
_COUNT_LINE = re.compile(
    r"\s*\n?[ \t]*(?:[-•*][ \t]*\n?[ \t]*)?"
    r"(?:(?:ont\s+vote\s+)?(?:pour|contre|abstention\w*|nombre\s+de\s+voix|votants?|exprimes?"
    r"|blancs?"
    r"|ne\s+prend)[^\n]{0,60}"
    r"|\d{1,3}\s+(?:voix\s+)?(?:pour|contre|abstention)[^\n]{0,60}"
    r"|[^\n:]{3,40}:\s*\d{1,3}\s+(?:votes?|voix)\b[^\n]{0,30})(?=\n|$)"
)
_MOST_COUNT_LINES = 12
_MOST_VOTES = 500
_REPORT = re.compile(
    r"^\W*(?:adopt|approuvee?\b|acceptee?\b|validee?\b|accord\b|vote\w*\b|resultat|unanim"
    r"|a\s+l.?\s?unanim|pour\s*[:=]|contre\s*[:=]|abst\w*\s*[:=]"
    r"|\d+\s*(?:voix|pour|contre|abst|votes)|par\s+\d+|rejet|ajourn|report|refus"
    r"|a\s+la\s+majorite|le\s+conseil|les\s+(?:membres|conseillers|elus)"
    r"|l'assemblee|apres\s+(?:en\s+)?(?:avoir\s+)?delib|(?:la|cette|ladite)\s+(?:proposition"
    r"|deliberation|motion|convention|decision)\b"
    r"|mise?\s+aux?\s+v|decision|le\s+(?:compte|proces|pv|present|budget|point|projet)\b)"
)
_CITES = re.compile(r"^\W*(?:vus?|considerant|attendu)\b|^\W*d(?:e\s|')[a-z]+er\b")


@dataclass(frozen=True, slots=True)
class VoteStatement:
    """A passage that reports a vote; `strong` when the passage is there for nothing else."""

    start: int
    end: int
    vote: Vote
    strong: bool


def find_votes(flat: str, start: int, end: int) -> list[VoteStatement]:
    """Reports of a vote between two places, in order (the first five hundred)."""
    statements = (_statement(flat, *passage) for passage in _passages(flat, start, end))
    return list(islice((found for found in statements if found), _MOST_VOTES))


def _passages(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences that hold a word of voting; counts printed one a line are kept together."""
    place = start
    for match in _STATEMENT.finditer(flat, start, end):
        if match.start() < place:
            continue
        first = max(flat.rfind("\n", start, match.end()) + 1, place, start)
        last = _passage_end(flat, match.end(), end)
        place = last
        yield first, last


def _passage_end(flat: str, place: int, end: int) -> int:
    """End of the line, and of the lines of counts that go on with it."""
    last = flat.find("\n", place, end)
    last = end if last < 0 else last
    for _ in range(_MOST_COUNT_LINES):
        match = _COUNT_LINE.match(flat, last, end)
        if not match or match.end() == last:
            break
        last = match.end()
    return last


def _statement(flat: str, start: int, end: int) -> VoteStatement | None:
    passage = flat[start:end]
    if _CITES.match(passage):
        return None
    counts = _counts(passage)
    unanimous = bool(_UNANIMITY.search(passage))
    outcome = _outcome(passage, counts, unanimous)
    majority = bool(_MAJORITY.search(passage))
    if not counts and not unanimous and not majority and outcome is None:
        return None
    if not counts and not unanimous and not majority and not _REPORT.match(passage):
        return None
    if outcome is None and majority:
        outcome = Outcome.ADOPTED
    if unanimous and counts.get("against", 0) == 0 and counts.get("abstentions", 0) == 0:
        said: bool | None = True
    elif "for" in counts and counts.get("against") == 0 and counts.get("abstentions") == 0:
        said = True
    elif counts.get("against", 0) or counts.get("abstentions", 0) or majority:
        said = False
    else:
        said = True if unanimous else None
    vote = Vote(
        outcome=outcome,
        unanimous=said,
        in_favour=counts.get("for"),
        against=counts.get("against"),
        abstentions=counts.get("abstentions"),
        blank=counts.get("blank"),
        mode=vote_mode(passage),
    )
    return VoteStatement(start, end, vote, _is_report(passage, counts))


def _is_report(passage: str, counts: dict[str, int]) -> bool:
    """A passage that is there to report the vote, not one that mentions another."""
    return len(counts) >= 2 or bool(_REPORT.match(passage))


def _counts(passage: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for match in _COUNTS.finditer(passage):
        word = match["k1"] or match["k1b"] or match["k2"] or match["k3"] or "pour"
        number = read_number(match["n1"] or match["n2"] or match["n3"] or match["n4"])
        if number is None or number > 400:
            continue
        counts.setdefault(_kind(word), number)
    for match in _NONE_OF.finditer(passage):
        word = match["kind"] or match["kind2"]
        if counts or match["kind2"]:
            counts.setdefault("against" if word == "opposition" else _kind(word), 0)
    return counts


def _kind(word: str) -> str:
    for stem, kind in _KINDS.items():
        if word.startswith(stem):
            return kind
    return "blank" if word.startswith(("blanc", "nul")) else "abstentions"


def _outcome(passage: str, counts: dict[str, int], unanimous: bool) -> Outcome | None:
    for_, against = counts.get("for"), counts.get("against")
    if for_ is not None and against is not None and for_ != against:
        return Outcome.ADOPTED if for_ > against else Outcome.REJECTED
    if _REJECTED.search(passage):
        return Outcome.REJECTED
    if _POSTPONED.search(passage):
        return Outcome.POSTPONED
    if _ADOPTED.search(passage) or unanimous:
        return Outcome.ADOPTED
    return None


def vote_mode(flat: str) -> VoteMode | None:
    """How the council voted, when the passage says so."""
    for match in _SECRET.finditer(flat):
        if not _NOT_SECRET.search(flat[: match.start()]):
            return VoteMode.SECRET
    if _ROLL_CALL.search(flat):
        return VoteMode.ROLL_CALL
    return VoteMode.PUBLIC if _SHOW_OF_HANDS.search(flat) else None
