"""The catalogue of the rules against the tables of the reference, and what holds for each rule."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.common.domain.findings import Status
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.formalities import ActFormalities, SittingFormalities
from levier.council.domain.record import MatterNature, Record
from levier.council.domain.rules import RULES, Mark, Rule, check
from tests.unit.council.record_strategies import NAMES, SUBJECTS, records
from tests.unit.council.test_rules_properties import FORBIDDEN

CATALOGUE = {rule.id: rule for rule in RULES}

# council-law.md, tables A.1 to A.5: every rule marked V or S. K11 is Q5.
COMPOSITION = ("C1", "C2", "C3", "C4", "C5")
CALLING = (
    *("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K12", "K13", "K14", "K16"),
)
HOLDING = (
    *("S1", "S2", "S3", "S5"),
    *("Q1", "Q2", "Q3", "Q4", "Q5", "Q6"),
    *("P1", "P2", "P3"),
    *("T1", "T2", "T4", "T5", "T6", "T7", "T8", "T9"),
    *("I1", "I2", "I3"),
)
RECORDS = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9")
EFFECT = (*("X1", "X2", "X3", "X4", "X6", "X7", "X8", "X9", "X10", "X11", "X12", "X13", "X14"),)
# It compares the act's own numbers with each other: no knowledge of law accuses there.
SUMS = {"T3"}
# L2541-1 sets these articles aside in Moselle, Bas-Rhin and Haut-Rhin, or a part of them.
ASIDE = ("C5", "K5", "K6", "K7", "K9", "K13", "Q5", "S3")
KEPT = ("C1", "C2", "C3", "C4", "K1", "K2", "K4", "K8", "K8-note", "K10", "K12", "K14", "Q1")


@pytest.mark.parametrize("rule_id", [*COMPOSITION, *CALLING, *HOLDING, *RECORDS, *EFFECT])
def test_every_rule_of_the_tables_is_applied(rule_id: str) -> None:
    assert rule_id in CATALOGUE


def test_each_rule_has_one_identifier() -> None:
    assert len(CATALOGUE) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_tells_its_law(rule: Rule) -> None:
    assert all((rule.id, rule.article, rule.title, rule.description, rule.source))
    assert rule.description.endswith(".")
    for text in (rule.title, rule.description, *(version.text for version in rule.versions)):
        assert text[0].isupper()
        assert "'" not in text, text
        assert not FORBIDDEN.search(text), text
    since = [version.since for version in rule.versions]
    assert since == sorted(set(since))
    judges = [rule.judge_sitting, rule.judge_item]
    assert any(judges)
    assert all(judge is None or judge.__doc__ for judge in judges)


@pytest.mark.parametrize("rule_id", ASIDE)
def test_articles_set_aside_in_alsace_moselle(rule_id: str) -> None:
    """codes-et-lois, L2541-1: not L2121-1, -9, -10, -11, -15, -17 (second paragraph) nor -22."""
    assert CATALOGUE[rule_id].local_law


@pytest.mark.parametrize("rule_id", KEPT)
def test_articles_kept_in_alsace_moselle(rule_id: str) -> None:
    assert not CATALOGUE[rule_id].local_law


@pytest.mark.parametrize(
    ("rule_id", "day", "since"),
    [
        ("K6", date(2019, 12, 27), date(1996, 2, 24)),
        ("K6", date(2019, 12, 28), date(2019, 12, 28)),
        ("K16", date(2022, 6, 30), date(2019, 12, 28)),
        ("K16", date(2022, 7, 1), date(2022, 7, 1)),
        ("C2", date(2021, 6, 1), date(2019, 12, 28)),
        ("C2", date(2026, 3, 22), date(2026, 3, 15)),
        ("Q1", date(2022, 2, 22), date(1996, 2, 24)),
        ("Q1", date(2022, 2, 23), date(2022, 2, 23)),
        ("S3", date(2021, 6, 1), date(1996, 2, 24)),
        ("S3", date(2022, 7, 1), date(2022, 7, 1)),
        ("K5", date(2020, 2, 29), date(1996, 2, 24)),
        ("K14", date(2020, 3, 1), date(2020, 3, 1)),
    ],
)
def test_wording_in_force_on_a_day(rule_id: str, day: date, since: date) -> None:
    version = CATALOGUE[rule_id].version_at(day)
    assert version is not None
    assert version.since == since


_WORDS = NAMES | SUBJECTS
_DAYS = st.dates() | st.dates(date(2019, 1, 1), date(2027, 1, 1))
_PLAIN = {
    str: _WORDS,
    bool: st.booleans(),
    int: st.integers(-5, 40) | st.integers(),
    date: _DAYS,
}


def _any(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type of the record."""
    arguments = [one for one in get_args(hint) if one is not Ellipsis]
    if get_origin(hint) is tuple:
        return st.lists(_any(arguments[0]), max_size=2).map(tuple)
    if arguments:
        return st.one_of(*map(_any, arguments))
    if hint is type(None):
        return st.none()
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: _any(hints[field.name]) for field in fields(hint)})
    return _PLAIN[hint] if hint in _PLAIN else st.sampled_from(hint)


def lives() -> st.SearchStrategy[Record]:
    """Any record with any formalities and circumstances around it."""
    around = _any(Circumstances)
    formalities, acts = _any(SittingFormalities), _any(ActFormalities)
    natures = st.none() | st.sampled_from(MatterNature)

    @st.composite
    def built(draw: st.DrawFn) -> Record:
        what = draw(records())
        return replace(
            what,
            circumstances=draw(around),
            sitting=replace(what.sitting, formalities=draw(formalities)),
            deliberations=tuple(
                replace(one, formalities=draw(acts), nature=draw(natures))
                for one in what.deliberations
            ),
        )

    return built()


@given(lives(), st.dates(), st.none() | st.sampled_from(("62", "57")))
@settings(max_examples=80)
def test_no_record_breaks_a_rule_and_general_knowledge_accuses_nobody(
    what: Record, as_of: date, department: str | None
) -> None:
    findings = check(what, as_of=as_of, department=department)
    for finding in findings:
        if CATALOGUE[finding.rule].mark is Mark.GENERAL and finding.rule not in SUMS:
            assert finding.status not in (Status.IRREGULAR, Status.AT_RISK), finding.rule
        assert finding.explanation.endswith((".", ")")), finding.explanation
        assert not FORBIDDEN.search(finding.explanation), finding.explanation
    json.dumps([finding.as_json() for finding in findings])
