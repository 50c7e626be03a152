"""The prefect's control and the appeals of third parties."""

from __future__ import annotations

from levier.council.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
