"""P1 to P3: procurations of one holder and three sittings, holders in the room, substitutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.formalities import SittingFormalities, Substitute
from levier.council.domain.record import (
    AssemblyKind,
    Ballot,
    BallotChoice,
    Proxy,
    Vote,
    VoteMode,
)
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
ROOM = ("Jacky LELONG", "Sandrine WABLE", "David GUIDE")
AWAY = ("Françoise TOULOUSE", "Catherine WILLE", "Naséra BENSLIMANE")


def p1(*pairs: tuple[str, str], **sitting: Any) -> Finding:
    return judged(_sitting(pairs, sitting), "P1")


def p2(*pairs: tuple[str, str], **sitting: Any) -> Finding:
    return judged(_sitting(pairs, sitting), "P2", scope="séance")


def _sitting(pairs: tuple[tuple[str, str], ...], sitting: dict[str, Any]) -> Any:
    sitting.setdefault("present", ROOM)
    sitting.setdefault("absent", AWAY)
    return record(proxies=proxies(*pairs), **sitting)


def test_one_procuration_each() -> None:
    found = p1((AWAY[0], ROOM[0]), (AWAY[1], ROOM[1]))
    assert (found.status, found.inputs["proxies"]) == (OK, 2)


def test_two_for_one_holder() -> None:
    found = p1((AWAY[0], ROOM[0]), (AWAY[1], ROOM[0]))
    assert found.status is BAD
    assert found.inputs["holders_in_excess"] == ["Jacky LELONG"]
    assert "Jacky LELONG" in found.explanation


def test_two_for_one_holder_whatever_the_spelling() -> None:
    """« Agnès MICHELOT » and « Agnes Michelot » are one member."""
    found = p1((AWAY[0], "Agnès MICHELOT"), (AWAY[1], "MICHELOT Agnes"))
    assert found.status is BAD


def test_a_holder_among_the_absents_is_told() -> None:
    pair = (AWAY[0], AWAY[1])
    assert p1(pair).status is OK
    found = p2(pair)
    assert found.status is ASK
    assert AWAY[1] in found.explanation


def test_two_under_a_shortened_name_are_to_check_not_an_accusation() -> None:
    found = p1((AWAY[0], "Jacky LELONG"), (AWAY[1], "LELONG"))
    assert found.status is ASK
    assert "vérifiez" in found.explanation


def test_the_same_procuration_printed_twice_is_one() -> None:
    assert p1((AWAY[0], ROOM[0]), (AWAY[0].upper(), ROOM[0])).status is OK


@pytest.mark.parametrize(
    ("held", "count", "status"),
    [
        (date(2021, 1, 29), 2, OK),
        (date(2021, 1, 29), 3, BAD),
        (date(2021, 10, 15), 2, BAD),
        (date(2022, 10, 28), 2, BAD),
    ],
)
def test_two_were_allowed_during_the_health_emergency(
    held: date, count: int, status: Status
) -> None:
    found = p1(*((giver, ROOM[0]) for giver in AWAY[:count]), date=held)
    assert found.status is status


def test_no_procuration() -> None:
    assert p1().status is NONE
    assert p2().status is NONE


def test_represented_members_whose_procurations_are_not_printed() -> None:
    assert p1(represented_count=15).status is ASK
    assert p2(represented_count=15).status is ASK


def test_holder_present() -> None:
    assert p2((AWAY[0], ROOM[0])).status is OK


def test_holder_absent() -> None:
    found = p2((AWAY[0], AWAY[1]))
    assert found.status is ASK
    assert any("WILLE" in problem and "absents" in problem for problem in found.inputs["problems"])


def test_holder_absent_where_the_present_are_not_listed() -> None:
    sitting = {"present": (), "all_present_except_absent": True}
    assert p2((AWAY[0], "Jean-Rémy FERRANT"), **sitting).status is OK
    assert p2((AWAY[0], AWAY[1]), **sitting).inputs["problems"]


def test_holder_in_no_list() -> None:
    found = p2((AWAY[0], "Robert UNTERFRANC"))
    assert (found.status, found.inputs["holders_not_found"]) == (ASK, ["Robert UNTERFRANC"])


def test_no_list_at_all() -> None:
    assert p2((AWAY[0], ROOM[0]), present=(), absent=()).status is ASK


@pytest.mark.parametrize("printed", ["Sandrine", "WABLE", "S. WABLE", "sandrine wable", "Wâble S."])
def test_holder_printed_in_part_finds_the_one_member_meant(printed: str) -> None:
    assert p2((AWAY[0], printed)).status is OK


def test_holder_printed_in_part_with_two_candidates_is_to_check() -> None:
    room = ("Danielle TISON", "Sandrine TISON")
    assert p2((AWAY[0], "TISON"), present=room).status is ASK


def test_part_of_an_absent_name_never_accuses() -> None:
    assert p2((AWAY[0], "WILLE")).status is ASK


def test_holder_who_comes_late_is_present() -> None:
    assert p2((AWAY[0], AWAY[1]), movements=(arrives(AWAY[1], 2),)).status is OK


def test_giver_counted_present() -> None:
    found = p2((ROOM[1], ROOM[0]))
    assert found.status is ASK
    assert "figure parmi les présents" in found.explanation


def test_giver_who_leaves_before_the_end_may_give() -> None:
    assert p2((ROOM[1], ROOM[0]), movements=(leaves(ROOM[1], 3),)).status is OK


def test_no_chain_of_procurations() -> None:
    found = p2((AWAY[0], AWAY[1]), (AWAY[1], ROOM[0]))
    assert found.status is ASK
    assert "donne la sienne" in found.explanation


def test_no_procuration_to_oneself() -> None:
    assert "se donne procuration" in p2((AWAY[0], AWAY[0])).explanation


def test_one_giver_cannot_have_two_holders() -> None:
    found = p2((AWAY[0], ROOM[0]), (AWAY[0], ROOM[1]))
    assert found.status is ASK
    assert "plusieurs procurations" in found.explanation


def test_case_law_alone_never_accuses() -> None:
    """This part of P2 rests on general knowledge: it asks, under no version of an article."""
    for found in (p2((AWAY[0], AWAY[1])), p2((ROOM[1], ROOM[0]))):
        assert (found.status, found.version) == (ASK, "")


def test_member_in_both_lists_is_neither_accused_nor_cleared() -> None:
    found = p2((AWAY[0], ROOM[0]), absent=(*AWAY, ROOM[0]))
    assert found.status is ASK


def test_names_of_one_word() -> None:
    assert p2((AWAY[0], names(1)[0]), present=names(3)).status is OK


def document(**fields: Any) -> Finding:
    what = record(present=ROOM, absent=AWAY, proxies=(Proxy(AWAY[0], ROOM[0], **fields),))
    return judged(what, "P1")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, OK),
        ({"written": True, "signed_on": date(2024, 6, 11)}, OK),
        ({"written": False}, BAD),
        ({"signed_on": date(2024, 6, 12)}, BAD),
        ({"sittings_used": 3}, OK),
        ({"sittings_used": 4, "illness": False}, BAD),
        ({"sittings_used": 4, "illness": True}, OK),
        ({"sittings_used": 4}, RISK),
        # cdm-82038: the limit is that of one document; a new one counts from one again.
        ({"sittings_used": 1, "signed_on": date(2024, 6, 10)}, OK),
    ],
)
def test_the_document_itself(fields: dict[str, Any], status: Status) -> None:
    assert document(**fields).status is status


def used(*given: Proxy, recused: tuple[Any, ...] = (), **fields: Any) -> tuple[Finding, Finding]:
    """P2 and T3 for one item; every vote of the room and of all procurations is counted."""
    vote = Vote(in_favour=len(ROOM) + len(given), against=0, abstentions=0)
    what = record(
        present=ROOM,
        absent=AWAY,
        proxies=given,
        vote=fields.pop("vote", vote),
        deliberation={"recused": recused},
        **fields,
    )
    scope = "délibération n° 1"
    return judged(what, "P2", scope=scope), judged(what, "T3", scope=scope)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"movements": (arrives(AWAY[0], 1),)}, "mandant présent"),
        ({"movements": (leaves(ROOM[0], 1),)}, "porteur absent"),
        ({"recused": interested(ROOM[0])}, "porteur tenu à l’écart"),
        ({"recused": interested(AWAY[0])}, "mandant tenu à l’écart"),
    ],
)
def test_what_suspends_a_procuration_is_told_and_counted(
    fields: dict[str, Any], reason: str
) -> None:
    usage, votes = used(Proxy(AWAY[0], ROOM[0]), **fields)
    assert usage.status is OK
    assert reason in usage.inputs["proxies_suspended"][0]
    assert usage.inputs["proxies_used"] == votes.inputs["proxies_used"] == 0


@pytest.mark.parametrize(
    ("given", "status"),
    [
        # Cases known from other tools: delegation to oneself, chain, absent holder, two holders.
        ((Proxy(AWAY[0], AWAY[0]),), RISK),
        ((Proxy(AWAY[0], AWAY[1]), Proxy(AWAY[1], ROOM[0])), RISK),
        ((Proxy(AWAY[0], AWAY[1]),), RISK),
        ((Proxy(AWAY[0], ROOM[0]), Proxy(AWAY[0], ROOM[1])), RISK),
        ((Proxy(AWAY[0], ROOM[0]), Proxy(AWAY[1], ROOM[0])), RISK),
        ((Proxy(ROOM[0], ROOM[1]),), RISK),
        ((Proxy(AWAY[0], ROOM[0], revoked_before_item=1),), RISK),
        ((Proxy(AWAY[0], ROOM[0], sittings_used=4, illness=False),), RISK),
        ((Proxy(AWAY[0], ROOM[0], revoked_before_item=2),), OK),
        ((Proxy(AWAY[0], ROOM[0], sittings_used=4, illness=True),), OK),
        ((Proxy(AWAY[0], ROOM[0]), Proxy(AWAY[1], ROOM[1])), OK),
    ],
)
def test_votes_that_no_usable_procuration_explains_are_too_many(
    given: tuple[Proxy, ...], status: Status
) -> None:
    assert used(*given)[1].status is status


def test_interested_holder_who_votes_for_another() -> None:
    """AN-20278."""
    ballots = (
        Ballot(ROOM[1], BallotChoice.FOR),
        Ballot(AWAY[0], BallotChoice.FOR, cast_by=ROOM[0]),
    )
    called = Vote(mode=VoteMode.ROLL_CALL, ballots=ballots)
    given = Proxy(AWAY[0], ROOM[0])
    assert used(given, recused=interested(ROOM[0]), vote=called)[0].status is BAD
    assert used(given, vote=called)[0].status is NONE


def sitting_with(
    *substitutes: Substitute, kind: AssemblyKind = AssemblyKind.EPCI, **fields: Any
) -> Finding:
    fields.setdefault("present", ROOM)
    fields.setdefault("absent", AWAY)
    formalities = SittingFormalities(substitutes=substitutes)
    return judged(record(kind=kind, formalities=formalities, **fields), "P3")


def test_substitute_of_the_only_councillor_of_a_commune() -> None:
    """gaz-412518: sits when the titular is absent and the president was told."""
    told = Substitute(AWAY[0], ROOM[0], president_informed=True)
    assert sitting_with().status is NONE
    assert sitting_with(told).status is OK
    assert sitting_with(replace(told, president_informed=False)).status is BAD
    assert sitting_with(replace(told, president_informed=None)).status is ASK
    assert sitting_with(replace(told, titular=ROOM[1])).status is BAD
    assert sitting_with(told, proxies=proxies((AWAY[0], ROOM[1]))).status is BAD
    # Both prevented: the titular may give a procuration to any member.
    both = Substitute(AWAY[0], AWAY[1], president_informed=True)
    assert sitting_with(both, proxies=proxies((AWAY[0], ROOM[1]))).status is OK
    assert sitting_with(told, kind=AssemblyKind.COMMUNE).status is ASK
