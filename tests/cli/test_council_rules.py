"""`levier council rules` and `levier council schema`, and the page that documents the rules."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import levier

ROOT = Path(__file__).resolve().parents[2]


def test_the_catalogue_lists_each_rule_with_its_source(tmp_path: Path) -> None:
    done = levier("council", "rules", "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    rules = {rule["id"]: rule for rule in json.loads(done.stdout)}
    quorum = rules["Q1"]
    assert quorum["article"] == "CGCT L2121-17"
    assert quorum["severity"] == "nullity"
    assert quorum["versions"][-1]["since"] == "2022-02-23"
    assert all(rule["source"] and rule["description"] for rule in rules.values())
    told = levier("council", "rules", home=tmp_path)
    assert all(f" {identifier} " in told.stdout for identifier in rules)


def test_the_page_of_the_documentation_is_that_of_the_rules(tmp_path: Path) -> None:
    done = levier("council", "rules", "--markdown", home=tmp_path)
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == done.stdout


def test_the_schema_is_a_json_schema_of_the_record(tmp_path: Path) -> None:
    done = levier("council", "schema", home=tmp_path)
    assert done.returncode == 0, done.stderr
    schema = json.loads(done.stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"sitting", "deliberations", "population", "assembly_kind"} <= set(schema["properties"])
    vote = schema["$defs"]["Vote"]["properties"]
    assert {"mode", "for", "against", "abstentions", "blank", "president_vote"} <= set(vote)
