"""How the council votes: public, by roll call, or secret (CGCT L2121-21)."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
