"""The list of deliberations and the minutes (CGCT L2121-15 and L2121-25)."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
