"""Q5: a second convocation dispenses with quorum when the first one shows that it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Status
from levier.council.domain.formalities import (
    Convocation,
    FirstConvocation,
    SittingFormalities,
)
from levier.council.domain.record import Deliberation, Record
from tests.unit.council.judging import judged, names, record

OK, RISK, BAD, ASK, NONE = (
    Status.OK,
    Status.AT_RISK,
    Status.IRREGULAR,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
MONDAY = date(2024, 6, 10)
FIRST = FirstConvocation(
    sent_on=date(2024, 6, 5),
    sitting_date=MONDAY,
    in_office=19,
    present_count=9,
    subjects=("Subvention",),
)


def second(
    first: FirstConvocation | None = FIRST, held: int = 14, sent: int = 10, **fields: Any
) -> Record:
    """Reconvened on Monday 10 June, held on Friday 14 June with three members of nineteen."""
    fields = {"population": 900, "in_office": 19, "present": names(3), **fields}
    return record(
        date=date(2024, 6, held),
        convocation_date=date(2024, 6, sent),
        second_convocation=True,
        formalities=SittingFormalities(convocation=Convocation(first=first)),
        **fields,
    )


def test_everything_is_shown() -> None:
    found = judged(second(), "Q5")
    assert found.status is OK
    assert found.inputs["first_quorum_required"] == 10
    assert found.inputs["clear_days"] == 3
    assert judged(second(), "Q1").status is NONE


def test_nothing_of_the_first_convocation_is_known() -> None:
    assert judged(second(None), "Q5").status is ASK


@pytest.mark.parametrize(("held", "status"), [(13, BAD), (14, OK)])
def test_reconvened_on_monday_held_from_friday(held: int, status: Status) -> None:
    """cdm-62823 (CE, 16 June 1997, Pfister)."""
    assert judged(second(held=held), "Q5").status is status


def test_shortened_for_urgency_it_is_a_new_sitting() -> None:
    assert judged(second(held=13, urgency=True), "Q5").status is RISK
    assert judged(second(held=13, urgency=True), "Q1").status is BAD


@pytest.mark.parametrize(
    ("change", "status"),
    [
        # The quorum of 19 members is 10: it was not missed.
        ({"present_count": 10}, BAD),
        ({"present_count": None}, ASK),
        ({"in_office": None}, ASK),
        # Three clear days before the first sitting, below 3 500 inhabitants.
        ({"sent_on": date(2024, 6, 6)}, OK),
        ({"sent_on": date(2024, 6, 7)}, RISK),
        ({"sent_on": None}, ASK),
        ({"subjects": ()}, ASK),
        ({"subjects": ("Emprunt",)}, RISK),
        # Reconvened before the first sitting was held.
        ({"sitting_date": date(2024, 6, 11)}, RISK),
    ],
)
def test_what_the_first_convocation_must_show(change: dict[str, Any], status: Status) -> None:
    found = judged(second(replace(FIRST, **change)), "Q5")
    assert found.status is status, found.explanation


def test_five_clear_days_the_first_time_in_a_large_commune() -> None:
    assert judged(second(population=3_500), "Q5").status is RISK
    early = replace(FIRST, sent_on=date(2024, 6, 4))
    assert judged(second(early, population=3_500), "Q5").status is OK
    assert judged(second(population=None), "Q5").status is ASK


def test_a_new_matter_is_named_by_number() -> None:
    what = second()
    more = replace(what, deliberations=(*what.deliberations, Deliberation("Emprunt")))
    found = judged(more, "Q5")
    assert found.status is RISK
    assert "délibération n° 2 ne se retrouve" in found.explanation
    secretary = Deliberation("Désignation du secrétaire de séance")
    usual = replace(what, deliberations=(*what.deliberations, secretary))
    assert judged(usual, "Q5").status is OK


def test_the_first_agenda_does_not_matter_when_quorum_is_met() -> None:
    other = replace(FIRST, subjects=("Emprunt",))
    assert judged(second(other, present=names(10)), "Q5").status is OK
    assert judged(second(other, present=names(9)), "Q5").status is RISK


def test_quorum_of_a_third_in_the_health_emergency() -> None:
    """Seven of nineteen were enough on 5 July 2021: the first sitting could deliberate."""
    first = replace(
        FIRST, sent_on=date(2021, 6, 30), sitting_date=date(2021, 7, 5), present_count=7
    )
    what = second(first)
    then = replace(
        what,
        sitting=replace(what.sitting, date=date(2021, 7, 9), convocation_date=date(2021, 7, 5)),
    )
    assert judged(then, "Q5").status is BAD
    assert judged(second(), "Q5", department="67").status is ASK
