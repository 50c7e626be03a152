"""What a rule is: an article with its dated wordings, and a pure function that judges.

How a rule answers when facts lack, so that a plain extract is no wall of questions:

- a fact that every sitting has and that its act shows (date, number in office): `unverifiable`;
- a subject of which the record holds nothing and that no extract ever shows (other sittings, the
  register, the charter): `nothing_known`, which tells where to enter it;
- the same subject known in part: `unverifiable`, and the sentence names what lacks;
- facts that exist only if an event happened (a request, a resignation): `not_applicable`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from levier.common.domain.findings import Severity, Status
from levier.common.domain.french import NARROW_SPACE
from levier.council.domain.rules.facts import Case, Item

_SPACES = re.compile(" {2,}")
_BEFORE_MARK = re.compile(r" ([;:!?%€»])")


class Mark(StrEnum):
    """How sure the source is. A rule that rests on general knowledge informs, never accuses."""

    READ = "V"
    SECONDARY = "S"
    GENERAL = "K"

    @property
    def label(self) -> str:
        """The words that a person reads."""
        return {
            Mark.READ: "texte lu",
            Mark.SECONDARY: "source secondaire",
            Mark.GENERAL: "connaissance générale",
        }[self]


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of the article: first day in force, and the text that brought it."""

    since: date
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule concludes on one sitting or one item.

    `explanation` is one or two French sentences. `version` replaces the date of the article's
    wording when another text decided (a temporary derogation).
    """

    status: Status
    explanation: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    version: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of law, as the catalogue lists it and as `check` applies it.

    `facts` are the keys of the record that it reads, as the exchange format names them. `versions`
    are the wordings held, oldest first; none when the rule rests on case law or on
    arithmetic. `local_law` tells that Alsace-Moselle follows another text. `judge_without_item`
    stands in for `judge_item` in a record without deliberations.
    """

    id: str
    article: str
    title: str
    description: str
    severity: Severity
    mark: Mark
    source: str
    facts: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    local_law: bool = False
    judge_sitting: Callable[[Case], Verdict] | None = None
    judge_item: Callable[[Item], Verdict] | None = None
    judge_without_item: Callable[[Case], Verdict] | None = None

    def version_at(self, day: date) -> Version | None:
        """The wording in force on that day; None before the oldest one held."""
        return next((v for v in reversed(self.versions) if v.since <= day), None)


def ok(explanation: str, **inputs: Any) -> Verdict:
    """The record shows that the rule is followed."""
    return Verdict(Status.OK, explanation, inputs)


def irregular(explanation: str, **inputs: Any) -> Verdict:
    """The record itself shows the breach."""
    return Verdict(Status.IRREGULAR, explanation, inputs)


def at_risk(explanation: str, **inputs: Any) -> Verdict:
    """The record shows something that exposes the act."""
    return Verdict(Status.AT_RISK, explanation, inputs)


def unverifiable(explanation: str, **inputs: Any) -> Verdict:
    """Something is missing, which the explanation names."""
    return Verdict(Status.UNVERIFIABLE, explanation, inputs)


def not_applicable(explanation: str, **inputs: Any) -> Verdict:
    """The rule does not concern this sitting or this item."""
    return Verdict(Status.NOT_APPLICABLE, explanation, inputs)


def nothing_known(what: str, where: str = "la fiche de l’assemblée") -> Verdict:
    """The record holds nothing on a subject that an act never shows: nothing to judge, said so.

    `what` is a noun phrase with its article (« les autres séances de l’assemblée »); `where` names
    the page on which a person enters it. Only for a subject wholly unknown: one that is known in
    part is `unverifiable`.
    """
    return not_applicable(f"Levier ne connaît pas {what} ; renseignez-le dans {where}.")


@lru_cache(maxsize=1024)  # A sitting of 200 items repeats the same sentences.
def typeset(text: str) -> str:
    """French spacing: narrow no-break spaces inside guillemets and before high punctuation."""
    single = _SPACES.sub(" ", text)
    return _BEFORE_MARK.sub(NARROW_SPACE + r"\1", single).replace("« ", f"«{NARROW_SPACE}")
