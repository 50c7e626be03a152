"""T4 and T5: names and votes of a public ballot, numbers only of a secret one (L2121-21)."""

from __future__ import annotations

from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.record import (
    Ballot,
    BallotChoice,
    MatterNature,
    Outcome,
    Vote,
    VoteMode,
)
from tests.unit.council.judging import interested, judged, leaves, names, proxies, record

OK, BAD, RISK, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
ROOM, AWAY = names(12), names(3, start=13)
FOR, AGAINST, ABSTAINS = BallotChoice.FOR, BallotChoice.AGAINST, BallotChoice.ABSTENTION
ROLL_CALL, SECRET, PUBLIC = VoteMode.ROLL_CALL, VoteMode.SECRET, VoteMode.PUBLIC


def vote(rule: str, ballot: dict[str, Any], **fields: Any) -> Finding:
    fields.setdefault("present", ROOM)
    fields.setdefault("absent", AWAY)
    return judged(record(vote=Vote(**ballot), **fields), rule)


def called(*choices: BallotChoice) -> tuple[Ballot, ...]:
    return tuple(Ballot(*pair) for pair in zip(ROOM, choices, strict=False))


@pytest.mark.parametrize(
    ("requests", "mode", "status"),
    [
        # 12 present: the quarter is 3.
        (3, PUBLIC, BAD),
        (2, PUBLIC, NONE),
        (3, None, ASK),
        (0, PUBLIC, NONE),
        (None, PUBLIC, NONE),
        # Senate answer 08312: a secret ballot prevails.
        (12, SECRET, NONE),
    ],
)
def test_quarter_of_the_members_present(
    requests: int | None, mode: VoteMode | None, status: Status
) -> None:
    assert vote("T4", {"roll_call_requests": requests, "mode": mode}).status is status


@pytest.mark.parametrize("present", range(1, 30))
def test_shares_are_those_of_the_members_present(present: int) -> None:
    """Brute force: the quarter and the third are reached by whole members only."""
    room = {"present": names(present), "absent": ()}
    for requests in range(present + 1):
        quarter = requests / present >= 1 / 4
        third = requests * 3 >= present
        found = vote("T4", {"roll_call_requests": requests, "mode": PUBLIC}, **room)
        assert (found.status is BAD) == (requests > 0 and quarter)
        found = vote("T5", {"secret_requests": requests, "mode": PUBLIC}, **room)
        assert (found.status is BAD) == (requests > 0 and third)


def test_secret_prevails_when_both_are_asked_for() -> None:
    both = {"roll_call_requests": 6, "secret_requests": 4, "mode": PUBLIC}
    assert vote("T4", both).status is NONE
    assert vote("T5", both).status is BAD


def test_requests_without_a_number_present_are_to_check() -> None:
    room = {"present": (), "absent": ()}
    assert vote("T4", {"roll_call_requests": 3, "mode": PUBLIC}, **room).status is ASK
    assert vote("T5", {"secret_requests": 3, "mode": PUBLIC}, **room).status is ASK


def test_roll_call_with_every_name() -> None:
    ballots = called(*[FOR] * 8, *[AGAINST] * 3, ABSTAINS)
    tallies = {"in_favour": 8, "against": 3, "abstentions": 1}
    found = vote("T4", {"mode": ROLL_CALL, "ballots": ballots, **tallies})
    assert (found.status, found.inputs["names_listed"]) == (OK, 12)


def test_roll_call_without_names_is_to_complete() -> None:
    assert vote("T4", {"mode": ROLL_CALL, "in_favour": 12, "against": 0}).status is ASK


def test_roll_call_that_lacks_a_name() -> None:
    eleven = called(*[FOR] * 11)
    assert vote("T4", {"mode": ROLL_CALL, "ballots": eleven, "in_favour": 12}).status is BAD
    # Without printed number, the room tells.
    assert vote("T4", {"mode": ROLL_CALL, "ballots": eleven}).status is BAD
    assert vote("T4", {"mode": ROLL_CALL, "ballots": called(*[FOR] * 12)}).status is OK


