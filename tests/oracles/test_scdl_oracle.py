"""Our check of open data against frictionless and the official schema, in each of its versions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levier.council.readers.scdl import NAMES, Level, check_open_data
from tests.shared_data import SHARED, needs_shared
from tests.unit.council.test_scdl import GOOD, written

SCHEMAS = SHARED / "data/schemas/scdl/deliberations"
pytestmark = [needs_shared, pytest.mark.filterwarnings("ignore")]


def _official(data: bytes, folder: Path, version: str = "latest") -> set[tuple[int, str]]:
    """(line, column) of each error that frictionless finds with the official schema."""
    from frictionless import Resource, Schema, validate

    path = folder / "deliberations.csv"
    path.write_bytes(data)
    descriptor = json.loads((SCHEMAS / version / "schema.json").read_text(encoding="utf-8"))
    descriptor.pop("custom_checks", None)
    resource = Resource(
        path=path.name, basepath=str(folder), schema=Schema.from_descriptor(descriptor)
    )
    report = validate(resource)
    return set(_places(report.tasks[0].errors))


def _places(errors: Iterable[object]) -> Iterable[tuple[int, str]]:
    for error in errors:
        yield getattr(error, "row_number", 1), getattr(error, "field_name", "")


@pytest.mark.parametrize(
    "version",
    ["latest", "2.1.5", "2.1.4", "2.1.3", "2.1.2", "2.1.1", "2.1.0", "2.0.0"],
)
def test_our_rows_by_each_version_of_the_schema(version: str, tmp_path: Path) -> None:
    assert _official(written(GOOD), tmp_path, version) == set()


def test_columns_are_those_of_the_schema() -> None:
    schema = json.loads((SCHEMAS / "latest/schema.json").read_text(encoding="utf-8"))
    assert [field["name"] for field in schema["fields"]] == list(NAMES)
    assert schema["version"] == "2.1.5"


_CELLS = st.one_of(
    st.sampled_from(
        [
            *("", " ", "0", "-1", "+5", " 7 ", "1_000", "1.5", "1e3", "4\u202f2", "vingt", "８"),
            *("2024-06-11", "2024-6-1", "11/06/2024", "2024-02-30", "2024-06-11T00:00:00"),
            *("8.4", "7.10", "7.100", "10.1", "8,4", "2017/2018", "2017-2018", "20177"),
            *("https://a.fr/b", "a.fr", "mailto:x", "://", "1http://a", "http//a", "C:\\x"),
            *("21860194600013", "2186019460001", "2 1860194600013", "21860194600013.0"),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
)


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(
        st.dictionaries(st.sampled_from(NAMES), _CELLS, max_size=4), min_size=1, max_size=3
    )
)
def test_same_cells_as_frictionless(changes: list[dict[str, str]], tmp_path: Path) -> None:
    data = written(*(GOOD | change for change in changes))
    ours = {
        (remark.row, remark.column)
        for remark in check_open_data(data, "x.csv").remarks
        if remark.level is Level.SCHEMA
    }
    assert ours == _official(data, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        written(GOOD).replace(b",VOTE_REEL", b""),
        written(GOOD).replace(b"COLL_NOM", b"NOM"),
        written(GOOD).replace(b"PREF_ID,PREF_DATE", b"PREF_DATE,PREF_ID"),
        written(GOOD) + b"a,b\n",
        written(GOOD) + b"," * 16 + b"\n",
        written(GOOD).rstrip() + b",x\n",
    ],
)
def test_files_of_another_shape_are_refused_by_both(data: bytes, tmp_path: Path) -> None:
    assert _official(data, tmp_path)
    assert any(remark.level is Level.SCHEMA for remark in check_open_data(data, "x.csv").remarks)
