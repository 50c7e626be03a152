"""When the council must meet, who asks for it, and what the convocation announces."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
