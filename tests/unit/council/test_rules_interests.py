"""I1, I2 and I3: what an interested member does, by the law of the day (L2131-11, L1111-6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.record import (
    Ballot,
    BallotChoice,
    MatterNature,
    Participation,
    Recusal,
    RecusalGround,
    VoteMode,
)
from levier.council.domain.record import Vote as Ballots
from tests.unit.council.judging import judged, leaves, names, proxies, record

OK, BAD, RISK, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
ROOM, AWAY = names(9), names(2, start=10)
INTERESTED = ROOM[4]
OLD, REFORMED, NOW = date(2021, 6, 1), date(2024, 6, 11), date(2026, 1, 15)


def judge(
    rule: str,
    *took_part: Participation,
    ground: RecusalGround = RecusalGround.PERSONAL,
    body: str | None = None,
    held: date = REFORMED,
    vote: Ballots | None = None,
    sitting: dict[str, Any] | None = None,
    **deliberation: Any,
) -> Finding:
    recusal = Recusal(INTERESTED, ground, took_part, body)
    what = record(
        date=held,
        in_office=11,
        present=ROOM,
        absent=AWAY,
        vote=vote,
        deliberation={"recused": (recusal,), **deliberation},
        **(sitting or {}),
    )
    return judged(what, rule, scope="délibération n° 1")


@pytest.mark.parametrize("held", [OLD, REFORMED, NOW])
@pytest.mark.parametrize(
    "what",
    [
        Participation.REPORTED,
        Participation.PRESIDED,
        Participation.DEBATED,
        Participation.VOTED,
        Participation.USED_PROXY,
    ],
)
def test_taking_part_exposes_the_deliberation(what: Participation, held: date) -> None:
    """tric-32: no report, no presidency, no debate, no vote, no procuration."""
    found = judge("I1", what, held=held)
    assert found.status is BAD
    assert INTERESTED in found.explanation


@pytest.mark.parametrize(
    ("held", "status", "version"),
    [
        (OLD, RISK, "1996-02-24"),
        (REFORMED, RISK, "2022-02-23"),
        (date(2025, 12, 23), RISK, "2022-02-23"),
        (date(2025, 12, 24), OK, "2025-12-24"),
        (NOW, OK, "2025-12-24"),
    ],
)
def test_presence_alone_is_no_participation_since_2025(
    held: date, status: Status, version: str
) -> None:
    """Loi n° 2025-1249, art. 32 [V tric-32]."""
    found = judge("I1", Participation.PRESENT, held=held)
    assert (found.status, found.version) == (status, version)


def test_who_keeps_out_is_not_accused() -> None:
    for held in (OLD, REFORMED, NOW):
        assert judge("I1", held=held).status is OK


def test_rapporteur_or_president_of_the_item() -> None:
    assert judge("I1", rapporteur=INTERESTED.upper()).status is RISK
    assert judge("I1", rapporteur=ROOM[0]).status is OK
    assert judge("I1", president=INTERESTED).status is BAD
    assert judge("I1", president=ROOM[0]).status is OK


def test_president_of_the_sitting_who_is_interested() -> None:
    """The act does not say who presided over the item: it is asked."""
    chair = {"president": INTERESTED}
    assert judge("I1", sitting=chair).status is ASK
    assert judge("I1", sitting=chair, president=ROOM[0]).status is OK
    assert judge("I1", sitting={**chair, "movements": (leaves(INTERESTED, 1),)}).status is OK


@pytest.mark.parametrize(
    ("ballot", "status"),
    [
        (Ballot(INTERESTED, BallotChoice.FOR), BAD),
        (Ballot(INTERESTED, BallotChoice.ABSTENTION), BAD),
        (Ballot(INTERESTED, BallotChoice.NOT_VOTING), OK),
        (Ballot(AWAY[0], BallotChoice.FOR, cast_by=INTERESTED), BAD),
        (Ballot(INTERESTED, BallotChoice.FOR, cast_by=ROOM[0]), BAD),
        (Ballot(ROOM[0], BallotChoice.FOR), OK),
    ],
)
def test_roll_call_shows_the_participation(ballot: Ballot, status: Status) -> None:
    vote = Ballots(mode=VoteMode.ROLL_CALL, ballots=(ballot,))
    given = {"proxies": proxies((AWAY[0], INTERESTED))}
    assert judge("I1", vote=vote, sitting=given).status is status


def test_no_interested_member() -> None:
    for rule in ("I1", "I2", "I3"):
        assert judged(record(present=ROOM), rule).status is NONE


@pytest.mark.parametrize(
    "nature",
    [
        MatterNature.PUBLIC_CONTRACT,
        MatterNature.PUBLIC_SERVICE_CONTRACT,
        MatterNature.LOAN_GUARANTEE,
        MatterNature.BUSINESS_AID,
        MatterNature.NOMINATION,
        MatterNature.DELEGATES_ELECTION,
    ],
)
def test_representatives_keep_out_of_the_matters_of_the_second_paragraph(
    nature: MatterNature,
) -> None:
    found = judge("I2", ground=RecusalGround.L1111_6_II, nature=nature)
    assert found.status is OK


def test_representatives_elsewhere_are_to_check() -> None:
    representing = {"ground": RecusalGround.L1111_6_II}
    assert judge("I2", **representing).status is ASK
    assert judge("I2", nature=MatterNature.ORDINARY, **representing).status is ASK
    assert judge("I2", ground=RecusalGround.PERSONAL).status is NONE


def test_representatives_take_part_in_the_budget() -> None:
    found = judge("I2", ground=RecusalGround.L1111_6_II, nature=MatterNature.BUDGET)
    assert found.status is RISK
    assert "quorum" in found.explanation


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("CCAS", RISK),
        ("Centre communal d’action sociale", RISK),
        ("Caisse des écoles", RISK),
        ("Communauté d’agglomération de Lens-Liévin", RISK),
        ("Association des amis du parc", OK),
        ("Syndicat d’initiative", OK),
    ],
)
def test_bodies_of_the_third_paragraph_are_left_out(body: str, status: Status) -> None:
    found = judge(
        "I2", ground=RecusalGround.L1111_6_II, body=body, nature=MatterNature.PUBLIC_CONTRACT
    )
    assert found.status is status


def test_representatives_before_2022() -> None:
    found = judge("I2", ground=RecusalGround.L1111_6_II, held=date(2022, 2, 22))
    assert found.status is NONE
    assert "2022" in found.explanation


def test_mixed_companies_are_pointed_at_never_judged() -> None:
    assert judge("I3", body="SEM Territoires 62").status is ASK
    assert judge("I3", body="Société publique locale des Deux Rives").status is ASK
    assert judge("I3", body="Association Semailles").status is NONE
