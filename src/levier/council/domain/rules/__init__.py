"""The check of a council's record against the law, article by article.

`RULES` is the catalogue; `check` applies all of it to one record, on one day. A rule that the
record does not settle answers `unverifiable` and says what is missing.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from levier.common.domain.findings import Finding, Status
from levier.common.domain.french import date_in_words
from levier.council.domain.record import Record
from levier.council.domain.rules import (
    agenda,
    arithmetic,
    ballots,
    calling,
    challenge,
    composition,
    convocation,
    duties,
    effects,
    holding,
    interests,
    minutes,
    nominations,
    presiding,
    proxies,
    publicity,
    quorum,
    register,
    second_convocation,
    sitting,
    transmission,
    votes,
)
from levier.council.domain.rules.facts import Case, Item
from levier.council.domain.rules.rule import Mark, Rule, Verdict, Version, typeset, unverifiable

__all__ = [
    "RULES",
    "Mark",
    "Rule",
    "Verdict",
    "Version",
    "check",
    "judge_item",
    "quorum_at_opening",
]

RULES: tuple[Rule, ...] = (
    *composition.RULES,
    *calling.RULES,
    *convocation.RULES,
    *agenda.RULES,
    *duties.RULES,
    *presiding.RULES,
    *sitting.RULES,
    *holding.RULES,
    *quorum.RULES,
    *second_convocation.RULES,
    *proxies.RULES,
    *interests.RULES,
    *votes.RULES,
    *ballots.RULES,
    *nominations.RULES,
    *arithmetic.RULES,
    *minutes.RULES,
    *register.RULES,
    *publicity.RULES,
    *transmission.RULES,
    *effects.RULES,
    *challenge.RULES,
)

_LOCAL_LAW = (
    "La Moselle, le Bas-Rhin et le Haut-Rhin ont leur propre régime (articles L2541-1 et "
    "suivants), que Levier ne juge pas ici."
)
_EXCEPT_LOCAL_LAW = " Règle non applicable en Moselle, Bas-Rhin et Haut-Rhin (L2541-1)."


def check(
    record: Record,
    *,
    as_of: date,
    department: str | None = None,
    only: Container[str] | None = None,
) -> tuple[Finding, ...]:
    """Every rule applied to the record: first the sitting, then each deliberation in order.

    `as_of` is the day of the judgement: it tells whether a delay is still open. The law is that of
    the sitting's date, or of `as_of` where the record has none. `department` ("62"), by default
    that of the record, lifts the reserve about Alsace-Moselle; "57", "67" and "68" leave its own
    articles unjudged. `only` names the rules to apply, all of them by default. Never raises on a
    well-typed record.
    """
    case = Case(record, as_of, department or record.department)
    rules = [rule for rule in RULES if only is None or rule.id in only]
    unjudged = {rule.id: _unjudged(rule, case) for rule in rules}
    findings = []
    for rule in rules:
        judge = rule.judge_sitting or (None if case.items else rule.judge_without_item)
        if judge:
            verdict = unjudged[rule.id] or judge(case)
            findings.append(_finding(rule, case, verdict, "séance"))
    for item in case.items:
        for rule in rules:
            if rule.judge_item:
                verdict = unjudged[rule.id] or rule.judge_item(item)
                findings.append(_finding(rule, case, verdict, item.scope))
    return tuple(findings)


def judge_item(rule_id: str, item: Item) -> Verdict:
    """The verdict of one rule about items. Raises StopIteration when no such rule exists."""
    judge, rule = next(
        (rule.judge_item, rule) for rule in RULES if rule.id == rule_id and rule.judge_item
    )
    return _unjudged(rule, item.case) or judge(item)


def quorum_at_opening(record: Record, *, as_of: date) -> Verdict:
    """Rule Q1 at the opening of the sitting, as the minutes tell it."""
    case = Case(record, as_of)
    rule = next(rule for rule in RULES if rule.id == "Q1")
    return _unjudged(rule, case) or quorum.quorum_at_opening(case)


def _unjudged(rule: Rule, case: Case) -> Verdict | None:
    """Why the rule's wording must not be applied to this case; None when it may."""
    if rule.local_law and case.alsace_moselle:
        return unverifiable(_LOCAL_LAW, department=case.department)
    if rule.versions and rule.version_at(case.law_date) is None:
        oldest = rule.versions[0].since
        return unverifiable(
            "Levier ne détient pas la rédaction de l’article antérieure au "
            f"{date_in_words(oldest)} et ne juge pas la séance par un autre texte.",
            sitting_date=case.held_on,
        )
    return None


def _finding(rule: Rule, case: Case, verdict: Verdict, scope: str) -> Finding:
    wording = rule.version_at(case.law_date)
    since = verdict.version or (wording.since if wording else None)
    reserve = (
        verdict.status is Status.IRREGULAR
        and rule.local_law
        and not case.department_known_elsewhere
    )
    return Finding(
        rule=rule.id,
        article=rule.article,
        version=since.isoformat() if since else "",
        status=verdict.status,
        severity=rule.severity,
        explanation=typeset(verdict.explanation + (_EXCEPT_LOCAL_LAW if reserve else "")),
        inputs=verdict.inputs,
        scope=scope,
    )
