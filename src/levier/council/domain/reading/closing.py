"""The end of an act and its stamps: date of the extract, signature, transmission, publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from levier.council.domain.reading.moments import find_dates, first_date
from levier.council.domain.reading.names import Name, leading_name
from levier.council.domain.reading.printed import Printed

_TAIL = 4_000
_SIGNED = (
    re.compile(r"(?:^|\n)[ \t]*(?:fait|delibere|signe)\b[^.\n]{0,60}?,?\s*\b(?:le|du)\s+$"),
    re.compile(
        r"(?:pour\s+(?:extrait|copie|expedition)[^.]{0,80}?|certifie\s+(?:conforme|exact|executoire)[^.]{0,60}?)\b(?:le|du)\s*:?\s+$"
    ),
    re.compile(
        r"(?:^|\n|(?<=\s{3}))[ \t]*(?:a\s+)?[a-z][a-z'-]*(?:[ -][a-z'-]+){0,6}\s*,?\s+le\s*:?\s+$"
    ),
)
_NOT_A_SIGNATURE = re.compile(
    r"\b(?:seance|reunion|recu\w*|transmis\w*|affich\w*|publi\w*|depose\w*|prochain\w*|envoy\w*|notifi\w*|vu|deliberation|arrete|convocation|depuis|avant|executoire)\b[^\n]*$"
)
_SIGNATORY = re.compile(
    r"(?:^|\n|\s{3,}|(?<=[.;,\d])\s)[ \t]*(?:signe\s*:?\s*|pour\s+(?:le|la)\s+(?:maire|presidente?)[^\n]{0,60}?,?\s*)?(?:(?:monsieur|madame|m\.|mme)\s+)?"
    r"(?:le|la)\s+(?:maire|presidente?|vice[- ]presidente?)(?:\s+(?:de|du|d')\s*[\w' -]{2,40}?)?\s*(?:,|:|\.|\n)\s*"
)
_SIGNATURE_NOISE = re.compile(
    r"^\s*(?:signe|\(?signature\)?|/s/|l\.?s\.?|electroniquement|par\s*:?|le\s+secretaire\s+de\s+seance|,|:|\.|-|_)+\s*"
)
_STAMPS: dict[str, re.Pattern[str]] = {
    "received": re.compile(
        r"(?:\brecue?\s+(?:en|a\s+la|par\s+la)\s+(?:sous[- ])?prefecture|date\s+de\s+(?:la\s+)?reception(?:\s+(?:en|a\s+la|par\s+la|de\s+l'ar)\s*(?:sous[- ])?(?:prefecture)?)?"
        r"|accuse\s+(?:de\s+)?reception[^:\n]{0,40}|\bar\s+(?:de\s+(?:la\s+)?)?(?:sous[- ])?prefecture[^\n]{0,40}?(?:\n[^\n]{0,60}){0,2}?\brecu|\brecu|date\s+d'ar|depot\s+en\s+(?:sous[- ])?prefecture|visa\s+(?:de\s+la\s+)?prefecture)\s*(?:le)?\s*:?\s*(?:le\s*:?\s*)?$"
    ),
    "transmitted": re.compile(
        r"(?:\b(?:tele)?transmi(?:s|se|ssion)\b[^.\n]{0,60}?|\benvoyee?\s+en\s+(?:sous[- ])?prefecture|date\s+de\s+(?:tele)?transmission[^:\n]{0,40}|date\s+d'envoi\s+en\s+prefecture)\s*(?:le|du)?\s*:?\s*$"
    ),
    "published": re.compile(
        r"(?:\b(?:affichee?|affichage|publiee?|publication|mise?\s+en\s+ligne|notifiee?)\b(?:\s+(?:en\s+mairie|sur\s+le\s+site[^:\n]{0,40}|ou\s+notifi\w+|ou\s+affich\w+|et\s+(?:affich|publi|notifi)\w+|de\s+l'acte|et/ou\s+\w+|electronique))*)\s*(?:a\s+compter\s+)?(?:le|du|en\s+date\s+du)?\s*:?\s*(?:le\s*:?\s*)?$"
    ),
}
_OTHER_POSTING = re.compile(r"convocation[^.\n]{0,80}$|dont\s+un\s+exemplaire[^.]{0,80}$")


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
    flat = printed.flat
    start = max(body_start, len(flat) - _TAIL)
    return Closing(_signed_on(flat, start), _signatory(printed, start))


def _signed_on(flat: str, start: int) -> date | None:
    signed: date | None = None
    for found in find_dates(flat, start):
        before = flat[max(0, found.start - 140) : found.start]
        line = before[before.rfind("\n") + 1 :]
        if found.value is None or _NOT_A_SIGNATURE.search(line):
            continue
        if any(pattern.search(before) for pattern in _SIGNED):
            signed = found.value
    return signed


def _signatory(printed: Printed, start: int) -> str | None:
    """The last name printed under "Le Maire," or "La Présidente,"."""
    signatory = None
    for match in _SIGNATORY.finditer(printed.flat, start):
        rest = printed.text[match.end() : match.end() + 160]
        noise = _SIGNATURE_NOISE.match(printed.flat[match.end() : match.end() + 160])
        rest = rest[noise.end() :] if noise else rest
        line = next((line for line in rest.split("\n") if line.strip()), "")
        line = line.lstrip()
        name, tail = leading_name(line.split("   ")[0])
        if (
            (name and name.form in ("full", "plain") and not tail.strip(" .,;:-_()"))
            or (name and name.form == "surname" and len(line) <= len(name.text) + 6)
            or (name and name.form == "full" and _may_follow(name, tail))
        ):
            signatory = name.text
    return signatory


def _may_follow(name: Name, tail: str) -> bool:
    return bool(re.match(r"\s*(?:[,(.\-–]|\n|$)", tail))


def read_stamps(flat: str, start: int, end: int, held_on: date | None) -> Stamps:
    """Dates of the stamps between two places; none may precede the sitting."""
    found: dict[str, date] = {}
    for printed_date in find_dates(flat, start, end):
        day = printed_date.value
        if day is None or (held_on and day < held_on):
            continue
        before = flat[max(start, printed_date.start - 150) : printed_date.start]
        if _OTHER_POSTING.search(before):
            continue
        for kind, pattern in _STAMPS.items():
            if pattern.search(before):
                found.setdefault(kind, day)
                break
    return Stamps(found.get("received"), found.get("transmitted"), found.get("published"))


def first_stamp(flat: str, start: int) -> date | None:
    """First date after a place, for a stamp that stands alone."""
    found = first_date(flat, start, start + 60)
    return found.value if found else None
