"""C1 to C6: legal size, complete council, seats filled, resignations, order of the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Status
from levier.council.domain.circumstances import Circumstances, Resignation, Seat
from levier.council.domain.record import AssemblyKind, MatterNature, Record, Vote
from tests.unit.council.judging import SITTING_DAY, judged, names, proxies, record

OK, RISK, BAD, ASK, NONE = (
    Status.OK,
    Status.AT_RISK,
    Status.IRREGULAR,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
COMMUNE, EPCI = AssemblyKind.COMMUNE, AssemblyKind.EPCI
AFTER_2026 = date(2027, 2, 2)


def living(what: Record, **around: Any) -> Record:
    return replace(what, circumstances=Circumstances(**around))


@pytest.mark.parametrize("name", ["Paris", "Ville de Lyon", "MARSEILLE"])
def test_c1_leaves_paris_lyon_and_marseille_aside(name: str) -> None:
    what = record(population=800_000, in_office=163, extra={"assembly": name})
    assert judged(what, "C1").status is NONE


def test_c1_leaves_communes_nouvelles_aside() -> None:
    what = record(population=900, in_office=40)
    assert judged(what, "C1").status is ASK
    assert judged(living(what, is_new_commune=True), "C1").status is NONE
    assert "commune nouvelle" not in judged(living(what, is_new_commune=False), "C1").explanation


def electing(nature: MatterNature, population: int, in_office: int, day: date) -> Record:
    return record(
        population=population,
        in_office=in_office,
        date=day,
        deliberation={"nature": nature},
        subject="Vote",
    )


@pytest.mark.parametrize(
    ("population", "in_office", "status"),
    [
        # juriblio-2025-444: 5, 9 and 13 members below 100, 500 and 1 000 inhabitants.
        *((99, 7, OK), (99, 5, OK), (99, 4, BAD)),
        *((100, 9, OK), (499, 9, OK), (499, 8, RISK), (499, 7, BAD)),
        *((500, 13, OK), (999, 13, OK), (999, 12, RISK), (999, 10, BAD)),
        # From 1 000 inhabitants every seat counts: 15, then 27 from 3 500.
        *((1_000, 15, OK), (1_000, 14, RISK), (1_000, 10, BAD), (3_500, 26, RISK)),
    ],
)
def test_c2_from_the_renewal_of_2026(population: int, in_office: int, status: Status) -> None:
    what = electing(MatterNature.DEPUTIES_ELECTION, population, in_office, AFTER_2026)
    found = judged(what, "C2")
    assert found.status is status, found.explanation
    assert found.version == "2026-03-15"


@pytest.mark.parametrize(
    ("day", "population", "in_office", "status"),
    [
        # Nothing was deemed complete before loi n° 2019-1461, then 5 and 9 (landot-2020-02-07).
        (date(2018, 6, 1), 99, 5, RISK),
        (date(2021, 6, 1), 99, 5, OK),
        (date(2021, 6, 1), 999, 13, RISK),
        # Loi n° 2025-444 is published, the renewal not yet held.
        (date(2025, 5, 21), 999, 13, RISK),
        (date(2025, 5, 22), 999, 13, ASK),
        (date(2026, 3, 14), 999, 13, ASK),
        (date(2026, 3, 15), 999, 13, OK),
        (date(2025, 6, 1), 999, 12, RISK),
    ],
)
def test_c2_before_2026(day: date, population: int, in_office: int, status: Status) -> None:
    what = electing(MatterNature.DEPUTIES_ELECTION, population, in_office, day)
    assert judged(what, "C2").status is status


def test_c2_only_before_an_election_of_a_commune() -> None:
    assert judged(record(population=99, in_office=3), "C2").status is NONE
    epci = record(kind=EPCI, subject="Élection du maire", in_office=3)
    assert judged(epci, "C2").status is NONE
    assert judged(record(subject="Élection du maire", in_office=3), "C2").status is ASK


def test_c2_the_installation_sitting_may_elect_with_vacant_seats() -> None:
    """CE, 19 January 1990, n° 108778 (atd31)."""
    what = electing(MatterNature.MAYOR_ELECTION, 1_200, 13, date(2026, 3, 21))
    installed = living(what, installed_on=date(2026, 3, 21))
    assert judged(installed, "C2").status is NONE
    assert judged(what, "C2").status is ASK
    assert judged(living(what, installed_on=date(2020, 7, 4)), "C2").status is RISK


def seats(count: int, **fields: Any) -> tuple[Seat, ...]:
    return tuple(Seat(name, **fields) for name in names(count))


@pytest.mark.parametrize(
    ("in_office", "complete", "status"),
    [(19, True, OK), (20, True, RISK), (18, True, RISK), (20, None, ASK), (18, None, RISK)],
)
def test_c3_members_in_office_are_the_seats_filled(
    in_office: int, complete: bool | None, status: Status
) -> None:
    what = living(record(in_office=in_office), seats=seats(19), seats_are_complete=complete)
    found = judged(what, "C3")
    assert (found.status, found.inputs["seats_filled"]) == (status, 19)


def test_c3_says_what_the_quorum_becomes() -> None:
    what = living(record(in_office=20), seats=seats(19), seats_are_complete=True)
    found = judged(what, "C3")
    assert found.inputs["quorum_required"] == 10
    assert "de 11 à 10" in found.explanation


@pytest.mark.parametrize(
    ("seat", "filled"),
    [
        ({"starts_on": SITTING_DAY}, 2),
        ({"starts_on": date(2024, 6, 12)}, 1),
        ({"ends_on": SITTING_DAY}, 2),
        ({"ends_on": date(2024, 6, 10)}, 1),
        ({}, 2),
    ],
)
def test_c3_counts_mandates_in_force_on_the_day(seat: dict[str, Any], filled: int) -> None:
    what = living(record(in_office=2), seats=(Seat("Alice A"), Seat("Bruno B", **seat)))
    assert judged(what, "C3").inputs["seats_filled"] == filled


@pytest.mark.parametrize(("received", "filled"), [(11, 18), (12, 19)])
def test_c3_a_resignation_counts_from_its_receipt(received: int, filled: int) -> None:
    what = living(
        record(in_office=filled),
        seats=seats(19),
        seats_are_complete=True,
        resignations=(Resignation("NOM1 Prénom1", date(2024, 6, received)),),
    )
    found = judged(what, "C3")
    assert (found.status, found.inputs["seats_filled"]) == (OK, filled)


def test_c3_asks_for_what_lacks() -> None:
    found = judged(record(in_office=19), "C3")
    assert found.status is NONE
    assert "fiche de l’assemblée" in found.explanation
    assert judged(living(record(), seats=seats(3)), "C3").status is ASK
    undated = living(record(date=None, in_office=3), seats=seats(3))
    assert judged(undated, "C3").status is ASK


RESIGNED = (Resignation("Alice A", date(2024, 6, 3)),)


@pytest.mark.parametrize(
    ("kind", "sitting", "status"),
    [
        # The wording was read for EPCI (L5211-1); for a commune the rule informs.
        (EPCI, {"present": ("Alice A", "Bruno B")}, RISK),
        (COMMUNE, {"present": ("Alice A", "Bruno B")}, ASK),
        (COMMUNE, {"absent": ("A Alice",)}, ASK),
        (EPCI, {"proxies": proxies(("Alice A", "Bruno B"))}, RISK),
        (EPCI, {"present": ("Bruno B",)}, OK),
        (EPCI, {"present": ("Alice A",), "date": date(2024, 6, 2)}, NONE),
        (EPCI, {"present": ("Alice A",), "date": date(2024, 6, 3)}, RISK),
    ],
)
def test_c4_who_resigned_is_no_member(
    kind: AssemblyKind, sitting: dict[str, Any], status: Status
) -> None:
    what = living(record(kind=kind, **sitting), resignations=RESIGNED)
    assert judged(what, "C4").status is status


@pytest.mark.parametrize(
    ("begins", "status"),
    [
        (date(2024, 6, 3), RISK),
        (date(2024, 6, 4), OK),
        (SITTING_DAY, OK),
        (date(2024, 6, 12), RISK),
        (None, RISK),
    ],
)
def test_c4_who_was_elected_again_is_a_member(begins: date | None, status: Status) -> None:
    """Resigned on 3 June, sitting on 11 June: the new mandate begins in between."""
    what = record(kind=EPCI, present=("Alice A",))
    back = Seat("Alice A", starts_on=begins)
    assert judged(living(what, resignations=RESIGNED, seats=(back,)), "C4").status is status


def test_c4_without_resignation() -> None:
    assert judged(record(), "C4").status is NONE


TABLE = (
    Seat("Mado M", "mayor"),
    Seat("Dora D", "deputy_mayor", rank=1),
    Seat("Denis D", "deputy_mayor", rank=2),
    # Elected first, then by votes, then by age.
    Seat("Anne A", "member", elected_on=date(2020, 3, 15), votes=300, born_on=date(1980, 1, 1)),
    Seat("Basile B", "member", elected_on=date(2020, 6, 28), votes=500, born_on=date(1990, 1, 1)),
    Seat("Carole C", "member", elected_on=date(2020, 6, 28), votes=400, born_on=date(1950, 1, 1)),
    Seat("Daniel D", "member", elected_on=date(2020, 6, 28), votes=400, born_on=date(1960, 1, 1)),
)


@pytest.mark.parametrize("turn", range(len(TABLE)))
def test_c5_ranks_whatever_the_order_of_the_file(turn: int) -> None:
    shuffled = (*TABLE[turn:], *TABLE[:turn])
    found = judged(living(record(), seats=tuple(reversed(shuffled))), "C5")
    assert found.inputs["table_order"] == [seat.member for seat in TABLE]
    assert found.status is OK


def test_c5_never_accuses_a_list_in_another_order() -> None:
    what = living(record(present=("Daniel D", "Mado M")), seats=TABLE)
    assert judged(what, "C5").status is NONE
    in_order = living(record(present=("Mado M", "Daniel D")), seats=TABLE)
    assert judged(in_order, "C5").status is OK


def test_c5_names_whose_place_is_unknown() -> None:
    found = judged(living(record(), seats=(*TABLE, Seat("Zoé Z"))), "C5")
    assert (found.status, found.inputs["order_unknown_for"]) == (ASK, ["Zoé Z"])
    assert judged(record(), "C5").status is NONE
    assert judged(living(record(kind=EPCI), seats=TABLE), "C5").status is NONE
    assert judged(living(record(), seats=TABLE), "C5", department="57").status is ASK


def test_c5_one_of_a_kind_needs_no_rank() -> None:
    alone = (Seat("Mado M", "mayor"), Seat("Dora D", "deputy_mayor"), Seat("Anne A", "member"))
    assert judged(living(record(), seats=alone), "C5").status is OK
    two = (*alone, Seat("Denis D", "deputy_mayor", rank=2))
    assert judged(living(record(), seats=two), "C5").inputs["order_unknown_for"] == ["Dora D"]


@pytest.mark.parametrize(("deputies", "status"), [(8, OK), (9, ASK)])
def test_c6_informs_on_the_number_of_deputies(deputies: int, status: Status) -> None:
    """30 % of 29 seats: 8.7, hence 8."""
    what = living(record(population=5_169), seats=seats(deputies, function="deputy_mayor"))
    found = judged(what, "C6")
    assert (found.status, found.inputs["deputies_allowed"]) == (status, 8)


def test_c6_reads_the_deputies_just_elected() -> None:
    what = record(
        population=900,
        vote=Vote(elected=names(5)),
        deliberation={"nature": MatterNature.DEPUTIES_ELECTION},
    )
    found = judged(what, "C6")
    assert (found.status, found.inputs["deputies"], found.inputs["deputies_allowed"]) == (ASK, 5, 4)
    assert judged(record(population=900), "C6").status is NONE
