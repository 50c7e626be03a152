"""Money as integer cents: sums are exact, and text in French form goes in and out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

from levier.common.domain.french import NARROW_SPACE, group_thousands

_AMOUNT = re.compile(r"^(?P<sign>[-−]?)(?P<euros>\d+)(?:[.,](?P<cents>\d{1,2}))?$")
_SPACES = re.compile(r"[\s\u00a0\u202f']")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in euros, held in cents. Adds and subtracts with its like only."""

    cents: int

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError("Un montant se tient en centimes entiers.")

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read "1 831 401,50 €", "258377.78" or "-12".

        Raises ValueError, with a French sentence, when the text is not an amount: more than two
        decimals are refused rather than rounded.
        """
        compact = _SPACES.sub("", text).removesuffix("€").removesuffix("EUR")
        match = _AMOUNT.match(compact)
        if not match:
            raise ValueError(
                f"« {text} » n'est pas un montant : attendu par exemple « 1 831 401,50 »."
            )
        cents = int(match["euros"]) * 100 + int((match["cents"] or "0").ljust(2, "0"))
        return cls(-cents if match["sign"] else cents)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __lt__(self, other: Money) -> bool:
        return self.cents < other.cents if isinstance(other, Money) else NotImplemented

    def __str__(self) -> str:
        """French form; cents are shown only when there are some."""
        sign = "−" if self.cents < 0 else ""
        euros, cents = divmod(abs(self.cents), 100)
        decimals = f",{cents:02d}" if cents else ""
        return f"{sign}{group_thousands(euros)}{decimals}{NARROW_SPACE}€"


ZERO = Money(0)
