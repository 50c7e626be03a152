"""Money in cents: exact sums, and French text in and out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.money import ZERO, Money

CENTS = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 831 401,50 €", 183_140_150),
        ("1 831 401", 183_140_100),
        ("1\u202f831\u202f401,5", 183_140_150),
        ("1\u00a0831\u00a0401.50 €", 183_140_150),
        ("258377.78", 25_837_778),
        ("-12", -1_200),
        ("−12,05 €", -1_205),
        ("0", 0),
        ("0,01", 1),
        ("1'000", 100_000),
        ("12 EUR", 1_200),
    ],
)
def test_amounts_are_read_as_written(text: str, cents: int) -> None:
    assert Money.parse(text).cents == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        "€",
        "abc",
        "1,234",
        "1.831.401",
        "1,2,3",
        "12,345 €",
        "1e3",
        "--1",
        "- ",
        ",5",
        "NaN",
        "1/2",
    ],
)
def test_what_is_no_amount_is_refused_rather_than_rounded(text: str) -> None:
    with pytest.raises(ValueError, match="n'est pas un montant") as refusal:
        Money.parse(text)
    assert text in str(refusal.value)


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (183_140_150, "1 831 401,50 €"),
        (183_140_100, "1 831 401 €"),
        (-1_205, "−12,05 €"),
        (5, "0,05 €"),
        (0, "0 €"),
        (-5, "−0,05 €"),
        (100_000_000_000, "1 000 000 000 €"),
    ],
)
def test_amounts_are_written_in_french(cents: int, text: str) -> None:
    assert str(Money(cents)) == text.replace(" ", "\u202f")


@given(CENTS)
def test_written_then_read_back(cents: int) -> None:
    assert Money.parse(str(Money(cents))) == Money(cents)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_decimal_text_is_exact(amount: Decimal) -> None:
    assert Money.parse(str(amount)).cents == int(amount * 100)


@given(st.lists(CENTS))
def test_sums_are_exact(cents: list[int]) -> None:
    assert sum(map(Money, cents), ZERO) == Money(sum(cents))


@given(CENTS, CENTS)
def test_order_and_difference(one: int, other: int) -> None:
    assert (Money(one) < Money(other)) is (one < other)
    assert Money(one) - Money(other) == -(Money(other) - Money(one)) == Money(one - other)


@pytest.mark.parametrize("value", [1.5, "12", None, True, Decimal(1)])
def test_cents_are_whole_numbers(value: object) -> None:
    with pytest.raises(TypeError, match="centimes entiers"):
        Money(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("operation", [lambda: ZERO + 1, lambda: 1 - ZERO, lambda: ZERO < 1])
def test_money_does_not_mix_with_numbers(operation: object) -> None:
    with pytest.raises(TypeError):
        operation()  # type: ignore[operator]


def test_money_equals_money_only() -> None:
    assert Money(1) != 1
    assert len({Money(1), Money(1), Money(2)}) == 2
