"""The date at which a person looks at Levier: how it is read from an address and kept."""

from __future__ import annotations

import re
from datetime import date

TODAY_WORD = "aujourdhui"
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_FRENCH_DATE = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_ISO_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


def parse_as_of(text: str, today: date) -> date:
    """Read `2024-07-01`, `01/07/2024` or `aujourdhui`.

    Raises ValueError, with a French sentence, for what is no date or lies outside 1900-2100:
    legal delays are counted from it and must stay within the calendar.
    """
    wanted = text.strip()
    if wanted == TODAY_WORD or not wanted:
        return today
    try:
        if match := _ISO_DATE.match(wanted):
            day = date(*(int(part) for part in match.groups()))
        elif match := _FRENCH_DATE.match(wanted):
            day = date(*(int(part) for part in reversed(match.groups())))
        else:
            raise ValueError
    except ValueError:
        raise ValueError(
            f"« {wanted[:40]} » n’est pas une date du calendrier. "
            "Attendu : jour, mois et année, par exemple 01/07/2024."
        ) from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError(
            f"L’année {day.year} est hors de portée : choisissez une date entre 1900 et 2100."
        )
    return day
