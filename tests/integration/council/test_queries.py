"""What each person sees, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from levier.accounts.actors import ANONYMOUS, OPERATOR
from levier.accounts.domain.actors import Actor
from levier.common.domain.errors import NotFound
from levier.common.domain.findings import Status
from levier.council.domain.record import Deliberation
from levier.council.models import Assembly, Sitting
from levier.council.queries import sittings as queries
from levier.council.services.sittings import save_sitting, set_public
from tests.conftest import TODAY, Someone
from tests.integration.council.strategies import FIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(council: Assembly) -> Sitting:
    """A sitting of Loison that is not published."""
    return save_sitting(OPERATOR, FIXED, assembly_id=council.pk)


def first_act(sitting: Sitting) -> int:
    return sitting.deliberations.all()[0].pk


def looks(sitting: Sitting) -> dict[str, Callable[[Actor], object]]:
    """Every way to look at one sitting."""
    act = first_act(sitting)
    return {
        "sitting_detail": lambda actor: queries.sitting_detail(actor, sitting.pk),
        "deliberation_detail": lambda actor: queries.deliberation_detail(actor, act),
        "record_of": lambda actor: queries.record_of(actor, sitting.pk),
        "record_around": lambda actor: queries.record_around(actor, act),
        "findings_of_sitting": lambda actor: queries.findings_of_sitting(actor, sitting.pk, TODAY),
        "findings_of_deliberation": lambda actor: queries.findings_of_deliberation(
            actor, act, TODAY
        ),
    }


def lists(assembly_id: int) -> dict[str, Callable[[Actor], object]]:
    """Every list in which a sitting may show."""
    return {
        "sittings_list": lambda actor: list(queries.sittings_list(actor, as_of=TODAY)),
        "deliberations_known": lambda actor: list(queries.deliberations_known(actor)),
        "search": lambda actor: queries.search(actor, "contrat", as_of=TODAY),
        "search_member": lambda actor: queries.search(actor, "lelong", as_of=TODAY),
        "members_in_office": lambda actor: list(
            queries.members_in_office(actor, assembly_id, TODAY)
        ),
        "cockpit_attention": lambda actor: queries.cockpit_attention(actor, TODAY),
    }


def test_a_draft_is_seen_by_its_organisation_and_by_control_only(
    draft: Sitting,
    alice: Someone,
    bruno: Someone,
    chloe: Someone,
    diane: Someone,
    emile: Someone,
) -> None:
    for name, look in looks(draft).items():
        for insider in (alice.actor, emile.actor, OPERATOR):
            assert look(insider), name
        for stranger in (bruno.actor, chloe.actor, diane.actor, ANONYMOUS):
            with pytest.raises(NotFound):
                look(stranger)
    for name, rows in lists(draft.assembly_id).items():
        assert rows(alice.actor), name
        for stranger in (bruno.actor, chloe.actor, diane.actor, ANONYMOUS):
            assert not rows(stranger), name
    set_public(OPERATOR, draft.pk, True)
    for name, look in (looks(draft) | lists(draft.assembly_id)).items():
        assert look(ANONYMOUS), name


def test_only_writers_find_an_assembly_open(
    council: Assembly, alice: Someone, chloe: Someone, emile: Someone
) -> None:
    assert list(queries.assemblies_open_to(alice.actor)) == [council]
    assert list(queries.assemblies_open_to(OPERATOR)) == [council]
    for other in (chloe.actor, emile.actor, ANONYMOUS):
        assert not queries.assemblies_open_to(other)


def test_no_look_costs_more_with_fifty_acts(council: Assembly, draft: Sitting) -> None:
    small = {name: _count(look) for name, look in looks(draft).items()}
    acts = tuple(
        replace(FIXED.deliberations[0], subject=f"Affaire {rank}", number=rank)
        for rank in range(1, 51)
    )
    large_record = replace(
        FIXED,
        sitting=replace(FIXED.sitting, opens_at=None),
        deliberations=acts,
    )
    large = save_sitting(OPERATOR, large_record, assembly_id=council.pk)
    assert {name: _count(look) for name, look in looks(large).items()} == small
    assert max(small.values()) <= 16, small


def test_no_list_costs_more_with_fifty_sittings(council: Assembly, draft: Sitting) -> None:
    small = {name: _count(rows) for name, rows in lists(council.pk).items()}
    for rank in range(1, 51):
        held_on = date(2023, 1, 1) + timedelta(days=rank)
        save_sitting(
            OPERATOR,
            replace(
                FIXED,
                sitting=replace(FIXED.sitting, date=held_on, convocation_date=None),
                signed_on=None,
            ),
            assembly_id=council.pk,
        )
    assert {name: _count(rows) for name, rows in lists(council.pk).items()} == small
    assert max(small.values()) <= 12, small


def test_sittings_are_listed_from_the_latest_with_what_is_ahead(
    council: Assembly, draft: Sitting
) -> None:
    ahead = replace(
        FIXED,
        sitting=replace(FIXED.sitting, date=date(2024, 7, 2), convocation_date=None),
        deliberations=(),
        signed_on=None,
    )
    save_sitting(OPERATOR, ahead, assembly_id=council.pk)
    rows = queries.sittings_list(OPERATOR, as_of=TODAY)
    assert [(row.date, row.is_ahead, row.deliberation_count) for row in rows] == [
        (date(2024, 7, 2), True, 0),
        (date(2024, 6, 11), False, 2),
    ]
    assert not queries.sittings_list(OPERATOR, as_of=TODAY, assembly_id=council.pk + 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("loison", True),
        ("JUIN 2024", True),
        ("mardi", True),
        ("2024-06-11", True),
        ("contrat de vil", True),
        ("mairie contrat", True),
        ("kruszka", True),
        ("ontrat", False),
        ("contrat piscine", False),
        ("", True),
    ],
)
def test_a_sitting_is_found_by_the_beginning_of_each_word(
    draft: Sitting, text: str, found: bool
) -> None:
    assert bool(queries.sittings_list(OPERATOR, as_of=TODAY, text=text)) is found


def test_search_ignores_case_and_accents(draft: Sitting) -> None:
    found = queries.search(OPERATOR, "FRANCOISE toulouse", as_of=TODAY)
    assert [mandate.member.name for mandate in found.mandates] == ["Françoise TOULOUSE"]
    found = queries.search(OPERATOR, "approuvé", as_of=TODAY)
    assert [act.subject for act in found.deliberations] == ["Contrat de ville"]
    assert not queries.search(OPERATOR, " — ", as_of=TODAY)
    assert not queries.search(OPERATOR, "100%", as_of=TODAY)


def test_record_around_gives_the_rank_of_the_act(draft: Sitting) -> None:
    ids = [row.pk for row in draft.deliberations.all()]
    assert [queries.record_around(OPERATOR, pk) for pk in ids] == [(FIXED, 0), (FIXED, 1)]


def test_findings_of_an_act_are_its_own_and_those_of_the_sitting(draft: Sitting) -> None:
    everything = queries.findings_of_sitting(OPERATOR, draft.pk, TODAY)
    scopes = {finding.scope for finding in everything}
    assert scopes == {"séance", "délibération n° 1", "délibération n° 2"}
    second = queries.findings_of_deliberation(OPERATOR, draft.deliberations.all()[1].pk, TODAY)
    assert {finding.scope for finding in second} == {"séance", "délibération n° 2"}
    assert second == tuple(item for item in everything if item.scope != "délibération n° 1")


def test_acts_without_number_are_told_apart_by_their_rank(council: Assembly) -> None:
    acts = (Deliberation("Un"), Deliberation("Deux"))
    sitting = save_sitting(OPERATOR, replace(FIXED, deliberations=acts), assembly_id=council.pk)
    for rank, row in enumerate(sitting.deliberations.all(), start=1):
        scopes = {f.scope for f in queries.findings_of_deliberation(OPERATOR, row.pk, TODAY)}
        assert scopes == {"séance", f"délibération n° {rank}"}


def test_the_cockpit_shows_what_is_grave_first(council: Assembly, draft: Sitting) -> None:
    late = replace(
        FIXED,
        sitting=replace(FIXED.sitting, date=date(2024, 6, 20), convocation_date=date(2024, 6, 19)),
    )
    save_sitting(OPERATOR, late, assembly_id=council.pk)
    acts = queries.cockpit_attention(OPERATOR, TODAY)
    assert acts[0].worst is Status.IRREGULAR
    assert acts[0].findings[0].rule == "K8"
    assert acts[0].sitting.date == date(2024, 6, 20)
    kept = {
        finding.status for act in acts for finding in act.findings if not finding.inputs.get("open")
    }
    assert kept <= {Status.IRREGULAR, Status.AT_RISK, Status.UNVERIFIABLE}
    assert not queries.cockpit_attention(OPERATOR, date(2024, 6, 10))


def test_the_cockpit_tells_what_concerns_a_whole_sitting_once(council: Assembly) -> None:
    """Not once for each of its acts."""
    acts = tuple(Deliberation(f"Affaire {rank}") for rank in range(1, 4))
    save_sitting(OPERATOR, replace(FIXED, deliberations=acts), assembly_id=council.pk)
    listed = queries.cockpit_attention(OPERATOR, TODAY)
    whole = [act for act in listed if act.deliberation is None]
    assert len(whole) == 1
    assert {finding.scope for finding in whole[0].findings} == {"séance"}
    own = [finding.scope for act in listed if act.deliberation for finding in act.findings]
    assert own
    assert "séance" not in own


def test_the_cockpit_keeps_an_act_while_it_may_be_challenged(council: Assembly) -> None:
    published = Deliberation(
        "Tarifs", received_on=date(2024, 6, 12), published_on=date(2024, 6, 12)
    )
    save_sitting(OPERATOR, replace(FIXED, deliberations=(published,)), assembly_id=council.pk)

    def open_rules(as_of: date) -> set[str]:
        return {
            finding.rule
            for act in queries.cockpit_attention(OPERATOR, as_of)
            for finding in act.findings
            if finding.status is Status.OK
        }

    # 12 August 2024 is a Monday: two months and the day after end on Tuesday the 13th.
    assert open_rules(date(2024, 8, 13)) == {"X10", "X11"}
    assert open_rules(date(2024, 8, 14)) == set()


def _count(look: Callable[[Actor], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        look(OPERATOR)
    return len(captured)
