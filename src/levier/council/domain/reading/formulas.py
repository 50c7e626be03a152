"""The formulas of attendance: who gives a procuration to whom, who comes in or goes out, when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from levier.council.domain.reading.moments import HOUR, hour_of
from levier.council.domain.reading.numbers import NUMBER, read_number
from levier.council.domain.record import MovementEvent

_E = r"(?:e|ee|es|ees|e\(e\)|e\(s\)|e\(es\)|e\(e\)s|e·e|e\.e)"
_POWER = r"(?:pouvoirs?|procurations?|mandats?|procuration et pouvoir|procur\b|proc\b|pouv\b|pvr\b|delegation de vote)"
_ARROW = r"(?:->|=>|→|⇒|➔|➜|>|:)"
# "donne procuration à", "ayant donné pouvoir à", "pouvoir donné à", "procuration à", "pouvoir : "
GIVES = re.compile(
    rf"(?:\bqui\s+|\bet\s+|\bavec\s+|\blequel\s+|\blaquelle\s+)?(?:\b(?:a|ont|avait|avaient|ayants?|ayant)\s+)?"
    rf"(?:\b(?:donn(?:{_E}|ent|ant|e)?|remis|confie|laisse|transmis|accorde|fait)\s+)?"
    rf"(?:\b(?:son|sa|un|une|leurs?|le|la|l'|bon)\s+)?\b{_POWER}\.?"
    rf"(?:\s+(?:ecrite?s?|de\s+vote(?:r)?(?:\s+en\s+(?:son|leur)\s+nom)?|donn{_E}|etablie?s?|respectivement|au\s+nom))*"
    rf"(?:\s*{_ARROW}\s*(?:a\s+)?|\s*(?:,\s*)?\b(?:a|aux?|pour|par)\s+(?=\S)|\s+(?=(?:mme|monsieur|madame|mlle|mr?)\b))"
    rf"|(?:\b(?:est|sont|etait|etaient)\s+)?\brepresent{_E}?\s*(?:\(e?s?\))?\s*(?:par|{_ARROW})\s*"
    rf"|\bdonn(?:{_E}|ent|ant)\s+a\s+|\bmandataire\s*:\s*"
)
# "(pouvoir Jean DUPONT)"
POWER_THEN_NAME = re.compile(rf"^{_POWER}\.?\s+(?=[a-z])")
# "a reçu pouvoir de", "(pouvoir de …)", "mandataire de", "porteur d'un pouvoir de"
RECEIVES = re.compile(
    rf"(?:\b(?:a|ayant|avec|qui a|detient|porteuse?\s+d[eu']?|titulaire\s+d[eu']?)\s+)?(?:recu\s+)?"
    rf"(?:(?:le|la|un|une|d'un|d'une|du)\s+)?\b{_POWER}\.?\s+(?:de\s+vote\s+)?(?:de\b|d')\s*(?=\S)(?!vote)"
    rf"|\b(?:mandataire|representante?)\s+(?:de\b|d')\s*|\brepresentant\s+(?=(?:mme|monsieur|madame|m\b))"
)
NO_POWER = re.compile(
    rf"\b(?:sans|pas\s+de|aucun|n'a\s+pas|n'ayant\s+pas)\b[^()]{{0,30}}{_POWER}[^()]*"
)
PLURAL_GIVERS = re.compile(r"\b(?:donnent|ont\s+donne|ayants?\s+donne|avaient\s+donne)\b")
BARE_TO = re.compile(r"\s+(?:a|par)\s+|\s*(?:->|=>|→|⇒|➔|➜|>)\s*(?:a\s+)?")
BARE_COLON = re.compile(r"\s*:\s*(?:a\s+)?")
THE_CHAIR = re.compile(
    r"(?:(?:monsieur|madame|m|mme|mr)\.?\s+)?(?:le|la)\s+(?:maire|president|presidente|mairesse)(?![a-z])"
    r"|(?:monsieur|madame|m|mme|mr)\.?\s+(?:maire|president|presidente)(?![a-z])"
)
MARK = re.compile(
    r"\(\s*(?:(?:pr|pouv|proc|p|procuration|pouvoir)\.?\s*(?P<mark>\*+|\d{1,2}|[a-h])|(?P<stars>\*+)|(?P<note>\d{1,2}))\s*\)"
    r"|(?P<bare>\*+)(?=\s*$)"
)
SUBSTITUTE = re.compile(
    r"\b(?:supple{1,2}ante?s?\s+(?:de\b|d')|supple{1,2}e?e?\s+par|remplac\w+|en\s+remplacement)[^()]*"
)
STATUS_ABSENT = re.compile(
    r"^\s*(?:est\s+)?(?:absente?|excusee?|absente?\s+excusee?|non\s+excusee?)\b"
)

_ITEM = (
    rf"(?:(?:l'examen\s+|vote\s+|debat\s+|debut\s+)?(?:d[eu]s?\s+|de\s+la\s+|de\s+l'|l'|la\s+|le\s+|les\s+|du\s+)?"
    rf"(?:points?|questions?|deliberations?|items?|affaires?|sujets?|dossiers?|rapports?|numeros?)\s*(?:(?:n\s?[°o]\s?|numero\s+|nos?\s+))?"
    rf"(?P<item>{NUMBER})|(?:au|du|lors du|le)\s+(?P<ordinal>\d{{1,3}})\s?(?:er|e|eme|nd)\s+(?:point|sujet|dossier))"
)
_AT = rf"(?:\s*,?\s*(?:en\s+(?:cours\s+de\s+)?seance\s+)?(?:a|vers|des|depuis)\s+(?:partir\s+de\s+)?{HOUR})"
_FROM_ITEM = rf"(?:[^.;()\n]{{0,40}}?\b{_ITEM})"
_ARRIVES = rf"(?:arriv(?:{_E}|ent|ant|e)?|rejoint|rejoignent|entr(?:{_E}|e)|presente?s?|participe|prend\s+part|prenant\s+part)"
_LEAVES = rf"(?:(?:re)?part(?:i|ie|is|ies|ent|ant|i\(e\))?|quitt(?:{_E}|e|ent|ant)?|sort(?:i|ie|ent|ant)?|depart|s'absente|se\s+retir\w+|retir{_E})"
MOVEMENT = re.compile(
    rf"\b(?P<event>{_ARRIVES}|{_LEAVES})\b(?:\s+(?:la\s+|de\s+la\s+|en\s+|le\s+)?(?:seance|salle|conseil|reunion))?"
    rf"(?:(?P<timed>{_AT})|(?P<placed>{_FROM_ITEM}))"
    rf"|\b(?P<from>a\s+(?:partir|compter)\s+(?:de\s+)?(?:la\s+|du\s+|l[ea]\s+)?)(?:{_ITEM.replace('item>', 'item2>').replace('ordinal>', 'ordinal2>')})"
    rf"|\b(?P<until>jusqu'?\s?(?:a\s+la\s+|au\s+|a\s+l'|a\s+)(?:fin\s+d[eu]\s+(?:la\s+)?)?)(?:{_ITEM.replace('item>', 'item3>').replace('ordinal>', 'ordinal3>')})"
)
_LEAVING = re.compile(_LEAVES)


@dataclass(frozen=True, slots=True)
class PrintedMovement:
    """An arrival or a departure as printed beside a name."""

    event: MovementEvent
    at: time | None
    before_item: int | None


def read_movement(flat: str) -> PrintedMovement | None:
    """The movement that a comment tells, when it gives an hour or an item."""
    match = MOVEMENT.search(flat)
    if not match:
        return None
    if match["event"]:
        event = (
            MovementEvent.LEAVES if _LEAVING.fullmatch(match["event"]) else MovementEvent.ARRIVES
        )
        if match["timed"]:
            item = MOVEMENT_ITEM.search(flat, match.end("timed"))
            number = read_number(item["item"] or item["ordinal"]) if item else None
            return PrintedMovement(event, hour_of(match), number)
        return PrintedMovement(event, None, read_number(match["item"] or match["ordinal"]))
    if match["from"]:
        number = read_number(match["item2"] or match["ordinal2"])
        return PrintedMovement(MovementEvent.ARRIVES, None, number)
    number = read_number(match["item3"] or match["ordinal3"])
    return PrintedMovement(MovementEvent.LEAVES, None, number + 1 if number else None)


MOVEMENT_ITEM = re.compile(_ITEM)


_CIVIL = r"(?:monsieur|madame|mme|mlle|mr?)\b"
# "Arrivée de M. X", "Mme Y quitte la séance": a line that tells a movement and nothing else.
MOVES = re.compile(
    rf"(?:^|\n|:)[ \t]*(?:[-•*]\s*)?(?:(?P<event>arrivee|depart|sortie|retour)\s+(?:de\s+|d')\s*"
    rf"(?P<name>{_CIVIL}[^\n]{{3,80}})"
    rf"|(?P<subject>{_CIVIL}\.?[^\n.,]{{3,50}}?),?\s+(?:est\s+|a\s+)?"
    r"(?P<verb>arrivee?|rejoint|quitte|entree?|sort|partie?|absentee?)"
    r"(?=\s+(?:(?:de\s+|en\s+|dans\s+)?(?:la\s+|le\s+|l')?(?:seance|salle|conseil|assemblee|reunion)"
    r"|a\s+\d|a\s+partir|au\s+(?:point|cours)|lors|apres|avant)))"
)
