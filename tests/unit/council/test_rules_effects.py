"""C1, S1, S3, X1, X12: who presided, when the act takes effect."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.formalities import ActFormalities
from levier.council.domain.record import AssemblyKind, MatterNature, Outcome, Vote
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


@pytest.mark.parametrize(
    "nature",
    [
        MatterNature.ROAD_TARIFF,
        MatterNature.ROAD_STATUS,
        MatterNature.PROMOTION_RATIO,
        MatterNature.MANAGEMENT_CENTRE,
    ],
)
def test_an_act_that_is_not_transmitted_is_executory_on_publicity_alone(
    nature: MatterNature,
) -> None:
    found = act("X1", nature=nature, published_on=day(18))
    assert (found.status, found.inputs["executory_on"]) == (OK, day(18))
    assert "dispensé" in found.explanation
    # A reception that was not due changes nothing.
    assert act("X1", nature=nature, published_on=day(18), received_on=day(20)).inputs[
        "executory_on"
    ] == day(18)


def test_a_subject_that_suggests_an_exempt_matter_leaves_the_doubt() -> None:
    what = record(subject="Tarifs de stationnement", deliberation={"published_on": day(18)})
    found = judged(what, "X1")
    assert (found.status, found.inputs["executory_on"]) == (ASK, None)
    assert "sauf s’il est dispensé" in found.explanation


def test_an_individual_decision_takes_effect_on_its_notification() -> None:
    decision = {"nature": MatterNature.INDIVIDUAL_DECISION, "received_on": day(14)}
    assert act("X1", published_on=day(18), **decision).status is ASK
    told = act("X1", formalities=ActFormalities(notified_on=day(17)), **decision)
    assert (told.status, told.inputs["executory_on"]) == (OK, day(17))


def test_the_wording_is_that_of_the_sitting() -> None:
    for held, version in ((date(2022, 6, 30), "1996-02-24"), (date(2022, 7, 1), "2022-07-01")):
        what = record(date=held, deliberation={"published_on": held, "received_on": held})
        assert judged(what, "X1").version == version


@pytest.mark.parametrize(
    ("effective", "dates", "status"),
    [
        (None, {}, NONE),
        (day(18), {"published_on": day(18), "received_on": day(14)}, OK),
        (day(17), {"published_on": day(18), "received_on": day(14)}, RISK),
        (day(10), {}, RISK),  # before the sitting itself
        (day(30), {}, ASK),
    ],
)
def test_no_effect_before_the_act_is_executory(
    effective: date | None, dates: dict[str, date], status: Status
) -> None:
    """CE, 25 June 1948, L'Aurore."""
    found = act("X12", formalities=ActFormalities(effective_on=effective), **dates)
    assert found.status is status
