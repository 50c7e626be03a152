"""Numbers and dates in words, against spellings written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from levier.common.domain.french import date_in_full_words, number_in_words

_SPELLINGS = {
    0: "zéro",
    1: "un",
    11: "onze",
    16: "seize",
    17: "dix-sept",
    20: "vingt",
    21: "vingt et un",
    22: "vingt-deux",
    31: "trente et un",
    61: "soixante et un",
    70: "soixante-dix",
    71: "soixante et onze",
    72: "soixante-douze",
    77: "soixante-dix-sept",
    79: "soixante-dix-neuf",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    90: "quatre-vingt-dix",
    91: "quatre-vingt-onze",
    99: "quatre-vingt-dix-neuf",
    100: "cent",
    101: "cent un",
    180: "cent quatre-vingts",
    200: "deux cents",
    201: "deux cent un",
    280: "deux cent quatre-vingts",
    1000: "mille",
    1100: "mille cent",
    1971: "mille neuf cent soixante et onze",
    2000: "deux mille",
    2024: "deux mille vingt-quatre",
    2080: "deux mille quatre-vingts",
    2200: "deux mille deux cents",
    9999: "neuf mille neuf cent quatre-vingt-dix-neuf",
}


@pytest.mark.parametrize(("number", "words"), _SPELLINGS.items())
def test_numbers_in_traditional_spelling(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_each_number_has_its_own_words() -> None:
    assert len({number_in_words(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numbers_out_of_reach_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="hors de 0 à 9999"):
        number_in_words(number)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 6, 11), "l’an deux mille vingt-quatre, le onze juin"),
        (date(2025, 8, 1), "l’an deux mille vingt-cinq, le premier août"),
        (date(2021, 12, 31), "l’an deux mille vingt et un, le trente et un décembre"),
        (date(2000, 2, 21), "l’an deux mille, le vingt et un février"),
    ],
)
def test_the_solemn_date_of_an_act(day: date, words: str) -> None:
    assert date_in_full_words(day) == words
