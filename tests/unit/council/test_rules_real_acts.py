"""Real sittings, transcribed as facts: what the check says of them, and what it refuses to say."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, time

from levier.common.domain.findings import Finding, Severity, Status
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    Movement,
    MovementEvent,
    Outcome,
    Record,
    Sitting,
    Vote,
)
from levier.council.domain.rules import check
from tests.shared_data import SHARED, needs_shared
from tests.unit.council.judging import judged, proxies
from tests.unit.council.records import LOISON

TODAY = date(2026, 11, 22)
ITEM = "délibération n° 1"


def by_rule(what: Record) -> dict[tuple[str, str], Finding]:
    return {(found.rule, found.scope): found for found in check(what, as_of=TODAY)}


def test_loison_11_june_2024() -> None:
    """The act that authorises the contract: nothing irregular, and what is missing is named."""
    found = by_rule(LOISON)
    delay = found["K8", "séance"]
    assert delay.status is Status.OK
    assert (delay.inputs["clear_days"], delay.inputs["clear_days_required"]) == (5, 5)
    assert found["K7", "séance"].status is Status.NOT_APPLICABLE
    assert found["K6", "séance"].status is Status.OK
    assert found["S3", "séance"].status is Status.OK
    assert found["P1", "séance"].inputs["proxies"] == 6
    assert {found[rule, "séance"].status for rule in ("P1", "P2")} == {Status.OK}
    assert found["S1", "séance"].status is Status.UNVERIFIABLE
    assert found["Q1", ITEM].status is Status.UNVERIFIABLE
    assert "exercice" in found["Q1", ITEM].explanation
    assert found["T1", ITEM].inputs["outcome"] == "adopted"
    assert found["T3", ITEM].status is Status.UNVERIFIABLE
    assert found["X1", ITEM].status is Status.UNVERIFIABLE
    assert Status.IRREGULAR not in {one.status for one in found.values()}
    assert Status.AT_RISK not in {one.status for one in found.values()}


def test_loison_without_population() -> None:
    found = by_rule(replace(LOISON, population=None))
    assert found["K7", "séance"].status is found["K8", "séance"].status is Status.OK


def test_loison_with_its_members_in_office() -> None:
    """29 members in office in a commune of 5 169 inhabitants, six excused: 23 present, 15 due."""
    what = replace(LOISON, sitting=replace(LOISON.sitting, in_office=29))
    found = judged(what, "Q1")
    assert (found.status, found.inputs["quorum_present"]) == (Status.OK, 23)
    assert found.inputs["quorum_required"] == 15


def test_call_23_september_2021() -> None:
    """« 70 délégués étaient présents et 15 représentés sur 91 délégués en exercice »."""
    what = Record(
        assembly_kind=AssemblyKind.EPCI,
        sitting=Sitting(
            date=date(2021, 9, 23),
            opens_at=time(18, 30),
            convocation_date=date(2021, 9, 16),
            convocation_posted=True,
            president="Sylvain ROBERT",
            in_office=91,
            present_count=70,
            represented_count=15,
        ),
        deliberations=(Deliberation("Politique de la ville", vote=Vote(unanimous=True)),),
    )
    found = by_rule(what)
    quorum = found["Q1", ITEM]
    assert (quorum.status, quorum.inputs["quorum_required"]) == (Status.OK, 46)
    assert found["K8", "séance"].inputs["clear_days"] == 6
    assert found["K8", "séance"].status is Status.OK
    assert found["K7", "séance"].status is Status.NOT_APPLICABLE
    assert found["P1", "séance"].status is Status.UNVERIFIABLE
    # The wording of 2022 is not applied to 2021.
    assert found["R1", "séance"].version == ""


def couthenans(vote: Vote) -> Record:
    """28 October 2022: seven present, four represented, two absent; no secretary, no office."""
    givers = ("Maryline LECESTRE", "Marielle SAUGET", "Yves LISCHKA", "Jean-Pierre JEANROY")
    holders = ("Adeline Texeira", "Agnes Michelot", "Anne-Marie Muninger", "David Tripogney")
    return Record(
        assembly_kind=AssemblyKind.COMMUNE,
        sitting=Sitting(
            date=date(2022, 10, 28),
            present=(
                "David TRIPOGNEY",
                "Nelly WIDMER",
                "Agnès MICHELOT",
                "Adeline TEXEIRA",
                "Jacques DELUNSCH",
                "Patrick KACZMAREK",
                "Anne-Marie MUNINGER",
            ),
            absent=(*givers, "Mathieu FIGINI", "Marc SAUGET"),
            proxies=proxies(*zip(givers, holders, strict=True)),
        ),
        deliberations=(Deliberation("Réglementation des questions diverses", vote=vote),),
    )


def test_couthenans_28_october_2022() -> None:
    """« 6 voix Contre, 0 Abstention, 5 pour »: rejected; quorum « avec 11 élus représentés »."""
    what = couthenans(Vote(in_favour=5, against=6, abstentions=0))
    found = by_rule(what)
    assert found["T1", ITEM].inputs["outcome"] == "rejected"
    assert found["T3", ITEM].status is Status.OK
    assert found["T3", ITEM].inputs["votes_expected"] == 11
    assert found["P1", "séance"].status is found["P2", "séance"].status is Status.OK
    quorum = found["Q1", ITEM]
    assert quorum.status is Status.UNVERIFIABLE
    assert quorum.inputs["quorum_present"] == 7
    assert quorum.inputs["quorum_required_if_complete"] == 7
    for rule in ("K7", "K8", "S1", "S3"):
        assert found[rule, "séance"].status is Status.UNVERIFIABLE


def test_couthenans_quorum_once_the_office_is_known() -> None:
    what = couthenans(Vote(outcome=Outcome.ADOPTED, in_favour=11, against=0, abstentions=0))
    for in_office, status in ((13, Status.OK), (14, Status.IRREGULAR)):
        given = replace(what, sitting=replace(what.sitting, in_office=in_office))
        assert judged(given, "Q1").status is status


def test_couthenans_26_november_2021_counts_one_vote_too_many() -> None:
    """Nine present, three procurations, one absent without any: the minutes count 13 votes.

    Members are printed by their given names only.
    """
    given = proxies(("David", "Jean-Pierre"), ("Marielle", "Agnès"), ("Marc", "Mario"))
    what = Record(
        assembly_kind=AssemblyKind.COMMUNE,
        sitting=Sitting(
            date=date(2021, 11, 26),
            present=(
                "Jean-Pierre",
                "Yves",
                "Jacques",
                "Maryline",
                "Anne-Marie",
                "Patrick",
                "Agnès",
                "Mario",
                "Adeline",
            ),
            absent=("David", "Marielle", "Marc", "Mathieu"),
            proxies=given,
        ),
        deliberations=(Deliberation("Déneigement", vote=Vote(in_favour=13)),),
    )
    found = by_rule(what)
    votes = found["T3", ITEM]
    assert (votes.status, votes.inputs["votes_expected"]) == (Status.AT_RISK, 12)
    assert found["P1", "séance"].status is found["P2", "séance"].status is Status.OK


@needs_shared
def test_lannion_5_july_2021_from_its_attendance_table() -> None:
    """The published table of one sitting: 30 present at the end, 3 procurations, 33 voters."""
    path = SHARED / "data/deliberations/lannion/attendance_2021-07-05.csv"
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter=";"))
    states = Counter(row["state"] for row in rows)
    room = tuple(row["member"] for row in rows if row["state"] == "présent")
    given = proxies(*((row["member"], row["proxy_holder"]) for row in rows if row["proxy_holder"]))
    away = tuple(row["member"] for row in rows if row["state"] != "présent")
    late = "jean-yves callac"
    what = Record(
        assembly_kind=AssemblyKind.COMMUNE,
        population=20_000,
        sitting=Sitting(
            date=date(2021, 7, 5),
            convocation_date=date(2021, 6, 25),
            president="Paul LE BIHAN",
            secretary="Trefina KERRAIN",
            in_office=33,
            present=room,
            absent=away,
            proxies=given,
            movements=(Movement(late, MovementEvent.ARRIVES, 3),),
        ),
        deliberations=tuple(
            Deliberation(f"Question {n}", vote=Vote(in_favour=votes, against=0, abstentions=0))
            for n, votes in ((1, 32), (2, 32), (3, 33))
        ),
    )
    assert sum(states.values()) == 33
    found = by_rule(what)
    for number, present in ((1, 29), (2, 29), (3, 30)):
        scope = f"délibération n° {number}"
        assert found["Q1", scope].inputs["quorum_present"] == present
        assert found["Q1", scope].status is Status.OK
        assert found["T3", scope].status is Status.OK, found["T3", scope].explanation
    assert found["P2", "séance"].status is Status.OK
    assert found["S3", "séance"].status is Status.OK
    assert found["K8", "séance"].inputs["clear_days"] == 9


def test_severities_follow_what_a_breach_exposes_to() -> None:
    """council-law.md, A.7."""
    found = by_rule(LOISON)
    severity = {rule: one.severity for (rule, _), one in found.items()}
    assert {severity[rule] for rule in ("Q1", "K7", "K8", "T2")} == {Severity.NULLITY}
    assert {severity[rule] for rule in ("S3", "R4")} == {Severity.FORM}
    assert severity["R1"] is Severity.DEADLINE
    assert severity["T3"] is Severity.ARITHMETIC
    assert {severity[rule] for rule in ("X1", "X10", "X11")} == {Severity.EFFECT}
