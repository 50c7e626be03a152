"""How deliberations are named: each by a name of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from levier.council.domain.record import Deliberation, Record, deliberation_names

NUMBERS = st.lists(st.none() | st.integers(1, 5), max_size=8)


def named(*numbers: int | None) -> tuple[str, ...]:
    return deliberation_names(
        Record(deliberations=tuple(Deliberation("Objet", number) for number in numbers))
    )


def test_the_only_act_of_an_extract_is_the_first() -> None:
    assert named(None) == ("délibération n° 1",)


def test_numbers_printed_are_kept() -> None:
    assert named(4, 7) == ("délibération n° 4", "délibération n° 7")


def test_an_act_without_number_among_numbered_ones_says_so() -> None:
    assert named(None, 1) == ("délibération sans numéro (rang 1)", "délibération n° 1")


@given(NUMBERS)
def test_no_two_acts_share_a_name(numbers: list[int | None]) -> None:
    names = named(*numbers)
    assert len(set(names)) == len(numbers)
