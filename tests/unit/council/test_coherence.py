"""What can be stored, and how a record is tidied before it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.council.domain.coherence import names_in, names_in_office, problems, renamed, tidied
from levier.council.domain.record import (
    AgendaItem,
    Deliberation,
    Movement,
    MovementEvent,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Sitting,
    Vote,
)

HELD_ON = date(2024, 6, 11)
FULL = Record(
    sitting=Sitting(
        date=HELD_ON,
        president="A UN",
        secretary="B DEUX",
        present=("C TROIS",),
        absent=("D QUATRE",),
        proxies=(Proxy("E CINQ", "F SIX"),),
        movements=(Movement("G SEPT", MovementEvent.ARRIVES, 2),),
        agenda=(AgendaItem(1, "Objet"),),
    ),
    deliberations=(
        Deliberation(
            "Objet",
            rapporteur="H HUIT",
            present_changes=(Movement("I NEUF", MovementEvent.LEAVES),),
            recused=(Recusal("J DIX", RecusalGround.PERSONAL),),
        ),
    ),
    signatory="K ONZE",
)


def with_act(**changes: object) -> Record:
    """A sitting with one act that has these values."""
    act = Deliberation(**{"subject": "Objet", **changes})  # type: ignore[arg-type]
    return Record(sitting=Sitting(date=HELD_ON), deliberations=(act,))


def test_every_name_has_its_path() -> None:
    assert problems(FULL) == {}
    assert len(dict(names_in(FULL))) == 11
    assert "signatory" in dict(names_in(FULL))
    assert "signatory" not in dict(names_in_office(FULL))


def test_renaming_reaches_every_name_and_nothing_else() -> None:
    shouted = renamed(FULL, str.upper)
    assert [name for _, name in names_in(renamed(FULL, lambda name: f"{name} X"))] == [
        f"{name} X" for _, name in names_in(FULL)
    ]
    assert shouted == FULL
    assert renamed(FULL, str.lower).deliberations[0].subject == "Objet"


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (Record(), "sitting.date"),
        (with_act(subject=""), "deliberations[0].subject"),
        (with_act(number=-1), "deliberations[0].number"),
        (with_act(number=2**31), "deliberations[0].number"),
        (with_act(rapporteur="…"), "deliberations[0].rapporteur"),
        (with_act(rapporteur="A" * 201), "deliberations[0].rapporteur"),
        (with_act(transmitted_on=date(2024, 6, 10)), "deliberations[0].transmitted_on"),
        (with_act(published_on=date(2024, 6, 10)), "deliberations[0].published_on"),
        (
            with_act(transmitted_on=date(2024, 6, 21), received_on=date(2024, 6, 20)),
            "deliberations[0].received_on",
        ),
        (with_act(vote=Vote(blank=-1)), "deliberations[0].vote.blank"),
        (with_act(vote=Vote(president_vote="oui")), "deliberations[0].vote.president_vote"),
        (
            with_act(present_changes=(Movement("A UN", MovementEvent.LEAVES, -1),)),
            "deliberations[0].present_changes[0].before_item",
        ),
        (
            with_act(
                recused=(
                    Recusal("A UN", RecusalGround.PERSONAL),
                    Recusal("UN A", RecusalGround.L1111_6_II),
                )
            ),
            "deliberations[0].recused[1].member",
        ),
        (
            Record(sitting=Sitting(date=HELD_ON, agenda=(AgendaItem(-1, "Objet"),))),
            "sitting.agenda[0].number",
        ),
        (
            Record(sitting=Sitting(date=HELD_ON, movements=(Movement("?", MovementEvent.LEAVES),))),
            "sitting.movements[0].member",
        ),
    ],
)
def test_each_fault_is_told_at_its_path(record: Record, path: str) -> None:
    found = problems(record)
    assert list(found) == [path]
    assert found[path].endswith(".")


def test_tidying_drops_what_is_empty_and_invisible() -> None:
    untidy = Record(
        sitting=Sitting(date=HELD_ON, place=" \x00 ", present=("", " A UN ")),
        deliberations=(Deliberation(" Ob\x00jet ", visas=("", "Vu")),),
        signatory="",
    )
    tidy = tidied(untidy)
    assert tidy.sitting.place is None
    assert tidy.signatory is None
    assert tidy.sitting.present == ("A UN",)
    assert tidy.deliberations[0].subject == "Objet"
    assert tidy.deliberations[0].visas == ("Vu",)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_tidying_twice_is_tidying_once(subject: str, visas: list[str]) -> None:
    once = tidied(with_act(subject=subject, visas=tuple(visas)))
    assert tidied(once) == once
    for text in (once.deliberations[0].subject, *once.deliberations[0].visas):
        assert text.encode() is not None
        assert "\x00" not in text
