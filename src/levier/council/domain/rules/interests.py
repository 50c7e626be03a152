"""Interested members and representatives of other bodies (CGCT L2131-11, L1111-6)."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
