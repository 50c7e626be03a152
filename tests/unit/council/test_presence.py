"""The room at one item: the figures of the screen are those that Q1 and T3 judge."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.findings import Status
from levier.council.domain.presence import presence_at
from levier.council.domain.record import Deliberation, Proxy, Record, Sitting
from levier.council.domain.rules import check
from levier.council.domain.rules.facts import Case
from tests.unit.council.judging import (
    SITTING_DAY,
    TODAY,
    arrives,
    interested,
    judged,
    leaves,
    names,
    proxies,
    record,
)
from tests.unit.council.record_strategies import records

ROOM, AWAY = names(7), names(4, start=8)


def sitting(**fields: object) -> Record:
    fields.setdefault("present", ROOM)
    fields.setdefault("absent", AWAY)
    return Record(
        sitting=Sitting(date=SITTING_DAY, in_office=11, **fields),  # type: ignore[arg-type]
        deliberations=tuple(Deliberation(f"Affaire {n}", n) for n in (1, 2, 3)),
    )


def test_room_follows_arrivals_and_departures() -> None:
    what = sitting(movements=(leaves(ROOM[0], 2), leaves(ROOM[1], 2), arrives(AWAY[0], 3)))
    first, second, third = (presence_at(what, place, as_of=TODAY) for place in (1, 2, 3))
    assert set(first.present) == set(ROOM)
    assert set(second.absent) == {*AWAY, ROOM[0], ROOM[1]}
    assert (first.quorum, second.quorum, third.quorum) == (
        Status.OK,
        Status.IRREGULAR,
        Status.OK,
    )
    assert (second.quorum_required, second.quorum_present) == (6, 5)
    assert "Quorum non atteint" in second.quorum_sentence
    assert AWAY[0] in third.present


def test_procurations_say_why_they_are_suspended() -> None:
    what = sitting(
        proxies=(
            *proxies((AWAY[0], ROOM[0]), (AWAY[1], ROOM[1]), (AWAY[2], ROOM[2])),
            Proxy(AWAY[3], ROOM[3], revoked_before_item=2),
        ),
        movements=(leaves(ROOM[0], 2), arrives(AWAY[1], 2)),
    )
    first, second = (presence_at(what, place, as_of=TODAY) for place in (1, 2))
    assert len(first.usable_proxies) == 4
    assert first.votes_available is not None
    assert first.votes_available.low == first.votes_available.high == 11
    assert {use.proxy.giver: use.reason for use in second.suspended_proxies} == {
        AWAY[0]: "porteur absent",
        AWAY[1]: "mandant présent",
        AWAY[3]: "révoquée par le mandant",
    }
    assert second.votes_available is not None
    assert second.votes_available.low == second.votes_available.high == 7 + 1


def test_recused_members_take_their_procurations_away() -> None:
    what = sitting(proxies=proxies((AWAY[0], ROOM[0])))
    recused = replace(what.deliberations[1], recused=interested(ROOM[0]))
    what = replace(what, deliberations=(what.deliberations[0], recused, what.deliberations[2]))
    found = presence_at(what, 2, as_of=TODAY)
    assert found.recused == (ROOM[0],)
    assert found.quorum_present == 6
    assert [use.reason for use in found.suspended_proxies] == [
        "porteur tenu à l’écart de l’affaire"
    ]


def test_a_sitting_that_has_not_begun_to_deliberate() -> None:
    what = replace(sitting(), deliberations=())
    found = presence_at(what, 1, as_of=TODAY)
    assert (found.quorum, found.quorum_present) == (Status.OK, 7)


@given(records(), st.integers(-2, 5) | st.none())
def test_never_raises_and_never_holds_a_member_twice(what: Record, place: int | None) -> None:
    found = presence_at(what, place, as_of=TODAY)
    groups = (found.present, found.absent, found.unknown)
    assert sum(map(len, groups)) == len({name for group in groups for name in group})


@given(records())
def test_figures_are_those_of_the_findings(what: Record) -> None:
    numbers = Case(what, TODAY).places
    for deliberation, number in zip(what.deliberations, numbers, strict=True):
        if deliberation.number is None or numbers.count(number) > 1:
            continue
        found = presence_at(what, number, as_of=TODAY)
        alike = [
            one
            for one in check(what, as_of=TODAY)
            if one.rule == "Q1" and one.scope == f"délibération n° {number}"
        ]
        assert len(alike) == 1, deliberation
        assert found.quorum is alike[0].status
        assert found.quorum_sentence == alike[0].explanation
        assert found.quorum_present == alike[0].inputs.get("quorum_present")


def test_votes_available_are_what_the_tallies_must_make() -> None:
    what = record(in_office=11, present=ROOM, absent=AWAY, proxies=proxies((AWAY[0], ROOM[0])))
    found = presence_at(what, 1, as_of=TODAY)
    votes = judged(what, "T3", scope="délibération n° 1")
    assert found.votes_available is not None
    assert votes.inputs["votes_expected"] == found.votes_available.low == 8
