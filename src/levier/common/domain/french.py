"""French wording of dates, numbers and lists, and the folding used to compare words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache

NARROW_SPACE = "\u202f"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_UNITS = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
)
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante")
_WORD_BREAKS = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=8192)  # The same names and subjects are compared many times in one sitting.
def fold(text: str) -> str:
    """Lower case without accents, ligatures or punctuation, words separated by one space.

    >>> fold("Françoise LE MEN - d’Œuf")
    'francoise le men d oeuf'
    """
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae")
    stripped = "".join(
        char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char)
    )
    return _WORD_BREAKS.sub(" ", stripped).strip()


def group_thousands(number: int) -> str:
    """Digits grouped by three with narrow non-breaking spaces: 1 831 401."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def date_in_words(day: date, *, weekday: bool = False) -> str:
    """11 juin 2024, or mardi 11 juin 2024; the first of the month is written 1er."""
    number = "1er" if day.day == 1 else str(day.day)
    text = f"{number} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def number_in_words(number: int) -> str:
    """Cardinal from 0 to 9999 in traditional spelling: hyphens below one hundred, no « et » in 81.

    >>> number_in_words(71), number_in_words(80), number_in_words(2024)
    ('soixante et onze', 'quatre-vingts', 'deux mille vingt-quatre')
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"Nombre hors de 0 à 9999 : {number}.")
    thousands, below_thousand = divmod(number, 1000)
    hundreds, below_hundred = divmod(below_thousand, 100)
    words = []
    if thousands:
        words += [_UNITS[thousands]] * (thousands > 1) + ["mille"]
    if hundreds:
        words += [_UNITS[hundreds]] * (hundreds > 1)
        words += ["cents" if hundreds > 1 and not below_hundred else "cent"]
    if below_hundred or not words:
        words.append(_below_hundred_in_words(below_hundred))
    return " ".join(words)


def _below_hundred_in_words(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    if number >= 80:
        return f"quatre-vingt-{_UNITS[number - 80]}" if number > 80 else "quatre-vingts"
    tens = number // 10
    # Seventy counts on from sixty: soixante et onze, soixante-douze.
    units = number - (60 if tens == 7 else tens * 10)
    if units == 0:
        return _TENS[tens]
    joint = " et " if units in (1, 11) else "-"
    return f"{_TENS[tens]}{joint}{_UNITS[units]}"


def date_in_full_words(day: date) -> str:
    """The solemn date of an act: l’an deux mille vingt-quatre, le onze juin."""
    number = "premier" if day.day == 1 else number_in_words(day.day)
    return f"l’an {number_in_words(day.year)}, le {number} {MONTHS[day.month - 1]}"


def time_in_words(moment: time) -> str:
    """18 h 30, or 18 h."""
    minutes = f" {moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour} h{minutes}"


def enumerate_in_words(items: Iterable[str], last: str = "et") -> str:
    """« a, b et c »; an empty sequence gives an empty text."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """Number and noun in agreement: French keeps the singular for 0 and 1.

    >>> plural(1, "jour franc", "jours francs"), plural(5, "jour franc", "jours francs")
    ('1 jour franc', '5 jours francs')
    """
    noun = singular if abs(count) < 2 else plural_form or f"{singular}s"
    return f"{group_thousands(count)} {noun}"
