"""Words that the documents share: bodies, ballots, and texts of which nothing would be seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from levier.common.domain.french import date_in_words, fold
from levier.council.domain.record import AssemblyKind, BallotChoice, RecusalGround, VoteMode
from levier.documents.typesetting import is_blank

Plain = dict[str, Any]

# The assembly as subject and as complement, then the capacity in which its head signs.
BODIES = {
    AssemblyKind.COMMUNE: ("le conseil municipal", "du conseil municipal", "Le maire"),
    AssemblyKind.EPCI: ("le conseil communautaire", "du conseil communautaire", "Le président"),
    None: ("l’assemblée délibérante", "de l’assemblée délibérante", "L’autorité territoriale"),
}
MODES = {
    VoteMode.PUBLIC: "scrutin ordinaire",
    VoteMode.ROLL_CALL: "scrutin public, avec appel nominal",
    VoteMode.SECRET: "scrutin secret",
}
RECUSAL_GROUNDS = {
    RecusalGround.L1111_6_II: "article L1111-6, II, du CGCT",
    RecusalGround.PERSONAL: "intérêt personnel à l’affaire",
}
CHOICES = {
    BallotChoice.FOR: "Pour",
    BallotChoice.AGAINST: "Contre",
    BallotChoice.ABSTENTION: "Abstentions",
    BallotChoice.NOT_VOTING: "Ne prennent pas part au vote",
}


def known_text(value: str | None) -> str | None:
    """The text without its outer spaces; None when nothing of it would be seen."""
    return None if value is None or is_blank(value) else value.strip()


def known_texts(values: Iterable[str]) -> list[str]:
    """The texts of which something would be seen."""
    return [text for value in values if (text := known_text(value))]


def number_text(value: int | None) -> str | None:
    """The number as text; None when it is unknown."""
    return None if value is None else str(value)


def day_text(day: date | None, *, weekday: bool = False) -> str | None:
    """The date in words; None when it is unknown."""
    return date_in_words(day, weekday=weekday) if day else None


def of_name(name: str) -> str:
    """« de Daniel », « d’Éric »; h and y are left unelided, being aspirated or not by usage."""
    return f"d’{name}" if fold(name)[:1] in tuple("aeiou") else f"de {name}"


def to_body(body: str) -> str:
    """« au conseil municipal », « à l’assemblée délibérante »."""
    return f"au {body.removeprefix('le ')}" if body.startswith("le ") else f"à {body}"


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
