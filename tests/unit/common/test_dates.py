"""The two calendars, against published dates, days counted one by one, and stated vectors."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from levier.common.domain.dates import (
    add_months,
    clear_days,
    court_deadline,
    easter,
    is_working_day,
    latest_sending_day,
    legal_holidays,
    next_working_day,
)

DAYS = st.dates(date(1980, 1, 1), date(2100, 12, 31))

# Easter Monday, Ascension and Whit Monday as published for France, month and day.
MOVABLE = {
    2008: ("03-24", "05-01", "05-12"),
    2016: ("03-28", "05-05", "05-16"),
    2019: ("04-22", "05-30", "06-10"),
    2020: ("04-13", "05-21", "06-01"),
    2021: ("04-05", "05-13", "05-24"),
    2022: ("04-18", "05-26", "06-06"),
    2023: ("04-10", "05-18", "05-29"),
    2024: ("04-01", "05-09", "05-20"),
    2025: ("04-21", "05-29", "06-09"),
    2026: ("04-06", "05-14", "05-25"),
    2027: ("03-29", "05-06", "05-17"),
    2030: ("04-22", "05-30", "06-10"),
}
FIXED = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25")


@pytest.mark.parametrize("year", sorted(MOVABLE))
def test_legal_holidays_are_those_published(year: int) -> None:
    expected = {date.fromisoformat(f"{year}-{day}") for day in (*FIXED, *MOVABLE[year])}
    assert legal_holidays(year) == expected


@pytest.mark.parametrize(
    ("year", "good_friday"), [(2023, "04-07"), (2024, "03-29"), (2025, "04-18"), (2026, "04-03")]
)
def test_alsace_moselle_has_two_more(year: int, good_friday: str) -> None:
    more = legal_holidays(year, alsace_moselle=True) - legal_holidays(year)
    assert more == {date.fromisoformat(f"{year}-{good_friday}"), date(year, 12, 26)}


@pytest.mark.parametrize(
    "sunday",
    """1818-03-22 1943-04-25 1954-04-18 1961-04-02 1981-04-19 2000-04-23
    2008-03-23 2019-04-21 2024-03-31 2038-04-25 2049-04-18 2285-03-22""".split(),  # noqa: SIM905
)
def test_easter_as_published(sunday: str) -> None:
    """Both ends of the possible range (22 March, 25 April) and the exceptions of the rule."""
    expected = date.fromisoformat(sunday)
    assert easter(expected.year) == expected


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    sunday = easter(year)
    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


@given(DAYS, st.integers(0, 60))
def test_clear_days_are_the_days_strictly_between(sent: date, wait: int) -> None:
    held = sent + timedelta(days=wait)
    between = 0
    day = sent + timedelta(days=1)
    while day < held:
        between += 1
        day += timedelta(days=1)
    assert clear_days(sent, held) == between


def test_clear_days_count_weekends_and_holidays() -> None:
    """CE, 13 October 1993, d'André (senat-00343): 21 to 26 December 1989, Christmas inside."""
    assert clear_days(date(1989, 12, 21), date(1989, 12, 26)) == 4


@pytest.mark.parametrize(("sent", "clear"), [(24, 3), (25, 2), (27, 0), (28, 0)])
def test_clear_days_before_the_28th(sent: int, clear: int) -> None:
    """touspolitiques: sent on the 24th for the 28th, three clear days; on the 25th, not."""
    assert clear_days(date(2024, 5, sent), date(2024, 5, 28)) == clear


def test_sitting_before_its_convocation_is_refused() -> None:
    with pytest.raises(ValueError, match="précède"):
        clear_days(date(2024, 6, 12), date(2024, 6, 11))


@given(DAYS, st.integers(0, 30))
def test_latest_sending_day_is_the_last_that_leaves_enough(held: date, required: int) -> None:
    latest = latest_sending_day(held, required)
    assert clear_days(latest, held) == required
    # One day later one clear day is missing, unless none was asked.
    assert not required or clear_days(latest + timedelta(days=1), held) < required


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2024-08-31", -2, "2024-06-30"),
        ("2024-06-15", 0, "2024-06-15"),
        ("2024-12-01", 1, "2025-01-01"),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(DAYS, st.integers(-24, 24))
def test_months_later_falls_in_the_right_month(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (
        end.day < start.day and (end + timedelta(days=1)).month != end.month
    )


@given(DAYS)
def test_next_working_day_is_the_first_one(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=step)) for step in range((found - day).days))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-06-11", True),
        ("2024-06-15", False),
        ("2024-06-16", False),
        ("2024-08-15", False),
        ("2024-12-26", True),
    ],
)
def test_working_days(day: str, working: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is working


def test_boxing_day_is_no_working_day_in_moselle() -> None:
    assert not is_working_day(date(2024, 12, 26), alsace_moselle=True)


@pytest.mark.parametrize(
    ("event", "last"),
    [
        # icard: publication on 1 October 2007, Monday 3 December.
        ("2007-10-01", "2007-12-03"),
        # Lex-publica course 2021-2022, p. 68: received 9 January 2017, until 10 March.
        ("2017-01-09", "2017-03-10"),
        # By the calendar: 15 August is a holiday, 16 August 2024 a Friday.
        ("2024-06-14", "2024-08-16"),
        # 1 May 2023 is a Monday and a holiday; the day before, a Sunday.
        ("2023-02-28", "2023-05-02"),
        # 31 December: February has 28 days in 2025, and 1 and 2 March are a weekend.
        ("2024-12-31", "2025-03-03"),
        # New year's day.
        ("2024-10-31", "2025-01-02"),
    ],
)
def test_court_deadlines(event: str, last: str) -> None:
    assert court_deadline(date.fromisoformat(event), 2) == date.fromisoformat(last)


@given(DAYS, st.sampled_from((1, 2, 3, 6)))
def test_court_deadline_by_walking_the_calendar(event: date, months: int) -> None:
    """From date to date, day of the event and day of expiry left out, then on to a working day."""
    day, crossed = event, 0
    while crossed < months or day.day < event.day:
        following = day + timedelta(days=1)
        if following.month != day.month:
            if crossed == months:
                break  # The month has no such number: it expires on its last day.
            crossed += 1
        day = following
    day += timedelta(days=1)
    while day.weekday() >= 5 or day in legal_holidays(day.year):
        day += timedelta(days=1)
    assert court_deadline(event, months) == day


@given(DAYS, DAYS)
def test_later_event_never_has_an_earlier_deadline(one: date, other: date) -> None:
    assume(one <= other)
    assert court_deadline(one, 2) <= court_deadline(other, 2)
