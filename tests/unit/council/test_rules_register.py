"""R4, R5, R6, R7: the register and the decisions taken by delegation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Severity, Status
from levier.council.domain.circumstances import (
    Circumstances,
    DelegatedDecision,
    RegisterVolume,
)
from levier.council.domain.formalities import SittingFormalities
from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Deliberation,
    DocumentKind,
    Record,
    Sitting,
)
from levier.council.domain.rules.facts import Case
from levier.council.domain.rules.register import binding_due_on, end_of_next_quarter
from tests.unit.council.judging import judged, record
from tests.unit.council.records import LOISON

OK, BAD, RISK, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
HELD = date(2024, 6, 11)
SHEETS = {"register_sheets_initialled": True, "register_closing_sheet": True}
BOUND = RegisterVolume(
    2024,
    on_paper=True,
    initialled=True,
    bound_on=date(2024, 12, 20),
    table_by_date=True,
    table_by_subject=True,
)


def numbered(*numbers: int | None, agenda: tuple[int, ...] = (), **told: Any) -> Record:
    return Record(
        assembly_kind=AssemblyKind.COMMUNE,
        population=5169,
        document_kind=told.get("document_kind"),
        sitting=Sitting(
            date=HELD,
            agenda=tuple(AgendaItem(number, f"Point {number}") for number in agenda),
            formalities=SittingFormalities(**told.get("sheets", {})),
        ),
        deliberations=tuple(Deliberation(f"Objet {number}", number) for number in numbers),
        circumstances=Circumstances(registers=told.get("registers", ())),
    )


def test_signatures_are_in_the_register() -> None:
    assert judged(record(), "R4").status is ASK
    signed = {"signatory": "Daniel KRUSZKA", "signed_on": date(2024, 6, 20)}
    found = judged(record(president="Daniel Kruszka", extra=signed), "R4")
    assert (found.status, found.inputs["signed_on"]) == (ASK, date(2024, 6, 20))
    assert "secrétaire" in found.explanation
    old = judged(record(date=date(2021, 7, 5), extra=signed), "R4")
    assert "membres présents signaient" in old.explanation
    assert (old.version, found.version) == ("1996-02-24", "2022-07-01")


@pytest.mark.parametrize(
    ("mayor", "secretary", "status"),
    [(True, True, OK), (True, None, ASK), (True, False, BAD), (False, True, BAD)],
)
def test_mayor_and_secretary_sign_the_register(
    mayor: bool | None, secretary: bool | None, status: Status
) -> None:
    signatures = SittingFormalities(
        register_signed_by_president=mayor, register_signed_by_secretary=secretary
    )
    published = {"published_on": date(2024, 6, 18), "received_on": date(2024, 6, 18)}
    what = record(formalities=signatures, deliberation=published)
    found = judged(what, "R4")
    assert (found.status, found.severity) == (status, Severity.FORM)
    # Senate answer 02858 (2 February 2023): the act stays executory.
    assert judged(what, "X1").inputs["executory_on"] == date(2024, 6, 18)


@pytest.mark.parametrize(
    ("numbers", "repeated", "missing", "status"),
    [
        ((1, 2, 3), (), (), ASK),  # the sheets remain to be seen
        ((14, 15, 16), (), (), ASK),  # numbers that go on from the sitting before
        ((1, 2, 2, 3), (2,), (), RISK),
        ((1, 2, 4, 7), (), (3, 5, 6), RISK),
        ((3, 1, 2), (), (), ASK),
        ((1, None, 2), (), (), ASK),
    ],
)
def test_numbers_within_the_sitting_have_no_gap_and_no_double(
    numbers: tuple[int | None, ...],
    repeated: tuple[int, ...],
    missing: tuple[int, ...],
    status: Status,
) -> None:
    found = judged(numbered(*numbers), "R5")
    assert (found.inputs["numbers_repeated"], found.inputs["numbers_missing"]) == (
        repeated,
        missing,
    )
    assert found.status is status
    with_sheets = judged(numbered(*numbers, sheets=SHEETS, registers=(BOUND,)), "R5")
    assert with_sheets.status is (RISK if repeated or missing else OK)


def test_a_number_of_the_agenda_without_deliberation_accuses_nobody() -> None:
    assert judged(numbered(1, 3, agenda=(1, 2, 3)), "R5").status is ASK
    assert judged(numbered(1, 3, agenda=(1, 3)), "R5").status is RISK


def test_numbers_read_from_a_text_accuse_nobody() -> None:
    assert judged(numbered(1, 1, 4, document_kind=DocumentKind.MINUTES), "R5").status is ASK
    assert judged(LOISON, "R5").status is NONE


@pytest.mark.parametrize(
    "change",
    [
        {"on_paper": False},
        {"initialled": False},
        {"table_by_date": False},
        {"table_by_subject": False},
    ],
)
def test_each_formality_of_the_register(change: dict[str, bool]) -> None:
    def found(volume: RegisterVolume) -> Finding:
        return judged(numbered(1, 2, sheets=SHEETS, registers=(volume,)), "R5")

    assert found(BOUND).status is OK
    assert found(replace(BOUND, **change)).status is BAD  # type: ignore[arg-type]
    assert found(replace(BOUND, **dict.fromkeys(change))).status is ASK  # type: ignore[arg-type]


@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_sheets_are_initialled_and_closed(sheet: str) -> None:
    broken = numbered(1, 2, sheets=SHEETS | {sheet: False}, registers=(BOUND,))
    assert judged(broken, "R5").status is BAD


@pytest.mark.parametrize(
    ("kind", "population", "due"),
    [
        (AssemblyKind.COMMUNE, 1_000, date(2024, 12, 31)),
        (AssemblyKind.COMMUNE, 999, date(2028, 12, 31)),
        (AssemblyKind.COMMUNE, None, None),
        (AssemblyKind.EPCI, None, date(2024, 12, 31)),
        (None, 5_000, None),
    ],
)
def test_the_register_is_bound_by_the_end_of_the_year_or_of_five(
    kind: AssemblyKind | None, population: int | None, due: date | None
) -> None:
    what = record(kind=kind, population=population)
    assert binding_due_on(Case(what, HELD)) == due


def test_a_volume_bound_late_is_at_risk_and_one_of_another_year_tells_nothing() -> None:
    late = replace(BOUND, bound_on=date(2025, 1, 2))
    assert judged(numbered(1, 2, sheets=SHEETS, registers=(late,)), "R5").status is RISK
    other = replace(BOUND, year=2023)
    assert judged(numbered(1, 2, sheets=SHEETS, registers=(other,)), "R5").status is ASK


def decided(rule: str, *decisions: DelegatedDecision, as_of: date = HELD, **extra: Any) -> Finding:
    told = {"circumstances": Circumstances(delegated_decisions=decisions)}
    return judged(record(extra=told, **extra), rule, as_of=as_of)


def test_no_decision_known_is_said_so() -> None:
    for rule in ("R6", "R7"):
        assert decided(rule).status is NONE


@pytest.mark.parametrize(("entered", "status"), [(True, OK), (None, ASK), (False, BAD)])
def test_delegated_decisions_stand_in_the_register(entered: bool | None, status: Status) -> None:
    decision = DelegatedDecision("Bail", date(2024, 5, 6), entered_in_register=entered)
    assert decided("R6", decision).status is status


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2024, 1, 1), date(2024, 6, 30)),
        (date(2024, 3, 31), date(2024, 6, 30)),
        (date(2024, 5, 6), date(2024, 9, 30)),
        (date(2024, 11, 30), date(2025, 3, 31)),
    ],
)
def test_the_next_compulsory_sitting_is_in_the_next_quarter(day: date, end: date) -> None:
    assert end_of_next_quarter(day) == end


@pytest.mark.parametrize(
    ("reported", "as_of", "status"),
    [
        (HELD, HELD, OK),
        (date(2024, 9, 30), date(2024, 10, 1), OK),
        (date(2024, 10, 1), date(2024, 10, 1), BAD),
        (None, date(2024, 9, 30), ASK),
        (None, date(2024, 10, 1), RISK),
        (date(2024, 6, 1), HELD, OK),  # reported before this sitting
    ],
)
def test_delegated_decisions_are_reported_each_quarter(
    reported: date | None, as_of: date, status: Status
) -> None:
    """A decision of 6 May 2024: the compulsory sitting of the third quarter ends the delay."""
    decision = DelegatedDecision("Bail", date(2024, 5, 6), reported)
    assert decided("R7", decision, as_of=as_of).status is status


def test_decisions_of_an_epci_and_those_to_come_are_not_judged() -> None:
    decision = DelegatedDecision("Bail", date(2024, 1, 6))
    assert decided("R7", decision, kind=AssemblyKind.EPCI).status is NONE
    later = DelegatedDecision("Bail", date(2024, 7, 6))
    assert decided("R7", later, as_of=date(2026, 1, 1)).status is NONE
