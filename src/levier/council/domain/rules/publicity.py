"""Publication, notification and transmission of acts (CGCT L2131-1 and L2131-2)."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
