"""Nominations and elections by the council, round by round (CGCT L2121-21, L2122-7)."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
