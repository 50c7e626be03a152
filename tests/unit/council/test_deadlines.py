"""What is due around a sitting: the same dates as the findings, told as things to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.council.domain.circumstances import Circumstances, DelegatedDecision, OtherSitting
from levier.council.domain.deadlines import Deadline, DeadlineState, Nature, deadlines
from levier.council.domain.formalities import MinutesStatus, SittingFormalities
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    MatterNature,
    Outcome,
    Record,
    Sitting,
    Vote,
)
from levier.council.domain.rules import check
from tests.unit.council.record_strategies import records

HELD = date(2024, 6, 11)
LATER = date(2024, 7, 1)


def sitting_of(**sitting: object) -> Record:
    return Record(
        assembly_kind=AssemblyKind.COMMUNE,
        population=5169,
        sitting=Sitting(**({"date": HELD} | sitting)),  # type: ignore[arg-type]
        deliberations=(
            Deliberation("Contrat de ville", 1, vote=Vote(Outcome.ADOPTED)),
            Deliberation(
                "Droits de voirie",
                2,
                vote=Vote(Outcome.ADOPTED),
                nature=MatterNature.ROAD_TARIFF,
                published_on=date(2024, 6, 18),
            ),
        ),
    )


def found(
    what: Record, key: str, *, as_of: date = LATER, deliberation: int | None = None
) -> Deadline:
    every = [
        one
        for one in deadlines(what, as_of=as_of)
        if (one.key, one.deliberation) == (key, deliberation)
    ]
    assert len(every) == 1, every
    return every[0]


def keys(what: Record, *, as_of: date = LATER, deliberation: int | None = None) -> set[str]:
    return {one.key for one in deadlines(what, as_of=as_of) if one.deliberation == deliberation}


def test_convocation_before_the_sitting() -> None:
    """Five clear days before Tuesday 11 June 2024 in a town of 5,169: sent on Wednesday the 5th."""
    for as_of, state in (
        (date(2024, 6, 5), DeadlineState.OPEN),
        (date(2024, 6, 6), DeadlineState.OVERDUE),
    ):
        one = found(sitting_of(), "convocation", as_of=as_of)
        assert (one.due_on, one.state) == (date(2024, 6, 5), state)
    sent = found(
        sitting_of(convocation_date=date(2024, 6, 4)), "convocation", as_of=date(2024, 6, 5)
    )
    assert (sent.state, sent.is_late) == (DeadlineState.DONE, False)
    assert "convocation" not in keys(sitting_of())  # nobody convenes a sitting that was held


def test_an_unknown_population_keeps_the_longer_delay() -> None:
    what = replace(sitting_of(), population=None)
    assert found(what, "convocation", as_of=date(2024, 6, 1)).due_on == date(2024, 6, 5)


def test_list_minutes_next_sitting_and_register() -> None:
    what = sitting_of()
    assert found(what, "list").due_on == date(2024, 6, 18)
    assert found(what, "list").state is DeadlineState.OVERDUE
    assert found(what, "list", as_of=date(2024, 6, 18)).state is DeadlineState.OPEN
    minutes = found(what, "minutes")
    assert (minutes.due_on, minutes.state) == (None, DeadlineState.UNKNOWN)
    assert found(what, "next").due_on == date(2024, 9, 30)
    assert found(what, "register").due_on == date(2024, 12, 31)
    assert {one.article for one in deadlines(what, as_of=LATER) if one.key == "next"} == {
        "CGCT L2121-7"
    }


def test_what_was_done_is_told_so_and_late_when_it_was() -> None:
    posted = SittingFormalities(
        list_posted_on=date(2024, 6, 19),
        list_online_on=date(2024, 6, 12),
        minutes=MinutesStatus(adopted_on=date(2024, 9, 24), online_on=date(2024, 9, 30)),
    )
    what = sitting_of(formalities=posted)
    listed = found(what, "list")
    assert (listed.state, listed.done_on, listed.is_late) == (
        DeadlineState.DONE,
        date(2024, 6, 19),
        True,
    )
    published = found(what, "minutes", as_of=date(2024, 10, 5))
    assert (published.due_on, published.state) == (date(2024, 10, 1), DeadlineState.DONE)
    met = replace(what, circumstances=Circumstances(other_sittings=(OtherSitting(LATER),)))
    assert found(met, "next").state is DeadlineState.DONE


def test_an_act_awaits_transmission_and_publication_without_a_legal_day() -> None:
    for key in ("transmission", "publication"):
        one = found(sitting_of(), key, deliberation=0)
        assert (one.due_on, one.state, one.nature) == (None, DeadlineState.OPEN, Nature.DUTY)
    # An act that is not transmitted awaits nothing, and the prefect's delay is not that of others.
    assert keys(sitting_of(), deliberation=1) & {"transmission", "prefect"} == set()
    assert found(sitting_of(), "publication", deliberation=1).state is DeadlineState.DONE


def test_delays_that_run_for_others_close_by_themselves() -> None:
    one = found(sitting_of(), "challenge", deliberation=1)
    assert (one.due_on, one.state) == (date(2024, 8, 19), DeadlineState.OPEN)
    assert one.who == "toute personne intéressée"
    after = found(sitting_of(), "challenge", as_of=date(2024, 8, 20), deliberation=1)
    assert after.state is DeadlineState.CLOSED
    posting = found(sitting_of(), "posting", deliberation=1)
    assert posting.due_on == date(2024, 8, 18)
    assert found(sitting_of(), "prefect", deliberation=0).state is DeadlineState.UNKNOWN


def test_a_matter_put_off_has_no_deadline() -> None:
    what = sitting_of()
    put_off = replace(
        what,
        deliberations=(Deliberation("Report", 1, vote=Vote(outcome=Outcome.POSTPONED)),),
    )
    assert keys(put_off, deliberation=0) == set()


@pytest.mark.parametrize(
    ("kind", "who", "article"),
    [
        (AssemblyKind.COMMUNE, "le maire", "CGCT L2121-7"),
        (AssemblyKind.EPCI, "la présidence", "CGCT L5211-11"),
    ],
)
def test_who_must_act_is_the_executive_of_that_assembly(
    kind: AssemblyKind, who: str, article: str
) -> None:
    one = found(replace(sitting_of(), assembly_kind=kind), "next")
    assert (one.who, one.article) == (who, article)


def test_alsace_moselle_has_no_deadline_of_another_law() -> None:
    """L2121-15 does not apply there (L2541-1): Levier dates no publication of the minutes."""
    adopted = SittingFormalities(minutes=MinutesStatus(adopted_on=date(2024, 9, 24)))
    what = replace(sitting_of(formalities=adopted), department="57")
    assert all(one.due_on is None for one in deadlines(what, as_of=LATER) if one.key == "minutes")
    assert found(replace(what, department="62"), "minutes").due_on == date(2024, 10, 1)


@given(records(), st.dates())
@settings(max_examples=150)
def test_deadlines_never_raise_and_agree_with_the_findings(what: Record, as_of: date) -> None:
    findings = check(what, as_of=as_of)
    dated = {
        (finding.scope, value)
        for finding in findings
        for value in finding.inputs.values()
        if type(value) is date
    }
    for one in deadlines(what, as_of=as_of):
        if one.due_on and one.key not in ("next", "register", "posting"):
            assert (one.scope, one.due_on) in dated
        if one.state is DeadlineState.DONE:
            assert one.done_on is not None
            assert one.done_on <= as_of
        if one.state in (DeadlineState.OVERDUE, DeadlineState.CLOSED):
            assert one.due_on is not None
            assert one.due_on < as_of


def test_acts_of_a_sitting_to_come_await_nothing_yet() -> None:
    before = date(2024, 6, 10)
    assert keys(sitting_of(), as_of=before, deliberation=0) == set()
    assert keys(sitting_of(), as_of=before) == {"convocation", "list"}


def test_delegated_decisions_await_their_report_and_nothing_once_made() -> None:
    """A decision of 6 May 2024 is reported by the end of September."""
    decision = DelegatedDecision("Bail", date(2024, 5, 6))
    what = replace(sitting_of(), circumstances=Circumstances(delegated_decisions=(decision,)))
    assert found(what, "delegated").due_on == date(2024, 9, 30)
    told = replace(decision, reported_on=date(2024, 6, 4))  # before this sitting
    what = replace(what, circumstances=Circumstances(delegated_decisions=(told,)))
    assert "delegated" not in keys(what)


@pytest.mark.parametrize(
    ("following", "is_missed"),
    [(date(2024, 7, 1), False), (date(2024, 9, 30), False), (date(2024, 10, 1), True)],
)
def test_the_day_of_the_next_sitting_is_that_of_the_rule_of_quarters(
    following: date, is_missed: bool
) -> None:
    """K1 looks back on a quarter without a sitting; the deadline looks ahead to its last day."""
    due_on = found(sitting_of(), "next").due_on
    assert due_on is not None
    assert (following > due_on) is is_missed
    after = replace(
        sitting_of(date=following),
        circumstances=Circumstances(other_sittings=(OtherSitting(HELD),)),
    )
    (verdict,) = check(after, as_of=following, only={"K1"})
    assert bool(verdict.inputs["empty_quarters"]) is is_missed
