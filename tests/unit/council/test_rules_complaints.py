"""What users of other tools complain of, shown not to happen here.

Each test names the public thread that asked (council-law.md, C.3). That extracts and minutes agree
is shown in test_writers.
"""

from __future__ import annotations

from dataclasses import replace

from levier.common.domain.findings import Status
from levier.council.domain.outcome import outcome_of
from levier.council.domain.presence import presence_at
from levier.council.domain.record import (
    Ballot,
    BallotChoice,
    Deliberation,
    Outcome,
    Record,
    Sitting,
    Vote,
    VoteMode,
)
from tests.unit.council.judging import (
    SITTING_DAY,
    TODAY,
    judged,
    leaves,
    names,
    proxies,
    record,
)

ITEM = "délibération n° 1"


def test_quorum_is_computed() -> None:
    """4minitz#389, OpenSlides#6667, SAPL#3579."""
    assert judged(record(in_office=11, present=names(5)), "Q1").status is Status.IRREGULAR


def test_delegated_vote_does_not_count_while_the_holder_is_absent() -> None:
    """OpenSlides#5745."""
    room, away = names(6), names(2, start=7)
    what = record(
        present=room,
        absent=away,
        proxies=proxies((away[0], away[1])),
        vote=Vote(in_favour=7, against=0, abstentions=0),
    )
    assert judged(what, "P2", scope="séance").inputs["problems"]
    votes = judged(what, "T3", scope=ITEM)
    assert (votes.status, votes.inputs["votes_expected"]) == (Status.AT_RISK, 6)


def test_greatest_number_of_votes_takes_procurations_into_account() -> None:
    """OpenSlides client#713."""
    room, away = names(6), names(2, start=7)
    given = proxies((away[0], room[0]), (away[1], room[1]))
    what = record(
        present=room, absent=away, proxies=given, vote=Vote(in_favour=8, against=0, abstentions=0)
    )
    assert judged(what, "T3", scope=ITEM).status is Status.OK


def test_principal_who_votes_despite_the_delegation_is_seen() -> None:
    """OpenSlides client#3518."""
    room = names(6)
    what = record(
        present=room,
        proxies=proxies((room[0], room[1])),
        vote=Vote(in_favour=7, against=0, abstentions=0),
    )
    assert judged(what, "P2", scope="séance").inputs["problems"]
    assert judged(what, "T3", scope=ITEM).status is Status.AT_RISK


def test_abstentions_do_not_change_the_majority() -> None:
    """OpenSlides#2182, client#1726."""
    few = Vote(in_favour=3, against=2, abstentions=0)
    for abstentions in (0, 1, 50):
        found = judged(record(vote=replace(few, abstentions=abstentions)), "T1")
        assert found.inputs["outcome"] == "adopted"


def test_list_and_number_used_for_the_vote_cannot_differ_unseen() -> None:
    """SAPL#2031, SAPL#2152."""
    what = record(
        present=names(9), present_count=11, vote=Vote(in_favour=11, against=0, abstentions=0)
    )
    assert judged(what, "T3", scope="séance").status is Status.AT_RISK
    assert judged(what, "T3", scope=ITEM).status is not Status.OK


def test_absence_for_an_item_is_not_an_abstention() -> None:
    """SAPL#1974: who left before the item neither votes nor abstains."""
    room = names(9)
    ballot = Vote(in_favour=8, against=0, abstentions=1)
    what = record(present=room, movements=(leaves(room[8], 1),), vote=ballot)
    assert judged(what, "T3", scope=ITEM).status is Status.AT_RISK
    right = record(
        present=room, movements=(leaves(room[8], 1),), vote=replace(ballot, abstentions=0)
    )
    assert judged(right, "T3", scope=ITEM).status is Status.OK


def test_vote_without_presences_is_not_taken_as_verified() -> None:
    """SAPL#759."""
    what = record(in_office=11, vote=Vote(in_favour=9, against=0, abstentions=0))
    assert judged(what, "Q1").status is Status.UNVERIFIABLE
    assert judged(what, "T3", scope=ITEM).status is Status.UNVERIFIABLE


def test_outcome_is_computed_not_chosen() -> None:
    """SAPL#3571, SAPL#3641."""
    wrong = Vote(outcome=Outcome.ADOPTED, in_favour=4, against=9)
    found = judged(record(vote=wrong), "T1")
    assert (found.status, found.inputs["outcome"]) == (Status.IRREGULAR, "rejected")


def test_tie_is_settled_by_the_president_s_own_vote() -> None:
    """SAPL#3462, SAPL#3381, SAPL#2050, SAPL#2051."""
    tied = Vote(in_favour=6, against=6, president_vote="against")
    assert judged(record(vote=tied), "T2").inputs["outcome"] == "rejected"


