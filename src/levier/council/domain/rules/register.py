"""The register of deliberations and the delegated decisions (CGCT L2121-23, R2121-9)."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
