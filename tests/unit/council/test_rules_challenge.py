"""X9, X10, X11: until when the prefect and third parties may act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.formalities import ActFormalities
from levier.council.domain.record import MatterNature
from tests.unit.council.judging import SITTING_DAY, TODAY, judged, record

OK, ASK, NONE = Status.OK, Status.UNVERIFIABLE, Status.NOT_APPLICABLE


def day(number: int, month: int = 6) -> date:
    return date(2024, month, number)


def act(rule: str, *, as_of: date = TODAY, held: date = SITTING_DAY, **told: Any) -> Finding:
    """`told` are fields of the deliberation, or of its formalities."""
    names = {name for name in told if name in ActFormalities.__dataclass_fields__}
    deliberation = {name: value for name, value in told.items() if name not in names}
    deliberation["formalities"] = ActFormalities(**{name: told[name] for name in names})
    return judged(record(date=held, deliberation=deliberation), rule, as_of=as_of)


def test_published_on_1_october_2007() -> None:
    """council-law.md, A.8: the last day of action is Monday 3 December 2007 (icard)."""
    found = act("X11", held=date(2007, 9, 28), published_on=date(2007, 10, 1))
    assert found.inputs["challenge_deadline"] == date(2007, 12, 3)
    assert "lundi 3 décembre 2007" in found.explanation


def test_challenge_deadlines_start_from_their_own_dates() -> None:
    """Published on 18 June 2024, received on the 14th, read off a calendar.

    Third parties: 18 August, then one day more, Monday 19 August. The prefect: 14 August, then one
    day more, the 15th, which is a holiday, so Friday 16 August.
    """
    dates = {"published_on": day(18), "received_on": day(14)}
    assert act("X11", **dates).inputs["challenge_deadline"] == day(19, 8)
    assert act("X10", **dates).inputs["challenge_deadline"] == day(16, 8)


def test_deadline_is_open_until_its_last_day() -> None:
    last = day(19, 8)
    assert "reste possible" in act("X11", as_of=last, published_on=day(18)).explanation
    assert act("X11", as_of=last, published_on=day(18)).inputs["open"] is True
    after = act("X11", as_of=last + timedelta(days=1), published_on=day(18))
    assert "était possible" in after.explanation


def test_no_deadline_without_a_date() -> None:
    for rule in ("X10", "X11"):
        assert (act(rule).status, act(rule).inputs["challenge_deadline"]) == (ASK, None)


def test_holidays_of_alsace_moselle_extend_the_deadline() -> None:
    """26 December 2024 (Thursday) is a holiday in Moselle only."""
    what = record(date=day(1, 10), deliberation={"published_on": day(25, 10)})
    assert judged(what, "X11").inputs["challenge_deadline"] == day(26, 12)
    moselle = judged(what, "X11", department="57")
    assert moselle.inputs["challenge_deadline"] == day(27, 12)


@pytest.mark.parametrize(
    ("appeal", "answer", "last", "words"),
    [
        # Answered on 20 August (Tuesday): 20 October, then Monday 21 October.
        (day(1, 8), day(20, 8), day(21, 10), "réponse du 20 août 2024"),
        # Silent: refused on 1 October; 1 December, then Monday 2 December.
        (day(1, 8), None, day(2, 12), "silence valant rejet le 1er octobre 2024"),
        # The last day of the delay still counts; refused on 19 October, so Friday 20 December.
        (day(19, 8), None, day(20, 12), "silence"),
        (day(20, 8), None, day(19, 8), "tardif"),
        # An answer of the first days takes nothing away: 25 August, then Monday 26.
        (day(20), day(25), day(26, 8), "réponse"),
        (day(18), day(18), day(19, 8), "réponse"),
    ],
)
def test_a_gracious_appeal_in_time_keeps_the_delay(
    appeal: date, answer: date | None, last: date, words: str
) -> None:
    found = act("X11", published_on=day(18), gracious_appeal_on=appeal, gracious_answer_on=answer)
    assert found.inputs["challenge_deadline"] == last
    assert words in found.explanation


def test_missing_pieces_have_the_prefect_s_delay_run_from_their_reception() -> None:
    """Received on 14 June, completed on 2 July: 2 September, then Tuesday 3 September 2024."""
    asked = {"received_on": day(14), "missing_pieces_asked_on": day(20)}
    waiting = act("X10", **asked)
    assert (waiting.status, waiting.inputs["challenge_deadline"]) == (ASK, None)
    assert waiting.inputs["open"] is True
    complete = act("X10", completed_on=day(2, 7), **asked)
    assert complete.inputs["challenge_deadline"] == day(3, 9)
    late = act("X10", received_on=day(14), missing_pieces_asked_on=day(17, 8))
    assert late.inputs["challenge_deadline"] == day(16, 8)


def test_the_person_concerned_acts_from_the_notification() -> None:
    decision = {"nature": MatterNature.INDIVIDUAL_DECISION, "notified_on": day(18)}
    found = act("X11", **decision)
    assert found.inputs["challenge_deadline"] == day(19, 8)
    assert "notification" in found.explanation


EXEMPT = {"nature": MatterNature.ROAD_TARIFF, "published_on": day(18)}


def test_an_act_not_transmitted_has_no_delay_from_its_reception() -> None:
    assert act("X10", received_on=day(18), **EXEMPT).status is NONE
    assert act("X9", published_on=day(18), received_on=day(18)).status is NONE


@pytest.mark.parametrize(
    ("asked", "communicated", "status", "last"),
    [
        (None, None, NONE, None),
        (day(18, 8), None, ASK, None),
        # Communicated on 1 September: 1 November is a holiday, 2 and 3 a week-end: Monday 4.
        (day(18, 8), day(1, 9), OK, day(4, 11)),
        (day(19, 8), day(1, 9), OK, None),  # asked after two months: no more referral
    ],
)
def test_acts_that_the_prefect_asks_for(
    asked: date | None, communicated: date | None, status: Status, last: date | None
) -> None:
    """CGCT L2131-3: executory on 18 June 2024, so asked until 18 August."""
    found = act("X9", state_request_on=asked, communicated_on=communicated, **EXEMPT)
    assert (found.status, found.inputs.get("challenge_deadline")) == (status, last)


def test_an_act_whose_effect_is_unknown_has_no_known_request_delay() -> None:
    found = act("X9", nature=MatterNature.ROAD_TARIFF, state_request_on=day(18, 8))
    assert found.status is ASK
