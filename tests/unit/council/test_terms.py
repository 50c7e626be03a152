"""How long a mandate is presumed to hold."""

from __future__ import annotations

from datetime import date

import pytest

from levier.council.domain.terms import GENERAL_RENEWALS, in_office, term_start

ATTESTED = date(2024, 6, 11)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2014, 3, 22), date(2008, 3, 9)),
        (date(2014, 3, 23), date(2014, 3, 23)),
        (date(2024, 6, 11), date(2020, 3, 15)),
        (date(2030, 1, 1), date(2026, 3, 15)),
        (date(1990, 1, 1), date.min),
    ],
)
def test_a_day_belongs_to_the_term_opened_by_the_last_renewal(day: date, start: date) -> None:
    assert term_start(day) == start


def test_renewals_are_sundays_in_order() -> None:
    assert list(GENERAL_RENEWALS) == sorted(GENERAL_RENEWALS)
    assert {day.isoweekday() for day in GENERAL_RENEWALS} == {7}


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2024, 6, 10), False),
        (date(2024, 6, 11), True),
        (date(2026, 3, 14), True),
        (date(2026, 3, 15), False),
    ],
)
def test_an_attested_mandate_holds_until_the_next_renewal(on: date, holds: bool) -> None:
    assert in_office(on, starts_on=None, attested_on=ATTESTED, ends_on=None) is holds


def test_a_known_end_is_the_last_day() -> None:
    known = {"starts_on": date(2020, 5, 25), "attested_on": None, "ends_on": date(2023, 1, 31)}
    assert in_office(date(2023, 1, 31), **known)
    assert not in_office(date(2023, 2, 1), **known)


def test_nothing_known_is_not_in_office() -> None:
    assert not in_office(ATTESTED, starts_on=None, attested_on=None, ends_on=None)
