"""A second extract of a sitting: nothing stored is lost, what is new is added, the rest is told."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given

from levier.common.domain.french import fold
from levier.council.domain.merging import merge
from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Deliberation,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Sitting,
    Vote,
    VoteMode,
)
from tests.unit.council.record_strategies import records

HELD_ON = date(2024, 4, 9)
STORED = Record(
    assembly="Loison-sous-Lens",
    assembly_kind=AssemblyKind.COMMUNE,
    sitting=Sitting(
        date=HELD_ON,
        president="Anne LEROY",
        secretary="Chantal ROUX",
        present=("Anne LEROY", "Bruno PETIT", "Chantal ROUX"),
        absent=("Denis MOREAU",),
        proxies=(Proxy("Denis MOREAU", "Bruno PETIT"),),
    ),
    deliberations=(
        Deliberation("Tarifs de la cantine", number=1, vote=Vote(Outcome.ADOPTED)),
        Deliberation("Budget primitif"),
    ),
    signatory="Anne LEROY",
)


def with_sitting(**changes: object) -> Record:
    return replace(STORED, sitting=replace(STORED.sitting, **changes))  # type: ignore[arg-type]


def with_act(**changes: object) -> Record:
    act = replace(STORED.deliberations[0], **changes)  # type: ignore[arg-type]
    return replace(STORED, deliberations=(act,))


def is_kept(before: Any, after: Any) -> bool:
    """Whether all that `before` knows is still in `after`."""
    if before is None or before == ():
        return True
    if isinstance(before, Vote | Sitting | Deliberation | Record) and is_dataclass(before):
        return all(
            is_kept(getattr(before, field.name), getattr(after, field.name))
            for field in fields(before)
            # Not said is not known here, where False elsewhere is a fact.
            if (field.name, getattr(before, field.name)) != ("all_present_except_absent", False)
        )
    if isinstance(before, tuple):
        return len(before) <= len(after) and all(map(is_kept, before, after))
    return bool(before == after)


@given(stored=records(), read=records())
def test_nothing_stored_is_lost(stored: Record, read: Record) -> None:
    merged, _ = merge(stored, read)
    assert is_kept(stored, merged)


@given(stored=records(), read=records())
def test_merging_twice_changes_nothing(stored: Record, read: Record) -> None:
    merged, _ = merge(stored, read)
    assert merge(merged, read)[0] == merged


@given(stored=records(), read=records())
def test_every_subject_read_is_there_once_merged(stored: Record, read: Record) -> None:
    merged, _ = merge(stored, read)
    there = {fold(act.subject) for act in merged.deliberations}
    assert there == {fold(act.subject) for act in (*stored.deliberations, *read.deliberations)}


@given(record=records())
def test_nothing_is_stored_yet(record: Record) -> None:
    merged, _ = merge(Record(), replace(record, deliberations=()))
    assert merged == replace(record, deliberations=(), unread=tuple(dict.fromkeys(record.unread)))


def test_the_same_act_adds_and_contradicts_nothing() -> None:
    assert merge(STORED, STORED) == (STORED, ())


def test_another_act_of_the_sitting_is_added_and_the_unknown_filled() -> None:
    read = Record(
        sitting=Sitting(date=HELD_ON, opens_at=time(18, 30), secretary="Mme ROUX Chantal"[4:]),
        deliberations=(Deliberation("Voirie", number=2, rapporteur="Bruno PETIT"),),
        signed_on=date(2024, 4, 12),
    )
    merged, said = merge(STORED, read)
    assert said == ()
    assert merged.sitting.opens_at == time(18, 30)
    assert merged.sitting.secretary == "Chantal ROUX"
    assert merged.signed_on == date(2024, 4, 12)
    assert merged.deliberations == (*STORED.deliberations, *read.deliberations)


@pytest.mark.parametrize(
    ("subject", "number", "count"),
    [
        ("TARIFS DE LA CANTINE.", 1, 2),
        ("Tarifs de la cantine", None, 2),
        ("Tarifs de la cantine", 3, 3),
        ("Budget primitif", 2, 2),
        ("Budget supplémentaire", None, 3),
    ],
)
def test_an_act_is_known_by_its_subject_and_its_number(
    subject: str, number: int | None, count: int
) -> None:
    merged, _ = merge(STORED, Record(deliberations=(Deliberation(subject, number=number),)))
    assert len(merged.deliberations) == count


def test_an_act_that_may_be_two_is_put_in_neither() -> None:
    twice = replace(STORED, deliberations=(Deliberation("Vœu"), Deliberation("Vœu", number=4)))
    read = Record(deliberations=(Deliberation("Vœu", rapporteur="Bruno PETIT"),))
    merged, said = merge(twice, read)
    assert merged == twice
    assert "Plusieurs délibérations" in said[0]


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (
            with_sitting(secretary="Denis MOREAU"),
            (
                "Secrétaire de séance : Chantal ROUX dans la séance enregistrée, Denis MOREAU dans "
                "l’acte lu."
            ),
        ),
        (
            with_sitting(absent=(), present=(*STORED.sitting.present, "Denis MOREAU")),
            "Denis MOREAU : absence dans la séance enregistrée, présence dans l’acte lu.",
        ),
        (
            with_sitting(present=("Anne LEROY", "Bruno PETIT")),
            "Chantal ROUX : présence dans la séance enregistrée, rien dans l’acte lu.",
        ),
        (
            with_sitting(absent=("Denis MOREAU", "Zoé CARLIER")),
            "Zoé CARLIER : absence dans l’acte lu, rien dans la séance enregistrée.",
        ),
        (
            with_sitting(proxies=(Proxy("Denis MOREAU", "Anne LEROY"),)),
            "Les procurations ne sont pas les mêmes dans l’acte lu.",
        ),
        (
            with_act(vote=Vote(Outcome.REJECTED, in_favour=2)),
            (
                "Délibération « Tarifs de la cantine », résultat du vote : adoptée dans la séance "
                "enregistrée, rejetée dans l’acte lu."
            ),
        ),
        (
            replace(STORED, deliberations=(Deliberation("Voirie", number=1),)),
            "Le numéro 1 est déjà celui de la délibération « Tarifs de la cantine ».",
        ),
        (
            replace(STORED, assembly_kind=AssemblyKind.EPCI),
            "L’acte lu est celui d’une assemblée d’une autre nature.",
        ),
    ],
)
def test_what_the_act_says_otherwise_is_told_and_not_taken(read: Record, sentence: str) -> None:
    merged, said = merge(STORED, read)
    assert said == (sentence,)
    assert merged.sitting == STORED.sitting
    assert merged.deliberations[0] == STORED.deliberations[0]


def test_every_fact_that_differs_has_words() -> None:
    known = Record(
        sitting=Sitting(
            HELD_ON, time(18), "mairie", HELD_ON, True, True, False, "A UN", "B DEUX", 10,
            movements=(Movement("A UN", MovementEvent.LEAVES, 2),), agenda=(AgendaItem(1, "Un"),),
            present_count=8, represented_count=1,
        ),
        deliberations=(
            Deliberation(
                "Voirie", 1, "A UN", ("v",), ("r",),
                Vote(Outcome.ADOPTED, True, 1, 1, 1, 1, VoteMode.PUBLIC, "for"), ("d",),
                (Movement("A UN", MovementEvent.LEAVES),),
                (Recusal("A UN", RecusalGround.PERSONAL),), HELD_ON, HELD_ON, HELD_ON,
            ),
        ),
        signed_on=HELD_ON, signatory="A UN",
    )  # fmt: skip
    day = date(2024, 4, 10)
    other = Record(
        sitting=Sitting(
            day, time(19), "école", day, False, False, True, "C TROIS", "D QUATRE", 11,
            movements=(Movement("C TROIS", MovementEvent.LEAVES, 2),),
            agenda=(AgendaItem(1, "Deux"),), present_count=9, represented_count=2,
        ),
        deliberations=(
            Deliberation(
                "Voirie", 1, "C TROIS", ("w",), ("s",),
                Vote(Outcome.POSTPONED, False, 2, 2, 2, 2, VoteMode.SECRET, "abstention"), ("e",),
                (Movement("C TROIS", MovementEvent.LEAVES),),
                (Recusal("C TROIS", RecusalGround.PERSONAL),), day, day, day,
            ),
        ),
        signed_on=day, signatory="C TROIS",
    )  # fmt: skip
    merged, said = merge(known, other)
    assert merged == known
    assert len(said) == 12 + 2 + 2 + 4 + 8 + 5
    assert not [sentence for sentence in said if "None" in sentence or "True" in sentence]
