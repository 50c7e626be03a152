"""K6, K7, K8 and the note: who owes which delay, and what the record does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.formalities import Channel, Convocation, SittingFormalities
from levier.council.domain.record import AssemblyKind, MatterNature, Record
from tests.unit.council.judging import SITTING_DAY, judged, record

COMMUNE, EPCI = AssemblyKind.COMMUNE, AssemblyKind.EPCI
OK, BAD, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)


def called(days: int, **fields: Any) -> Record:
    """A sitting called with so many clear days, counted here by listing them."""
    held = fields.setdefault("date", SITTING_DAY)
    sent = held - timedelta(days=1)
    for _ in range(days):
        sent -= timedelta(days=1)
    return record(convocation_date=sent, **fields)


@pytest.mark.parametrize(
    ("kind", "population", "days", "small", "large"),
    [
        # Below 3 500 inhabitants: three clear days.
        (COMMUNE, 3_499, 2, BAD, NONE),
        (COMMUNE, 3_499, 3, OK, NONE),
        # From 3 500: five.
        (COMMUNE, 3_500, 4, NONE, BAD),
        (COMMUNE, 3_500, 5, NONE, OK),
        (COMMUNE, 5_169, 5, NONE, OK),
        # An EPCI always owes five, however small.
        (EPCI, None, 4, NONE, BAD),
        (EPCI, None, 5, NONE, OK),
        (EPCI, 800, 4, NONE, BAD),
        # Population unknown: five satisfy both, three leave both open, two breach either.
        (COMMUNE, None, 5, OK, OK),
        (COMMUNE, None, 4, ASK, ASK),
        (COMMUNE, None, 3, ASK, ASK),
        (COMMUNE, None, 2, BAD, ASK),
        (None, None, 5, OK, OK),
        (None, None, 3, ASK, ASK),
        (None, None, 0, BAD, ASK),
        # Kind unknown: a large population settles it, a small one does not (it may be an EPCI).
        (None, 3_500, 4, NONE, BAD),
        (None, 900, 4, ASK, ASK),
    ],
)
def test_who_owes_which_delay(
    kind: AssemblyKind | None, population: int | None, days: int, small: Status, large: Status
) -> None:
    what = called(days, kind=kind, population=population)
    k7, k8 = judged(what, "K7"), judged(what, "K8")
    assert (k7.status, k8.status) == (small, large), (k7.explanation, k8.explanation)
    assert k7.inputs["clear_days"] == k8.inputs["clear_days"] == days
    assert (k7.inputs["clear_days_required"], k8.inputs["clear_days_required"]) == (3, 5)


def test_missing_population_is_named() -> None:
    assert "population municipale" in judged(called(3), "K8").explanation
    assert "nature de l’assemblée" in judged(called(3, kind=None, population=900), "K8").explanation


@pytest.mark.parametrize(("days", "status"), [(0, BAD), (1, ASK), (4, ASK), (5, OK)])
def test_urgency_still_asks_one_clear_day_and_a_vote_of_the_council(
    days: int, status: Status
) -> None:
    found = judged(called(days, population=5_000, urgency=True), "K8")
    assert found.status is status
    if status is ASK:
        assert "prononcé sur l’urgence" in found.explanation


@pytest.mark.parametrize(("days", "status"), [(0, BAD), (1, ASK), (2, ASK), (3, OK)])
def test_urgency_in_a_small_commune(days: int, status: Status) -> None:
    assert judged(called(days, population=900, urgency=True), "K7").status is status


def test_the_last_day_to_send_is_told() -> None:
    found = judged(called(4, population=5_000), "K8")
    assert found.inputs["latest_sending_day"] == date(2024, 6, 5)
    assert "5 juin 2024" in found.explanation
    assert "Risque" in found.explanation


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"date": None, "convocation_date": date(2024, 6, 5)}, "la date de la séance"),
        ({}, "la date de la convocation"),
        ({"date": None}, "la date de la convocation et la date de la séance"),
    ],
)
def test_missing_dates_are_named(fields: dict[str, Any], missing: str) -> None:
    for rule, population in (("K7", 900), ("K8", 5_000)):
        found = judged(record(population=population, **fields), rule)
        assert found.status is ASK
        assert missing in found.explanation
        assert found.inputs["clear_days"] is None


def test_convocation_after_the_sitting_is_an_impossible_record_not_a_breach() -> None:
    """Such a date is a slip far more often than a fact: it is shown, not judged."""
    found = judged(record(population=900, convocation_date=date(2024, 6, 12)), "K7")
    assert found.status is ASK
    assert "postérieure" in found.explanation
    assert found.inputs["clear_days"] is None


@pytest.mark.parametrize(("days", "status"), [(366, OK), (367, ASK)])
def test_convocation_more_than_a_year_before_is_a_slip_of_the_year(
    days: int, status: Status
) -> None:
    found = judged(called(days, population=900), "K7")
    assert found.status is status
    assert ("plus d’un an" in found.explanation) is (status is ASK)


def test_convocation_on_the_day_of_the_sitting_leaves_no_clear_day() -> None:
    found = judged(record(population=900, convocation_date=SITTING_DAY), "K7")
    assert (found.status, found.inputs["clear_days"]) == (BAD, 0)


def test_second_convocation_follows_its_own_delay() -> None:
    what = called(3, population=5_000, second_convocation=True)
    assert judged(what, "K8").status is NONE
    assert judged(what, "Q5").inputs["clear_days"] == 3


def test_first_sitting_after_an_election_may_be_called_three_clear_days_before() -> None:
    """L2121-7 for communes; an EPCI keeps five (CE, 22 July 2015, n° 383072)."""
    subject = "Élection du maire"
    assert judged(called(3, population=5_000, subject=subject), "K8").status is ASK
    assert judged(called(2, population=5_000, subject=subject), "K8").status is BAD
    assert judged(called(3, kind=EPCI, subject="Installation du conseil"), "K8").status is BAD


def test_classified_site_in_a_small_commune_is_left_to_check() -> None:
    subject = "Avis sur une installation classée pour la protection de l’environnement"
    what = called(3, population=900, subject=subject)
    assert judged(what, "K7").status is OK
    assert judged(what, "K8").status is ASK
    assert judged(what, "K8-note").status is ASK


def test_small_epci_before_2020_may_have_owed_three_days_only() -> None:
    """Loi n° 92-125, art. 30, II (AN 4519): five days when one member commune has 3 500."""
    held = date(2019, 6, 11)
    assert judged(called(4, kind=EPCI, date=held), "K8").status is ASK
    assert judged(called(5, kind=EPCI, date=held), "K8").status is OK
    assert judged(called(2, kind=EPCI, date=held), "K7").status is BAD


@pytest.mark.parametrize(
    ("kind", "population", "status"),
    [
        (COMMUNE, 3_499, NONE),
        (COMMUNE, 3_500, ASK),
        (EPCI, None, ASK),
        (COMMUNE, None, ASK),
        (None, None, ASK),
    ],
)
def test_explanatory_note(
    kind: AssemblyKind | None, population: int | None, status: Status
) -> None:
    assert judged(record(kind=kind, population=population), "K8-note").status is status


@pytest.mark.parametrize(("posted", "status"), [(True, OK), (None, ASK), (False, BAD)])
def test_posting(posted: bool | None, status: Status) -> None:
    found = judged(record(convocation_posted=posted), "K6")
    assert (found.status, found.version) == (status, "2019-12-28")


@pytest.mark.parametrize(
    ("held", "version"),
    [
        (date(2019, 12, 27), "1996-02-24"),
        (date(2019, 12, 28), "2019-12-28"),
        (date(1996, 2, 24), "1996-02-24"),
    ],
)
def test_wording_is_that_of_the_day(held: date, version: str) -> None:
    found = judged(record(date=held, convocation_posted=True), "K6")
    assert (found.version, found.status) == (version, OK)


def test_older_than_every_wording_held_is_not_judged() -> None:
    found = judged(record(date=date(1996, 2, 23), convocation_posted=False), "K6")
    assert (found.version, found.status) == ("", ASK)
    assert "24 février 1996" in found.explanation


LOCAL = ("K6", "K7")
COMMON = ("K8", "K8-note", "Q1")


def alsace(**fields: Any) -> dict[str, Finding]:
    what = called(0, population=900, convocation_posted=False, in_office=11, present_count=1)
    return {rule: judged(what, rule, **fields) for rule in (*LOCAL, *COMMON)}


@pytest.mark.parametrize("department", ["57", "67", "68", " 67 ", "6ae"])
def test_alsace_moselle_is_not_judged_by_the_articles_it_sets_aside(department: str) -> None:
    """L2541-1 sets aside L2121-10 and -11; L2121-12 and L2121-17, first paragraph, stay."""
    found, general = alsace(department=department), alsace(department="62")
    for rule in LOCAL:
        assert found[rule].status is ASK
        assert "L2541-1" in found[rule].explanation
    assert [found[rule] for rule in COMMON] == [general[rule] for rule in COMMON]


def test_reserve_about_alsace_moselle_unless_the_department_is_known() -> None:
    unknown, known = alsace(), alsace(department="62")
    for rule in LOCAL:
        assert unknown[rule].status is known[rule].status is BAD
        assert "Bas-Rhin" in unknown[rule].explanation
        assert "Bas-Rhin" not in known[rule].explanation
    assert "Bas-Rhin" not in unknown["Q1"].explanation


def test_a_visa_of_the_local_law_reveals_alsace_moselle() -> None:
    what = called(0, population=900, deliberation={"visas": ("Vu l’article L. 2541-2 du CGCT,",)})
    assert judged(what, "K7").status is ASK


def told(what: Record, **facts: Any) -> Record:
    """The same sitting with those facts of its convocation."""
    formalities = SittingFormalities(convocation=Convocation(**facts))
    return replace(what, sitting=replace(what.sitting, formalities=formalities))


@pytest.mark.parametrize(
    ("posted", "facts", "status"),
    [
        (True, {"entered_in_register": True, "channel": Channel.ELECTRONIC}, OK),
        (True, {"entered_in_register": False}, BAD),
        (None, {"entered_in_register": True}, ASK),
        (False, {"entered_in_register": True}, BAD),
        # On paper: only for members who asked, since 28 December 2019.
        (True, {"channel": Channel.PAPER}, ASK),
    ],
)
def test_register_and_channel(posted: bool | None, facts: dict[str, Any], status: Status) -> None:
    assert judged(told(record(convocation_posted=posted), **facts), "K6").status is status


def test_paper_was_the_rule_before_28_december_2019() -> None:
    what = record(date=date(2019, 12, 27), convocation_posted=True)
    assert judged(told(what, channel=Channel.PAPER), "K6").status is OK
    after = record(date=date(2019, 12, 28), convocation_posted=True)
    assert judged(told(after, channel=Channel.PAPER), "K6").status is ASK


@pytest.mark.parametrize(
    ("population", "enclosed", "status"),
    [
        (5_000, True, OK),
        (5_000, False, BAD),
        (5_000, None, ASK),
        (900, False, NONE),
        (None, False, ASK),
        (None, True, OK),
    ],
)
def test_note_once_it_is_known(
    population: int | None, enclosed: bool | None, status: Status
) -> None:
    what = told(record(population=population), note_enclosed=enclosed)
    assert judged(what, "K8-note").status is status


@pytest.mark.parametrize(("population", "rule"), [(900, "K7"), (5_000, "K8")])
@pytest.mark.parametrize(
    ("reported", "approved", "status"),
    [
        (True, True, OK),
        (True, False, BAD),
        (False, None, BAD),
        (True, None, ASK),
        (None, True, ASK),
    ],
)
def test_urgency_once_the_council_has_decided(
    population: int, rule: str, reported: bool | None, approved: bool | None, status: Status
) -> None:
    what = called(1, population=population, urgency=True)
    facts = {"urgency_reported": reported, "urgency_approved": approved}
    assert judged(told(what, **facts), rule).status is status
    too_late = called(0, population=population, urgency=True)
    assert judged(told(too_late, **facts), rule).status is BAD


def test_installation_known_from_the_file_of_the_assembly() -> None:
    what = called(3, population=5_000, subject="Élection du maire")
    held = SITTING_DAY
    here = replace(what, circumstances=Circumstances(installed_on=held))
    found = judged(here, "K8")
    assert (found.status, found.inputs["clear_days_required"]) == (OK, 3)
    assert judged(replace(here, assembly_kind=None), "K8").status is ASK
    elsewhere = replace(what, circumstances=Circumstances(installed_on=date(2020, 5, 25)))
    assert judged(elsewhere, "K8").status is BAD


def test_classified_site_told_by_the_nature_of_the_matter() -> None:
    nature = {"nature": MatterNature.CLASSIFIED_SITE}
    assert judged(called(3, population=900, deliberation=nature), "K8").status is ASK
