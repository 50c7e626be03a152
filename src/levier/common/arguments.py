"""Values given on the command line, checked with a French sentence that says what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import TypeVar

from levier.common.domain.errors import Invalid, LevierError, UnreadableInput

Choice = TypeVar("Choice", bound=StrEnum)


def whole_number(name: str, text: str) -> int:
    """A number written with digits alone; raises UnreadableInput otherwise."""
    if text.isascii() and text.isdigit() and len(text) <= 12:
        return int(text)
    raise UnreadableInput(
        f"{name} : « {text} » n'est pas un nombre entier ; attendu des chiffres, par exemple 5169."
    )


def iso_date(name: str, text: str) -> date:
    """A date written AAAA-MM-JJ; raises UnreadableInput otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableInput(
            f"{name} : « {text} » n'est pas une date ; attendu AAAA-MM-JJ, par exemple 2024-06-20."
        ) from None


def one_of(name: str, text: str, choices: type[Choice]) -> Choice:
    """One of the values of an enumeration; raises UnreadableInput otherwise."""
    try:
        return choices(text)
    except ValueError:
        expected = " ou ".join(choice.value for choice in choices)
        raise UnreadableInput(
            f"{name} : « {text} » n'est pas prévu ; attendu {expected}."
        ) from None


@contextmanager
def told_by_option(options: Mapping[str, str]) -> Iterator[None]:
    """A value refused inside is told with the option that gave it: {"full_name": "--name"}."""
    try:
        yield
    except Invalid as refusal:
        raise LevierError(
            " ".join(
                f"{options[field]} : {sentence}" if field in options else sentence
                for field, sentence in refusal.by_field.items()
            )
        ) from None
