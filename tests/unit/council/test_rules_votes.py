"""T1, T2, T9 and T3: the outcome is computed, and the numbers add up."""

from __future__ import annotations

from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.record import Outcome, Vote, VoteMode
from tests.unit.council.judging import (
    arrives,
    interested,
    judged,
    leaves,
    names,
    proxies,
    record,
)

OK, BAD, RISK, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
ADOPTED, REJECTED, POSTPONED = Outcome.ADOPTED, Outcome.REJECTED, Outcome.POSTPONED
ITEM = "délibération n° 1"


def vote(rule: str, subject: str = "Subvention", **ballot: Any) -> Finding:
    return judged(record(vote=Vote(**ballot), subject=subject), rule)


@pytest.mark.parametrize(
    ("in_favour", "against", "computed"),
    [(10, 9, "adopted"), (9, 10, "rejected"), (1, 0, "adopted"), (0, 1, "rejected")],
)
def test_majority_of_the_votes_cast(in_favour: int, against: int, computed: str) -> None:
    found = vote("T1", in_favour=in_favour, against=against, abstentions=50, blank=3)
    assert (found.status, found.inputs["outcome"]) == (OK, computed)


@pytest.mark.parametrize(
    ("in_favour", "against", "printed", "status"),
    [
        (10, 9, ADOPTED, OK),
        (10, 9, REJECTED, BAD),
        (9, 10, ADOPTED, BAD),
        (9, 10, REJECTED, OK),
        # Six votes against, five for, of which the act makes an adoption (abstentions no help).
        (5, 6, ADOPTED, BAD),
    ],
)
def test_printed_outcome_against_the_computed_one(
    in_favour: int, against: int, printed: Outcome, status: Status
) -> None:
    found = vote("T1", in_favour=in_favour, against=against, outcome=printed)
    assert found.status is status
    assert found.inputs["outcome_printed"] == printed.value


def test_no_vote_cast_adopts_nothing() -> None:
    assert vote("T1", in_favour=0, against=0, abstentions=9).inputs["outcome"] == "rejected"
    assert vote("T1", in_favour=0, against=0, abstentions=9, outcome=ADOPTED).status is BAD
    assert vote("T2", in_favour=0, against=0, abstentions=9).status is NONE


def test_unanimity_without_counts() -> None:
    found = vote("T1", unanimous=True)
    assert (found.status, found.inputs["outcome"]) == (OK, "adopted")
    assert found.inputs["for"] is None
    rejected = vote("T1", unanimous=True, outcome=REJECTED)
    assert (rejected.status, rejected.inputs["outcome"]) == (OK, "rejected")
    assert judged(record(vote=Vote(unanimous=True)), "T3", scope=ITEM).status is ASK


@pytest.mark.parametrize(
    ("ballot", "missing"),
    [
        ({}, "ne rapporte pas le vote"),
        ({"outcome": ADOPTED}, "sans donner les voix"),
        ({"in_favour": 9, "abstentions": 5}, "voix contre"),
        ({"against": 9}, "voix pour"),
        ({"abstentions": 2, "outcome": REJECTED}, "sans donner les voix"),
    ],
)
def test_missing_counts_are_named(ballot: dict[str, Any], missing: str) -> None:
    found = vote("T1", **ballot)
    assert (found.status, found.inputs["outcome"]) == (ASK, None)
    assert missing in found.explanation


def test_votes_left_in_the_room_may_be_too_few_to_reject() -> None:
    """Couthenans, 29 January 2021: « 9 voix pour, 5 abstentions » of 14: none is left against."""
    ballot = Vote(in_favour=9, abstentions=5, outcome=ADOPTED)
    found = judged(record(vote=ballot, present=names(14)), "T1")
    assert (found.status, found.inputs["against_at_most"]) == (OK, 0)
    assert (
        judged(record(vote=Vote(in_favour=5, abstentions=1), present=names(14)), "T1").status is ASK
    )
    # A printed rejection is not contradicted by a bound.
    denied = Vote(in_favour=9, abstentions=5, outcome=REJECTED)
    assert judged(record(vote=denied, present=names(14)), "T1").status is ASK


@pytest.mark.parametrize(
    ("ballot", "status", "computed"),
    [
        ({"mode": VoteMode.SECRET}, OK, "rejected"),
        ({"mode": VoteMode.SECRET, "outcome": ADOPTED}, BAD, "rejected"),
        # No casting vote in secret, even where the president's vote is told.
        ({"mode": VoteMode.SECRET, "president_vote": "for", "outcome": ADOPTED}, BAD, "rejected"),
        ({"mode": VoteMode.PUBLIC, "president_vote": "for"}, OK, "adopted"),
        ({"mode": VoteMode.ROLL_CALL, "president_vote": "against"}, OK, "rejected"),
        ({"president_vote": "against", "outcome": ADOPTED}, BAD, "rejected"),
        ({"president_vote": "for", "outcome": REJECTED}, BAD, "adopted"),
        # A president who abstains: general knowledge only, never an accusation.
        ({"president_vote": "abstention"}, OK, "rejected"),
        ({"president_vote": "abstention", "outcome": ADOPTED}, ASK, "rejected"),
        ({"mode": VoteMode.PUBLIC}, ASK, None),
        ({"outcome": ADOPTED}, ASK, None),
    ],
)
def test_tie(ballot: dict[str, Any], status: Status, computed: str | None) -> None:
    found = vote("T2", in_favour=7, against=7, **ballot)
    assert (found.status, found.inputs["outcome"]) == (status, computed)
    assert vote("T1", in_favour=7, against=7, **ballot).status is NONE


