"""When to send a convocation, and when a sitting may be held: the date helper.

Clear days only (CGCT L2121-7, L2121-11, L2121-12, L2121-17): weekends and holidays count, and no
delay is ever extended. What is not known (population, nature of the assembly) gives several cases,
each with its condition: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from levier.common.domain import dates
from levier.common.domain.french import NARROW_SPACE, date_in_words, plural
from levier.council.domain.parameters import (
    ALSACE_MOSELLE,
    CLEAR_DAYS_INSTALLATION,
    CLEAR_DAYS_LARGE,
    CLEAR_DAYS_SECOND,
    CLEAR_DAYS_SMALL,
    CLEAR_DAYS_URGENT,
    CODIFIED_ON,
    EVERY_EPCI_AS_LARGE_ON,
    LARGE_COMMUNE,
)
from levier.council.domain.record import AssemblyKind

_LAST_YEAR = 2200  # Beyond it a date is a slip, and calendars end at 9999.
_OUT_OF_RANGE = (
    f"Levier compte ces délais pour les dates du {date_in_words(CODIFIED_ON)} à l’an {_LAST_YEAR}."
)
_LOCAL_LAW = (
    "La Moselle, le Bas-Rhin et le Haut-Rhin suivent l’article L2541-2 pour ce délai, que Levier "
    "ne calcule pas."
)
_URGENCY = (
    "L’urgence se justifie : le maire ou le président en rend compte à l’ouverture et le conseil "
    "se prononce."
)
_SMALL = "CGCT L2121-11"
_LARGE = "CGCT L2121-12"


@dataclass(frozen=True, slots=True)
class CallingDate:
    """One answer: the two days, the clear days that must separate them, and the article.

    `condition` tells when this answer holds (« à partir de 3 500 habitants »); empty when it does
    in any case.
    """

    sending_day: date
    sitting_day: date
    clear_days_required: int
    article: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class CallingDates:
    """Every answer that what is known leaves open, and the French sentence that tells them.

    `cases` is empty where Levier does not count the delay; the sentence says why.
    """

    sentence: str
    cases: tuple[CallingDate, ...] = ()

    @property
    def settled(self) -> CallingDate | None:
        """The only answer; None when several stay open, or none."""
        return self.cases[0] if len(self.cases) == 1 and not self.cases[0].condition else None

    @property
    def safest(self) -> CallingDate | None:
        """The answer that satisfies every case told; None when there is none."""
        return max(self.cases, key=lambda case: case.clear_days_required, default=None)


@dataclass(frozen=True, slots=True)
class _Delay:
    """Clear days asked by one article, under one condition."""

    clear_days: int
    article: str
    condition: str = ""
    is_local: bool = False


def follows_large_rule(kind: AssemblyKind | None, population: int | None, day: date) -> bool | None:
    """Whether five clear days and the note are due on that day; None when it cannot be told.

    Communes from 3 500 inhabitants (L2121-12) and EPCI (L5211-1), all of them since 2020. A small
    population tells nothing of an assembly that may be an EPCI.
    """
    if kind is AssemblyKind.EPCI:
        return True if day >= EVERY_EPCI_AS_LARGE_ON else None
    if population is None:
        return None
    if population >= LARGE_COMMUNE.at(day):
        return True
    return False if kind is AssemblyKind.COMMUNE else None


def latest_sending_day(
    sitting_day: date,
    kind: AssemblyKind | None,
    population: int | None,
    *,
    urgency: bool = False,
    installation: bool = False,
    second: bool = False,
    department: str | None = None,
) -> CallingDates:
    """Latest day to send the convocation of a sitting, in every case that stays open.

    `installation` is the sitting that follows a general renewal (L2121-7), `second` the one called
    after a missed quorum (L2121-17). Called in urgency, a second sitting is a new one.
    """
    delays = _delays(sitting_day, kind, population, urgency, installation, second)

    def dated(delay: _Delay) -> CallingDate:
        sending_day = dates.latest_sending_day(sitting_day, delay.clear_days)
        return CallingDate(
            sending_day, sitting_day, delay.clear_days, delay.article, delay.condition
        )

    return _told(
        "Dernier jour pour envoyer la convocation d’une séance du "
        f"{date_in_words(sitting_day, weekday=True)}",
        _open_cases(delays, department, dated),
        lambda case: case.sending_day,
        _remarks(delays, department, urgency=urgency, second=second),
    )


def earliest_sitting_day(
    sent_day: date,
    kind: AssemblyKind | None,
    population: int | None,
    *,
    urgency: bool = False,
    installation: bool = False,
    second: bool = False,
    department: str | None = None,
) -> CallingDates:
    """Earliest day of a sitting whose convocation leaves on that day: `latest_sending_day` back."""
    delays = _delays(sent_day, kind, population, urgency, installation, second)

    def dated(delay: _Delay) -> CallingDate:
        sitting_day = sent_day + timedelta(days=delay.clear_days + 1)
        return CallingDate(sent_day, sitting_day, delay.clear_days, delay.article, delay.condition)

    return _told(
        "Premier jour possible pour une séance convoquée le "
        f"{date_in_words(sent_day, weekday=True)}",
        _open_cases(delays, department, dated),
        lambda case: case.sitting_day,
        _remarks(delays, department, urgency=urgency, second=second),
    )


def _delays(
    day: date,
    kind: AssemblyKind | None,
    population: int | None,
    urgency: bool,
    installation: bool,
    second: bool,
) -> tuple[_Delay, ...]:
    if not (day >= CODIFIED_ON and day.year <= _LAST_YEAR):
        return ()
    large = follows_large_rule(kind, population, day)
    if urgency:
        article = {True: _LARGE, False: _SMALL, None: f"{_SMALL} et L2121-12"}[large]
        return (_Delay(CLEAR_DAYS_URGENT.at(day), article, is_local=not large),)
    if second:
        return (_Delay(CLEAR_DAYS_SECOND.at(day), "CGCT L2121-17", is_local=True),)
    if installation and kind is not AssemblyKind.EPCI:
        three = CLEAR_DAYS_INSTALLATION.at(day)
        five = _Delay(CLEAR_DAYS_LARGE.at(day), _LARGE, "pour un EPCI")
        if kind is None:
            return (_Delay(three, "CGCT L2121-7", "pour une commune", is_local=not large), five)
        return (_Delay(three, "CGCT L2121-7", is_local=not large),)
    return _ordinary(day, kind, large)


def _ordinary(day: date, kind: AssemblyKind | None, large: bool | None) -> tuple[_Delay, ...]:
    five, three = CLEAR_DAYS_LARGE.at(day), CLEAR_DAYS_SMALL.at(day)
    if large is True:
        return (_Delay(five, _LARGE),)
    if large is False:
        return (_Delay(three, _SMALL, is_local=True),)
    if kind is AssemblyKind.EPCI:
        big, small = "si une commune membre atteint 3 500 habitants", "sinon"
    elif kind is AssemblyKind.COMMUNE:
        big, small = "à partir de 3 500 habitants", "sous 3 500 habitants"
    else:
        big = "pour un EPCI, ou une commune à partir de 3 500 habitants"
        small = "pour une commune de moins de 3 500 habitants"
    return (_Delay(five, _LARGE, big), _Delay(three, _SMALL, small, is_local=True))


def _is_local(department: str | None) -> bool:
    return department is not None and department.strip().upper() in ALSACE_MOSELLE


def _open_cases(
    delays: tuple[_Delay, ...], department: str | None, dated: Callable[[_Delay], CallingDate]
) -> tuple[CallingDate, ...]:
    local = _is_local(department)
    return tuple(dated(delay) for delay in delays if not (local and delay.is_local))


def _remarks(
    delays: tuple[_Delay, ...], department: str | None, *, urgency: bool, second: bool
) -> list[str]:
    if not delays:
        return [_OUT_OF_RANGE]
    remarks = []
    if _is_local(department) and any(delay.is_local for delay in delays):
        remarks.append(_LOCAL_LAW)
    if urgency:
        remarks.append(_URGENCY)
        if second:
            remarks.append("Abrégée pour urgence, elle ouvre une nouvelle séance : quorum exigé.")
    return remarks


def _told(
    heading: str,
    cases: tuple[CallingDate, ...],
    answer: Callable[[CallingDate], date],
    remarks: list[str],
) -> CallingDates:
    told = " ; ".join(_in_words(case, answer(case)) for case in cases)
    sentences = [f"{heading} : {told}."] if told else []
    text = " ".join(sentences + remarks)
    for mark in ":;":
        text = text.replace(f" {mark}", f"{NARROW_SPACE}{mark}")
    return CallingDates(text, cases)


def _in_words(case: CallingDate, answer: date) -> str:
    days = plural(case.clear_days_required, "jour franc", "jours francs")
    when = f" {case.condition}" if case.condition else ""
    return f"{date_in_words(answer, weekday=True)}{when} ({days}, {case.article})"
