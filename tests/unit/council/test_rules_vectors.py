"""Facts stated by third parties (Senate, prefectures, ATD…), each with its source key.

None of these expected values was computed here: they are the law as others applied it.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from levier.common.domain.dates import clear_days, court_deadline
from levier.common.domain.findings import Status
from levier.council.domain.parameters import legal_council_size
from levier.council.domain.record import Outcome, Vote, VoteMode
from levier.council.domain.rules.quorum import majority_in_office
from tests.unit.council.judging import interested, judged, names, proxies, record


@pytest.mark.parametrize(
    ("in_office", "quorum", "source"),
    [
        (11, 6, "atd31-quorum"),
        (8, 5, "atd31-quorum"),
        (53, 27, "docplayer PV 2013"),
        (19, 10, "senat-24626"),
        (27, 14, "HF Mazères 2023"),
    ],
)
def test_quorum_is_more_than_half_of_the_members_in_office(
    in_office: int, quorum: int, source: str
) -> None:
    assert majority_in_office(in_office) == quorum, source
    reached = judged(record(in_office=in_office, present_count=quorum), "Q1")
    missed = judged(record(in_office=in_office, present_count=quorum - 1), "Q1")
    assert reached.inputs["quorum_required"] == missed.inputs["quorum_required"] == quorum
    assert (reached.status, missed.status) == (Status.OK, Status.IRREGULAR)


def test_two_interested_members_who_leave_lose_the_quorum() -> None:
    """senat-24626: 19 in office, 10 present, 2 interested leave."""
    room = names(10)
    sitting = {"in_office": 19, "present": room}
    assert judged(record(**sitting), "Q1").status is Status.OK
    found = judged(record(deliberation={"recused": interested(*room[:2])}, **sitting), "Q1")
    assert found.status is Status.IRREGULAR
    assert found.inputs["quorum_present"] == 8
    assert found.inputs["quorum_required"] == 10


def test_mazeres_extract_adds_up() -> None:
    """HF polinaeterna/publication_dates_fr, Mazères, 23 January 2023: 27, 16, 3 and 19 voters."""
    room, away = names(16), names(3, start=17)
    found = record(
        date=date(2023, 1, 23),
        in_office=27,
        present=room,
        absent=away,
        present_count=16,
        represented_count=3,
        proxies=proxies(*zip(away, room, strict=False)),
        vote=Vote(in_favour=19, against=0, abstentions=0),
    )
    quorum = judged(found, "Q1")
    assert (quorum.status, quorum.inputs["quorum_required"]) == (Status.OK, 14)
    votes = judged(found, "T3", scope="délibération n° 1")
    assert (votes.status, votes.inputs["votes_expected"]) == (Status.OK, 19)
    assert judged(found, "T3", scope="séance").status is Status.OK


def test_abstentions_are_no_votes_cast() -> None:
    """mc85-752: 10 present, 4 for, 6 abstentions: adopted."""
    vote = Vote(outcome=Outcome.ADOPTED, in_favour=4, against=0, abstentions=6)
    found = judged(record(in_office=11, present=names(10), vote=vote), "T1")
    assert (found.status, found.inputs["outcome"]) == (Status.OK, "adopted")


@pytest.mark.parametrize(("sent", "status"), [(24, Status.OK), (25, Status.IRREGULAR)])
def test_three_clear_days_under_3500(sent: int, status: Status) -> None:
    """touspolitiques: a sitting on the 28th, convoked on the 24th but not on the 25th."""
    found = judged(
        record(population=900, date=date(2024, 5, 28), convocation_date=date(2024, 5, sent)),
        "K7",
    )
    assert found.status is status


def test_weekend_and_holiday_count_as_clear_days() -> None:
    """senat-00343 (CE, d'André): sent 21/12/1989, sitting 26/12/1989, three days asked.

    The sitting is older than the code, so the rule itself refuses to judge it.
    """
    sent, held = date(1989, 12, 21), date(1989, 12, 26)
    assert clear_days(sent, held) >= 3
    found = judged(record(population=900, date=held, convocation_date=sent), "K7")
    assert found.status is Status.UNVERIFIABLE
    assert found.version == ""


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [(3, Status.IRREGULAR), (4, Status.UNVERIFIABLE)],
    ids=["Thursday", "Friday"],
)
def test_second_sitting_from_friday_after_a_monday(weekday: int, expected: Status) -> None:
    """cdm-62823: first sitting and new convocation on Monday, second sitting from Friday."""
    monday = date(2024, 6, 3)
    assert monday.weekday() == 0
    held = monday + timedelta(days=weekday)
    found = judged(record(date=held, convocation_date=monday, second_convocation=True), "Q5")
    assert found.status is expected


def test_second_convocation_on_friday_for_monday_does_not_dispense_with_quorum() -> None:
    """cdm-62823: no quorum on Thursday, convocation on Friday for Monday: irregular without it."""
    friday, monday = date(2024, 6, 7), date(2024, 6, 10)
    sitting = {
        "date": monday,
        "convocation_date": friday,
        "second_convocation": True,
        "in_office": 19,
        "present": names(5),
    }
    assert judged(record(**sitting), "Q1").status is Status.IRREGULAR
    assert judged(record(**sitting), "Q5").status is Status.IRREGULAR


def test_tied_accounts_are_adopted_even_by_secret_ballot() -> None:
    """qe-47837: accounts, 5 for and 5 against, secret: adopted."""
    vote = Vote(outcome=Outcome.ADOPTED, in_favour=5, against=5, mode=VoteMode.SECRET)
    what = record(vote=vote, subject="Approbation du compte administratif 2023")
    found = judged(what, "T9")
    assert (found.status, found.inputs["outcome"]) == (Status.OK, "adopted")
    assert judged(what, "T1").status is Status.NOT_APPLICABLE
    assert judged(what, "T2").status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("mode", "president", "outcome"),
    [(VoteMode.SECRET, None, Outcome.REJECTED), (VoteMode.PUBLIC, "for", Outcome.ADOPTED)],
)
def test_ordinary_tie(mode: VoteMode, president: str | None, outcome: Outcome) -> None:
    """L2121-20, third paragraph, 5 against 5."""
    vote = Vote(in_favour=5, against=5, mode=mode, president_vote=president, outcome=outcome)
    found = judged(record(vote=vote), "T2")
    assert (found.status, found.inputs["outcome"]) == (Status.OK, outcome.value)


def test_court_deadline_after_a_publication_on_1_october_2007() -> None:
    """icard: the last day of action is Monday 3 December 2007."""
    found = judged(
        record(date=date(2007, 9, 28), deliberation={"published_on": date(2007, 10, 1)}), "X11"
    )
    assert found.inputs["challenge_deadline"] == date(2007, 12, 3)
    assert "lundi 3 décembre 2007" in found.explanation


def test_referral_by_the_prefect_is_a_clear_delay_too() -> None:
    """Lex-publica course 2021-2022, p. 68: received 9 January 2017, until 10 March 2017."""
    assert court_deadline(date(2017, 1, 9), 2) == date(2017, 3, 10)
    found = judged(
        record(date=date(2017, 1, 6), deliberation={"received_on": date(2017, 1, 9)}), "X10"
    )
    assert found.inputs["challenge_deadline"] == date(2017, 3, 10)


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (0, 7), (99, 7), (100, 11), (499, 11), (500, 15), (1_499, 15), (1_500, 19), (2_499, 19),
        (2_500, 23), (3_499, 23), (3_500, 27), (4_999, 27), (5_000, 29), (9_999, 29), (10_000, 33),
        (19_999, 33), (20_000, 35), (29_999, 35), (30_000, 39), (39_999, 39), (40_000, 43),
        (49_999, 43), (50_000, 45), (59_999, 45), (60_000, 49), (79_999, 49), (80_000, 53),
        (99_999, 53), (100_000, 55), (149_999, 55), (150_000, 59), (199_999, 59), (200_000, 61),
        (249_999, 61), (250_000, 65), (299_999, 65), (300_000, 69), (2_000_000, 69),
    ],
)  # fmt: skip
def test_legal_size_of_a_municipal_council(population: int, size: int) -> None:
    """L2121-2, both sides of each threshold."""
    assert legal_council_size(population) == size


def test_negative_population_has_no_council() -> None:
    with pytest.raises(ValueError, match="négative"):
        legal_council_size(-1)
