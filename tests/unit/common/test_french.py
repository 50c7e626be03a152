"""French wording, and the folding that compares words whatever their accents."""

from __future__ import annotations

import unicodedata
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.french import (
    date_in_words,
    enumerate_in_words,
    fold,
    group_thousands,
    plural,
    time_in_words,
)
from levier.council.domain.record import name_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Françoise LE MEN", "francoise le men"),
        ("d’Œuf", "d oeuf"),
        ("BARAC'H", "barac h"),
        ("Marie-Annick  GUILLOU", "marie annick guillou"),
        ("ÆGIDIUS", "aegidius"),
        ("Noël\u00a0Çà", "noel ca"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁn", "fin"),
        (" …!? ", ""),
        ("L.2121-12", "l 2121 12"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_leaves_only_plain_words_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(char == " " or (char.isascii() and (char.isdigit() or char.islower()))
               for char in folded)  # fmt: skip
    assert "  " not in folded
    assert folded == folded.strip()


@given(st.text(alphabet="aàâäbcçdeéèêëfghiîïjklmnoôöpqrstuùûüvwxyÿz -", max_size=20))
def test_folding_ignores_case_and_composition(text: str) -> None:
    assert fold(text.upper()) == fold(text) == fold(unicodedata.normalize("NFD", text))


def test_names_are_compared_whatever_their_order() -> None:
    assert name_key("TELLIER Jean-Marc") == name_key("Jean Marc Tellier")
    assert name_key("Agnès MICHELOT") == name_key("agnes michelot")
    assert name_key("Marc SAUGET") != name_key("Marielle SAUGET")
    assert name_key(" - ") == frozenset()


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (999, "999"), (1_000, "1 000"), (1_831_401, "1 831 401"), (-12_345, "-12 345")],
)
def test_thousands(number: int, text: str) -> None:
    assert group_thousands(number) == text.replace(" ", "\u202f")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2024-06-11", "mardi 11 juin 2024"),
        ("2023-03-01", "mercredi 1er mars 2023"),
        ("2024-02-29", "jeudi 29 février 2024"),
        ("2007-12-03", "lundi 3 décembre 2007"),
        ("2024-08-15", "jeudi 15 août 2024"),
        ("2024-03-31", "dimanche 31 mars 2024"),
        ("2025-11-22", "samedi 22 novembre 2025"),
        ("1789-07-14", "mardi 14 juillet 1789"),
    ],
)
def test_dates(day: str, text: str) -> None:
    weekday, _, plain = text.partition(" ")
    assert date_in_words(date.fromisoformat(day), weekday=True) == f"{weekday} {plain}"
    assert date_in_words(date.fromisoformat(day)) == plain


@pytest.mark.parametrize(
    ("moment", "text"),
    [(time(18, 30), "18 h 30"), (time(18), "18 h"), (time(9, 5), "9 h 05"), (time(0), "0 h")],
)
def test_hours(moment: time, text: str) -> None:
    assert time_in_words(moment) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_enumerations(items: list[str], text: str) -> None:
    assert enumerate_in_words(items) == text
    assert enumerate_in_words(iter(items), last="ou") == text.replace(" et ", " ou ")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 jour franc"),
        (1, "1 jour franc"),
        (-1, "-1 jour franc"),
        (2, "2 jours francs"),
        (1_500, "1\u202f500 jours francs"),
    ],
)
def test_agreement_in_number(count: int, text: str) -> None:
    assert plural(count, "jour franc", "jours francs") == text


def test_agreement_adds_an_s_by_itself() -> None:
    assert (plural(1, "voix", "voix"), plural(3, "membre")) == ("1 voix", "3 membres")
