"""The JSON Schema that is published accepts what is written, and refuses what is refused."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.coherence import PRESIDENT_VOTES, tidied
from levier.council.domain.record import Record
from levier.council.domain.rules import RULES, Rule
from levier.council.record_json import dump_record, load_record
from levier.council.writers.record_schema import record_schema
from tests.unit.council.record_strategies import records

VALIDATOR = jsonschema.Draft202012Validator(
    record_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
WRITTEN: dict[str, Any] = {
    "assembly_kind": "epci",
    "population": 240_000,
    "sitting": {
        "date": "2026-03-03",
        "in_office": 11,
        "present": ["Ada BRUN"],
        "second_convocation": True,
        "urgency": False,
        "proxies": [{"giver": "Luc NOIR", "holder": "Ada BRUN", "sittings_used": 2}],
    },
    "deliberations": [
        {
            "subject": "Budget",
            "present_changes": [{"member": "Ada BRUN", "event": "leaves", "before_item": 2}],
            "recused": [{"member": "Ada BRUN", "ground": "L1111-6-II"}],
            "vote": {
                "mode": "roll_call",
                "for": 4,
                "against": 4,
                "abstentions": 1,
                "blank": None,
                "president_vote": "for",
                "ballots": [{"member": "Ada BRUN", "choice": "for"}],
            },
            "transmitted_on": "2026-03-05",
            "published_on": None,
        }
    ],
}


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(record_schema())


def test_a_record_written_by_hand_passes_both() -> None:
    VALIDATOR.validate(WRITTEN)
    record = load_record(json.dumps(WRITTEN))
    assert record.deliberations[0].vote.in_favour == 4


@given(records(st.integers(0, 90), st.sampled_from(PRESIDENT_VOTES)))
def test_every_record_written_is_valid(record: Record) -> None:
    VALIDATOR.validate(dump_record(tidied(record)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("assembly_kind",), "département"),
        (("population",), "beaucoup"),
        (("sitting", "date"), "le 3 mars"),
        (("sitting", "present"), "Ada BRUN"),
        (("deliberations", 0, "vote", "mode"), "à main levée"),
        (("deliberations", 0, "vote", "for"), 3.5),
        (("deliberations", 0, "vote", "president_vote"), "oui"),
        (("deliberations", 0, "recused", 0, "ground"), "amitié"),
        (("deliberations", 0, "present_changes", 0, "event"), "sort"),
    ],
)
def test_the_schema_refuses_what_the_check_refuses(
    path: tuple[str | int, ...], value: object
) -> None:
    wrong: Any = copy.deepcopy(WRITTEN)
    *parents, last = path
    place = wrong
    for step in parents:
        place = place[step]
    place[last] = value
    assert not VALIDATOR.is_valid(wrong)
    with pytest.raises(UnreadableInput):
        load_record(json.dumps(wrong))


def test_an_unknown_key_is_tolerated() -> None:
    VALIDATOR.validate(WRITTEN | {"logiciel": "autre"})


def _is_key(path: str) -> bool:
    """Whether the schema knows this key, written as the catalogue of rules writes it."""
    schema = record_schema()
    part: dict[str, Any] = schema
    for step in path.split("."):
        known = part.get("properties", {}).get(step.removesuffix("[]"))
        if known is None:
            return False
        for kind in known.get("anyOf", [known]):
            name = kind.get("items", kind).get("$ref", "").rpartition("/")[2]
            part = schema["$defs"].get(name, part)
    return True


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_names_the_keys_that_it_reads(rule: Rule) -> None:
    assert rule.facts
    assert [fact for fact in rule.facts if not _is_key(fact)] == []
