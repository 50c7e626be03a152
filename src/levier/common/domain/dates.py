"""Two calendars that must never be confused, and the French legal holidays.

*Clear days* (jours francs) rule convocations: Saturdays, Sundays and holidays count, and the
delay is never extended (CGCT L2121-11 and L2121-12; CE, 13 October 1993, d'André).
*Court deadlines* (délai franc of CJA R421-1) run from date to date, exclude the first and the
last day, and move to the next working day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache


def clear_days(sent_on: date, held_on: date) -> int:
    """Whole days between the sending and the sitting, both excluded; never negative.

    >>> clear_days(date(2024, 6, 5), date(2024, 6, 11))
    5
    """
    if held_on < sent_on:
        raise ValueError("La séance précède l'envoi de la convocation.")
    return max((held_on - sent_on).days - 1, 0)


def latest_sending_day(held_on: date, required_clear_days: int) -> date:
    """Last day on which a convocation may leave so that the clear days are complete.

    >>> latest_sending_day(date(2024, 6, 11), 5)
    datetime.date(2024, 6, 5)
    """
    return held_on - timedelta(days=required_clear_days + 1)


def add_months(start: date, months: int) -> date:
    """Same day number `months` later, or the last day of the month when there is none.

    >>> add_months(date(2023, 12, 31), 2)
    datetime.date(2024, 2, 29)
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday_shift = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday_shift) // 451
    month, day = divmod(h + weekday_shift - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def legal_holidays(year: int, *, alsace_moselle: bool = False) -> frozenset[date]:
    """Legal holidays of a year (Code du travail L3133-1; L3134-13 for Alsace-Moselle)."""
    sunday = easter(year)
    days = {
        date(year, 1, 1),
        date(year, 5, 1),
        date(year, 5, 8),
        date(year, 7, 14),
        date(year, 8, 15),
        date(year, 11, 1),
        date(year, 11, 11),
        date(year, 12, 25),
        sunday + timedelta(days=1),
        sunday + timedelta(days=39),
        sunday + timedelta(days=50),
    }
    if alsace_moselle:
        days |= {sunday - timedelta(days=2), date(year, 12, 26)}
    return frozenset(days)


def is_working_day(day: date, *, alsace_moselle: bool = False) -> bool:
    """Neither Saturday, Sunday nor legal holiday."""
    return day.weekday() < 5 and day not in legal_holidays(day.year, alsace_moselle=alsace_moselle)


def next_working_day(day: date, *, alsace_moselle: bool = False) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working_day(day, alsace_moselle=alsace_moselle):
        day += timedelta(days=1)
    return day


def court_deadline(event_on: date, months: int, *, alsace_moselle: bool = False) -> date:
    """Last day on which an action may be lodged, for a délai franc counted in months.

    The day of the event and the day of expiry do not count; a last day that falls on a Saturday,
    a Sunday or a holiday moves to the next working day (CJA R421-1).

    >>> court_deadline(date(2007, 10, 1), 2)
    datetime.date(2007, 12, 3)
    """
    return next_working_day(
        add_months(event_on, months) + timedelta(days=1), alsace_moselle=alsace_moselle
    )
