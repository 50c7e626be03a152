"""The result of applying a rule to a record.

Levier speaks of risk and never says that an act is void: only a judge does, and a defect annuls
only when it weighed on the decision or took a guarantee away (CE, Ass., 23 Dec. 2011, Danthony).
What the record does not allow to establish is `UNVERIFIABLE`, never `OK`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from levier.common.domain.french import plural


class Status(StrEnum):
    """What the rule concludes."""

    OK = "ok"
    IRREGULAR = "irregular"
    AT_RISK = "at_risk"
    UNVERIFIABLE = "unverifiable"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The word that a person reads."""
        return _STATUS_LABELS[self]

    def counted(self, count: int) -> str:
        """« 1 conforme », « 7 conformes »: adjectives agree, set phrases do not change."""
        agrees = self in (Status.OK, Status.IRREGULAR, Status.AT_RISK)
        return plural(count, self.label, None if agrees else self.label)


_STATUS_LABELS = {
    Status.OK: "conforme",
    Status.IRREGULAR: "irrégulier",
    Status.AT_RISK: "risque",
    Status.UNVERIFIABLE: "à vérifier",
    Status.NOT_APPLICABLE: "sans objet",
}
GRAVITY_ORDER = (
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.OK,
    Status.NOT_APPLICABLE,
)


class Severity(StrEnum):
    """What a breach of the rule exposes the act to."""

    NULLITY = "nullity"
    FORM = "form"
    DEADLINE = "deadline"
    EFFECT = "effect"
    ARITHMETIC = "arithmetic"
    INFO = "info"

    @property
    def label(self) -> str:
        """The words that a person reads."""
        return _SEVERITY_LABELS[self]


_SEVERITY_LABELS = {
    Severity.NULLITY: "risque d'annulation",
    Severity.FORM: "vice de forme",
    Severity.DEADLINE: "délai",
    Severity.EFFECT: "prise d'effet",
    Severity.ARITHMETIC: "erreur matérielle",
    Severity.INFO: "information",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule applied to one record.

    `version` is the date on which the wording applied came into force (ISO), or "" (null in
    JSON) when the rule rests on case law or arithmetic alone. `inputs` holds the facts used and the
    facts computed, as plain JSON values. `scope` names what was examined: "séance", or
    "délibération n° 3".
    """

    rule: str
    article: str
    version: str
    status: Status
    severity: Severity
    explanation: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    scope: str = "séance"

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", MappingProxyType(dict(self.inputs)))

    def as_json(self) -> dict[str, Any]:
        """Plain mapping, in the order of the public interface."""
        return {
            "rule": self.rule,
            "article": self.article,
            "version": self.version or None,
            "status": self.status.value,
            "severity": self.severity.value,
            "inputs": {key: _plain(value) for key, value in self.inputs.items()},
            "explanation": self.explanation,
            "scope": self.scope,
        }


def _plain(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def worst_status(findings: Iterable[Finding]) -> Status:
    """The gravest status of all; `NOT_APPLICABLE` when there is no finding."""
    present = {finding.status for finding in findings}
    return next((status for status in GRAVITY_ORDER if status in present), Status.NOT_APPLICABLE)
