"""What holds whatever the vote: ballots, rounds, déports, procurations and movements at random."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from levier.common.domain.findings import Finding, Status
from levier.council.domain.outcome import outcome_of
from levier.council.domain.presence import presence_at
from levier.council.domain.record import (
    AssemblyKind,
    Ballot,
    BallotChoice,
    Candidate,
    Deliberation,
    MatterNature,
    Outcome,
    Participation,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Round,
    Sitting,
    Vote,
    VoteMode,
)
from levier.council.domain.rules import RULES, Mark, check
from tests.unit.council.judging import SITTING_DAY, TODAY, interested, leaves, names, proxies
from tests.unit.council.record_strategies import NAMES, maybe, records
from tests.unit.council.test_rules_properties import FORBIDDEN

MARKS = {rule.id: rule.mark for rule in RULES}
SMALL = st.integers(-2, 12)
BIRTHS = maybe(st.dates(date(1930, 1, 1), date(2006, 1, 1)))
BALLOTS = st.lists(
    st.builds(Ballot, member=NAMES, choice=st.sampled_from(BallotChoice), cast_by=maybe(NAMES)),
    max_size=5,
).map(tuple)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        name=NAMES,
        votes=SMALL,
        born_on=BIRTHS,
        average_age=maybe(st.floats(18, 99)),
    ),
    max_size=3,
).map(tuple)
ROUNDS = st.lists(st.builds(Round, candidates=CANDIDATES, blank=maybe(SMALL)), max_size=4).map(
    tuple
)
RECUSALS = st.lists(
    st.builds(
        Recusal,
        member=NAMES,
        ground=st.sampled_from(RecusalGround),
        took_part=st.lists(st.sampled_from(Participation), max_size=2).map(tuple),
        body=maybe(st.sampled_from(("CCAS", "SEM du Port", "Association", ""))),
    ),
    max_size=3,
).map(tuple)
GIVEN = st.lists(
    st.builds(
        Proxy,
        giver=NAMES,
        holder=NAMES,
        written=maybe(st.booleans()),
        signed_on=maybe(st.dates()),
        sittings_used=maybe(SMALL),
        illness=maybe(st.booleans()),
        revoked_before_item=maybe(st.integers(-1, 4)),
    ),
    max_size=4,
).map(tuple)


@st.composite
def voted(draw: st.DrawFn) -> Record:
    """Any record, with any vote upon each of its deliberations."""
    what = draw(records())
    deliberations = tuple(
        replace(
            one,
            nature=draw(maybe(st.sampled_from(MatterNature))),
            president=draw(maybe(NAMES)),
            rapporteur=draw(maybe(NAMES)),
            recused=draw(RECUSALS),
            vote=replace(
                one.vote,
                not_voting=draw(maybe(SMALL)),
                roll_call_requests=draw(maybe(SMALL)),
                secret_requests=draw(maybe(SMALL)),
                secret_waived=draw(maybe(st.booleans())),
                ballots=draw(BALLOTS),
                rounds=draw(ROUNDS),
                elected=draw(st.lists(NAMES, max_size=2).map(tuple)),
            ),
        )
        for one in what.deliberations
    )
    sitting = replace(what.sitting, proxies=draw(GIVEN))
    return replace(what, deliberations=deliberations, sitting=sitting)


def plain(findings: tuple[Finding, ...]) -> str:
    return json.dumps([finding.as_json() for finding in findings])


@given(voted(), st.dates(date(2000, 1, 1), date(2027, 1, 1)))
@settings(max_examples=80)
def test_no_vote_breaks_a_rule(what: Record, as_of: date) -> None:
    findings = check(what, as_of=as_of)
    plain(findings)
    for finding in findings:
        assert finding.explanation.endswith((".", ")")), finding.explanation
        assert not FORBIDDEN.search(finding.explanation), finding.explanation
        if MARKS[finding.rule] is Mark.GENERAL:
            assert finding.status not in (Status.IRREGULAR, Status.AT_RISK), finding.rule


@settings(max_examples=50)
@given(voted(), st.randoms(use_true_random=False))
def test_order_of_names_changes_nothing(what: Record, random: Any) -> None:
    def shuffled(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(values, len(values)))

    other = replace(
        what,
        sitting=replace(what.sitting, proxies=shuffled(what.sitting.proxies)),
        deliberations=tuple(
            replace(
                one,
                recused=shuffled(one.recused),
                vote=replace(one.vote, ballots=shuffled(one.vote.ballots)),
            )
            for one in what.deliberations
        ),
    )
    mine = ("S2", "Q1", "Q3", "Q4", "P1", "P2", "T1", "T2", "T3", "T4", "T5", "T6", "I1", "I2")
    for left, right in zip(check(what, as_of=TODAY), check(other, as_of=TODAY), strict=True):
        if left.rule in mine:
            assert (left.rule, left.status) == (right.rule, right.status)


@settings(max_examples=50)
@given(voted())
def test_outcome_and_room_are_told_whatever_the_vote(what: Record) -> None:
    for position, deliberation in enumerate(what.deliberations):
        found = outcome_of(what, position, as_of=TODAY)
        assert found.explanation.endswith((".", ")"))
        assert bool(found.elected) <= (found.outcome is Outcome.ADOPTED)
        presence = presence_at(what, deliberation.number, as_of=TODAY)
        assert len(presence.proxies) == len(set(what.sitting.proxies))
        assert not set(presence.present) & set(presence.absent)


def test_a_large_sitting_is_judged_in_well_under_a_second() -> None:
    """69 members, 200 items by roll call, with movements, déports and procurations."""
    room, away = names(60), names(9, start=61)
    ballots = tuple(Ballot(member, BallotChoice.FOR) for member in room)
    vote = Vote(mode=VoteMode.ROLL_CALL, in_favour=60, against=0, abstentions=0, ballots=ballots)
    what = Record(
        assembly_kind=AssemblyKind.COMMUNE,
        population=300_000,
        sitting=Sitting(
            date=SITTING_DAY,
            in_office=69,
            present=room,
            absent=away,
            proxies=proxies(*zip(away, room, strict=False)),
            movements=tuple(leaves(room[rank], 10 * rank) for rank in range(1, 10)),
        ),
        deliberations=tuple(
            Deliberation(f"Affaire {n}", n, recused=interested(room[20]), vote=vote)
            for n in range(1, 201)
        ),
    )
    check(what, as_of=TODAY)
    start = perf_counter()
    check(what, as_of=TODAY)
    assert perf_counter() - start < 1
