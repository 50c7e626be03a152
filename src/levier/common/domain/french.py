"""French wording of dates, numbers and lists, and the folding used to compare words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time

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
_WORD_BREAKS = re.compile(r"[^0-9a-z]+")


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