@pytest.mark.parametrize(
    "subject",
    ["Désignation d’un délégué au syndicat", "Compte administratif et affectation du résultat"],
)
def test_tie_where_the_casting_vote_may_not_apply(subject: str) -> None:
    """A nomination goes to the eldest (L2121-21); accounts are adopted on a tie (L1612-12)."""
    found = vote("T2", subject, in_favour=7, against=7, mode=VoteMode.SECRET, outcome=ADOPTED)
    assert found.status is ASK


def test_nomination_by_relative_majority_is_not_accused() -> None:
    found = vote("T1", "Élection d’un adjoint", in_favour=7, against=9, outcome=ADOPTED)
    assert found.status is ASK
    assert vote("T1", "Subvention", in_favour=7, against=9, outcome=ADOPTED).status is BAD


@pytest.mark.parametrize(
    "subject",
    [
        "Compte administratif 2023",
        "Approbation des comptes administratifs 2023",
        "COMPTE FINANCIER UNIQUE 2025",
        "Arrêté des comptes de l’exercice",
    ],
)
@pytest.mark.parametrize(
    ("in_favour", "against", "outcome", "status"),
    [
        (5, 5, ADOPTED, OK),
        (5, 5, REJECTED, BAD),
        (5, 6, REJECTED, OK),
        (5, 6, ADOPTED, BAD),
        (6, 5, ADOPTED, OK),
        (0, 0, ADOPTED, OK),
    ],
)
def test_accounts(
    subject: str, in_favour: int, against: int, outcome: Outcome, status: Status
) -> None:
    ballot = {"in_favour": in_favour, "against": against, "outcome": outcome}
    assert vote("T9", subject, **ballot).status is status
    assert vote("T1", subject, **ballot).status is NONE
    assert vote("T2", subject, **ballot).status is NONE


def test_the_treasurer_s_accounts_are_an_ordinary_vote() -> None:
    assert vote("T9", "Approbation du compte de gestion", in_favour=1, against=0).status is NONE
    assert vote("T9", "Compte administratif", unanimous=True).status is OK
    assert vote("T9", "Compte administratif").status is ASK


def test_postponed_matter_has_no_vote() -> None:
    for rule in ("T1", "T2"):
        assert vote(rule, outcome=POSTPONED).status is NONE
    assert judged(record(vote=Vote(outcome=POSTPONED)), "T3", scope=ITEM).status is NONE


def counted(**fields: Any) -> Finding:
    return judged(record(**fields), "T3", scope=ITEM)


def test_votes_equal_the_room_and_the_procurations() -> None:
    """Couthenans, 28 October 2022: 7 present and 4 procurations, « 6 contre, 5 pour »."""
    room, away = names(7), names(6, start=8)
    found = counted(
        present=room,
        absent=away,
        proxies=proxies(*zip(away[:4], room, strict=False)),
        vote=Vote(in_favour=5, against=6, abstentions=0),
    )
    assert found.status is OK
    assert (found.inputs["votes_counted"], found.inputs["votes_expected"]) == (11, 11)


def test_a_vote_too_many() -> None:
    found = counted(present=names(7), vote=Vote(in_favour=8, against=0, abstentions=0))
    assert (found.status, found.inputs["votes_expected"]) == (RISK, 7)
    assert "trop" in found.explanation


def test_a_vote_too_few_may_be_a_refusal() -> None:
    ballot = {"in_favour": 5, "against": 0, "abstentions": 1}
    assert counted(present=names(7), vote=Vote(**ballot)).status is ASK
    assert counted(present=names(7), vote=Vote(blank=0, **ballot)).status is RISK
    assert counted(present=names(7), vote=Vote(blank=1, **ballot)).status is OK


def test_too_many_shows_even_in_an_incomplete_count() -> None:
    assert counted(present=names(7), vote=Vote(in_favour=8)).status is RISK
    assert counted(present=names(7), vote=Vote(in_favour=7)).status is ASK


def test_unanimity_contradicted() -> None:
    found = counted(vote=Vote(unanimous=True, in_favour=5, against=2))
    assert found.status is RISK
    assert "unanimité" in found.explanation
    assert counted(vote=Vote(unanimous=True, outcome=ADOPTED, against=2)).status is RISK
    # Unanimous among the votes cast: abstentions contradict nothing.
    fine = Vote(unanimous=True, in_favour=5, against=0, abstentions=2)
    assert counted(present=names(7), vote=fine).status is OK


