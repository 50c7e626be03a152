"""The public acts kept beside the checkout, read whole: every name, date and vote."""

from __future__ import annotations

import csv

import pytest

from levier.council.domain.reading import read_text
from levier.council.domain.record import name_key
from levier.council.readers.texts import read_document
from tests.shared_data import SHARED, needs_shared
from tests.unit.council.reading_cases.case import names, value_at
from tests.unit.council.reading_cases.real_acts import REAL_ACTS, RealAct

pytestmark = needs_shared
LANNION = SHARED / "data/deliberations/lannion"
PDFS = sorted((SHARED / "data/deliberations").rglob("*.pdf"))


def each_act(function):  # type: ignore[no-untyped-def]
    return pytest.mark.parametrize("act", REAL_ACTS, ids=lambda act: act.path.rpartition("/")[2])(
        function
    )


@each_act
def test_attendance(act: RealAct) -> None:
    sitting = read_document(str(SHARED / act.path)).sitting
    assert sitting.present == names(act.present)
    assert sitting.absent == names(act.absent)
    assert tuple(f"{p.giver} > {p.holder}" for p in sitting.proxies) == act.proxies


@each_act
def test_facts_of_the_sitting(act: RealAct) -> None:
    record = read_document(str(SHARED / act.path))
    assert {path: value_at(record, path) for path in act.facts} == act.facts


@each_act
def test_votes(act: RealAct) -> None:
    record = read_document(str(SHARED / act.path))
    votes = [(d.number, d.vote) for d in record.deliberations]
    assert act.votes == tuple(
        (number, v.outcome, v.in_favour, v.against, v.abstentions) for number, v in votes
    )


@each_act
def test_nothing_is_left_unread(act: RealAct) -> None:
    assert read_document(str(SHARED / act.path)).unread == ()


def test_attendance_of_lannion_equals_the_published_table() -> None:
    states: dict[str, set[frozenset[str]]] = {
        "présent": set(),
        "absent": set(),
        "procuration": set(),
    }
    holders: dict[frozenset[str], frozenset[str]] = {}
    with (LANNION / "attendance_2021-07-05.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            states[row["state"]].add(name_key(row["member"]))
            if row["proxy_holder"]:
                holders[name_key(row["member"])] = name_key(row["proxy_holder"])
    sitting = read_document(str(LANNION / "281b09e6.txt")).sitting
    assert {name_key(name) for name in sitting.present} == states["présent"]
    assert {name_key(name) for name in sitting.absent} == states["absent"]
    assert {name_key(p.giver): name_key(p.holder) for p in sitting.proxies} == holders
    assert holders.keys() == states["procuration"]


def test_the_act_of_11_june_2024_takes_three_decisions_on_one_visa() -> None:
    record = read_document(str(SHARED / "reference/loison-2024-06-11.txt"))
    (deliberation,) = record.deliberations
    assert [text.split(" ", 1)[0] for text in deliberation.decisions] == [
        "D'approuver",
        "D'autoriser",
        "D'autoriser",
    ]
    assert "Engagement quartiers 2030" in deliberation.decisions[0]
    assert len(deliberation.visas) == 1
    assert any("2023-1314" in recital for recital in deliberation.recitals)


def test_lannion_lists_the_twenty_matters_of_its_agenda() -> None:
    record = read_document(str(LANNION / "281b09e6.txt"))
    assert [item.number for item in record.sitting.agenda] == list(range(1, 21))
    assert [d.number for d in record.deliberations] == list(range(1, 21))
    assert all(d.decisions for d in record.deliberations)
    assert len(record.deliberations[0].visas) == 2


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_the_pdf_gives_the_record_of_its_text(path) -> None:  # type: ignore[no-untyped-def]
    printed, extracted = read_document(str(path)), read_document(str(path.with_suffix(".txt")))
    assert printed.sitting == extracted.sitting
    assert printed.assembly == extracted.assembly
    for one, other in zip(printed.deliberations, extracted.deliberations, strict=True):
        assert (one.number, one.subject, one.rapporteur) == (
            other.number,
            other.subject,
            other.rapporteur,
        )
        assert one.vote == other.vote
        assert one.present_changes == other.present_changes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_changes_nothing(encoding: str) -> None:
    from levier.council.readers.texts import read_bytes

    text = (SHARED / "reference/loison-2024-06-11.txt").read_text(encoding="utf-8")
    assert read_bytes(text.encode(encoding)) == read_text(text)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_one_byte_encodings_keep_every_name(encoding: str) -> None:
    from levier.council.readers.texts import read_bytes

    text = (SHARED / "reference/loison-2024-06-11.txt").read_text(encoding="utf-8")
    record = read_bytes(text.encode(encoding, errors="replace"))
    assert record.sitting == read_text(text).sitting
