"""Who sits: legal size, vacancies, resignations, order of the table."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
