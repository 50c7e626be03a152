"""Acts of imaginary towns, printed in the many ways that real ones are."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from levier.council.domain.reading import read_text
from levier.council.domain.record import Record
from tests.unit.council.reading_cases.case import Case, names, value_at
from tests.unit.council.reading_cases.lists import LISTS
from tests.unit.council.reading_cases.matters import MATTERS
from tests.unit.council.reading_cases.mixed import MIXED
from tests.unit.council.reading_cases.procurations import PROCURATIONS

CASES = (*LISTS, *MATTERS, *MIXED, *PROCURATIONS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_attendance_as_printed(case: Case) -> None:
    record = read_text(case.text)
    assert record.sitting.present == names(case.present)
    assert record.sitting.absent == names(case.absent)
    assert tuple(f"{p.giver} > {p.holder}" for p in record.sitting.proxies) == case.proxies


@pytest.mark.parametrize("case", [c for c in CASES if c.expected], ids=lambda case: case.name)
def test_other_facts_as_printed(case: Case) -> None:
    record = read_text(case.text)
    read = {path: value_at(record, path) for path in case.expected}
    assert read == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_unread_holds_what_was_not_understood_and_nothing_else(case: Case) -> None:
    record = read_text(case.text)
    if case.unread is None:
        assert record.unread
    else:
        assert len(record.unread) == case.unread, record.unread


def test_records_hold_only_plain_values() -> None:
    def check(value: Any) -> None:
        if is_dataclass(value):
            for field in fields(value):
                check(getattr(value, field.name))
        elif isinstance(value, tuple):
            for item in value:
                check(item)
        else:
            assert not isinstance(value, (list, dict, set))

    for case in CASES:
        record = read_text(case.text)
        assert isinstance(record, Record)
        check(record)
