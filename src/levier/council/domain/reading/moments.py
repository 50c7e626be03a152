"""Dates and hours as French acts print them: figures, words, or a mixture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from levier.common.domain.french import MONTHS, WEEKDAYS, fold
from levier.council.domain.reading.numbers import NUMBER_IN_WORDS, read_number

_MONTH_NAMES = tuple(fold(month) for month in MONTHS)
_MONTH = (
    r"(?P<month>janv(?:ier|\.)?|fev(?:rier|r?\.)?|mars|avril|mai|juin|juil(?:let|\.)|aout"
    r"|sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|dec(?:embre|\.)?)(?![a-z])"
)
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)})\s+)?"
_DAY = rf"(?P<day>\d{{1,2}}|1\s?er|ler|premier|{NUMBER_IN_WORDS})(?:\s?er\b|\s?eme\b)?"
_YEAR = rf"(?P<year>\d{{4}}(?!\d)|{NUMBER_IN_WORDS})"
_IN_WORDS = (
    rf"\b{_WEEKDAY}{_DAY}\s+(?:du\s+mois\s+de\s+"
    rf"|jours?\s+d[eu]\s+)?{_MONTH}(?:\s*,?\s*(?:de\s+l'an\s+)?{_YEAR})?"
)
_IN_FIGURES = (
    r"(?<![\d/.-])(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}"
    r"|\d{2})(?![\d])"
)
_ISO = r"(?<!\d)(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)"
_DATE = re.compile(f"{_ISO}|{_IN_FIGURES}|{_IN_WORDS}")
_YEARS = (1900, 2200)
_CLOCK = (
    rf"(?P<hour>\d{{1,2}}|{NUMBER_IN_WORDS})\s?(?:heures?\b|hrs?\b|h(?![a-z])|:(?=\d\d))"
    r"\s?(?:et\s+(?P<half>demie|quart)\b|(?P<minute>\d\d(?!\d)"
    rf"|{NUMBER_IN_WORDS})(?:\s?min(?:utes?)?\b)?)?"
)
_HOUR = re.compile(rf"(?<![\d,.]){_CLOCK}")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed. `value` is None when the year is missing or no such day exists."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    @property
    def value(self) -> date | None:
        """The calendar day, when there is one."""
        return self.in_year(self.year)

    def in_year(self, year: int | None) -> date | None:
        """The same day and month in `year`."""
        if year is None:
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def find_dates(flat: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """All dates of a flattened text, in order, impossible ones included."""
    for match in _DATE.finditer(flat, start, len(flat) if end is None else end):
        printed = _printed_date(match)
        if printed:
            yield printed


def first_date(flat: str, start: int = 0, end: int | None = None) -> PrintedDate | None:
    """The first date of the window, or None."""
    return next(find_dates(flat, start, end), None)


def date_at(flat: str, start: int) -> PrintedDate | None:
    """The date printed exactly at `start`, or None."""
    match = _DATE.match(flat, start)
    return _printed_date(match) if match else None


def _printed_date(match: re.Match[str]) -> PrintedDate | None:
    if match["iy"]:
        day, month, year = int(match["id"]), int(match["im"]), int(match["iy"])
    elif match["d"]:
        day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
        year += 2000 if year < 100 else 0
    else:
        named = _month_number(match["month"])
        number = _day_number(match["day"])
        if number is None:
            return None
        day, month = number, named
        read = read_number(match["year"]) if match["year"] else None
        year = read if read and _YEARS[0] <= read < _YEARS[1] else 0
        if not year:
            end = match.end("month")
            return PrintedDate(match.start(), end, day, month, None)
    return PrintedDate(match.start(), match.end(), day, month, year)


def _month_number(printed: str) -> int:
    stem = printed.rstrip(".")
    return next(index for index, name in enumerate(_MONTH_NAMES, start=1) if name.startswith(stem))


def _day_number(printed: str) -> int | None:
    if printed in ("premier", "ler") or printed.replace(" ", "") == "1er":
        return 1
    return read_number(printed)


def find_hour(flat: str, start: int = 0, end: int | None = None) -> tuple[time, int, int] | None:
    """First hour of the window with its bounds; impossible hours are skipped."""
    for match in _HOUR.finditer(flat, start, len(flat) if end is None else end):
        moment = _clock_time(match)
        if moment:
            return moment, match.start(), match.end()
    return None


def hour_at(flat: str, start: int) -> time | None:
    """The hour printed exactly at `start`, or None."""
    match = _HOUR.match(flat, start)
    return _clock_time(match) if match else None


def _clock_time(match: re.Match[str]) -> time | None:
    """The hour that a match stands for; None when the clock has no such hour."""
    hour = read_number(match["hour"])
    minute = {"demie": 30, "quart": 15}.get(match["half"] or "", 0)
    if match["minute"]:
        minute = read_number(match["minute"]) or 0
        if minute < 5 and not match["minute"].isdecimal():
            minute = 0  # "à vingt heures, deux conseillers": the number starts another sentence
    if hour is None or hour > 23 or minute > 59:
        return None
    return time(hour, minute)
