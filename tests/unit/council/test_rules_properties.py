"""What holds for every record, and for the catalogue of rules."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.common.domain.findings import Finding, Status
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    Proxy,
    Record,
    Sitting,
    Vote,
    VoteMode,
)
from levier.council.domain.rules import RULES, Mark, check
from levier.council.domain.rules.quorum import majority_in_office
from tests.unit.council.judging import SITTING_DAY, TODAY, judged, names, record
from tests.unit.council.record_strategies import NAMES, records

CATALOGUE = {rule.id: rule for rule in RULES}
FORBIDDEN = re.compile(r"\bnuls?\b|\bnulles?\b|nullité", re.IGNORECASE)
DEPARTMENTS = st.none() | st.sampled_from(("62", "57", "67", "68", ""))


def plain(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [finding.as_json() for finding in findings]


@given(records(), st.dates(), DEPARTMENTS)
@settings(max_examples=200)
def test_check_never_raises_and_always_explains(
    what: Record, as_of: date, department: str | None
) -> None:
    findings = check(what, as_of=as_of, department=department)
    assert findings
    for finding in findings:
        rule = CATALOGUE[finding.rule]
        assert (finding.article, finding.severity) == (rule.article, rule.severity)
        assert finding.explanation.strip()
        assert not FORBIDDEN.search(finding.explanation), finding.explanation
        assert (
            finding.explanation[0].isupper()
            or finding.explanation[0].isdigit()
            or (finding.explanation.startswith(tuple(_names_of(what))))
        )
        assert finding.explanation.endswith((".", ")"))
        assert "'" not in finding.explanation
        assert not (rule.mark is Mark.GENERAL and finding.status is Status.IRREGULAR)
        if finding.version:
            assert date.fromisoformat(finding.version) <= (
                what.sitting.date if what.sitting.date and what.sitting.date.year <= 2200 else as_of
            )
    json.dumps(plain(findings))


def _names_of(what: Record) -> list[str]:
    sitting = what.sitting
    return [
        name
        for name in (sitting.president, sitting.secretary, *sitting.present, *sitting.absent,
                     *(proxy.holder for proxy in sitting.proxies))
        if name
    ]  # fmt: skip


@given(records(), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_order_of_names_does_not_matter(what: Record, random: Any) -> None:
    sitting = what.sitting

    def shuffled(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(values, len(values)))

    other = replace(
        what,
        sitting=replace(
            sitting,
            present=shuffled(sitting.present),
            absent=shuffled(sitting.absent),
            proxies=shuffled(sitting.proxies),
        ),
        deliberations=tuple(
            replace(one, recused=shuffled(one.recused)) for one in what.deliberations
        ),
    )
    assert plain(check(what, as_of=TODAY)) == plain(check(other, as_of=TODAY))


@given(st.integers(1, 500))
def test_quorum_is_the_smallest_majority(in_office: int) -> None:
    quorum = majority_in_office(in_office)
    assert 2 * quorum > in_office
    assert 2 * (quorum - 1) <= in_office
    assert quorum <= majority_in_office(in_office + 1) <= quorum + 1


@given(st.integers(1, 99), st.integers(0, 99))
def test_one_member_more_never_loses_the_quorum(in_office: int, present: int) -> None:
    reached = [
        judged(record(in_office=in_office, present_count=count), "Q1").status is Status.OK
        for count in (present, present + 1)
    ]
    if present + 1 <= in_office:
        assert reached[0] <= reached[1]


@given(
    present=st.integers(0, 12),
    absent=st.integers(0, 6),
    in_office=st.none() | st.integers(1, 20),
    everyone=st.booleans(),
    pairs=st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=6),
    represented=st.none() | st.integers(0, 12),
)
def test_procurations_never_raise_the_number_present(
    present: int,
    absent: int,
    in_office: int | None,
    everyone: bool,
    pairs: list[tuple[int, int]],
    represented: int | None,
) -> None:
    members = names(25)
    what = record(
        in_office=in_office,
        present=members[:present],
        absent=members[present : present + absent],
        all_present_except_absent=everyone,
    )
    given_away = tuple(Proxy(members[giver], members[holder]) for giver, holder in pairs)
    other = replace(
        what,
        sitting=replace(what.sitting, proxies=given_away, represented_count=represented),
    )
    before, after = (judged(one, "Q1") for one in (what, other))
    for key in ("quorum_present", "quorum_present_at_most"):
        if before.inputs.get(key) is not None and after.inputs.get(key) is not None:
            assert after.inputs[key] <= before.inputs[key]
    assert after.inputs["quorum_required"] == before.inputs["quorum_required"]


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(VoteMode), st.integers(0, 9))
def test_outcome_follows_the_greater_number(
    in_favour: int, against: int, mode: VoteMode, abstentions: int
) -> None:
    vote = Vote(in_favour=in_favour, against=against, mode=mode, abstentions=abstentions)
    found = judged(record(vote=vote), "T1")
    swapped = judged(record(vote=replace(vote, in_favour=against, against=in_favour)), "T1")
    if in_favour != against:
        assert {found.inputs["outcome"], swapped.inputs["outcome"]} == {"adopted", "rejected"}


@given(NAMES, NAMES)
def test_a_member_listed_present_is_never_said_absent(giver: str, holder: str) -> None:
    what = record(present=(holder,), absent=(), proxies=(Proxy(giver, holder),))
    problems = judged(what, "P2", scope="séance").inputs.get("problems", [])
    assert not any("figure parmi les absents" in problem for problem in problems)


def test_large_council_is_checked_quickly_enough_to_stay_linear() -> None:
    """69 members and 200 items give the findings of each item, in order."""
    what = Record(
        assembly_kind=AssemblyKind.COMMUNE,
        population=300_000,
        sitting=Sitting(date=SITTING_DAY, in_office=69, present=names(69)),
        deliberations=tuple(Deliberation(f"Affaire {n}") for n in range(1, 201)),
    )
    scopes = [finding.scope for finding in check(what, as_of=TODAY) if finding.rule == "Q1"]
    assert scopes == [f"délibération n° {n}" for n in range(1, 201)]


def test_catalogue_is_complete_and_ordered() -> None:
    assert len(CATALOGUE) == len(RULES)
    for rule in RULES:
        assert all((rule.id, rule.article, rule.title, rule.description, rule.source))
        assert rule.description.endswith(".")
        assert rule.judge_sitting or rule.judge_item
        assert (rule.judge_without_item is None) or rule.judge_item
        judge = rule.judge_sitting or rule.judge_item
        assert judge is not None
        assert judge.__doc__
        since = [version.since for version in rule.versions]
        assert since == sorted(set(since))
        assert all(version.text for version in rule.versions)


@pytest.mark.parametrize(
    "rule",
    [
        "K6",
        "K7",
        "K8",
        "K8-note",
        "S1",
        "S3",
        "Q1",
        "Q5",
        "P1",
        "P2",
        "T1",
        "T2",
        "T3",
        "T9",
        "X1",
        "X10",
        "X11",
        "R1",
        "R4",
        "C1",
    ],
)
def test_each_rule_of_the_slice_answers_on_every_record(rule: str) -> None:
    assert rule in {finding.rule for finding in check(record(), as_of=TODAY)}
