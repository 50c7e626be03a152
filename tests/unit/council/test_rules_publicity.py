"""X2, X3, X4, X6, X7, X8, X13, X14: how acts are made public and sent to the State."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from levier.common.domain.findings import Finding, Status
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.formalities import (
    ActFormalities,
    Channel,
    Publication,
    PublicityMode,
)
from levier.council.domain.record import AssemblyKind, MatterNature, Outcome, Vote
from tests.unit.council.judging import judged, record
from tests.unit.council.records import LOISON

OK, BAD, RISK, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
PUBLISHED = date(2024, 6, 18)
KEPT = {
    "mode": PublicityMode.ONLINE,
    "on_own_site": True,
    "whole_text": True,
    "fixed_format": True,
    "downloadable": True,
    "author_named": True,
}


def act(
    rule: str,
    *,
    kind: AssemblyKind | None = AssemblyKind.COMMUNE,
    population: int | None = 3_500,
    circumstances: Circumstances | None = None,
    publication: dict[str, Any] | None = None,
    subject: str = "Subvention",
    held: date = date(2024, 6, 11),
    **told: Any,
) -> Finding:
    """`told` are fields of the deliberation, or of its formalities."""
    names = {name for name in told if name in ActFormalities.__dataclass_fields__}
    formalities = ActFormalities(
        publication=Publication(**(publication or {})), **{name: told[name] for name in names}
    )
    what = record(
        kind=kind,
        population=population,
        subject=subject,
        date=held,
        vote=told.pop("vote", None),
        deliberation={
            "formalities": formalities,
            **{name: value for name, value in told.items() if name not in names},
        },
        extra={
            "circumstances": circumstances or Circumstances(),
            "signed_on": date(2024, 6, 12),
        },
    )
    return judged(what, rule)


@pytest.mark.parametrize("rule", ["X2", "X3", "X4", "X6", "X7", "X8", "X13"])
def test_an_extract_that_tells_nothing_raises_no_question(rule: str) -> None:
    assert judged(LOISON, rule).status is NONE


@pytest.mark.parametrize("rule", ["X2", "X3", "X4", "X6", "X7", "X8", "X13"])
def test_what_was_put_off_is_neither_published_nor_sent(rule: str) -> None:
    found = act(
        rule,
        vote=Vote(outcome=Outcome.POSTPONED),
        publication=KEPT,
        nature=MatterNature.INDIVIDUAL_DECISION,
        channel=Channel.ELECTRONIC,
        contract_signed_on=PUBLISHED,
    )
    assert found.status is NONE


@pytest.mark.parametrize(
    ("notified", "status"), [(PUBLISHED, OK), (None, ASK), (date(2024, 6, 10), ASK)]
)
def test_individual_decisions_are_notified(notified: date | None, status: Status) -> None:
    found = act("X2", nature=MatterNature.INDIVIDUAL_DECISION, notified_on=notified)
    assert found.status is status


@pytest.mark.parametrize(
    ("kind", "population", "online", "chosen"),
    [
        (AssemblyKind.COMMUNE, 3_500, OK, NONE),
        (AssemblyKind.COMMUNE, 3_499, NONE, ASK),
        (AssemblyKind.EPCI, None, OK, NONE),
        (AssemblyKind.EPCI, 900, OK, NONE),
        (AssemblyKind.COMMUNE, None, OK, ASK),
    ],
)
def test_the_threshold_of_3500_inhabitants(
    kind: AssemblyKind, population: int | None, online: Status, chosen: Status
) -> None:
    given: dict[str, Any] = {"publication": KEPT, "published_on": PUBLISHED}
    assert act("X3", kind=kind, population=population, **given).status is online
    assert act("X4", kind=kind, population=population, **given).status is chosen


@pytest.mark.parametrize(
    "condition", ["on_own_site", "whole_text", "fixed_format", "downloadable", "author_named"]
)
def test_each_condition_of_electronic_publication(condition: str) -> None:
    """CGCT R2131-1, I: whole text, own site, fixed format, downloadable, author named, date."""
    broken = act("X3", publication=KEPT | {condition: False}, published_on=PUBLISHED)
    assert broken.status is BAD
    assert "délai de recours" in broken.explanation
    unknown = act("X3", publication=KEPT | {condition: None}, published_on=PUBLISHED)
    assert unknown.status is ASK


def test_the_date_of_posting_is_due_too() -> None:
    found = act("X3", publication=KEPT)
    assert found.status is ASK
    assert "date de mise en ligne" in found.explanation


@pytest.mark.parametrize(
    ("until", "status"), [(date(2024, 8, 18), OK), (date(2024, 8, 17), BAD), (None, OK)]
)
def test_an_act_stays_online_two_months(until: date | None, status: Status) -> None:
    found = act("X3", publication=KEPT | {"until": until}, published_on=PUBLISHED)
    assert (found.status, found.inputs["posted_at_least_until"]) == (status, date(2024, 8, 18))


@pytest.mark.parametrize("mode", [PublicityMode.POSTING, PublicityMode.PAPER])
def test_a_large_commune_cannot_post_on_paper(mode: PublicityMode) -> None:
    assert act("X3", publication={"mode": mode}, published_on=PUBLISHED).status is BAD
    unknown = act("X3", population=None, publication={"mode": mode}, published_on=PUBLISHED)
    assert unknown.status is ASK
    # A syndicat may have chosen: the record does not tell which kind of EPCI it is.
    epci = act("X3", kind=AssemblyKind.EPCI, publication={"mode": mode}, published_on=PUBLISHED)
    assert epci.status is RISK


@pytest.mark.parametrize(
    ("chosen", "since", "mode", "status"),
    [
        (PublicityMode.POSTING, date(2022, 6, 20), PublicityMode.POSTING, OK),
        (PublicityMode.POSTING, date(2022, 6, 20), PublicityMode.ONLINE, BAD),
        (PublicityMode.PAPER, date(2022, 6, 20), PublicityMode.POSTING, BAD),
        (PublicityMode.ONLINE, None, PublicityMode.ONLINE, OK),
        (None, None, PublicityMode.ONLINE, ASK),
        (None, None, PublicityMode.POSTING, ASK),
        # Chosen only after the publication: until then it is electronic.
        (PublicityMode.POSTING, date(2024, 7, 1), PublicityMode.POSTING, BAD),
        (PublicityMode.POSTING, date(2024, 7, 1), PublicityMode.ONLINE, OK),
    ],
)
def test_a_small_commune_keeps_to_its_choice(
    chosen: PublicityMode | None, since: date | None, mode: PublicityMode, status: Status
) -> None:
    found = act(
        "X4",
        population=3_499,
        circumstances=Circumstances(publicity_choice=chosen, publicity_choice_on=since),
        publication={"mode": mode},
        published_on=PUBLISHED,
    )
    assert found.status is status


@pytest.mark.parametrize(("held", "status"), [(date(2024, 6, 11), OK), (date(2024, 9, 11), ASK)])
def test_without_a_website_the_choice_is_on_that_of_the_epci(held: date, status: Status) -> None:
    """Décret n° 2024-719."""
    choice = Circumstances(website=False, publicity_choice=PublicityMode.POSTING)
    found = act(
        "X4",
        population=500,
        circumstances=choice,
        publication={"mode": PublicityMode.POSTING},
        published_on=held,
        held=held,
    )
    assert found.status is status


def test_before_july_2022_posting_was_enough() -> None:
    for rule in ("X3", "X4"):
        found = act(
            rule, held=date(2022, 6, 30), publication={"mode": PublicityMode.POSTING}, population=50
        )
        assert found.status is NONE


@pytest.mark.parametrize(
    ("told", "status", "transmissible"),
    [
        ({"nature": MatterNature.ROAD_TARIFF}, OK, False),
        ({"nature": MatterNature.ROAD_STATUS}, OK, False),
        ({"nature": MatterNature.PROMOTION_RATIO}, OK, False),
        ({"nature": MatterNature.MANAGEMENT_CENTRE}, OK, False),
        ({"nature": MatterNature.BUDGET}, ASK, True),
        ({"nature": MatterNature.BUDGET, "transmitted_on": PUBLISHED}, OK, True),
        ({"subject": "Alignement de la rue du Stade"}, ASK, None),
        ({"subject": "Classement de voies communales"}, ASK, None),
        ({"subject": "Ratios d’avancement"}, ASK, None),
        ({"subject": "Convoitise"}, NONE, True),
    ],
)
def test_which_acts_are_transmitted(
    told: dict[str, Any], status: Status, transmissible: bool | None
) -> None:
    """CGCT L2131-2, I."""
    found = act("X6", **told)
    assert (found.status, found.inputs["transmissible"]) == (status, transmissible)


@pytest.mark.parametrize("sent", [None, date(2024, 6, 27), date(2024, 6, 28)])
def test_individual_decisions_are_sent_within_fifteen_days(sent: date | None) -> None:
    """Signed on 12 June 2024, so until the 27th; the rule informs and never accuses."""
    found = act("X7", nature=MatterNature.INDIVIDUAL_DECISION, transmitted_on=sent)
    assert found.inputs["due_on"] == date(2024, 6, 27)
    assert found.status is (OK if sent == date(2024, 6, 27) else ASK)


@pytest.mark.parametrize(
    ("kind", "population", "status"),
    [
        (AssemblyKind.EPCI, None, ASK),
        (AssemblyKind.COMMUNE, 50_001, ASK),
        (AssemblyKind.COMMUNE, 50_000, NONE),
    ],
)
def test_paper_is_questioned_for_the_largest(
    kind: AssemblyKind, population: int | None, status: Status
) -> None:
    assert act("X7", kind=kind, population=population, channel=Channel.PAPER).status is status


def test_contracts_are_sent_within_fifteen_days_of_their_signature() -> None:
    found = act("X8", contract_signed_on=date(2024, 7, 1))
    assert (found.status, found.inputs["due_on"]) == (ASK, date(2024, 7, 16))
    early = act("X8", contract_signed_on=date(2024, 6, 1))
    assert "antérieure à la séance" in early.explanation
    assert act("X8", nature=MatterNature.PUBLIC_CONTRACT).status is NONE


@pytest.mark.parametrize(
    ("since", "suspended", "channel", "status"),
    [
        (date(2020, 1, 1), None, Channel.ELECTRONIC, OK),
        (None, None, Channel.ELECTRONIC, ASK),
        (date(2024, 6, 19), None, Channel.ELECTRONIC, BAD),
        (date(2020, 1, 1), date(2024, 6, 18), Channel.ELECTRONIC, BAD),
        (date(2020, 1, 1), date(2024, 6, 19), Channel.ELECTRONIC, OK),
        (None, None, Channel.PAPER, NONE),
        (date(2020, 1, 1), None, None, NONE),
    ],
)
def test_the_electronic_way_needs_a_convention_in_force(
    since: date | None, suspended: date | None, channel: Channel | None, status: Status
) -> None:
    found = act(
        "X13",
        circumstances=Circumstances(
            state_convention_on=since, state_convention_suspended_on=suspended
        ),
        channel=channel,
        transmitted_on=PUBLISHED,
    )
    assert found.status is status


@pytest.mark.parametrize(
    ("kind", "status"), [(AssemblyKind.EPCI, OK), (AssemblyKind.COMMUNE, NONE), (None, NONE)]
)
def test_an_epci_follows_the_regime_of_communes(kind: AssemblyKind | None, status: Status) -> None:
    assert judged(record(kind=kind), "X14").status is status


def test_what_is_generally_known_only_informs() -> None:
    for what in (record(), LOISON):
        assert judged(what, "X5").status is judged(what, "X15").status is NONE
    assert "Daniel KRUSZKA" in judged(LOISON, "X15").explanation
