"""R1, R2, R3, R8, R9: the list of deliberations and the minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.circumstances import Circumstances, OtherSitting
from levier.council.domain.formalities import MinutesStatus, SittingFormalities
from levier.council.domain.minutes_content import missing_elements
from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Ballot,
    BallotChoice,
    Deliberation,
    DocumentKind,
    Outcome,
    Proxy,
    Record,
    Sitting,
    Vote,
    VoteMode,
)
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
NEXT = date(2024, 9, 24)

COMPLETE = Record(
    assembly="Loison-sous-Lens",
    assembly_kind=AssemblyKind.COMMUNE,
    population=5169,
    sitting=Sitting(
        date=HELD,
        opens_at=time(18, 30),
        president="Daniel KRUSZKA",
        secretary="Emmanuel DONDELA",
        in_office=29,
        present=("Daniel KRUSZKA", "Emmanuel DONDELA"),
        absent=("Catherine WILLE",),
        proxies=(Proxy("Catherine WILLE", "Emmanuel DONDELA"),),
        agenda=(AgendaItem(1, "Tarifs"),),
    ),
    deliberations=(
        Deliberation(
            "Tarifs",
            1,
            recitals=("Considérant le rapport,",),
            decisions=("Les tarifs sont fixés.",),
            debate="Une question est posée sur les tarifs.",
            vote=Vote(Outcome.ADOPTED, in_favour=3, against=0, mode=VoteMode.PUBLIC),
        ),
    ),
)


def day(number: int, month: int = 6) -> date:
    return date(2024, month, number)


def listed(as_of: date = date(2026, 11, 22), website: bool | None = True, **dates: Any) -> Finding:
    what = record(
        formalities=SittingFormalities(**dates),
        extra={"circumstances": Circumstances(website=website)},
    )
    return judged(what, "R1", as_of=as_of)


def minutes(
    rule: str, what: Record = COMPLETE, *, website: bool | None = True, **told: Any
) -> Finding:
    formalities = SittingFormalities(minutes=MinutesStatus(**told))
    return judged(
        replace(
            what,
            sitting=replace(what.sitting, formalities=formalities),
            circumstances=replace(what.circumstances, website=website),
        ),
        rule,
    )


def without(path: str) -> Record:
    """COMPLETE with one field of the sitting, or of its deliberation, back to unknown."""
    owner, _, name = path.partition(".")
    if owner == "sitting":
        return replace(
            COMPLETE, sitting=replace(COMPLETE.sitting, **{name: getattr(Sitting(), name)})
        )
    (act,) = COMPLETE.deliberations
    blank: Any = Vote() if name == "vote" else getattr(Deliberation(""), name)
    return replace(COMPLETE, deliberations=(replace(act, **{name: blank}),))


def test_list_of_deliberations_within_a_week() -> None:
    found = judged(record(), "R1")
    assert (found.status, found.inputs["due_on"]) == (ASK, day(18))
    assert "devait être affichée" in found.explanation
    assert "doit être affichée" in judged(record(), "R1", as_of=day(18)).explanation
    assert judged(record(date=None), "R1").inputs["due_on"] is None


@pytest.mark.parametrize(
    ("posted", "online", "website", "status"),
    [
        (day(18), day(18), True, OK),
        (day(19), day(18), True, BAD),
        (day(18), day(19), True, BAD),
        (day(18), None, True, ASK),
        (day(18), None, None, ASK),  # is there a website?
        (day(18), None, False, OK),
        (None, day(12), True, ASK),
        (day(10), day(12), True, ASK),  # posted before the sitting: a slip
    ],
)
def test_the_list_is_posted_and_online_where_there_is_a_website(
    posted: date | None, online: date | None, website: bool | None, status: Status
) -> None:
    found = listed(website=website, list_posted_on=posted, list_online_on=online)
    assert found.status is status
    assert (found.inputs["done_on"] is not None) is (status in (OK, BAD) or posted == day(10))


@pytest.mark.parametrize(
    ("held", "version"), [(date(2022, 6, 30), ""), (date(2022, 7, 1), "2022-07-01")]
)
def test_list_of_deliberations_exists_since_july_2022(held: date, version: str) -> None:
    found = judged(record(date=held), "R1")
    assert (found.status, found.version) == (ASK, version)
    assert ("due_on" in found.inputs) is bool(version)


def test_nothing_is_missing_from_complete_minutes() -> None:
    assert missing_elements(COMPLETE) == ()


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        ("sitting.date", "la date de la séance"),
        ("sitting.opens_at", "l’heure de la séance"),
        ("sitting.president", "le nom du président"),
        ("sitting.present", "les noms des membres présents"),
        ("sitting.proxies", "les noms des membres représentés"),
        ("sitting.secretary", "le nom du secrétaire de séance"),
        ("sitting.in_office", "le quorum"),
        ("sitting.agenda", "l’ordre du jour"),
        ("act.decisions", "le texte : délibération n° 1"),
        ("act.recitals", "le rapport au vu duquel elle a été prise : délibération n° 1"),
        ("act.vote", "le résultat du scrutin : délibération n° 1"),
        ("act.vote", "les demandes de scrutin particulier"),
        ("act.debate", "la teneur des discussions"),
    ],
)
def test_each_element_of_the_article_is_named_when_it_is_missing(path: str, missing: str) -> None:
    """council-law.md, R2: one line for each element that the article lists."""
    assert missing in missing_elements(without(path))
    assert missing in minutes("R2", without(path)).inputs["missing"]


def test_a_roll_call_gives_names_and_who_asked_for_it() -> None:
    (act,) = COMPLETE.deliberations
    called = Vote(Outcome.ADOPTED, in_favour=1, against=0, mode=VoteMode.ROLL_CALL)
    names = "le nom des votants et le sens de leur vote : délibération n° 1"
    bare = replace(COMPLETE, deliberations=(replace(act, vote=called),))
    assert missing_elements(bare) == (names, "les demandes de scrutin particulier")
    full = replace(
        called, ballots=(Ballot("Daniel KRUSZKA", BallotChoice.FOR),), roll_call_requests=1
    )
    assert missing_elements(replace(COMPLETE, deliberations=(replace(act, vote=full),))) == ()


def test_a_discussion_missing_for_some_acts_names_them() -> None:
    (act,) = COMPLETE.deliberations
    two = replace(COMPLETE, deliberations=(act, replace(act, number=2, debate=None)))
    assert missing_elements(two) == ("la teneur des discussions : délibération n° 2",)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, ASK),
        ({"adopted_on": NEXT}, ASK),
        ({"adopted_on": NEXT, "signed_by_president": True, "signed_by_secretary": True}, OK),
        ({"adopted_on": NEXT, "signed_by_president": True, "signed_by_secretary": False}, BAD),
        ({"adopted_on": HELD, "signed_by_president": True}, RISK),  # its own sitting
    ],
)
def test_minutes_are_adopted_then_signed_by_both(told: dict[str, Any], status: Status) -> None:
    assert minutes("R2", **told).status is status


def test_minutes_are_adopted_at_the_next_sitting() -> None:
    met = replace(COMPLETE, circumstances=Circumstances(other_sittings=(OtherSitting(NEXT),)))
    signed = {"signed_by_president": True, "signed_by_secretary": True}
    assert minutes("R2", met, adopted_on=NEXT, **signed).status is OK
    late = minutes("R2", met, adopted_on=date(2024, 12, 3), **signed)
    assert late.status is RISK
    assert "24 septembre 2024" in late.explanation


def test_adopted_minutes_that_lack_an_element_are_at_risk() -> None:
    found = minutes("R2", without("act.debate"), adopted_on=NEXT)
    assert found.status is RISK
    assert "la teneur des discussions" in found.explanation


def test_an_extract_is_not_judged_as_minutes() -> None:
    assert judged(LOISON, "R2").status is NONE
    read = replace(LOISON, document_kind=DocumentKind.MINUTES)
    assert judged(read, "R2").explanation.startswith("Ne se lit pas dans ce procès-verbal")
    assert judged(read, "R2").status is ASK


@pytest.mark.parametrize(
    ("told", "website", "status"),
    [
        ({}, True, NONE),
        ({"signed_by_president": True}, True, ASK),
        ({"adopted_on": NEXT}, True, ASK),
        ({"adopted_on": NEXT, "online_on": day(1, 10), "paper_available": True}, True, OK),
        ({"adopted_on": NEXT, "online_on": day(1, 10)}, True, ASK),
        ({"adopted_on": NEXT, "online_on": day(2, 10), "paper_available": True}, True, BAD),
        ({"adopted_on": NEXT, "online_on": day(20, 9)}, True, ASK),  # before its adoption
        ({"adopted_on": NEXT, "online_on": day(1, 10), "paper_available": False}, True, BAD),
        ({"adopted_on": NEXT, "paper_available": True}, False, OK),
        ({"adopted_on": NEXT}, False, ASK),
    ],
)
def test_minutes_are_published_within_a_week_of_the_sitting_that_adopted_them(
    told: dict[str, Any], website: bool | None, status: Status
) -> None:
    """Adopted on Tuesday 24 September 2024: due on Tuesday 1 October."""
    found = minutes("R3", website=website, **told)
    assert found.status is status
    if "adopted_on" in told:
        assert found.inputs["due_on"] == day(1, 10)


def test_before_july_2022_minutes_follow_no_list_and_no_delay() -> None:
    old = replace(COMPLETE, sitting=replace(COMPLETE.sitting, date=date(2022, 6, 30)))
    for rule in ("R2", "R3"):
        assert minutes(rule, old, adopted_on=date(2022, 9, 1)).status is NONE


def test_alsace_moselle_is_not_judged_by_another_law() -> None:
    signed = SittingFormalities(minutes=MinutesStatus(signed_by_secretary=False))
    what = record(formalities=signed)
    assert judged(what, "R2").status is BAD
    assert judged(what, "R2", department="57").status is ASK


@pytest.mark.parametrize(("held", "words"), [(date(2022, 6, 30), "affiché"), (HELD, "supprimés")])
def test_repealed_articles_only_inform(held: date, words: str) -> None:
    found = judged(record(date=held), "R9")
    assert found.status is NONE
    assert words in found.explanation
    assert judged(record(date=held), "R8").status is NONE
