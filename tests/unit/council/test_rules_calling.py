"""K1 to K5, K13, K14, K16: when and where the council meets, and what follows its installation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from levier.common.domain.findings import Status
from levier.council.domain.circumstances import (
    Circumstances,
    Commission,
    MeetingRequest,
    OtherSitting,
)
from levier.council.domain.formalities import Convocation, MinutesStatus, SittingFormalities
from levier.council.domain.record import AssemblyKind, DocumentKind, Record
from tests.unit.council.judging import SITTING_DAY, judged, record

OK, RISK, BAD, ASK, NONE = (
    Status.OK,
    Status.AT_RISK,
    Status.IRREGULAR,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
COMMUNE, EPCI = AssemblyKind.COMMUNE, AssemblyKind.EPCI
MINUTES = {"document_kind": DocumentKind.MINUTES}


def living(what: Record, **around: Any) -> Record:
    return replace(what, circumstances=Circumstances(**around))


def others(*days: date, **fields: Any) -> tuple[OtherSitting, ...]:
    return tuple(OtherSitting(day, **fields) for day in days)


@pytest.mark.parametrize("rule", ["K1", "K3", "K4", "K5", "K9", "K10", "K13", "K14", "K16"])
@pytest.mark.parametrize("kind", [COMMUNE, EPCI, None])
def test_a_plain_extract_is_no_wall_of_questions(rule: str, kind: AssemblyKind | None) -> None:
    assert judged(record(kind=kind, population=None), rule).status is NONE


@pytest.mark.parametrize(
    ("previous", "status", "missed"),
    [
        (date(2024, 4, 1), OK, []),
        (date(2024, 1, 1), OK, []),
        (date(2023, 12, 31), RISK, ["1er trimestre 2024"]),
        (date(2023, 9, 30), RISK, ["4e trimestre 2023", "1er trimestre 2024"]),
    ],
)
def test_k1_one_sitting_in_each_civil_quarter(
    previous: date, status: Status, missed: list[str]
) -> None:
    what = living(record(), other_sittings=others(previous, date(2020, 1, 1), date(2024, 7, 1)))
    found = judged(what, "K1")
    assert (found.status, found.inputs["empty_quarters"]) == (status, missed)


def test_k1_informs_for_an_epci_and_needs_an_earlier_sitting() -> None:
    """L5211-11 was not read."""
    earlier = others(date(2023, 1, 1))
    assert judged(living(record(kind=EPCI), other_sittings=earlier), "K1").status is ASK
    later = living(record(), other_sittings=others(date(2024, 9, 1)))
    assert judged(later, "K1").status is NONE
    assert judged(living(record(date=None), other_sittings=earlier), "K1").status is NONE


ROUND = date(2026, 3, 15)


def installing(held: date, days: int | None = 3, **fields: Any) -> Record:
    sent = None if days is None else held - timedelta(days=days + 1)
    fields = {"population": 900, "subject": "Élection du maire", **fields}
    return living(
        record(date=held, convocation_date=sent, **fields),
        election_round_on=ROUND,
        installed_on=held,
    )


@pytest.mark.parametrize(
    ("day", "status"), [(19, BAD), (20, OK), (21, OK), (22, OK), (23, BAD), (27, BAD)]
)
def test_k2_from_friday_to_sunday_after_the_round(day: int, status: Status) -> None:
    """The round of Sunday 15 March 2026: Friday 20 to Sunday 22 March."""
    found = judged(installing(date(2026, 3, day)), "K2")
    assert found.status is status
    assert found.inputs["earliest_day"] == date(2026, 3, 20)
    assert found.inputs["latest_day"] == date(2026, 3, 22)


@pytest.mark.parametrize("population", [900, 50_000])
@pytest.mark.parametrize(("days", "status"), [(2, BAD), (3, OK), (None, ASK)])
def test_k2_three_clear_days_whatever_the_population(
    population: int, days: int | None, status: Status
) -> None:
    what = installing(date(2026, 3, 20), days, population=population)
    assert judged(what, "K2").status is status
    if population > 3_500 and days is not None:
        assert judged(what, "K8").status is status


def test_k2_urgency_is_left_to_check() -> None:
    what = installing(date(2026, 3, 20), 1, urgency=True)
    assert judged(what, "K2").status is ASK


def test_k2_is_not_for_an_epci() -> None:
    """env-mag-2015 (CE, 22 July 2015): the ordinary five days."""
    what = installing(date(2026, 3, 20), 3, kind=EPCI)
    assert judged(what, "K2").status is NONE
    assert judged(what, "K8").status is BAD


def test_k2_election_in_the_course_of_the_term() -> None:
    what = record(subject="Élection du maire", date=date(2027, 5, 4), population=5_000)
    assert judged(what, "K2").status is ASK
    known = living(what, installed_on=date(2026, 3, 20), election_round_on=ROUND)
    assert judged(known, "K2").status is NONE
    assert judged(living(what, election_round_on=ROUND), "K2").status is NONE
    assert judged(record(), "K2").status is NONE


def test_k2_councils_of_march_2020_waited() -> None:
    what = record(subject="Élection du maire", date=date(2020, 5, 25))
    waited = living(what, election_round_on=date(2020, 3, 15), installed_on=date(2020, 5, 25))
    assert judged(waited, "K2").status is NONE


@pytest.mark.parametrize(
    ("read", "handed", "status"),
    [
        (True, True, OK),
        (True, False, BAD),
        (False, None, BAD),
        (True, None, ASK),
        (None, None, NONE),
    ],
)
def test_k3_charter_at_the_installation(
    read: bool | None, handed: bool | None, status: Status
) -> None:
    formalities = SittingFormalities(charter_read=read, charter_handed=handed)
    what = installing(date(2026, 3, 20), formalities=formalities)
    assert judged(what, "K3").status is status


@pytest.mark.parametrize(("day", "status"), [(1, NONE), (2, BAD)])
def test_k3_charter_since_the_law_of_31_march_2015(day: int, status: Status) -> None:
    held = date(2015, 4, day)
    formalities = SittingFormalities(charter_read=False)
    what = record(subject="Élection du maire", date=held, formalities=formalities)
    assert judged(living(what, installed_on=held), "K3").status is status


def test_k3_what_is_told_is_judged_when_it_may_be_the_installation() -> None:
    told = SittingFormalities(charter_read=True, charter_handed=True)
    assert judged(record(subject="Élection du maire", formalities=told), "K3").status is OK
    assert judged(record(subject="Élection du maire"), "K3").status is NONE
    assert judged(record(formalities=told), "K3").status is NONE


def test_k3_minutes_of_an_installation_tell_of_the_charter() -> None:
    assert judged(installing(date(2026, 3, 20), extra=MINUTES), "K3").status is ASK
    old = record(subject="Élection du maire", date=date(2014, 4, 4), extra=MINUTES)
    assert judged(living(old, installed_on=date(2014, 4, 4)), "K3").status is NONE
    assert judged(record(extra=MINUTES), "K3").status is NONE


@pytest.mark.parametrize(
    ("place", "permanent", "status"),
    [
        ("Mairie de Loison-sous-Lens", None, OK),
        ("Hôtel de Ville, salle d’honneur", None, OK),
        ("au lieu ordinaire de ses séances", None, OK),
        ("lieu habituel des réunions", False, RISK),
        ("salle des fêtes", None, ASK),
        ("salle des fêtes", True, OK),
        ("salle des fêtes", False, RISK),
        (None, None, NONE),
        (None, True, OK),
    ],
)
def test_k4_mairie_or_permanent_place(
    place: str | None, permanent: bool | None, status: Status
) -> None:
    formalities = SittingFormalities(place_is_permanent=permanent)
    assert judged(record(place=place, formalities=formalities), "K4").status is status


def test_k4_minutes_tell_the_place_and_an_epci_chooses_it() -> None:
    assert judged(record(extra=MINUTES), "K4").status is ASK
    assert judged(record(kind=EPCI, place="salle des fêtes"), "K4").status is NONE
    formalities = SittingFormalities(place_is_permanent=False)
    emergency = record(date=date(2021, 7, 5), place="gymnase", formalities=formalities)
    assert judged(emergency, "K4").status is ASK


@pytest.mark.parametrize(("at_seat", "status"), [(1, ASK), (2, OK)])
def test_k4_commune_nouvelle_meets_twice_a_year_at_the_mairie(at_seat: int, status: Status) -> None:
    days = [date(2024, month, 1) for month in range(1, at_seat + 1)]
    what = living(
        record(place="annexe de l’Orée"),
        is_new_commune=True,
        other_sittings=(
            *others(*days, at_main_seat=True),
            *others(date(2023, 1, 1), at_main_seat=True),
        ),
    )
    found = judged(what, "K4")
    assert (found.status, found.inputs["sittings_at_main_seat"]) == (status, at_seat)


def requested(
    signatories: int | None, received: date = date(2024, 5, 1), **fields: Any
) -> MeetingRequest:
    return MeetingRequest(received, signatories, **{"reasoned": True, **fields})


@pytest.mark.parametrize(
    ("population", "in_office", "signatories", "status"),
    [
        # Sitting on 11 June, due on 31 May. A third from 1 000 inhabitants: 5 of 15.
        (1_000, 15, 5, BAD),
        (1_000, 15, 4, NONE),
        # A majority below: 6 of 11, and 6 of 10 for more than half.
        (999, 11, 6, BAD),
        (999, 11, 5, NONE),
        (999, 10, 5, NONE),
        (999, 10, 6, BAD),
        # Unknown population: a majority binds anyway, less than a third never does.
        (None, 15, 8, BAD),
        (None, 15, 5, ASK),
        (None, 15, 4, NONE),
        (None, None, 5, ASK),
        (1_000, 15, None, ASK),
    ],
)
def test_k5_who_may_oblige_to_convene(
    population: int | None, in_office: int | None, signatories: int | None, status: Status
) -> None:
    what = record(population=population, in_office=in_office)
    found = judged(living(what, requests=(requested(signatories),)), "K5")
    assert found.status is status, found.explanation
    assert found.inputs["due_on"] == date(2024, 5, 31)


@pytest.mark.parametrize(
    ("received", "status"), [(date(2024, 5, 12), OK), (date(2024, 5, 11), BAD)]
)
def test_k5_thirty_days_run_to_the_sitting(received: date, status: Status) -> None:
    """CE, Soldani: the sitting itself, not the sending of the convocation."""
    request = requested(10, received)
    what = living(record(population=5_000, in_office=29), requests=(request,))
    assert judged(what, "K5").status is status


def test_k5_prefect_alone_obliges_and_reasons_are_needed() -> None:
    what = record(population=900, in_office=11)
    prefect = requested(None, by_prefect=True)
    assert judged(living(what, requests=(prefect,)), "K5").status is BAD
    without = requested(11, reasoned=False)
    assert judged(living(what, requests=(without,)), "K5").status is NONE


def test_k5_an_earlier_sitting_answered() -> None:
    what = living(
        record(population=900, in_office=11),
        requests=(requested(11),),
        other_sittings=others(date(2024, 5, 20)),
    )
    assert judged(what, "K5").status is NONE


def test_k5_days_on_which_a_request_meets_a_sitting() -> None:
    """Received on the day of a sitting, a request waits for the next one."""
    asked = (requested(11),)
    what = living(
        record(population=900, in_office=11),
        requests=asked,
        other_sittings=others(date(2024, 5, 1)),
    )
    assert judged(what, "K5").status is BAD
    same_day = living(record(population=900, in_office=11, date=date(2024, 5, 1)), requests=asked)
    assert judged(same_day, "K5", as_of=date(2024, 5, 31)).status is NONE
    assert judged(same_day, "K5", as_of=date(2024, 6, 1)).status is ASK


@pytest.mark.parametrize(("signatories", "status"), [(5, ASK), (4, NONE)])
def test_k5_reasons_unknown(signatories: int, status: Status) -> None:
    request = requested(signatories, reasoned=None)
    what = living(record(population=1_000, in_office=15), requests=(request,))
    assert judged(what, "K5").status is status


def test_k5_a_renewal_ends_the_requests_made_before_it() -> None:
    what = record(population=900, in_office=11, date=date(2026, 3, 20))
    asked = (requested(11, date(2026, 1, 10)),)
    assert judged(living(what, requests=asked), "K5").status is BAD
    renewed = living(what, requests=asked, election_round_on=ROUND)
    assert judged(renewed, "K5").status is NONE


def test_k5_a_request_still_waiting() -> None:
    what = living(
        record(population=900, in_office=11), requests=(requested(11, date(2024, 6, 20)),)
    )
    assert judged(what, "K5", as_of=date(2024, 7, 20)).status is NONE
    found = judged(what, "K5", as_of=date(2024, 7, 21))
    assert (found.status, found.inputs["due_on"]) == (ASK, date(2024, 7, 20))
    answered = replace(
        what,
        circumstances=replace(what.circumstances, other_sittings=others(date(2024, 7, 1))),
    )
    assert judged(answered, "K5", as_of=date(2024, 8, 1)).status is NONE


def test_k5_threshold_was_3500_before_the_renewal_of_2020() -> None:
    request = requested(5, date(2019, 1, 1))
    what = record(population=1_500, in_office=15, date=date(2019, 3, 1))
    assert judged(living(what, requests=(request,)), "K5").status is NONE
    later = requested(5, date(2020, 7, 1))
    what = record(population=1_500, in_office=15, date=date(2020, 9, 1))
    assert judged(living(what, requests=(later,)), "K5").status is BAD


def test_k5_not_judged_in_alsace_moselle() -> None:
    what = living(record(population=900, in_office=11), requests=(requested(11),))
    assert judged(what, "K5", department="68").status is ASK


@pytest.mark.parametrize(
    ("population", "convened", "proportional", "status"),
    [
        (1_000, 19, True, OK),
        (1_000, 20, True, BAD),
        (1_000, 19, False, BAD),
        (1_000, 19, None, ASK),
        (999, 19, False, OK),
        (999, 20, None, BAD),
        (None, 19, None, ASK),
        (999, None, None, ASK),
    ],
)
def test_k13_eight_days_and_proportional_representation(
    population: int | None, convened: int | None, proportional: bool | None, status: Status
) -> None:
    """Appointed on 11 June: convened by 19 June."""
    first = None if convened is None else date(2024, 6, convened)
    commission = Commission("Finances", SITTING_DAY, first, proportional)
    what = living(record(population=population), commissions=(commission,))
    assert judged(what, "K13").status is status


def test_k13_belongs_to_the_sitting_that_appoints() -> None:
    late = Commission("Finances", date(2024, 2, 1), date(2024, 5, 1), True)
    what = living(record(population=5_000), commissions=(late,))
    assert judged(what, "K13").status is BAD
    with_previous = living(
        record(population=5_000), commissions=(late,), other_sittings=others(date(2024, 3, 1))
    )
    assert judged(with_previous, "K13").status is NONE
    appointed_then = living(
        record(population=5_000), commissions=(late,), other_sittings=others(date(2024, 2, 1))
    )
    assert judged(appointed_then, "K13").status is NONE
    running = living(
        record(population=999), commissions=(Commission("Travaux", SITTING_DAY, None, None),)
    )
    assert judged(running, "K13", as_of=date(2024, 6, 19)).status is OK
    assert judged(running, "K13", as_of=date(2024, 6, 20)).status is ASK


@pytest.mark.parametrize(
    ("adopted", "held", "status"),
    [
        (date(2026, 9, 20), date(2026, 10, 1), OK),
        (date(2026, 9, 21), date(2026, 10, 1), BAD),
        (None, date(2026, 9, 20), NONE),
        (None, date(2026, 9, 21), ASK),
        (date(2021, 1, 1), date(2026, 9, 21), RISK),
        (date(2021, 1, 1), date(2026, 9, 20), NONE),
        (None, date(2026, 3, 1), NONE),
        (date(2026, 3, 20), date(2026, 3, 20), OK),
        (date(2026, 3, 20), date(2026, 3, 19), NONE),
    ],
)
def test_k14_own_rules_within_six_months(adopted: date | None, held: date, status: Status) -> None:
    what = living(
        record(population=1_000, date=held),
        installed_on=date(2026, 3, 20),
        procedure_rules_on=adopted,
    )
    assert judged(what, "K14").status is status


@pytest.mark.parametrize(
    ("kind", "population", "day", "status"),
    [
        (COMMUNE, 999, date(2021, 6, 1), NONE),
        (COMMUNE, 1_000, date(2021, 6, 1), ASK),
        (COMMUNE, 3_499, date(2020, 2, 29), NONE),
        (COMMUNE, 3_500, date(2020, 2, 29), ASK),
        (EPCI, None, date(2021, 6, 1), ASK),
        (COMMUNE, None, date(2021, 6, 1), ASK),
    ],
)
def test_k14_who_owes_them(
    kind: AssemblyKind, population: int | None, day: date, status: Status
) -> None:
    """landot-2019-05-28: 1 000 inhabitants from 1 March 2020, 3 500 before."""
    what = record(kind=kind, population=population, date=day)
    assert judged(living(what, installed_on=date(2014, 4, 4)), "K14").status is status


def test_k14_two_thresholds_in_alsace_moselle() -> None:
    """Senate question 17641 (2020): L2541-5 says 3 500, L2121-8 says 1 000."""
    what = living(
        record(population=2_000),
        installed_on=date(2020, 5, 25),
        procedure_rules_on=date(2021, 5, 25),
    )
    assert judged(what, "K14").status is BAD
    assert judged(what, "K14", department="57").status is ASK
    large = replace(what, population=3_500)
    assert judged(large, "K14", department="57").status is BAD


def informing(
    convocation: date | None,
    listed: date | None = None,
    minutes: tuple[date, date | None] | None = None,
    **fields: Any,
) -> Record:
    adopted, sent = minutes or (None, None)
    return record(
        kind=fields.pop("kind", EPCI),
        formalities=SittingFormalities(
            convocation=Convocation(municipal_councillors_informed_on=convocation),
            list_sent_on=listed,
            minutes=MinutesStatus(adopted_on=adopted, sent_to_municipal_councillors_on=sent),
        ),
        **fields,
    )


BEFORE = date(2024, 6, 5)


@pytest.mark.parametrize(
    ("what", "status"),
    [
        (informing(BEFORE, date(2024, 7, 11)), OK),
        (informing(BEFORE, date(2024, 7, 12)), BAD),
        (informing(date(2024, 6, 12), date(2024, 7, 1)), BAD),
        (informing(BEFORE), ASK),
        (informing(BEFORE, date(2024, 7, 1), (date(2024, 9, 30), date(2024, 10, 30))), OK),
        (informing(BEFORE, date(2024, 7, 1), (date(2024, 9, 30), date(2024, 10, 31))), BAD),
        (informing(BEFORE, date(2024, 7, 1), (date(2024, 9, 30), None)), ASK),
        (informing(None), NONE),
        (informing(BEFORE, kind=COMMUNE), NONE),
        # The list and the minutes are due since 1 July 2022, the convocation since 2019.
        (informing(date(2022, 6, 1), date=date(2022, 6, 30)), OK),
        (informing(date(2022, 6, 1), date=date(2022, 7, 1)), ASK),
        (informing(date(2019, 12, 28), date=date(2019, 12, 27)), NONE),
        (informing(date(2019, 12, 29), date=date(2019, 12, 28)), BAD),
    ],
)
def test_k16_an_epci_informs_municipal_councillors(what: Record, status: Status) -> None:
    found = judged(what, "K16")
    assert found.status is status, found.explanation


def test_k16_an_open_delay_is_said_so() -> None:
    for day, words in ((date(2024, 7, 11), "délai est ouvert"), (date(2024, 7, 12), "indiquez")):
        assert words in judged(informing(BEFORE), "K16", as_of=day).explanation