def test_more_names_than_votes_is_a_contradiction() -> None:
    found = vote("T4", {"mode": ROLL_CALL, "ballots": called(*[FOR] * 12), "in_favour": 11})
    assert found.status is RISK


def test_names_without_a_roll_call_need_not_be_complete() -> None:
    """Minutes often name those who voted against, and no one else."""
    against = tuple(Ballot(member, AGAINST) for member in ROOM[:2])
    named = {"ballots": against, "against": 2, "in_favour": 10}
    assert vote("T4", named).status is NONE
    assert vote("T4", {**named, "mode": ROLL_CALL}).status is BAD
    assert vote("T4", {**named, "mode": PUBLIC, "roll_call_requests": 3}).status is BAD
    assert vote("T4", {**named, "against": 1}).status is RISK


def test_double_vote() -> None:
    ballots = (*called(*[FOR] * 11), Ballot(ROOM[0].upper(), AGAINST))
    found = vote("T4", {"mode": ROLL_CALL, "ballots": ballots})
    assert found.status is RISK
    assert found.inputs["problems"] == [f"{ROOM[0]} vote deux fois"]


def test_vote_of_a_member_out_of_the_room() -> None:
    ballots = called(*[FOR] * 12)
    moved = {"movements": (leaves(ROOM[0], 1),)}
    assert vote("T4", {"mode": ROLL_CALL, "ballots": ballots}, **moved).status is RISK
    absent = (*ballots[1:], Ballot(AWAY[0], FOR))
    assert vote("T4", {"mode": ROLL_CALL, "ballots": absent}).status is RISK
    by_proxy = (*ballots, Ballot(AWAY[0], FOR, cast_by=ROOM[1]))
    given = {"proxies": proxies((AWAY[0], ROOM[1]))}
    assert vote("T4", {"mode": ROLL_CALL, "ballots": by_proxy}, **given).status is OK
    gone = {**given, "movements": (leaves(ROOM[1], 1),)}
    assert vote("T4", {"mode": ROLL_CALL, "ballots": by_proxy}, **gone).status is RISK


def test_secret_ballot_leaves_numbers_only() -> None:
    ballot = {"mode": SECRET, "secret_requests": 4, "in_favour": 7, "against": 5}
    assert vote("T5", ballot).status is OK
    found = vote("T5", {**ballot, "ballots": called(FOR)})
    assert found.status is BAD
    assert vote("T5", {**ballot, "president_vote": "for"}).status is RISK


@pytest.mark.parametrize(("requests", "status"), [(None, ASK), (0, RISK), (3, RISK), (4, OK)])
def test_secret_ballot_needs_its_third(requests: int | None, status: Status) -> None:
    assert vote("T5", {"mode": SECRET, "secret_requests": requests}).status is status


def test_secret_ballot_of_a_nomination_needs_no_request() -> None:
    told = {"deliberation": {"nature": MatterNature.NOMINATION}}
    assert vote("T5", {"mode": SECRET}, **told).status is OK
    assert vote("T5", {"mode": PUBLIC}, **told).status is NONE


def test_recused_members_are_not_among_those_present() -> None:
    """13 present, one recused: three requests of twelve make the quarter."""
    room = {"present": names(13), "absent": ()}
    ballot = {"roll_call_requests": 3, "mode": PUBLIC}
    assert vote("T4", ballot, **room).status is NONE
    out = {"deliberation": {"recused": interested(names(13)[12])}}
    assert vote("T4", ballot, **room, **out).status is BAD


@pytest.mark.parametrize("rule", ["T4", "T5"])
def test_nothing_asked_nothing_judged(rule: str) -> None:
    assert vote(rule, {}).status is NONE
    assert vote(rule, {"outcome": Outcome.POSTPONED}).status is NONE
