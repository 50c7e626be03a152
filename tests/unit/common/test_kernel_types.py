"""Source, Finding, Estimate and the errors: what they refuse, and what they keep."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import json
import math
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.errors import Conflict, Invalid, LevierError, Refused, UnreadableInput
from levier.common.domain.estimates import Absence, Estimate
from levier.common.domain.findings import (
    GRAVITY_ORDER,
    Finding,
    Severity,
    Status,
    worst_status,
)
from levier.common.domain.provenance import Source


def source(**fields: Any) -> Source:
    given_fields = {
        "publisher": "ANCT",
        "dataset": "Quartiers prioritaires 2024",
        "vintage": "décret n° 2023-1314",
    }
    return Source(**{**given_fields, **fields})


def test_source_says_where_a_figure_comes_from() -> None:
    assert str(source()) == "ANCT, Quartiers prioritaires 2024, décret n° 2023-1314"
    when = datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert source(sha256="0" * 64, imported_at=when).imported_at == when


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"publisher": " "}, "éditeur"),
        ({"dataset": ""}, "jeu de données"),
        ({"vintage": "\t"}, "millésime"),
        ({"sha256": "abc"}, "64 chiffres"),
        ({"sha256": "A" * 64}, "64 chiffres"),
        ({"sha256": "0" * 65}, "64 chiffres"),
        ({"sha256": "0" * 63 + "g"}, "64 chiffres"),
        ({"sha256": "0" * 64 + "\n"}, "64 chiffres"),
    ],
)
def test_source_without_origin_is_refused(fields: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        source(**fields)


def finding(status: Status = Status.OK, **inputs: Any) -> Finding:
    return Finding("K8", "CGCT L2121-12", "1996-02-24", status, Severity.NULLITY, "Phrase.", inputs)


def test_finding_as_json_has_the_keys_of_the_public_interface_in_order() -> None:
    plain = finding(
        clear_days=5,
        convocation_date=date(2024, 6, 5),
        opens_at=time(18, 30),
        holders={"Jacky LELONG"},
        nested={"day": [date(2024, 6, 11)]},
        unknown=None,
    ).as_json()
    assert list(plain) == [
        "rule", "article", "version", "status", "severity", "inputs", "explanation", "scope",
    ]  # fmt: skip
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["status"], plain["severity"], plain["scope"]) == ("ok", "nullity", "séance")
    assert plain["inputs"] == {
        "clear_days": 5,
        "convocation_date": "2024-06-05",
        "opens_at": "18:30:00",
        "holders": ["Jacky LELONG"],
        "nested": {"day": ["2024-06-11"]},
        "unknown": None,
    }


def test_finding_cannot_be_changed_afterwards() -> None:
    facts = {"clear_days": 5}
    found = Finding("K8", "", "", Status.OK, Severity.INFO, "Phrase.", facts)
    facts["clear_days"] = 0
    assert found.inputs["clear_days"] == 5
    with pytest.raises(TypeError):
        found.inputs["clear_days"] = 0  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.status = Status.IRREGULAR  # type: ignore[misc]


@given(st.lists(st.sampled_from(Status)))
def test_worst_status(statuses: list[Status]) -> None:
    """Irregular, then risk, then to verify, then fine, then without object."""
    order = ["irregular", "at_risk", "unverifiable", "ok", "not_applicable"]
    expected = min((status.value for status in statuses), key=order.index, default="not_applicable")
    assert worst_status(map(finding, statuses)) == expected


def test_every_status_and_severity_has_french_words() -> None:
    assert set(GRAVITY_ORDER) == set(Status)
    labels = [one.label for one in (*Status, *Severity, *Absence)]
    assert len(set(labels)) == len(labels)
    assert not any(word.startswith("nul") for label in labels for word in label.split())


def test_estimate_keeps_its_interval_and_method() -> None:
    estimate = Estimate(12.5, 10, 15, method="sondage", grade="B", level=0.95)
    assert (estimate.low, estimate.value, estimate.high) == (10, 12.5, 15)
    counted = Estimate.counted(3, method="recensement", grade="A")
    assert (counted.low, counted.high, counted.level) == (3, 3, None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"low": 13}, "dans son intervalle"),
        ({"high": 12}, "dans son intervalle"),
        ({"value": math.nan}, "finies"),
        ({"high": math.inf}, "finies"),
        ({"method": " "}, "sans méthode"),
        ({"grade": ""}, "sans méthode"),
        ({"level": None}, "niveau de confiance"),
        ({"level": 0}, "strictement entre"),
        ({"level": 1}, "strictement entre"),
        ({"level": 95}, "strictement entre"),
    ],
)
def test_bare_or_absurd_estimate_is_refused(fields: dict[str, Any], message: str) -> None:
    sound: dict[str, Any] = {
        "value": 12.5,
        "low": 10,
        "high": 15,
        "method": "sondage",
        "grade": "B",
        "level": 0.95,
    }
    with pytest.raises(ValueError, match=message):
        Estimate(**{**sound, **fields})


def test_absences_are_neither_zero_nor_each_other() -> None:
    assert len(Absence) == 4
    assert all(absence and absence != 0 for absence in Absence)


def test_errors_meant_for_a_person_share_one_root() -> None:
    for kind in (UnreadableInput, Refused, Conflict):
        assert str(kind("Phrase.")) == "Phrase."
        assert issubclass(kind, LevierError)
    invalid = Invalid({"sitting.date": "Il manque la date.", "": "Il manque la date."})
    assert str(invalid) == "Il manque la date."
    assert invalid.by_field["sitting.date"] == "Il manque la date."


@pytest.mark.parametrize(
    ("module", "at_least"),
    [
        ("levier.common.domain.dates", 4),
        ("levier.common.domain.french", 2),
        ("levier.council.domain.record", 1),
        ("levier.council.domain.parameters", 1),
        ("levier.council.domain.rules.quorum", 1),
    ],
)
def test_examples_in_docstrings_hold(module: str, at_least: int) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.failed == 0
    assert result.attempted >= at_least
