"""When a mandate holds, given what the record says of it.

A mandate whose end is not known is never presumed to outlive the general renewal of councils that
follows: a name read in an act of 2024 says nothing of the council elected in 2026.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

# First rounds of the general renewals of conseils municipaux, which open the terms of the
# intercommunal assemblies too (Code électoral L227; CGCT L5211-6). Decrees 2013-938, 2019-928
# and 2025-848 called the electors.
GENERAL_RENEWALS = (
    date(2001, 3, 11),
    date(2008, 3, 9),
    date(2014, 3, 23),
    date(2020, 3, 15),
    date(2026, 3, 15),
)


def term_start(day: date) -> date:
    """The general renewal from which the council sitting on that day comes.

    >>> term_start(date(2024, 6, 11))
    datetime.date(2020, 3, 15)
    """
    rank = bisect_right(GENERAL_RENEWALS, day)
    return GENERAL_RENEWALS[rank - 1] if rank else date.min


def term_end(day: date) -> date:
    """The last day before the general renewal that follows; far away when it is not called yet.

    >>> term_end(date(2024, 6, 11))
    datetime.date(2026, 3, 14)
    """
    rank = bisect_right(GENERAL_RENEWALS, day)
    if rank == len(GENERAL_RENEWALS):
        return date.max
    return GENERAL_RENEWALS[rank] - timedelta(days=1)


def in_office(
    on: date, *, starts_on: date | None, attested_on: date | None, ends_on: date | None
) -> bool:
    """Whether a mandate is known to hold on that day.

    Known from its start, or else from the sitting that attests it; until its end, or else until the
    next general renewal.
    """
    known_from = starts_on or attested_on
    if known_from is None or on < known_from:
        return False
    return on <= ends_on if ends_on else known_from >= term_start(on)
