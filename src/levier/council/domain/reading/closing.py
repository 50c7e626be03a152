"""The end of an act and its stamps: date of the extract, signature, transmission, publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from levier.council.domain.reading.moments import find_dates
from levier.council.domain.reading.names import leading_name
from levier.council.domain.reading.printed import Printed

_TAIL = 4_000
_MOST_DATES = 1_000  # of one matter
_SIGNED = (
    re.compile(r"(?:^|\n)[ \t]*(?:fait|delibere|signe)\b[^.\n]{0,60}?,?\s*\b(?:le|du)\s+$"),
    re.compile(
        r"(?:pour\s+(?:extrait|copie|expedition)[^.]{0,80}?"
        r"|certifie\s+(?:conforme|exact)[^.]{0,60}?)\b(?:le|du)\s*:?\s+$"
    ),
)
# "Grandval, le ", "A Saint-Ombre-sur-Lie le ": read in the printed text, for its capitals.
_PLACE_AND_DATE = re.compile(
    r"(?:^|\n|[.;]\s+|\s{3,})[ \t]*(?:[AÀ]\s+)?[A-ZÀ-Ý][\w'’-]*"
    r"(?:[ -](?:[A-ZÀ-Ý][\w'’-]*|d['’][A-ZÀ-Ý]\w*|sur|sous|les?|la|en|de|du|des|lès|lez|et|aux?))*"
    r"\s*,?\s+[Ll][Ee]\s*:?\s+$"
)
_LINE_CLOSES = re.compile(r"[ \t]*[.,;]?[ \t]*(?:\n|$|\s[A-ZÀ-Ý])")
_NOT_A_SIGNATURE = re.compile(
    r"\b(?:seance|reunion|recu\w*|transmis\w*|affich\w*|publi\w*|depose\w*|prochain\w*|envoy\w*"
    r"|notifi\w*|vu|deliberation|arrete|convocation|depuis|avant|executoire)\b[^\n]*$"
)
_SIGNATORY = re.compile(
    r"(?:^|\n|\s{3,}|(?<=[.;,\d])\s)[ \t]*(?:signe\s*:?\s*"
    r"|pour\s+(?:le|la)\s+(?:maire|presidente?)[^\n]{0,60}?,?\s*)?"
    r"(?:(?:monsieur|madame|m\.|mme)\s+)?(?:le|la)\s+(?:maire|presidente?|vice[- ]presidente?)"
    r"(?:\s+(?:de|du|d')\s*[\w' -]{2,40}?)?\s*(?:,|:|\.|\n)\s*"
)
_SIGNATURE_NOISE = re.compile(
    r"^\s*(?:signe|\(?signature\)?|/s/|l\.?s\.?|electroniquement|par\s*:?"
    r"|le\s+secretaire\s+de\s+seance|,|:|\.|-|_)+\s*"
)
_STATE = r"(?:sous[- ])?prefecture"
_TO_STATE = rf"(?:en|a\s+la|par\s+la)\s+{_STATE}"
_BEFORE_DATE = r"\s*(?:le|du|en\s+date\s+du)?\s*:?\s*(?:le\s*:?\s*)?$"
_STAMPS: dict[str, re.Pattern[str]] = {
    "received": re.compile(
        rf"(?:\brecue?\s+{_TO_STATE}|\brecu|depot\s+en\s+{_STATE}|visa\s+(?:de\s+la\s+)?{_STATE}"
        rf"|date\s+de\s+(?:la\s+)?reception(?:\s+(?:{_TO_STATE}|de\s+l'ar))?|date\s+d'ar"
        rf"|accuse\s+(?:de\s+)?reception[^:\n]{{0,40}}){_BEFORE_DATE}"
    ),
    "transmitted": re.compile(
        rf"(?:\b(?:tele)?transmi(?:s|se|ssion)\b[^.\n]{{0,60}}?|\benvoyee?\s+{_TO_STATE}"
        rf"|date\s+de\s+(?:tele)?transmission[^:\n]{{0,40}}|date\s+d'envoi\s+{_TO_STATE})"
        rf"{_BEFORE_DATE}"
    ),
    "published": re.compile(
        r"(?:\b(?:affichee?|affichage|publiee?|publication|mise?\s+en\s+ligne|notifiee?)\b"
        r"(?:\s+(?:en\s+mairie|sur\s+le\s+site[^:\n]{0,40}|(?:et|ou|et/ou)\s+(?:affich|publi"
        r"|notifi)\w+"
        rf"|de\s+l'acte|electronique))*)\s*(?:a\s+compter\s+)?{_BEFORE_DATE}"
    ),
}
_OF_THE_CONVOCATION = re.compile(r"convocation[^.\n]{0,80}$|dont\s+un\s+exemplaire[^.]{0,80}$")


@dataclass(frozen=True, slots=True)
class Stamps:
    """Dates of reception by the State, of sending and of publication."""

    received_on: date | None = None
    transmitted_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """Date and signatory of the document."""

    signed_on: date | None = None
    signatory: str | None = None


def read_closing(printed: Printed, body_start: int) -> Closing:
    """The date and the signature that close the act."""
    start = max(body_start, len(printed.flat) - _TAIL)
    return Closing(_signed_on(printed, start), _signatory(printed, start))


def _signed_on(printed: Printed, start: int) -> date | None:
    """The last date that a formula of closing introduces."""
    flat = printed.flat
    signed: date | None = None
    for found in find_dates(flat, start):
        before = flat[max(0, found.start - 140) : found.start]
        if found.value is None or _NOT_A_SIGNATURE.search(before[before.rfind("\n") + 1 :]):
            continue
        place = _PLACE_AND_DATE.search(printed.text[max(0, found.start - 80) : found.start])
        closes = place and _LINE_CLOSES.match(printed.text, found.end)
        if closes or any(formula.search(before) for formula in _SIGNED):
            signed = found.value
    return signed


def _signatory(printed: Printed, start: int) -> str | None:
    """The last name printed under "Le Maire," or "La Présidente,"."""
    signatory = None
    for match in _SIGNATORY.finditer(printed.flat, start):
        noise = _SIGNATURE_NOISE.match(printed.flat[match.end() : match.end() + 160])
        begin = match.end() + (noise.end() if noise else 0)
        rest = printed.text[begin : match.end() + 160]
        line = next((line for line in rest.split("\n") if line.strip()), "").strip()
        name, tail = leading_name(line.split("   ")[0])
        if name is None or name.form == "given":
            continue
        alone = not tail.strip(" .,;:-_()")
        followed = name.form == "full" and re.match(r"\s*[,(.–-]", tail)
        if alone or followed:
            signatory = name.text
    return signatory


def read_stamps(flat: str, start: int, end: int, held_on: date | None) -> Stamps:
    """Dates of the stamps between two places; none may precede the sitting."""
    found: dict[str, date] = {}
    previous = start
    for printed_date in islice(find_dates(flat, start, end), _MOST_DATES):
        day = printed_date.value
        # What introduces a date stands between it and the date before.
        before = flat[max(previous, printed_date.start - 150) : printed_date.start]
        previous = printed_date.end
        if day is None or (held_on and day < held_on) or _OF_THE_CONVOCATION.search(before):
            continue
        kind = next((kind for kind, stamp in _STAMPS.items() if stamp.search(before)), None)
        if kind:
            found.setdefault(kind, day)
    return Stamps(found.get("received"), found.get("transmitted"), found.get("published"))
