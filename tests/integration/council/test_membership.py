"""Members come from acts, and a mandate is known only as far as acts and elections allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.accounts.actors import OPERATOR
from levier.council.domain.terms import GENERAL_RENEWALS, in_office
from levier.council.models import Assembly, Mandate, Member
from levier.council.queries.sittings import members_in_office
from levier.council.services.sittings import save_sitting
from tests.integration.council.strategies import FIXED

pytestmark = pytest.mark.django_db
PRESENT = ["Daniel KRUSZKA", "Emmanuel DONDELA", "Françoise TOULOUSE", "Jacky LELONG"]
EVERYONE = [*PRESENT, "Sandrine WABLE"]


def in_office_on(council: Assembly, day: date) -> list[str]:
    return [mandate.member.name for mandate in members_in_office(OPERATOR, council.pk, day)]


def test_an_act_attests_its_members_from_its_day_to_the_next_election(council: Assembly) -> None:
    save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    assert in_office_on(council, date(2024, 6, 10)) == []
    assert in_office_on(council, date(2024, 6, 11)) == EVERYONE
    assert in_office_on(council, date(2026, 3, 14)) == EVERYONE
    assert in_office_on(council, date(2026, 3, 15)) == []
    assert {mandate.starts_on for mandate in Mandate.objects.all()} == {None}


def test_an_earlier_sitting_of_the_same_term_attests_earlier(council: Assembly) -> None:
    save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    earlier = replace(
        FIXED,
        sitting=replace(FIXED.sitting, date=date(2023, 3, 30), convocation_date=None),
        signed_on=None,
    )
    save_sitting(OPERATOR, earlier, assembly_id=council.pk)
    assert in_office_on(council, date(2023, 4, 1)) == EVERYONE
    assert Mandate.objects.count() == len(EVERYONE)


def test_a_sitting_of_another_term_makes_another_mandate(council: Assembly) -> None:
    save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    before = replace(
        FIXED,
        sitting=replace(FIXED.sitting, date=date(2019, 3, 30), convocation_date=None),
        signed_on=None,
    )
    save_sitting(OPERATOR, before, assembly_id=council.pk)
    assert Mandate.objects.count() == 2 * len(EVERYONE)
    assert in_office_on(council, date(2022, 1, 1)) == []


def test_a_corrected_date_moves_what_it_attests(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    moved = replace(FIXED, sitting=replace(FIXED.sitting, date=date(2024, 6, 18)))
    save_sitting(
        OPERATOR,
        moved,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert in_office_on(council, date(2024, 6, 17)) == []
    assert in_office_on(council, date(2024, 6, 18)) == EVERYONE


def test_a_misspelt_name_goes_when_it_is_corrected(council: Assembly) -> None:
    typo = replace(FIXED, sitting=replace(FIXED.sitting, secretary="Emanuel DONDELLA"))
    sitting = save_sitting(OPERATOR, typo, assembly_id=council.pk)
    save_sitting(
        OPERATOR,
        FIXED,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert in_office_on(council, date(2024, 6, 11)) == EVERYONE
    assert Member.history.filter(name="Emanuel DONDELLA", history_type="-").count() == 1


def test_a_member_whose_mandate_has_a_date_stays(council: Assembly) -> None:
    known = Member.objects.create(assembly=council, name="Emmanuel DONDELA")
    Mandate.objects.create(member=known, starts_on=date(2020, 5, 25))
    sitting = save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    without = replace(FIXED, sitting=replace(FIXED.sitting, secretary=None))
    save_sitting(
        OPERATOR,
        without,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert Mandate.objects.filter(member=known).count() == 1
    assert in_office_on(council, date(2021, 1, 1)) == ["Emmanuel DONDELA"]


def test_who_only_signs_is_not_said_to_be_in_office(council: Assembly) -> None:
    signed = replace(FIXED, signatory="Camille DIRECTION")
    save_sitting(OPERATOR, signed, assembly_id=council.pk)
    assert in_office_on(council, date(2024, 6, 11)) == EVERYONE
    assert Member.objects.filter(name="Camille DIRECTION").exists()


days = st.dates(date(2013, 1, 1), date(2027, 12, 31)) | st.sampled_from(GENERAL_RENEWALS)
unknown_or_day = st.none() | days


@settings(max_examples=150, deadline=None)
@given(on=days, starts_on=unknown_or_day, attested_on=unknown_or_day, ends_on=unknown_or_day)
def test_the_filter_and_the_domain_agree(
    on: date, starts_on: date | None, attested_on: date | None, ends_on: date | None
) -> None:
    known = [day for day in (starts_on, attested_on) if day]
    if not known or (ends_on and ends_on < max(known)):
        return
    organisation_id = _assembly().pk
    member = Member.objects.create(assembly_id=organisation_id, name="Anne UN")
    Mandate.objects.create(
        member=member, starts_on=starts_on, attested_on=attested_on, ends_on=ends_on
    )
    found = bool(members_in_office(OPERATOR, organisation_id, on))
    assert found == in_office(on, starts_on=starts_on, attested_on=attested_on, ends_on=ends_on)
    member.delete()


def _assembly() -> Assembly:
    from levier.accounts.models import Organisation

    organisation, _ = Organisation.objects.get_or_create(kind="commune", name="Avion")
    assembly, _ = Assembly.objects.get_or_create(
        organisation=organisation, kind="commune", name="Avion"
    )
    return assembly
