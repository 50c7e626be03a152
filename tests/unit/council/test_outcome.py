"""The outcome is computed from the counts, the same as the rules judge, and explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from levier.council.domain.formalities import SittingFormalities
from levier.council.domain.outcome import ComputedOutcome, outcome_of
from levier.council.domain.record import (
    AssemblyKind,
    Ballot,
    BallotChoice,
    Candidate,
    MatterNature,
    Outcome,
    Record,
    Round,
    Vote,
    VoteMode,
)
from levier.council.domain.rules import check
from tests.unit.council.judging import TODAY, names, record
from tests.unit.council.record_strategies import records

ADOPTED, REJECTED, POSTPONED = Outcome.ADOPTED, Outcome.REJECTED, Outcome.POSTPONED


def computed(nature: MatterNature | None = None, **ballot: Any) -> ComputedOutcome:
    what = record(vote=Vote(**ballot), deliberation={"nature": nature})
    return outcome_of(what, 0, as_of=TODAY)


@pytest.mark.parametrize(
    ("ballot", "outcome", "rule"),
    [
        # mc85-752: 10 present, 4 for, 6 abstentions: adopted.
        ({"in_favour": 4, "against": 0, "abstentions": 6}, ADOPTED, "T1"),
        ({"in_favour": 4, "against": 5}, REJECTED, "T1"),
        # L2121-20: 5/5 secret is rejected; in public the president's vote prevails.
        ({"in_favour": 5, "against": 5, "mode": VoteMode.SECRET}, REJECTED, "T2"),
        ({"in_favour": 5, "against": 5, "president_vote": "for"}, ADOPTED, "T2"),
        ({"in_favour": 5, "against": 5, "president_vote": "against"}, REJECTED, "T2"),
        ({"in_favour": 5, "against": 5}, None, "T2"),
        ({"unanimous": True}, ADOPTED, "T1"),
        ({"unanimous": True, "outcome": REJECTED}, REJECTED, "T1"),
        ({"outcome": POSTPONED}, POSTPONED, "T1"),
        ({}, None, "T1"),
    ],
)
def test_ordinary_vote(ballot: dict[str, Any], outcome: Outcome | None, rule: str) -> None:
    found = computed(**ballot)
    assert (found.outcome, found.rule) == (outcome, rule)
    assert found.explanation.endswith(".")


def test_a_person_cannot_type_it() -> None:
    typed = {"in_favour": 4, "against": 9, "outcome": ADOPTED}
    assert computed(**typed).outcome is REJECTED
    assert computed(outcome=ADOPTED).outcome is None


@pytest.mark.parametrize("mode", list(VoteMode))
def test_accounts_are_adopted_in_a_tie(mode: VoteMode) -> None:
    """qe-47837: 5 for, 5 against, secret: adopted."""
    found = computed(MatterNature.ACCOUNTS, in_favour=5, against=5, mode=mode)
    assert (found.outcome, found.rule) == (ADOPTED, "T9")
    assert computed(MatterNature.ACCOUNTS, in_favour=5, against=6).outcome is REJECTED


def test_the_nature_told_prevails_over_the_subject() -> None:
    what = record(
        subject="Compte administratif : information",
        vote=Vote(in_favour=5, against=5, president_vote="against"),
        deliberation={"nature": MatterNature.ORDINARY},
    )
    assert outcome_of(what, 0, as_of=TODAY).outcome is REJECTED


def test_roll_call_is_counted_from_the_names() -> None:
    room = names(7)
    choices = [BallotChoice.FOR] * 3 + [BallotChoice.AGAINST] * 2 + [BallotChoice.ABSTENTION] * 2
    ballots = tuple(Ballot(*pair) for pair in zip(room, choices, strict=True))
    assert computed(mode=VoteMode.ROLL_CALL, ballots=ballots).outcome is ADOPTED
    turned = tuple(
        replace(one, choice=BallotChoice.AGAINST) if one.choice is BallotChoice.FOR else one
        for one in ballots
    )
    assert computed(mode=VoteMode.ROLL_CALL, ballots=turned).outcome is REJECTED


def test_nomination_names_the_winner() -> None:
    first = Round((Candidate("Anne A", 5), Candidate("Benoît B", 4)), blank=1)
    found = computed(MatterNature.NOMINATION, rounds=(first,))
    assert (found.outcome, found.rule, found.elected) == (ADOPTED, "T6", ("Anne A",))
    found = computed(MatterNature.MAYOR_ELECTION, rounds=(first,))
    assert (found.rule, found.elected) == ("T8", ("Anne A",))


def test_nomination_without_majority_says_what_is_missing() -> None:
    tied = Round((Candidate("Anne A", 5), Candidate("Benoît B", 5)))
    found = computed(MatterNature.NOMINATION, rounds=(tied,))
    assert (found.outcome, found.elected) == (None, ())
    assert "deuxième tour" in found.explanation
    found = computed(MatterNature.NOMINATION, rounds=(tied,) * 3)
    assert (found.outcome, found.elected) == (None, ())
    assert "âge" in found.explanation
    born = Round(
        (Candidate("Anne A", 5, date(1980, 1, 2)), Candidate("Benoît B", 5, date(1980, 1, 1)))
    )
    found = computed(MatterNature.NOMINATION, rounds=(tied, tied, born))
    assert found.elected == ("Benoît B",)


def test_single_candidacy_takes_effect_at_once_but_for_the_executive() -> None:
    only = (Round((Candidate("Anne A", 0),)),)
    found = computed(MatterNature.DELEGATES_ELECTION, rounds=only)
    assert (found.outcome, found.rule, found.elected) == (ADOPTED, "T7", ("Anne A",))
    assert computed(MatterNature.MAYOR_ELECTION, rounds=only).outcome is None


def test_secret_ballot_is_put_off_in_a_meeting_by_video() -> None:
    what = record(
        kind=AssemblyKind.EPCI,
        vote=Vote(in_favour=9, against=3, mode=VoteMode.SECRET),
        formalities=SittingFormalities(remote_places=("Lens", "Liévin")),
    )
    found = outcome_of(what, 0, as_of=TODAY)
    assert (found.outcome, found.rule) == (POSTPONED, "Q6")
    one_place = replace(what, sitting=replace(what.sitting, formalities=SittingFormalities()))
    assert outcome_of(one_place, 0, as_of=TODAY).outcome is ADOPTED


def test_position_out_of_the_record() -> None:
    with pytest.raises(IndexError):
        outcome_of(record(), 1, as_of=TODAY)


@given(records())
def test_what_the_rules_accuse_is_never_what_is_computed(what: Record) -> None:
    """An irregular outcome printed differs from the computed one; a conforming one equals it."""
    for position, deliberation in enumerate(what.deliberations):
        found = outcome_of(what, position, as_of=TODAY)
        assert found.explanation
        if deliberation.vote.outcome is POSTPONED:
            assert found.outcome is POSTPONED
    for finding in check(what, as_of=TODAY):
        if finding.rule in ("T1", "T2", "T9") and finding.status == "irregular":
            assert finding.inputs["outcome"] != finding.inputs["outcome_printed"]