def test_president_whose_vote_is_not_counted() -> None:
    ballot = Vote(in_favour=0, against=4, abstentions=0, president_vote="for")
    assert counted(present=names(4), vote=ballot).status is RISK


@pytest.mark.parametrize("total", [10, 11])
def test_procurations_stated_without_names(total: int) -> None:
    found = counted(
        present=names(7), represented_count=4, vote=Vote(in_favour=total, against=0, abstentions=0)
    )
    assert found.inputs["proxies_used"] == 4
    assert found.status is (OK if total == 11 else ASK)


def test_procuration_lapses_when_its_giver_arrives() -> None:
    """7 present and the giver from item 1: eight voters, not nine."""
    room, giver = names(7), names(1, start=8)[0]
    found = counted(
        present=room,
        absent=(giver,),
        movements=(arrives(giver, 1),),
        proxies=proxies((giver, room[0])),
        vote=Vote(in_favour=8, against=0, abstentions=0),
    )
    assert (found.status, found.inputs["proxies_used"]) == (OK, 0)


def test_procuration_lapses_when_its_holder_leaves() -> None:
    room, giver = names(7), names(1, start=8)[0]
    found = counted(
        present=room,
        absent=(giver,),
        movements=(leaves(room[0], 1),),
        proxies=proxies((giver, room[0])),
        vote=Vote(in_favour=8, against=0, abstentions=0),
    )
    assert (found.status, found.inputs["votes_expected"]) == (RISK, 6)


def test_interested_member_votes_neither_for_self_nor_for_another() -> None:
    """AN-20278: an interested holder cannot use the procuration for that item."""
    room, giver = names(7), names(1, start=8)[0]
    sitting = {"present": room, "absent": (giver,), "proxies": proxies((giver, room[0]))}
    for member in (room[0], giver):
        found = counted(
            deliberation={"recused": interested(member)},
            vote=Vote(in_favour=8, against=0, abstentions=0),
            **sitting,
        )
        expected = 6 if member == room[0] else 7
        assert (found.status, found.inputs["votes_expected"]) == (RISK, expected)


def test_second_procuration_of_a_holder_adds_no_vote() -> None:
    room, away = names(7), names(2, start=8)
    found = counted(
        present=room,
        absent=away,
        proxies=proxies((away[0], room[0]), (away[1], room[0])),
        vote=Vote(in_favour=9, against=0, abstentions=0),
    )
    assert (found.status, found.inputs["votes_expected"]) == (RISK, 8)


def numbers(**fields: Any) -> Finding:
    return judged(record(**fields), "T3", scope="séance")


def test_stated_numbers_against_the_lists() -> None:
    room, away = names(7), names(4, start=8)
    given = proxies(*zip(away, room, strict=False))
    assert numbers(present=room, present_count=7).status is OK
    assert numbers(present=room, present_count=8).status is RISK
    assert numbers(proxies=given, represented_count=4).status is OK
    assert numbers(proxies=given, represented_count=3).status is RISK
    assert numbers(present=room, absent=away, in_office=11).status is OK
    assert numbers(present=room, absent=away, in_office=10).status is RISK
    assert numbers(present_count=12, in_office=11).status is RISK
    assert numbers(present=room).status is NONE


def test_stated_number_may_count_late_members_or_not() -> None:
    """Lannion, 5 July 2021: « 29 présents » then « 30 », one arrival."""
    room, late = names(29), "Jean-Yves CALLAC"
    for listed, absent in ((room, (late,)), ((*room, late), ())):
        for stated, status in ((28, RISK), (29, OK), (30, OK), (31, RISK)):
            found = numbers(
                present=listed, absent=absent, movements=(arrives(late, 3),), present_count=stated
            )
            assert found.status is status, (len(listed), stated)


def test_member_both_present_and_absent() -> None:
    room = names(3)
    found = numbers(present=room, absent=room[:1], in_office=11)
    assert found.status is RISK
    assert room[0] in found.explanation
    moved = numbers(present=room, absent=room[:1], in_office=11, movements=(arrives(room[0], 2),))
    assert moved.status is OK


@pytest.mark.parametrize(
    "subject",
    [
        "Désignation du président de séance pour le vote du compte administratif",
        "Élection du président de séance : compte financier unique",
    ],
)
def test_naming_someone_for_the_accounts_is_no_vote_of_the_accounts(subject: str) -> None:
    what = record(subject=subject, vote=Vote(Outcome.REJECTED, in_favour=9, against=9))
    assert judged(what, "T9").status is Status.NOT_APPLICABLE
    assert judged(what, "T2").status is Status.UNVERIFIABLE


def test_unanimity_of_nobody_is_a_contradiction_not_an_offence() -> None:
    vote = Vote(Outcome.ADOPTED, unanimous=True, in_favour=0, against=0)
    found = judged(record(vote=vote), "T1")
    assert found.status is Status.UNVERIFIABLE
    assert "se contredisent" in found.explanation