def test_no_casting_vote_in_a_secret_tie() -> None:
    """SAPL#3462: the casting vote neither cancels a ballot nor breaks its secrecy."""
    tied = Vote(in_favour=6, against=6, mode=VoteMode.SECRET)
    what = record(vote=tied, president="Anne UN")
    assert judged(what, "T2").inputs["outcome"] == "rejected"
    assert outcome_of(what, 0, as_of=TODAY).outcome is Outcome.REJECTED


def test_casting_vote_is_read_in_the_roll_call() -> None:
    """SAPL#3381: nobody votes twice to break a tie."""
    room = names(4)
    ballots = tuple(
        Ballot(member, choice)
        for member, choice in zip(room, [BallotChoice.FOR, BallotChoice.AGAINST] * 2, strict=True)
    )
    vote = Vote(mode=VoteMode.ROLL_CALL, ballots=ballots)
    for chair, outcome in ((room[0], Outcome.ADOPTED), (room[1], Outcome.REJECTED)):
        what = record(vote=vote, present=room, president=chair)
        assert outcome_of(what, 0, as_of=TODAY).outcome is outcome


def test_a_member_who_declines_to_vote_is_neither_absent_nor_abstaining() -> None:
    """opencouncil#343, SAPL#1974: present, did not vote."""
    room = names(9)
    ballot = Vote(in_favour=8, against=0, abstentions=0, blank=0)
    assert judged(record(present=room, vote=ballot), "T3", scope=ITEM).status is Status.AT_RISK
    told = replace(ballot, not_voting=1)
    assert judged(record(present=room, vote=told), "T3", scope=ITEM).status is Status.OK


def test_a_holder_receives_one_delegation_only() -> None:
    """OpenSlides client#5759, #6825."""
    room, away = names(6), names(2, start=7)
    what = record(
        present=room,
        absent=away,
        proxies=proxies((away[0], room[0]), (away[1], room[0])),
        vote=Vote(in_favour=8, against=0, abstentions=0),
    )
    assert judged(what, "P1").status is Status.IRREGULAR
    assert judged(what, "T3", scope=ITEM).inputs["votes_expected"] == 7


def test_a_member_out_of_the_room_cannot_have_voted_by_name() -> None:
    """SAPL#2152: the roll call holds the members present, each once."""
    room, away = names(6), names(1, start=7)
    ballots = tuple(Ballot(member, BallotChoice.FOR) for member in (*room[1:], *away))
    what = record(present=room, absent=away, vote=Vote(mode=VoteMode.ROLL_CALL, ballots=ballots))
    assert judged(what, "T4").status is Status.AT_RISK


def test_numbers_shown_on_the_screen_are_those_of_the_verdict() -> None:
    """OpenSlides#5585, SAPL#3620: the projector and the document cannot differ."""
    room, away = names(6), names(5, start=7)
    what = record(
        in_office=11,
        present=room,
        absent=away,
        proxies=proxies((away[0], room[0])),
        movements=(leaves(room[5], 1),),
        vote=Vote(in_favour=6, against=0, abstentions=0),
    )
    screen = presence_at(what, 1, as_of=TODAY)
    quorum, votes = judged(what, "Q1"), judged(what, "T3", scope=ITEM)
    assert (screen.quorum, screen.quorum_present) == (quorum.status, len(screen.present))
    assert quorum.inputs["quorum_present"] == screen.quorum_present == 5
    assert screen.votes_available is not None
    assert votes.inputs["votes_expected"] == screen.votes_available.low == 6


def test_gaps_in_the_numbers_of_a_sitting_are_told() -> None:
    """opengever#1469, opengever#1485."""
    what = Record(
        sitting=Sitting(date=SITTING_DAY),
        deliberations=tuple(Deliberation(f"Affaire {n}", n) for n in (1, 2, 4)),
    )
    found = judged(what, "R5")
    assert found.status is Status.AT_RISK
    assert list(found.inputs["numbers_missing"]) == [3]


def test_an_outcome_that_was_typed_is_replaced_by_the_computed_one() -> None:
    """SAPL#3571: no person picks the result."""
    for typed in Outcome:
        what = record(vote=Vote(outcome=typed, in_favour=4, against=9))
        expected = Outcome.POSTPONED if typed is Outcome.POSTPONED else Outcome.REJECTED
        assert outcome_of(what, 0, as_of=TODAY).outcome is expected


def test_each_deliberation_has_its_own_findings() -> None:
    """Quorum lost at item 2 does not taint item 1."""
    room = names(6)
    what = Record(
        sitting=Sitting(
            date=SITTING_DAY, in_office=11, present=room, movements=(leaves(room[0], 2),)
        ),
        deliberations=(Deliberation("Subvention"), Deliberation("Tarifs")),
    )
    first, second = (judged(what, "Q1", scope=scope) for scope in (ITEM, "délibération n° 2"))
    assert (first.status, second.status) == (Status.OK, Status.IRREGULAR)
