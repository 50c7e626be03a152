"""What the record tells of the assembly around the sitting: renewal, elections, mandates, notice.

Drawn from a case once per rule of the sitting; the rules of composition and of calling share them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from levier.common.domain.french import fold
from levier.council.domain.calling_dates import follows_large_rule
from levier.council.domain.circumstances import Seat
from levier.council.domain.parameters import (
    CLEAR_DAYS_LARGE,
    CLEAR_DAYS_SECOND,
    CLEAR_DAYS_SMALL,
    CLEAR_DAYS_URGENT,
    EVERY_EPCI_AS_LARGE_ON,
    Parameter,
)
from levier.council.domain.record import AssemblyKind, DocumentKind, MatterNature, name_key
from levier.council.domain.rules.facts import Case

FRIDAY = 4
_LATE_INSTALLATION = timedelta(days=31)  # Later, the mayor is elected in the course of the term.
_OF_THE_MAYOR = re.compile(
    r"\belections? (?:(?:du|de la|le|de madame|de monsieur|nouveau) )+maire\b"
)
_OF_DEPUTIES = re.compile(r"\belections? (?:\w+ ){1,4}adjointe?s?\b")


@lru_cache(maxsize=64)
def _named(subjects: tuple[str, ...]) -> frozenset[MatterNature]:
    """Elections that the subjects name, read once for all the items of a sitting."""
    folded = [fold(subject) for subject in subjects]
    return frozenset(
        nature
        for nature, words in (
            (MatterNature.MAYOR_ELECTION, _OF_THE_MAYOR),
            (MatterNature.DEPUTIES_ELECTION, _OF_DEPUTIES),
        )
        if any(words.search(text) for text in folded)
    )


def elections(case: Case) -> frozenset[MatterNature]:
    """Which elections the sitting holds: of the mayor, of deputies."""
    natures = {deliberation.nature for deliberation in case.record.deliberations}
    told = natures & {MatterNature.MAYOR_ELECTION, MatterNature.DEPUTIES_ELECTION}
    return _named(case.subjects) | {nature for nature in told if nature}


def installation_window(round_on: date) -> tuple[date, date]:
    """Friday to Sunday after the conclusive round (CGCT L2121-7).

    >>> installation_window(date(2026, 3, 15))
    (datetime.date(2026, 3, 20), datetime.date(2026, 3, 22))
    """
    friday = round_on + timedelta(days=(FRIDAY - round_on.weekday()) % 7 or 7)
    return friday, friday + timedelta(days=2)


def is_installation(case: Case) -> bool | None:
    """Whether it is the sitting that installs a municipal council; None when it may be."""
    if case.kind is AssemblyKind.EPCI:
        return False
    held, around = case.held_on, case.record.circumstances
    suggested = case.installation or MatterNature.MAYOR_ELECTION in elections(case)
    if held is not None and around.installed_on is not None:
        certain: bool | None = around.installed_on == held
    elif held is not None and around.election_round_on is not None:
        since = held - around.election_round_on
        certain = suggested and timedelta(0) < since <= _LATE_INSTALLATION
    else:
        certain = None if suggested or held is None else False
    # Of an assembly whose nature is unknown, it may be the installation of an EPCI.
    return None if certain and case.kind is None else certain


def previous_sitting(case: Case) -> date | None:
    """Last sitting known before this one."""
    if case.held_on is None:
        return None
    days = (other.date for other in case.record.circumstances.other_sittings)
    return max((day for day in days if day < case.held_on), default=None)


def seats_on(case: Case, day: date) -> tuple[Seat, ...]:
    """Mandates in force on that day; a resignation received by then has ended its own.

    A mandate whose beginning is unknown counts as begun; its last day is in office.
    """
    around = case.record.circumstances
    gone = {name_key(one.member): one.received_on for one in around.resignations}
    return tuple(
        seat
        for seat in around.seats
        if (seat.starts_on is None or seat.starts_on <= day)
        and (seat.ends_on is None or seat.ends_on >= day)
        and not _has_resigned(seat, gone.get(name_key(seat.member)), day)
    )


def _has_resigned(seat: Seat, received_on: date | None, day: date) -> bool:
    if received_on is None or received_on > day:
        return False
    return seat.starts_on is None or seat.starts_on <= received_on


def reaches(case: Case, threshold: Parameter) -> bool | None:
    """Whether the assembly follows the rule of communes from that population; None: unknown.

    Every EPCI does since March 2020 (CGCT L5211-1); before, it hung on its member communes.
    """
    if case.kind is AssemblyKind.EPCI:
        return True if case.law_date >= EVERY_EPCI_AS_LARGE_ON else None
    if case.population is None:
        return None
    if case.population >= threshold.at(case.law_date):
        return True
    return False if case.kind is AssemblyKind.COMMUNE else None


def notice_required(case: Case) -> tuple[int, int]:
    """Clear days of notice for this sitting: at least, and at most where it is not known."""
    day = case.law_date
    if case.sitting.urgency:
        return CLEAR_DAYS_URGENT.at(day), CLEAR_DAYS_URGENT.at(day)
    if case.sitting.second_convocation:
        return CLEAR_DAYS_SECOND.at(day), CLEAR_DAYS_SECOND.at(day)
    return ordinary_notice(case)


def ordinary_notice(case: Case) -> tuple[int, int]:
    """Clear days of notice without urgency nor second convocation: at least, and at most."""
    day = case.law_date
    small, large = CLEAR_DAYS_SMALL.at(day), CLEAR_DAYS_LARGE.at(day)
    installation = is_installation(case)
    follows = follows_large_rule(case.kind, case.population, day)
    if installation or follows is False:
        return small, small
    return (large, large) if follows and installation is False else (small, large)


def has_minutes(case: Case) -> bool:
    """Whether the record is that of minutes, which must tell more than an extract."""
    return case.record.document_kind is DocumentKind.MINUTES


_OWN_SIZE = {"paris", "lyon", "marseille"}


def size_rule_apart(case: Case) -> str | None:
    """Why the table of L2121-2 does not give the size of this council; None when it does."""
    if case.kind is AssemblyKind.EPCI:
        return "L’effectif d’un conseil communautaire ne suit pas l’article L2121-2."
    if case.record.circumstances.is_new_commune:
        return (
            "L’effectif du conseil d’une commune nouvelle suit les articles L2113-7 et L2113-8, "
            "que Levier ne juge pas."
        )
    name = fold(case.record.assembly or "")
    if name.removeprefix("ville de ").removeprefix("commune de ") in _OWN_SIZE:
        return (
            "L’effectif des conseils de Paris, Lyon et Marseille suit d’autres textes, que Levier "
            "ne juge pas."
        )
    return None


def size_facts_missing(case: Case) -> list[str]:
    """What lacks to compare the members in office with the legal size of the council."""
    return [
        words
        for words, value in (
            ("la nature de l’assemblée", case.kind),
            ("la population municipale", case.population),
            ("l’effectif en exercice", case.in_office),
        )
        if value is None
    ]
