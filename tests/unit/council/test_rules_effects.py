"""C1, S1, S3, R1, R4, X1, X10 and X11: who presided and signed, when the act takes effect."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.record import AssemblyKind, Outcome, Vote
from tests.unit.council.judging import arrives, judged, names, record

OK, BAD, RISK, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)


def day(number: int, month: int = 6) -> date:
    return date(2024, month, number)


def act(rule: str, *, as_of: date = date(2026, 11, 22), **deliberation: Any) -> Finding:
    return judged(record(deliberation=deliberation), rule, as_of=as_of)


@pytest.mark.parametrize(
    ("published", "received", "executory"),
    [(day(18), day(14), day(18)), (day(14), day(18), day(18)), (day(18), day(18), day(18))],
)
def test_executory_on_the_later_of_publication_and_reception(
    published: date, received: date, executory: date
) -> None:
    found = act("X1", published_on=published, received_on=received)
    assert (found.status, found.inputs["executory_on"]) == (OK, executory)


def test_reception_prevails_over_transmission() -> None:
    dates = {"published_on": day(14), "transmitted_on": day(15)}
    found = act("X1", **dates)
    assert found.inputs["executory_on"] == day(15)
    assert "accusé de réception" in found.explanation
    found = act("X1", received_on=day(17), **dates)
    assert found.inputs["executory_on"] == day(17)
    assert "faute" not in found.explanation


@pytest.mark.parametrize(
    ("dates", "missing"),
    [
        ({}, "publication et la date de réception"),
        ({"published_on": day(18)}, "réception par le représentant de l’État"),
        ({"received_on": day(18)}, "la date de publication"),
    ],
)
def test_not_executory_while_a_date_is_missing(dates: dict[str, date], missing: str) -> None:
    found = act("X1", **dates)
    assert (found.status, found.inputs["executory_on"]) == (ASK, None)
    assert missing in found.explanation


def test_future_effect_is_told_in_the_future() -> None:
    dates = {"published_on": day(18), "received_on": day(20)}
    assert "sera exécutoire" in act("X1", as_of=day(19), **dates).explanation
    assert "est exécutoire" in act("X1", as_of=day(20), **dates).explanation


def test_dates_before_the_sitting_are_slips() -> None:
    for rule in ("X1", "X10", "X11"):
        found = act(rule, published_on=day(10), received_on=day(10))
        assert found.status is ASK
        assert "précède la séance" in found.explanation
        assert not found.inputs.get("challenge_deadline")
        assert not found.inputs.get("executory_on")


@pytest.mark.parametrize(
    ("outcome", "executory", "challenge"),
    [(Outcome.ADOPTED, OK, OK), (Outcome.REJECTED, NONE, OK), (Outcome.POSTPONED, NONE, NONE)],
)
def test_only_a_decision_takes_effect(
    outcome: Outcome, executory: Status, challenge: Status
) -> None:
    what = record(
        vote=Vote(outcome=outcome), deliberation={"published_on": day(18), "received_on": day(18)}
    )
    assert judged(what, "X1").status is executory
    assert judged(what, "X10").status is judged(what, "X11").status is challenge


def test_challenge_deadlines_start_from_their_own_dates() -> None:
    """Published on 18 June 2024, received on the 14th, read off a calendar.

    Third parties: 18 August, then one day more, Monday 19 August. The prefect: 14 August, then one
    day more, the 15th, which is a holiday, so Friday 16 August.
    """
    dates = {"published_on": day(18), "received_on": day(14)}
    assert act("X11", **dates).inputs["challenge_deadline"] == date(2024, 8, 19)
    assert act("X10", **dates).inputs["challenge_deadline"] == date(2024, 8, 16)


def test_deadline_is_open_until_its_last_day() -> None:
    dates = {"published_on": day(18)}
    last = date(2024, 8, 19)
    assert "reste possible" in act("X11", as_of=last, **dates).explanation
    assert act("X11", as_of=last, **dates).inputs["open"] is True
    assert "était possible" in act("X11", as_of=last + timedelta(days=1), **dates).explanation


def test_no_deadline_without_a_date() -> None:
    for rule in ("X10", "X11"):
        assert (act(rule).status, act(rule).inputs["challenge_deadline"]) == (ASK, None)


def test_holidays_of_alsace_moselle_extend_the_deadline() -> None:
    """26 December 2024 (Thursday) is a holiday in Moselle only."""
    what = record(date=day(1, 10), deliberation={"published_on": date(2024, 10, 25)})
    assert judged(what, "X11").inputs["challenge_deadline"] == date(2024, 12, 26)
    moselle = judged(what, "X11", department="57")
    assert moselle.inputs["challenge_deadline"] == date(2024, 12, 27)


def test_list_of_deliberations_within_a_week() -> None:
    found = judged(record(), "R1")
    assert (found.status, found.inputs["due_on"]) == (ASK, day(18))
    assert "devait être affichée" in found.explanation
    assert "doit être affichée" in judged(record(), "R1", as_of=day(18)).explanation
    assert judged(record(date=None), "R1").inputs["due_on"] is None


@pytest.mark.parametrize(
    ("held", "version"), [(date(2022, 6, 30), ""), (date(2022, 7, 1), "2022-07-01")]
)
def test_list_of_deliberations_exists_since_july_2022(held: date, version: str) -> None:
    found = judged(record(date=held), "R1")
    assert (found.status, found.version) == (ASK, version)
    assert ("due_on" in found.inputs) is bool(version)


def test_signatures_are_in_the_register() -> None:
    assert judged(record(), "R4").status is ASK
    signed = {"signatory": "Daniel KRUSZKA", "signed_on": day(20)}
    found = judged(record(president="Daniel Kruszka", extra=signed), "R4")
    assert (found.status, found.inputs["signed_on"]) == (ASK, day(20))
    assert "secrétaire" in found.explanation
    old = judged(record(date=date(2021, 7, 5), extra=signed), "R4")
    assert "membres présents signaient" in old.explanation
    assert (old.version, found.version) == ("1996-02-24", "2022-07-01")


def test_president() -> None:
    assert judged(record(), "S1").status is ASK
    named = {"president": "Daniel KRUSZKA"}
    assert judged(record(**named), "S1").status is ASK
    signed = judged(record(extra={"signatory": "KRUSZKA Daniel"}, **named), "S1")
    assert signed.status is ASK  # a name that signs is not a capacity
    assert "qui l’a signé" in signed.explanation
    away = record(absent=("Daniel KRUSZKA",), **named)
    assert judged(away, "S1").status is RISK
    late = record(absent=("Daniel KRUSZKA",), movements=(arrives("Daniel KRUSZKA", 2),), **named)
    assert judged(late, "S1").status is ASK


def test_secretary() -> None:
    room = names(3)
    assert judged(record(), "S3").status is ASK
    assert judged(record(secretary=room[0]), "S3").status is OK
    assert judged(record(secretary=room[0], present=room), "S3").status is OK
    assert judged(record(secretary=room[0], present=room[1:]), "S3").status is ASK
    assert judged(record(secretary=room[0], absent=room[:1]), "S3").status is RISK
    assert judged(record(secretary=room[0]), "S3", department="67").status is ASK


@pytest.mark.parametrize(
    ("kind", "population", "in_office", "status"),
    [
        (AssemblyKind.COMMUNE, 5_169, 29, OK),
        (AssemblyKind.COMMUNE, 5_169, 30, ASK),
        (AssemblyKind.COMMUNE, 5_169, None, ASK),
        (AssemblyKind.COMMUNE, None, 29, ASK),
        (None, 5_169, 29, ASK),
        (AssemblyKind.EPCI, 240_000, 91, NONE),
    ],
)
def test_members_in_office_against_the_legal_council(
    kind: AssemblyKind | None, population: int | None, in_office: int | None, status: Status
) -> None:
    found = judged(record(kind=kind, population=population, in_office=in_office), "C1")
    assert found.status is status
