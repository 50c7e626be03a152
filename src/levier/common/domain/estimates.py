"""Estimated values never travel bare, and an absent value says why it is absent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Absence(StrEnum):
    """Why there is no value. None of these is zero, and none is another."""

    SUPPRESSED = "suppressed"
    NOT_COMMUNICATED = "not_communicated"
    NOT_VALUED = "not_valued"
    NOT_MEASURABLE = "not_measurable"

    @property
    def label(self) -> str:
        """The words shown in place of the value."""
        return {
            Absence.SUPPRESSED: "secret statistique",
            Absence.NOT_COMMUNICATED: "non communiqué",
            Absence.NOT_VALUED: "non évalué",
            Absence.NOT_MEASURABLE: "non mesurable",
        }[self]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval, its method and the grade of that method.

    `low` and `high` bound the interval at confidence `level` (0 < level < 1), in the unit of
    `value`. A figure counted without sampling has `low == value == high` and `level` None.
    """

    value: float
    low: float
    high: float
    method: str
    grade: str
    level: float | None = None

    def __post_init__(self) -> None:
        if not all(math.isfinite(bound) for bound in (self.value, self.low, self.high)):
            raise ValueError("Une estimation a une valeur et des bornes finies.")
        if not self.low <= self.value <= self.high:
            raise ValueError("La valeur estimée doit se trouver dans son intervalle.")
        if not self.method.strip() or not self.grade.strip():
            raise ValueError("Une estimation sans méthode ni note ne peut pas être enregistrée.")
        if self.level is None and self.low != self.high:
            raise ValueError("Un intervalle sans niveau de confiance ne veut rien dire.")
        if self.level is not None and not 0 < self.level < 1:
            raise ValueError("Le niveau de confiance se tient strictement entre 0 et 1.")

    @classmethod
    def counted(cls, value: float, *, method: str, grade: str) -> Estimate:
        """A value observed exhaustively: no sampling interval."""
        return cls(value, value, value, method, grade)


Figure = Estimate | Absence
"""What a displayed number can be: an estimate, or the reason why there is none."""
