"""S5 and Q6, S1 and S2: huis clos, meetings in several places, who presides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.circumstances import Circumstances, OtherSitting, Seat
from levier.council.domain.formalities import Convocation, InCamera, SittingFormalities
from levier.council.domain.presence import presence_at
from levier.council.domain.record import (
    AssemblyKind,
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
ROOM, AWAY = names(10), names(4, start=11)
COMMUNE, EPCI = AssemblyKind.COMMUNE, AssemblyKind.EPCI
REGULAR = InCamera(requested_by=3, by_president=False, in_favour=10, against=0, debated=False)


def in_camera(asked: InCamera | None, kind: AssemblyKind = COMMUNE, **sitting: Any) -> Finding:
    sitting.setdefault("present", ROOM)
    sitting.setdefault("absent", AWAY)
    formalities = SittingFormalities(in_camera=asked)
    return judged(record(kind=kind, formalities=formalities, **sitting), "S5")


def test_public_unless_told_otherwise() -> None:
    assert in_camera(None).status is NONE


@pytest.mark.parametrize(
    ("kind", "requests", "status"),
    [(COMMUNE, 2, BAD), (COMMUNE, 3, OK), (EPCI, 4, BAD), (EPCI, 5, OK)],
)
def test_who_may_ask(kind: AssemblyKind, requests: int, status: Status) -> None:
    """L2121-18: three members; amf-40890: five in an EPCI."""
    assert in_camera(replace(REGULAR, requested_by=requests), kind).status is status


def test_who_may_ask_where_the_assembly_is_unknown() -> None:
    what = record(
        kind=None,
        present=ROOM,
        formalities=SittingFormalities(in_camera=replace(REGULAR, requested_by=4)),
    )
    assert judged(what, "S5").status is ASK


def test_mayor_or_president_may_ask_alone() -> None:
    alone = replace(REGULAR, requested_by=None, by_president=True)
    assert in_camera(alone).status is in_camera(alone, EPCI).status is OK
    assert in_camera(replace(alone, requested_by=1)).status is OK


def test_decided_without_debate() -> None:
    assert in_camera(replace(REGULAR, debated=True)).status is BAD
    assert in_camera(replace(REGULAR, debated=None)).status is ASK


@pytest.mark.parametrize(("in_favour", "status"), [(5, BAD), (6, OK), (None, ASK)])
def test_absolute_majority_of_those_present(in_favour: int | None, status: Status) -> None:
    assert in_camera(replace(REGULAR, in_favour=in_favour)).status is status


@pytest.mark.parametrize(("in_favour", "status"), [(6, BAD), (7, OK)])
def test_represented_members_count(in_favour: int, status: Status) -> None:
    """Ten present and three represented: seven of thirteen."""
    given = proxies(*zip(AWAY[:3], ROOM, strict=False))
    assert in_camera(replace(REGULAR, in_favour=in_favour), proxies=given).status is status


def test_what_lacks_is_named() -> None:
    found = in_camera(InCamera())
    assert found.status is ASK
    assert "qui l’a demandé" in found.explanation


def remote(
    *,
    kind: AssemblyKind | None = EPCI,
    held: date = date(2024, 6, 11),
    mention: bool | None = True,
    others: tuple[OtherSitting, ...] = (OtherSitting(date(2024, 3, 1)),),
    vote: Vote | None = None,
    nature: MatterNature | None = None,
    as_of: date = date(2026, 11, 22),
    places: tuple[str, ...] = ("Lens", "Liévin"),
) -> Finding:
    what = record(
        kind=kind,
        date=held,
        present=ROOM,
        vote=vote,
        deliberation={"nature": nature},
        formalities=SittingFormalities(
            remote_places=places, convocation=Convocation(remote_mention=mention)
        ),
        extra={"circumstances": Circumstances(other_sittings=others)},
    )
    return judged(what, "Q6", as_of=as_of)


def test_one_place() -> None:
    assert remote(places=()).status is NONE


def test_community_council_in_several_places() -> None:
    found = remote()
    assert (found.status, found.version) == (OK, "2022-08-01")


def test_no_municipal_council_in_several_places() -> None:
    assert remote(kind=COMMUNE).status is BAD
    assert remote(kind=None).status is ASK


def test_health_emergency_and_older_wordings_are_not_judged() -> None:
    assert remote(kind=COMMUNE, held=date(2021, 1, 15)).status is ASK
    assert remote(held=date(2020, 2, 1)).status is ASK
    assert remote(kind=COMMUNE, held=date(2019, 2, 1)).status is BAD


def test_convocation_announces_it() -> None:
    assert remote(mention=False).status is BAD
    assert remote(mention=None).status is ASK


@pytest.mark.parametrize(
    "nature",
    [
        MatterNature.MAYOR_ELECTION,
        MatterNature.DEPUTIES_ELECTION,
        MatterNature.DELEGATES_ELECTION,
        MatterNature.NOMINATION,
        MatterNature.BUDGET,
    ],
)
def test_matters_kept_for_one_place(nature: MatterNature) -> None:
    assert remote(nature=nature).status is BAD
    assert remote(nature=nature, vote=Vote(outcome=Outcome.POSTPONED)).status is OK
    assert remote(nature=MatterNature.PUBLIC_CONTRACT).status is OK


def test_public_ballot_only() -> None:
    assert remote(vote=Vote(mode=VoteMode.SECRET)).status is BAD
    assert remote(vote=Vote(mode=VoteMode.ROLL_CALL)).status is OK


@pytest.mark.parametrize(("requests", "status"), [(4, BAD), (3, OK)])
def test_secret_ballot_asked_for_puts_the_item_off(requests: int, status: Status) -> None:
    """Ten present: four make the third."""
    asked = Vote(secret_requests=requests, mode=VoteMode.PUBLIC)
    assert remote(vote=asked).status is status
    put_off = replace(asked, outcome=Outcome.POSTPONED)
    assert remote(vote=put_off).status is OK


@pytest.mark.parametrize(
    ("others", "as_of", "status"),
    [
        ((OtherSitting(date(2024, 6, 30)),), date(2024, 12, 1), OK),
        ((OtherSitting(date(2024, 7, 1)),), date(2024, 12, 1), ASK),
        ((OtherSitting(date(2024, 2, 1), remote=True),), date(2024, 12, 1), RISK),
        # The half-year is not over: a sitting in one place may still come.
        ((OtherSitting(date(2024, 2, 1), remote=True),), date(2024, 6, 30), ASK),
        ((), date(2024, 12, 1), ASK),
    ],
)
def test_one_sitting_in_one_place_each_half_year(
    others: tuple[OtherSitting, ...], as_of: date, status: Status
) -> None:
    assert remote(others=others, as_of=as_of).status is status


MAYOR, DEPUTY, MEMBER = ROOM[:3]
SEATS = Circumstances(
    seats=(Seat(MAYOR, "mayor"), Seat(DEPUTY, "deputy_mayor", 1), Seat(MEMBER, "member"))
)


def s1(president: str | None, known: Circumstances = SEATS, **sitting: Any) -> Status:
    sitting.setdefault("present", ROOM)
    what = record(president=president, extra={"circumstances": known}, **sitting)
    return judged(what, "S1").status


def test_mandates_tell_who_presides() -> None:
    away = {"present": ROOM[1:], "absent": (MAYOR,)}
    assert s1(MAYOR) is OK
    assert s1(DEPUTY, **away) is OK
    assert s1(MEMBER, **away) is ASK
    # Who is mayor was in the room: to explain, not an offence.
    assert s1(DEPUTY) is ASK
    assert s1(MAYOR, Circumstances()) is ASK
    assert s1(None) is ASK
    assert s1(MAYOR, **away) is RISK


def test_a_mandate_that_ended_tells_nothing() -> None:
    past = Circumstances(seats=(Seat(MAYOR, "mayor", ends_on=date(2024, 6, 10)),))
    assert s1(MAYOR, past) is ASK


def s2(
    known: Circumstances = SEATS,
    *,
    vote: Vote | None = None,
    sitting: dict[str, Any] | None = None,
    **deliberation: Any,
) -> Finding:
    what = record(
        subject="Compte administratif 2023",
        present=ROOM,
        absent=AWAY,
        vote=vote,
        deliberation=deliberation,
        extra={"circumstances": known},
        **{"president": MAYOR, **(sitting or {})},
    )
    return judged(what, "S2")


def called(*members: str) -> Vote:
    ballots = tuple(Ballot(member, BallotChoice.FOR) for member in members)
    return Vote(mode=VoteMode.ROLL_CALL, ballots=ballots)


def test_another_member_presides_over_the_accounts() -> None:
    """senat-11090: the council elects its president; the mayor leaves at the vote."""
    gone = interested(MAYOR)
    assert s2(president=DEPUTY, recused=gone).status is OK
    assert s2(president=DEPUTY, vote=called(*ROOM[1:])).status is OK
    assert s2(president=DEPUTY, sitting={"movements": (leaves(MAYOR, 1),)}).status is OK
    assert s2(president=DEPUTY).status is ASK
    assert s2(recused=gone).status is ASK
    assert s2(president=MAYOR, recused=gone).status is BAD


def test_the_mayor_does_not_vote_the_accounts() -> None:
    """senat-08561: not counted present nor voting; no procuration, given or held."""
    assert s2(president=DEPUTY, vote=called(*ROOM)).status is BAD
    by_proxy = Vote(
        mode=VoteMode.ROLL_CALL, ballots=(Ballot(MAYOR, BallotChoice.FOR, cast_by=DEPUTY),)
    )
    assert s2(president=DEPUTY, vote=by_proxy).status is BAD
    holding = Vote(
        mode=VoteMode.ROLL_CALL, ballots=(Ballot(AWAY[0], BallotChoice.FOR, cast_by=MAYOR),)
    )
    assert s2(president=DEPUTY, vote=holding).status is BAD


def test_without_mandates_the_sitting_s_president_is_presumed_mayor() -> None:
    unknown = Circumstances()
    assert s2(unknown, president=DEPUTY, vote=called(*ROOM)).status is RISK
    assert s2(unknown, president=DEPUTY, vote=called(*ROOM[1:])).status is OK
    assert s2(unknown).status is ASK


def test_a_mayor_elected_in_the_year_may_vote_the_predecessor_s_accounts() -> None:
    new = Circumstances(seats=(Seat(MAYOR, "mayor", starts_on=date(2024, 3, 30)),))
    found = s2(new, president=DEPUTY, vote=called(*ROOM), sitting={"president": DEPUTY})
    assert found.status is ASK


def test_the_latest_mandate_tells_who_is_mayor() -> None:
    both = Circumstances(
        seats=(
            Seat(MAYOR, "mayor", starts_on=date(2014, 4, 1)),
            Seat(DEPUTY, "mayor", starts_on=date(2020, 7, 1)),
        )
    )
    assert s1(DEPUTY, both) is OK
    assert s1(MAYOR, both, absent=(DEPUTY,), present=(MAYOR,)) is ASK


def test_other_matters_have_no_president_of_their_own() -> None:
    what = record(subject="Compte de gestion", present=ROOM, president=MAYOR)
    assert judged(what, "S2").status is NONE
    put_off = s2(vote=Vote(outcome=Outcome.POSTPONED))
    assert put_off.status is NONE


def test_the_mayor_is_neither_present_nor_voting_in_the_counts() -> None:
    what = record(
        subject="Compte administratif 2023",
        in_office=14,
        present=ROOM,
        absent=AWAY,
        president=MAYOR,
        proxies=proxies((AWAY[0], MAYOR), (AWAY[1], DEPUTY)),
        vote=Vote(in_favour=10, against=0, abstentions=0),
        deliberation={"president": DEPUTY},
        extra={"circumstances": SEATS},
    )
    assert judged(what, "Q1").inputs["quorum_present"] == 9
    votes = judged(what, "T3", scope="délibération n° 1")
    assert (votes.status, votes.inputs["votes_expected"]) == (OK, 10)
    room = presence_at(what, 1, as_of=date(2026, 11, 22))
    assert room.withdrawn == (MAYOR,)
    assert room.votes_available is not None
    assert room.votes_available.low == room.votes_available.high == 10
