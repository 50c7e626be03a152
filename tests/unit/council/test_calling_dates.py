"""The date helper: the inverse of the verdicts K7 and K8, told in every case that stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.findings import Status
from levier.council.domain.calling_dates import earliest_sitting_day, latest_sending_day
from levier.council.domain.record import AssemblyKind
from tests.unit.council.judging import judged, record

COMMUNE, EPCI = AssemblyKind.COMMUNE, AssemblyKind.EPCI
DAYS = st.dates(date(1996, 3, 10), date(2200, 11, 30))
ASSEMBLIES = st.sampled_from([(COMMUNE, 99), (COMMUNE, 3_499), (COMMUNE, 3_500), (EPCI, None)])


def accepted(sent: date, held: date, kind: AssemblyKind, population: int | None) -> bool:
    """Whether neither K7 nor K8 finds a breach: their own count, not the helper's."""
    what = record(kind=kind, population=population, date=held, convocation_date=sent)
    return Status.IRREGULAR not in {judged(what, rule).status for rule in ("K7", "K8")}


@given(st.dates(date(2020, 3, 12), date(2100, 1, 1)), ASSEMBLIES)
def test_latest_day_is_the_last_that_the_rules_accept(
    held: date, assembly: tuple[AssemblyKind, int | None]
) -> None:
    kind, population = assembly
    settled = latest_sending_day(held, kind, population).settled
    assert settled is not None
    candidates = [held - timedelta(days=back) for back in range(12)]
    assert settled.sending_day == max(
        day for day in candidates if accepted(day, held, kind, population)
    )


@given(st.dates(date(2020, 3, 1), date(2100, 1, 1)), ASSEMBLIES)
def test_earliest_sitting_is_the_first_that_the_rules_accept(
    sent: date, assembly: tuple[AssemblyKind, int | None]
) -> None:
    kind, population = assembly
    settled = earliest_sitting_day(sent, kind, population).settled
    assert settled is not None
    candidates = [sent + timedelta(days=ahead) for ahead in range(12)]
    assert settled.sitting_day == min(
        day for day in candidates if accepted(sent, day, kind, population)
    )


@given(DAYS, ASSEMBLIES, st.booleans(), st.booleans(), st.booleans())
def test_one_helper_is_the_other_turned_round(
    day: date,
    assembly: tuple[AssemblyKind, int | None],
    urgency: bool,
    installation: bool,
    second: bool,
) -> None:
    circumstances = {"urgency": urgency, "installation": installation, "second": second}
    back = latest_sending_day(day, *assembly, **circumstances)
    for case in back.cases:
        ahead = earliest_sitting_day(case.sending_day, *assembly, **circumstances)
        assert replace(case, condition="") in [replace(one, condition="") for one in ahead.cases]


def test_loison_2024() -> None:
    """The act of 11 June 2024: 5 169 inhabitants, convoked on 5 June, the last lawful day."""
    found = latest_sending_day(date(2024, 6, 11), COMMUNE, 5_169)
    assert found.sentence == (
        "Dernier jour pour envoyer la convocation d’une séance du mardi 11 juin 2024\u202f: "
        "mercredi 5 juin 2024 (5 jours francs, CGCT L2121-12)."
    )


def test_sent_on_the_24th_for_the_28th() -> None:
    """touspolitiques: below 3 500 inhabitants."""
    settled = latest_sending_day(date(2024, 5, 28), COMMUNE, 900).settled
    assert settled is not None
    assert (settled.sending_day, settled.article) == (date(2024, 5, 24), "CGCT L2121-11")


def test_second_sitting_from_friday_after_a_monday() -> None:
    """cdm-62823: reconvened on Monday, the second sitting may be held from Friday."""
    monday = date(2024, 6, 10)
    for population in (900, 5_000, None):
        settled = earliest_sitting_day(monday, COMMUNE, population, second=True).settled
        assert settled is not None
        assert settled.sitting_day == date(2024, 6, 14)
        assert settled.article == "CGCT L2121-17"


def test_unknown_population_tells_both_cases() -> None:
    found = latest_sending_day(date(2024, 6, 11), COMMUNE, None)
    assert [(case.clear_days_required, case.sending_day.day) for case in found.cases] == [
        (5, 5),
        (3, 7),
    ]
    assert found.settled is None
    assert found.safest is not None
    assert found.safest.sending_day == date(2024, 6, 5)
    assert "à partir de 3 500 habitants" in found.sentence
    assert "sous 3 500 habitants" in found.sentence


def test_unknown_kind_may_be_an_epci_however_small() -> None:
    assert len(latest_sending_day(date(2024, 6, 11), None, 900).cases) == 2
    assert len(latest_sending_day(date(2024, 6, 11), None, 3_500).cases) == 1


@pytest.mark.parametrize(
    ("kind", "population", "days"), [(COMMUNE, 900, 3), (COMMUNE, 50_000, 3), (EPCI, None, 5)]
)
def test_installation_sitting(kind: AssemblyKind, population: int | None, days: int) -> None:
    """L2121-7: three days in every commune; an EPCI keeps five (CE, 22 July 2015, n° 383072)."""
    settled = latest_sending_day(date(2026, 3, 20), kind, population, installation=True).settled
    assert settled is not None
    assert settled.clear_days_required == days


def test_urgency_asks_one_clear_day_and_a_vote() -> None:
    found = latest_sending_day(date(2024, 6, 11), COMMUNE, None, urgency=True, second=True)
    assert found.settled is not None
    assert found.settled.sending_day == date(2024, 6, 9)
    assert "le conseil se prononce" in found.sentence
    assert "nouvelle séance" in found.sentence


@pytest.mark.parametrize(
    ("population", "cases"), [(900, []), (3_500, [5]), (None, [5])], ids=["900", "3500", "unknown"]
)
def test_alsace_moselle_is_refused_where_its_own_article_applies(
    population: int | None, cases: list[int]
) -> None:
    """L2541-1 sets L2121-11 aside and keeps L2121-12."""
    found = latest_sending_day(date(2024, 6, 11), COMMUNE, population, department="67")
    assert [case.clear_days_required for case in found.cases] == cases
    assert ("L2541-2" in found.sentence) is (population != 3_500)


def test_small_epci_before_2020_has_two_cases() -> None:
    found = latest_sending_day(date(2019, 6, 11), EPCI, None)
    assert [case.clear_days_required for case in found.cases] == [5, 3]


@pytest.mark.parametrize("day", [date(1996, 2, 23), date.min, date.max, date(2201, 1, 1)])
def test_dates_that_no_text_held_covers(day: date) -> None:
    for found in (latest_sending_day(day, COMMUNE, 900), earliest_sitting_day(day, COMMUNE, 900)):
        assert found.cases == ()
        assert found.safest is None
        assert "24 février 1996" in found.sentence
