"""The quorum that the minutes tell is the one that the rule judges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from levier.council.domain.record import Proxy, Record, Sitting
from levier.council.writers.view import sitting_view


@pytest.mark.parametrize(
    ("sitting", "quorum"),
    [
        # Vectors of case law: 11 members need 6, 8 need 5, 53 need 27, 27 need 14.
        (Sitting(in_office=11, present_count=6), ("6 membres présents", "quorum atteint")),
        (Sitting(in_office=8, present_count=4), ("5 membres présents", "quorum non atteint")),
        (Sitting(in_office=53, present_count=27), ("27 membres présents", "quorum atteint")),
        (Sitting(in_office=27, present_count=13), ("14 membres présents", "quorum non atteint")),
        (
            # Procurations do not count, and a giver listed as absent counts once.
            Sitting(
                in_office=4,
                all_present_except_absent=True,
                absent=("Anne A", "Paul B"),
                proxies=(Proxy("A Anne", "Luc C"),),
            ),
            ("2 présents", "quorum non atteint"),
        ),
    ],
)
def test_the_quorum_is_more_than_half_of_the_members_present(
    sitting: Sitting, quorum: tuple[str, str]
) -> None:
    told = " ".join(sitting_view(Record(sitting=sitting))["quorum"].split())
    required, reached = quorum
    assert 0 <= told.find(required) < told.find(reached)


@pytest.mark.parametrize(
    "sitting",
    [
        Sitting(in_office=11),
        Sitting(present_count=11),
        Sitting(in_office=11, present=("Anne A",), present_count=6),
        Sitting(in_office=1, all_present_except_absent=True, absent=("Anne A", "Paul B")),
    ],
)
def test_the_quorum_is_unknown_when_numbers_are_missing_or_disagree(sitting: Sitting) -> None:
    assert sitting_view(Record(sitting=sitting))["quorum"] is None


def test_the_minutes_judge_the_quorum_as_the_rule_does() -> None:
    """During the health emergency a third was enough: the minutes say so, as Q1 does."""
    sitting = Sitting(date=date(2021, 1, 20), in_office=29, present_count=10)
    assert "quorum atteint" in sitting_view(Record(sitting=sitting))["quorum"]
    later = replace(sitting, date=date(2024, 1, 20))
    assert "quorum non atteint" in sitting_view(Record(sitting=later))["quorum"]


def test_the_quorum_of_a_sitting_older_than_the_law_held_is_not_judged() -> None:
    sitting = Sitting(date=date(1996, 1, 1), in_office=11, present_count=9)
    assert sitting_view(Record(sitting=sitting))["quorum"] is None
