"""What drafts tell of the members of an assembly stays with those who may see the drafts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings

from levier.accounts.actors import ANONYMOUS, OPERATOR
from levier.accounts.domain.actors import Actor
from levier.common.domain.provenance import HANDED_OVER, Source
from levier.council.domain.coherence import names_in_office
from levier.council.domain.record import Record, Sitting
from levier.council.models import Assembly, Mandate, Member
from levier.council.queries import sittings as queries
from levier.council.services.sittings import save_sitting, set_public
from tests.conftest import Someone
from tests.integration.council.strategies import records

pytestmark = pytest.mark.django_db
LOOK_ON = date(2024, 12, 1)
PUBLIC_NAMES = ["Anne PUBLIQUE", "Denis DEUXFOIS"]


def deposited(name: str, digit: str) -> Source:
    """A file that an agent handed over."""
    return Source(
        "Loison-sous-Lens",
        name,
        "séance",
        sha256=digit * 64,
        imported_at=datetime(2024, 6, 12, tzinfo=UTC),
        imported_by="Alice MARTIN",
    )


@pytest.fixture
def both(council: Assembly, alice: Someone) -> Assembly:
    """An earlier draft and a later public sitting, which have one member in common."""
    draft = Record(
        sitting=Sitting(date=date(2024, 4, 9), present=("Boris BROUILLON", "Denis DEUXFOIS"))
    )
    public = Record(sitting=Sitting(date=date(2024, 6, 11), present=tuple(PUBLIC_NAMES)))
    for record, source in (
        (draft, deposited("dossier-confidentiel.pdf", "a")),
        (public, deposited("pv-scan-de-alice.pdf", "b")),
    ):
        sitting = save_sitting(alice.actor, record, assembly_id=council.pk, source=source)
    set_public(alice.actor, sitting.pk, True)
    return council


def names_found(actor: Actor, words: str, on: date = LOOK_ON) -> list[str]:
    """The mandates that a search finds, by name."""
    return [known.member.name for known in queries.search(actor, words, as_of=on).mandates]


def test_outsiders_know_the_members_of_visible_sittings_only(
    both: Assembly, alice: Someone, chloe: Someone, emile: Someone
) -> None:
    for outsider in (ANONYMOUS, chloe.actor):
        known = queries.members_in_office(outsider, both.pk, LOOK_ON)
        assert [mandate.member.name for mandate in known] == PUBLIC_NAMES
        assert {mandate.attested_on for mandate in known} == {date(2024, 6, 11)}
        assert {mandate.source.dataset for mandate in known if mandate.source} == {HANDED_OVER}
        assert {mandate.source.imported_by for mandate in known if mandate.source} == {""}
        assert names_found(outsider, "brouillon") == []
        assert names_found(outsider, "denis") == ["Denis DEUXFOIS"]
        # Between the two sittings, only the draft tells that Denis was in office.
        assert not queries.members_in_office(outsider, both.pk, date(2024, 5, 1))
    for insider in (alice.actor, emile.actor, OPERATOR):
        known = queries.members_in_office(insider, both.pk, LOOK_ON)
        assert [(mandate.member.name, mandate.attested_on) for mandate in known] == [
            ("Anne PUBLIQUE", date(2024, 6, 11)),
            ("Boris BROUILLON", date(2024, 4, 9)),
            ("Denis DEUXFOIS", date(2024, 4, 9)),
        ]
        assert {mandate.source.dataset for mandate in known if mandate.source} == {
            "dossier-confidentiel.pdf",
            "pv-scan-de-alice.pdf",
        }
        assert names_found(insider, "brouillon") == ["Boris BROUILLON"]


def test_a_mandate_whose_start_is_known_is_public(both: Assembly) -> None:
    member = Member.objects.get(name="Boris BROUILLON")
    Mandate.objects.filter(member=member).delete()
    Mandate.objects.create(member=member, starts_on=date(2020, 5, 25))
    known = queries.members_in_office(ANONYMOUS, both.pk, LOOK_ON)
    assert "Boris BROUILLON" in {mandate.member.name for mandate in known}


def test_a_visible_sitting_of_another_term_attests_nothing_of_the_draft(
    council: Assembly,
) -> None:
    for held_on in (date(2019, 6, 11), date(2024, 6, 11)):
        record = Record(sitting=Sitting(date=held_on, present=("Anne PUBLIQUE",)))
        sitting = save_sitting(OPERATOR, record, assembly_id=council.pk)
    set_public(OPERATOR, sitting.pk, True)
    assert queries.members_in_office(ANONYMOUS, council.pk, date(2019, 12, 1)) == ()
    assert names_found(ANONYMOUS, "anne") == ["Anne PUBLIQUE"]
    assert names_found(OPERATOR, "anne") == ["Anne PUBLIQUE"] * 2


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(record=records())
def test_a_published_record_shows_whom_it_names_in_office(
    council: Assembly, record: Record
) -> None:
    on = record.sitting.date
    assert on is not None
    with transaction.atomic():
        sitting = save_sitting(OPERATOR, record, assembly_id=council.pk)
        assert queries.members_in_office(ANONYMOUS, council.pk, on) == ()
        set_public(OPERATOR, sitting.pk, True)
        known = queries.members_in_office(ANONYMOUS, council.pk, on)
        assert {mandate.member.name for mandate in known} == {
            name for _, name in names_in_office(record)
        }
        transaction.set_rollback(True)


def test_no_page_tells_outsiders_who_recorded_nor_from_which_file(
    both: Assembly, alice: Someone, chloe: Someone
) -> None:
    secrets = ("Alice MARTIN", "pv-scan-de-alice", "dossier-confidentiel", "BROUILLON")
    public = both.sittings.get(is_public=True)
    pages = (
        f"/decider/assemblees/{both.pk}/?au={LOOK_ON}",
        f"/decider/seances/{public.pk}/?au={LOOK_ON}",
        f"/recherche?q=brouillon&au={LOOK_ON}",
    )
    for person in (None, chloe.person):
        client = Client()
        if person:
            client.force_login(person)
        for page in pages:
            html = client.get(page).content.decode().replace('value="brouillon"', "")
            assert [secret for secret in secrets if secret in html] == [], page
    client = Client()
    client.force_login(alice.person)
    assert "pv-scan-de-alice" in client.get(pages[1]).content.decode()
    assert "BROUILLON" in client.get(pages[0]).content.decode()
