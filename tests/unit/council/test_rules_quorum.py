"""Q1 to Q5: who is in the room at each item, and what the lists leave open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.formalities import SittingFormalities, Suspension
from levier.council.domain.record import AgendaItem, Deliberation, DocumentKind, Record, Sitting
from tests.unit.council.judging import (
    SITTING_DAY,
    arrives,
    interested,
    judged,
    leaves,
    names,
    proxies,
    record,
    representing,
)

OK, BAD, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
FIRST, SECOND, THIRD = (f"délibération n° {n}" for n in (1, 2, 3))


def three_items(**sitting: Any) -> Record:
    """A sitting with three deliberations, numbered by their place."""
    sitting.setdefault("date", SITTING_DAY)
    items = tuple(Deliberation(subject=f"Affaire {n}") for n in (1, 2, 3))
    return Record(sitting=Sitting(**sitting), deliberations=items)


def statuses(what: Record) -> list[Status]:
    return [judged(what, "Q1", scope=scope).status for scope in (FIRST, SECOND, THIRD)]


def test_members_in_office_unknown_is_unverifiable_even_with_lists() -> None:
    """Couthenans, 28 October 2022: 7 present, 6 absent of whom 4 gave a procuration.

    The minutes say « quorum atteint avec 11 élus représentés »: procurations do not count.
    """
    room, away = names(7), names(6, start=8)
    found = judged(
        record(present=room, absent=away, proxies=proxies(*zip(away, room[:4], strict=False))), "Q1"
    )
    assert found.status is ASK
    assert found.inputs["quorum_required"] is None
    assert found.inputs["quorum_present"] == 7
    assert found.inputs["members_named"] == 13
    assert found.inputs["quorum_required_if_complete"] == 7
    assert "13 membres" in found.explanation
    assert "procurations ne comptent pas" in found.explanation


def test_all_present_except_the_absent() -> None:
    """The list of the present is not printed: members in office less those excused."""
    away = names(6)
    sitting = {"all_present_except_absent": True, "absent": away}
    assert judged(record(**sitting), "Q1").status is ASK
    found = judged(record(in_office=29, **sitting), "Q1")
    assert (found.status, found.inputs["quorum_present"]) == (OK, 23)
    found = judged(record(in_office=11, **sitting), "Q1")
    assert (found.status, found.inputs["quorum_present"]) == (BAD, 5)


def test_a_giver_left_out_of_the_absent_is_absent_all_the_same() -> None:
    given = proxies(*((f"Mandant{n} ABS{n}", f"Porteur{n} PRE{n}") for n in range(6)))
    found = judged(record(in_office=11, all_present_except_absent=True, proxies=given), "Q1")
    assert (found.status, found.inputs["quorum_present"]) == (BAD, 5)


def test_late_arrival_counts_from_its_item() -> None:
    """Lannion, 5 July 2021: 29 present for items 1 and 2, 30 from item 3."""
    room, late = names(29), "Jean-Yves CALLAC"
    what = three_items(
        in_office=33, present=room, absent=(late,), movements=(arrives(late, 3),), present_count=29
    )
    counts = [judged(what, "Q1", scope=s).inputs["quorum_present"] for s in (FIRST, SECOND, THIRD)]
    assert counts == [29, 29, 30]


def test_late_arrival_listed_as_present_does_not_count_before() -> None:
    room = names(6)
    what = three_items(in_office=11, present=room, movements=(arrives(room[0], 2),))
    assert statuses(what) == [BAD, OK, OK]


def test_departure_loses_the_quorum_of_later_items_only() -> None:
    room = names(6)
    what = three_items(in_office=11, present=room, movements=(leaves(room[0], 3),))
    assert statuses(what) == [OK, OK, BAD]


def test_departure_and_return() -> None:
    room = names(6)
    moves = (leaves(room[0], 2), arrives(room[0], 3))
    assert statuses(three_items(in_office=11, present=room, movements=moves)) == [OK, BAD, OK]


def test_change_written_on_a_deliberation_holds_for_the_next_ones() -> None:
    room = names(6)
    what = three_items(in_office=11, present=room)
    changed = replace(what.deliberations[1], present_changes=(leaves(room[5]),))
    what = replace(what, deliberations=(what.deliberations[0], changed, what.deliberations[2]))
    assert statuses(what) == [OK, BAD, BAD]


def test_movement_with_an_hour_alone_cannot_be_placed() -> None:
    room = names(6)
    what = three_items(in_office=11, present=room, movements=(arrives(room[0], at=time(19, 30)),))
    assert statuses(what) == [ASK, ASK, ASK]
    found = judged(what, "Q1", scope=FIRST)
    assert (found.inputs["quorum_present"], found.inputs["quorum_present_at_most"]) == (5, 6)


def test_movement_before_the_opening_hour_is_placed() -> None:
    room = names(6)
    what = three_items(
        in_office=11,
        present=room,
        opens_at=time(19),
        movements=(arrives(room[0], at=time(18, 55)),),
    )
    assert statuses(what) == [OK, OK, OK]


def test_unplaced_movement_does_not_matter_when_the_room_is_full_enough() -> None:
    room = names(8)
    what = three_items(in_office=11, present=room, movements=(leaves(room[0], at=time(21)),))
    assert statuses(what) == [OK, OK, OK]


def test_extract_without_number_does_not_tell_when_its_item_came() -> None:
    room = names(6)
    moves = {"movements": (leaves(room[0], 4),), "in_office": 11, "present": room}
    extract = record(extra={"document_kind": DocumentKind.EXTRACT}, **moves)
    assert judged(extract, "Q1").status is ASK
    numbered = record(
        extra={"document_kind": DocumentKind.EXTRACT}, deliberation={"number": 5}, **moves
    )
    assert judged(numbered, "Q1").status is BAD


@pytest.mark.parametrize(
    ("held", "required"),
    [(date(2019, 3, 1), 7), (date(2022, 2, 22), 7), (date(2022, 2, 23), 6), (date(2024, 3, 1), 6)],
)
def test_representatives_leave_the_members_in_office(held: date, required: int) -> None:
    """L1111-6, II with L2131-11, since 23 February 2022: 12 in office, 2 of them do not count."""
    room = names(9)
    what = record(
        date=held, in_office=12, present=room, deliberation={"recused": representing(*room[:2])}
    )
    found = judged(what, "Q1")
    assert found.status is OK
    assert (found.inputs["quorum_required"], found.inputs["quorum_present"]) == (required, 7)


def test_representatives_decide_the_quorum() -> None:
    """Eight present of twelve, two of them representatives: six of ten, where seven of twelve
    would be wanted of members personally interested."""
    room = names(8)
    for recused, status in ((representing(*room[:2]), OK), (interested(*room[:2]), BAD)):
        what = record(in_office=12, present=room, deliberation={"recused": recused})
        assert judged(what, "Q1").status is status


def test_personally_interested_members_leave_the_present_only() -> None:
    room = names(7)
    what = record(in_office=12, present=room, deliberation={"recused": interested(room[0])})
    found = judged(what, "Q1")
    assert (found.status, found.inputs["quorum_required"]) == (BAD, 7)
    assert found.inputs["quorum_present"] == 6
    assert found.inputs["recused"] == [room[0]]


def test_interested_member_who_left_is_not_taken_off_twice() -> None:
    room = names(8)
    what = record(
        in_office=12,
        present=room,
        deliberation={"recused": interested(room[0]), "present_changes": (leaves(room[0], 1),)},
    )
    assert judged(what, "Q1").inputs["quorum_present"] == 7


def test_absent_interested_member_is_not_taken_off_the_present() -> None:
    room, away = names(7), names(5, start=8)
    what = record(
        in_office=12, present=room, absent=away, deliberation={"recused": interested(away[0])}
    )
    assert (judged(what, "Q1").status, judged(what, "Q1").inputs["quorum_present"]) == (OK, 7)


def test_stated_number_and_list_that_disagree_are_both_shown() -> None:
    what = record(in_office=11, present=names(5), present_count=7)
    found = judged(what, "Q1")
    assert found.status is ASK
    assert (found.inputs["present_listed"], found.inputs["present_stated"]) == (5, 7)
    assert found.inputs["quorum_present"] == 7
    bounds = found.inputs["quorum_present_at_least"], found.inputs["quorum_present_at_most"]
    assert bounds == (5, 7)
    assert judged(what, "T3", scope="séance").status is Status.AT_RISK


def test_stated_number_alone() -> None:
    """CALL, 23 September 2021: 70 present of 91 in office."""
    found = judged(record(date=date(2021, 9, 23), in_office=91, present_count=70), "Q1")
    assert (found.status, found.inputs["quorum_required"]) == (OK, 46)
    assert found.inputs["quorum_present"] == 70


def test_stated_number_is_given_even_when_the_list_stops_short() -> None:
    """CALL again, as a page that prints 47 of the 70 names: both reach the 46 required."""
    what = record(date=date(2021, 9, 23), in_office=91, present=names(47), present_count=70)
    found = judged(what, "Q1")
    assert (found.status, found.inputs["quorum_present"]) == (OK, 70)
    assert found.inputs["present_listed"] == 47
    assert "entre 47 et 70" in found.explanation


def test_hypothesis_on_the_office_tells_the_rule_of_the_health_emergency() -> None:
    """Lannion, 5 July 2021: 33 named; 17 are a majority, 11 a third."""
    found = judged(
        record(date=date(2021, 7, 5), present=names(29), absent=names(4, start=30)), "Q1"
    )
    assert found.inputs["quorum_required_if_complete"] == 17
    assert "17 présents (11 pendant" in found.explanation


def test_president_left_out_of_the_list_may_make_the_quorum() -> None:
    what = record(in_office=11, present=names(5), president="Aline MAIRE")
    assert judged(what, "Q1").status is ASK
    listed = record(in_office=11, present=names(5), president=names(1)[0])
    assert judged(listed, "Q1").status is BAD


def test_unread_passages_forbid_to_accuse_from_the_list() -> None:
    unread = {"unread": ("Étaient aussi présents : …",)}
    assert judged(record(in_office=11, present=names(5), extra=unread), "Q1").status is ASK
    assert judged(record(in_office=11, present_count=5, extra=unread), "Q1").status is BAD


def test_more_members_present_than_in_office_is_a_contradiction() -> None:
    found = judged(record(in_office=11, present=names(12)), "Q1")
    assert found.status is ASK
    assert "contredisent" in found.explanation


def test_no_member_in_office_left_is_a_contradiction() -> None:
    room = names(3)
    what = record(in_office=3, present=room, deliberation={"recused": representing(*room)})
    found = judged(what, "Q1")
    assert found.status is ASK
    assert "contredisent" in found.explanation


def test_the_mayor_does_not_count_when_the_accounts_are_voted() -> None:
    """L2121-14: six present with the mayor are five for the accounts of the mayor."""
    subject = "Compte administratif 2023"
    assert judged(record(subject=subject, in_office=11, present=names(6)), "Q1").status is ASK
    assert judged(record(subject=subject, in_office=11, present=names(7)), "Q1").status is OK


def test_nobody_counted_nobody_named() -> None:
    found = judged(record(in_office=11), "Q1")
    assert (found.status, found.inputs["quorum_present"]) == (ASK, None)
    assert found.inputs["quorum_required"] == 6


def test_record_without_deliberation_is_judged_when_the_sitting_opens() -> None:
    what = Record(
        sitting=Sitting(
            date=SITTING_DAY,
            in_office=11,
            present=names(6),
            agenda=(AgendaItem(1, "Subvention"),),
        )
    )
    found = judged(what, "Q1")
    assert (found.scope, found.status) == ("séance", OK)


@pytest.mark.parametrize(
    ("held", "present", "status"),
    [
        # A third of 19 is 7 during the health emergency, the majority is 10 outside it.
        (date(2020, 3, 11), 7, BAD),
        (date(2020, 3, 24), 7, OK),
        (date(2020, 8, 30), 7, OK),
        (date(2020, 8, 31), 7, BAD),
        (date(2020, 10, 16), 7, BAD),
        (date(2020, 10, 17), 7, OK),
        (date(2020, 11, 14), 6, BAD),
        (date(2021, 9, 30), 7, OK),
        (date(2021, 10, 1), 7, BAD),
        (date(2021, 11, 9), 7, BAD),
        (date(2021, 11, 10), 7, OK),
        (date(2022, 7, 31), 7, OK),
        (date(2022, 8, 1), 7, BAD),
    ],
)
def test_a_third_was_enough_during_the_health_emergency(
    held: date, present: int, status: Status
) -> None:
    """landot-2020-10-16 (art. 10 quoted), val-de-marne.gouv, mairesdefrance-1042."""
    found = judged(record(date=held, in_office=19, present=names(present)), "Q1")
    assert found.status is status
    if status is OK:
        assert found.inputs["quorum_required"] == 7
        assert found.version <= held.isoformat()
        assert found.version >= "2020-03-12"


def second(days: int, **fields: Any) -> Record:
    held = date(2024, 6, 20)
    sent = date.fromordinal(held.toordinal() - days - 1)
    return record(
        date=held,
        convocation_date=sent,
        second_convocation=True,
        in_office=19,
        present=names(3),
        **fields,
    )


def test_second_convocation_dispenses_with_quorum_for_the_first_agenda_only() -> None:
    what = second(3)
    assert judged(what, "Q1").status is NONE
    found = judged(what, "Q5")
    assert (found.status, found.inputs["clear_days"]) == (ASK, 3)
    assert "premier ordre du jour" in found.explanation


def test_second_convocation_too_close_dispenses_with_nothing() -> None:
    assert judged(second(2), "Q1").status is BAD
    assert judged(second(2), "Q5").status is BAD


def test_second_convocation_shortened_for_urgency_is_a_new_sitting() -> None:
    assert judged(second(2, urgency=True), "Q5").status is Status.AT_RISK
    assert judged(second(2, urgency=True), "Q1").status is BAD


def test_second_convocation_without_date() -> None:
    what = record(second_convocation=True, in_office=19, present=names(3))
    assert judged(what, "Q1").status is ASK
    assert judged(what, "Q5").status is ASK


def test_no_second_convocation() -> None:
    assert judged(record(), "Q5").status is NONE


def after(*suspensions: Suspension, **sitting: Any) -> Finding:
    sitting.setdefault("in_office", 11)
    return judged(record(formalities=SittingFormalities(suspensions=suspensions), **sitting), "Q2")


def test_quorum_is_counted_again_after_each_suspension() -> None:
    """landot-2023: at the opening, after each suspension, at the start of each item."""
    assert after(present=names(6)).status is NONE
    assert after(Suspension(2, 6), present=names(9)).status is OK
    found = after(Suspension(2, 6), Suspension(4, 5), present=names(9))
    assert (found.status, found.inputs["before_item"]) == (BAD, 4)
    assert found.inputs["quorum_present"] == 5
    assert after(Suspension(2), present=()).status is ASK
    assert after(Suspension(2, 6), in_office=None).status is ASK


def test_a_suspension_without_number_follows_the_movements() -> None:
    room = names(6)
    assert after(Suspension(2), present=room).status is OK
    found = after(Suspension(2), present=room, movements=(leaves(room[0], 2),))
    assert (found.status, found.inputs["quorum_present"]) == (BAD, 5)


def test_quorum_after_a_suspension_in_a_second_sitting() -> None:
    found = after(
        Suspension(1, 3),
        present=names(9),
        second_convocation=True,
        convocation_date=date(2024, 6, 3),
    )
    assert found.status is NONE


def treated(rule: str, held: date, **fields: Any) -> Finding:
    what = record(date=held, in_office=19, present=names(10), deliberation=fields)
    return judged(what, rule)


@pytest.mark.parametrize(
    ("held", "status", "version"),
    [
        (date(2022, 2, 22), NONE, "1996-02-24"),
        (date(2022, 2, 23), OK, "2022-02-23"),
        (date(2025, 12, 24), OK, "2025-12-24"),
    ],
)
def test_representatives_are_out_of_office_since_2022(
    held: date, status: Status, version: str
) -> None:
    """tric-32: 19 in office, two representatives: quorum on 17, that is 9."""
    found = treated("Q3", held, recused=representing(*names(2)))
    assert (found.status, found.version) == (status, version)
    if status is OK:
        assert found.inputs["in_office_counted"] == 17
        assert found.inputs["quorum_required"] == 9


def test_interested_members_are_out_of_the_present() -> None:
    """senat-24626: 19 in office, 10 present, two interested: 8 remain for 10 required."""
    found = treated("Q4", SITTING_DAY, recused=interested(*names(2)))
    assert (found.status, found.inputs["quorum_present"]) == (OK, 8)
    assert found.inputs["in_office"] == 19
    assert treated("Q3", SITTING_DAY, recused=interested(*names(2))).status is NONE
    assert treated("Q4", SITTING_DAY, recused=representing(*names(2))).status is NONE


@pytest.mark.parametrize("kept_out", [(), interested(names(1)[0]), representing(names(1)[0])])
def test_both_treatments_give_the_figures_of_the_verdict(kept_out: Any) -> None:
    what = record(in_office=19, present=names(10), deliberation={"recused": kept_out})
    verdict, q3, q4 = (judged(what, rule) for rule in ("Q1", "Q3", "Q4"))
    if q3.status is OK:
        assert verdict.inputs["quorum_required"] == q3.inputs["quorum_required"]
    if q4.status is OK:
        assert verdict.inputs["quorum_present"] == q4.inputs["quorum_present"]


def test_treatments_without_numbers_are_to_check() -> None:
    what = record(deliberation={"recused": interested("Anne UN") + representing("Bruno DEUX")})
    assert judged(what, "Q3").status is judged(what, "Q4").status is ASK


def test_alsace_moselle_has_its_own_dispensations() -> None:
    """codes-et-lois, L2541-4: second convocation, or half of the council interested."""
    few = {"in_office": 11, "present": names(5)}
    again = record(**few, second_convocation=True, convocation_date=date(2024, 6, 10))
    assert judged(again, "Q1", department="67").status is ASK
    assert judged(again, "Q1", department="62").status is BAD
    half = record(in_office=11, present=names(9), deliberation={"recused": interested(*names(6))})
    assert judged(half, "Q1", department="67").status is ASK
    assert judged(half, "Q1", department="62").status is BAD
    assert judged(record(**few), "Q1", department="67").status is BAD
    one = record(**few, deliberation={"recused": interested(names(1)[0])})
    assert judged(one, "Q1", department="67").status is BAD
