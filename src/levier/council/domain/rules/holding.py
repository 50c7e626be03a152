"""How the sitting is held: public or not, suspensions, several places."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
