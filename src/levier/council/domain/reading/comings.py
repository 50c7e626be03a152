"""Comings and goings: an arrival or a departure as printed, with its hour or its matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from levier.council.domain.reading.moments import hour_at
from levier.council.domain.record import MovementEvent

_PAST = r"(?:e|ee|es|ees|e\(e\)|e\(s\)|e\(es\))?"
_COMES = (
    rf"(?:arriv(?:ent|ant|{_PAST})|rejoi(?:nt|gnent)|entr(?:{_PAST}|e)|presente?s?|participe"
    r"|pren(?:d|ant)\s+part)"
)
_GOES = (
    rf"(?:(?:re)?part(?:i|ie|is|ies|ent|ant)?|quitt(?:ent|ant|{_PAST})|sort(?:i|ie|ent|ant)?"
    rf"|depart|s'absente|se\s+retir\w+|retir{_PAST})"
)
_ROOM = r"(?:\s+(?:la\s+|de\s+la\s+|en\s+|le\s+)?(?:seance|salle|conseil|reunion))?"
_EVENT = re.compile(rf"\b(?:(?P<comes>{_COMES})|(?P<goes>{_GOES}))\b{_ROOM}")
_AT = re.compile(
    r"\s*,?\s*(?:en\s+(?:cours\s+de\s+)?seance\s+)?(?:a|vers|des|depuis)\s+(?:partir\s+de\s+)?"
)
ITEM = re.compile(
    r"\b(?:points?|questions?|deliberations?|items?|affaires?|sujets?|dossiers?|rapports?|numeros?)"
    r"\s*(?:n\s?[°o]s?\s?|numero\s+|nos?\s+)?(?P<number>\d{1,3})\b(?![-/]\d)"
    r"|\b(?P<ordinal>\d{1,3})\s?(?:er|eme|e|nd)\s+(?:point|question|sujet|dossier|deliberation)"
)
_FROM = re.compile(r"\ba\s+(?:partir|compter)\s+d")
_UNTIL = re.compile(r"\bjusqu'?\s?a|\bapres\b|\bfin\s+d[eu]\b")
_LONGEST_LINK = 60
_CIVIL = r"(?:monsieur|madame|mme|mlle|mr?)\b"
# "Arrivée de M. X", "Mme Y quitte la séance": a line that tells a movement and nothing else.
MOVES = re.compile(
    rf"(?:^|\n|:)[ \t]*(?:[-•*]\s*)?(?:(?P<event>arrivee|depart|sortie|retour)\s+(?:de\s+|d')\s*"
    rf"(?P<name>{_CIVIL}[^\n]{{3,80}})"
    rf"|(?P<subject>{_CIVIL}\.?[^\n.,]{{3,50}}?),?\s+(?:est\s+|a\s+)?"
    r"(?P<verb>arrivee?|rejoint|quitte|entree?|sort|partie?|absentee?)"
    r"(?=\s+(?:(?:de\s+|en\s+|dans\s+)?(?:la\s+|le\s+|l')?"
    r"(?:seance|salle|conseil|assemblee|reunion)"
    r"|a\s+\d|a\s+partir|au\s+(?:point|cours)|lors|apres|avant)))"
)


@dataclass(frozen=True, slots=True)
class PrintedMovement:
    """An arrival or a departure as printed beside a name."""

    event: MovementEvent
    at: time | None
    before_item: int | None


def read_movement(flat: str) -> PrintedMovement | None:
    """The movement that a comment tells, when it gives an hour or a matter.

    >>> read_movement("arrivee a 20 h 45").at
    datetime.time(20, 45)
    >>> read_movement("jusqu'a la question n° 4").before_item
    5
    """
    for match in _EVENT.finditer(flat):
        event = MovementEvent.LEAVES if match["goes"] else MovementEvent.ARRIVES
        at = _AT.match(flat, match.end())
        hour = hour_at(flat, at.end()) if at else None
        number = _item_after(flat, match.end(), 200 if hour else _LONGEST_LINK)
        if hour or number:
            return PrintedMovement(event, hour, number)
    if start := _FROM.search(flat):
        number = _item_after(flat, start.end(), _LONGEST_LINK)
        return PrintedMovement(MovementEvent.ARRIVES, None, number) if number else None
    if stop := _UNTIL.search(flat):
        number = _item_after(flat, stop.start(), _LONGEST_LINK)
        return PrintedMovement(MovementEvent.LEAVES, None, number) if number else None
    return None


def _item_after(flat: str, start: int, longest: int) -> int | None:
    """The matter before which it took place: "après le point 4" and "jusqu'au 4" mean 5."""
    item = ITEM.search(flat, start, min(len(flat), start + longest))
    if item is None or re.search(r"[.;\n(]", flat[start : item.start()]):
        return None
    number = int(item["number"] or item["ordinal"])
    return number + 1 if _UNTIL.search(flat, start, item.start()) else number
