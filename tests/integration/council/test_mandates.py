"""Mandates that a person keeps: dates, doublings, what sittings attest, rights, history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from levier.accounts.actors import OPERATOR
from levier.accounts.models import AuditEntry
from levier.common.domain.errors import Conflict, Invalid, NotFound, Refused
from levier.common.domain.provenance import Source
from levier.council.models import Assembly, Mandate, Member
from levier.council.models.assemblies import MandateFunction
from levier.council.queries.sittings import members_in_office
from levier.council.services.assemblies import (
    MandateFacts,
    mandate_version,
    save_mandate,
    set_population,
)
from levier.council.services.sittings import save_sitting
from tests.conftest import Someone
from tests.integration.council.strategies import FIXED

pytestmark = pytest.mark.django_db
INSTALLED = date(2020, 5, 25)
FACTS = MandateFacts(
    "Jacky LELONG", MandateFunction.MEMBER, INSTALLED, None, "procès-verbal d’installation"
)


def names_on(council: Assembly, day: date) -> list[str]:
    return [known.member.name for known in members_in_office(OPERATOR, council.pk, day)]


def test_a_mandate_holds_from_its_first_day_to_its_last(council: Assembly, alice: Someone) -> None:
    facts = replace(FACTS, ends_on=date(2023, 9, 30))
    mandate = save_mandate(alice.actor, council.pk, facts)
    assert names_on(council, date(2020, 5, 24)) == []
    assert names_on(council, INSTALLED) == ["Jacky LELONG"]
    assert names_on(council, date(2023, 9, 30)) == ["Jacky LELONG"]
    assert names_on(council, date(2023, 10, 1)) == []
    assert mandate.source is not None
    assert mandate.source.dataset == "procès-verbal d’installation"
    line = AuditEntry.objects.get(action="mandate.added")
    assert line.actor_label == "Alice MARTIN"
    assert line.organisation_id == council.organisation_id
    assert line.changes["starts_on"] == [None, "2020-05-25"]


def test_a_change_is_told_and_kept_and_no_change_writes_nothing(
    council: Assembly, alice: Someone
) -> None:
    mandate = save_mandate(alice.actor, council.pk, FACTS)
    ended = replace(FACTS, ends_on=date(2023, 9, 30))
    version = mandate_version(mandate)
    for _ in range(2):
        save_mandate(alice.actor, council.pk, ended, mandate_id=mandate.pk)
    line = AuditEntry.objects.get(action="mandate.changed")
    assert line.changes == {"ends_on": [None, "2023-09-30"]}
    assert list(mandate.history.order_by("history_id").values_list("ends_on", flat=True)) == [
        None,
        date(2023, 9, 30),
    ]
    with pytest.raises(Conflict):
        save_mandate(
            alice.actor, council.pk, FACTS, mandate_id=mandate.pk, expected_version=version
        )


def test_the_mandate_that_a_sitting_attests_is_completed_not_doubled(council: Assembly) -> None:
    save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    count = Mandate.objects.count()
    completed = save_mandate(OPERATOR, council.pk, replace(FACTS, name="LELONG Jacky"))
    assert Mandate.objects.count() == count
    assert completed.starts_on == INSTALLED
    assert completed.attested_on == date(2024, 6, 11)
    assert names_on(council, INSTALLED) == ["Jacky LELONG"]
    save_sitting(
        OPERATOR,
        replace(FIXED, sitting=replace(FIXED.sitting, date=date(2024, 6, 18))),
        assembly_id=council.pk,
    )
    assert Mandate.objects.count() == count


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "A" * 201}, "name"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": date(2019, 1, 1)}, "ends_on"),
        ({"source": " "}, "source"),
        ({"function": MandateFunction.PRESIDENT}, "function"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    council: Assembly, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        save_mandate(OPERATOR, council.pk, replace(FACTS, **changes))  # type: ignore[arg-type]
    assert list(refusal.value.by_field) == [field]
    assert not Member.objects.exists()
    assert not AuditEntry.objects.filter(action__startswith="mandate").exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_free"),
    [
        (date(2022, 1, 1), None, False),
        (date(2020, 3, 20), date(2020, 5, 25), False),
        (date(2020, 3, 20), date(2020, 5, 24), True),
        (date(2026, 3, 14), None, False),
        (date(2026, 3, 15), None, True),
    ],
)
def test_one_member_never_holds_two_mandates_at_once(
    council: Assembly, starts_on: date, ends_on: date | None, is_free: bool
) -> None:
    save_mandate(OPERATOR, council.pk, FACTS)
    second = replace(FACTS, starts_on=starts_on, ends_on=ends_on)
    if is_free:
        save_mandate(OPERATOR, council.pk, second)
    else:
        with pytest.raises(Invalid, match="a déjà un mandat"):
            save_mandate(OPERATOR, council.pk, second)
    assert Mandate.objects.count() == 1 + is_free


def test_a_new_function_follows_the_end_of_the_former(council: Assembly) -> None:
    first = save_mandate(OPERATOR, council.pk, FACTS)
    deputy = replace(FACTS, function=MandateFunction.DEPUTY_MAYOR, starts_on=date(2022, 7, 1))
    with pytest.raises(Invalid):
        save_mandate(OPERATOR, council.pk, deputy)
    ended = replace(FACTS, ends_on=date(2022, 6, 30))
    save_mandate(OPERATOR, council.pk, ended, mandate_id=first.pk)
    save_mandate(OPERATOR, council.pk, deputy)
    for day, function in (
        (date(2022, 6, 30), "membre du conseil"),
        (date(2022, 7, 1), "adjoint ou adjointe au maire"),
    ):
        (known,) = members_in_office(OPERATOR, council.pk, day)
        assert known.function == function


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(2024, 6, 12)}, "starts_on"),
        ({"starts_on": None, "ends_on": date(2024, 6, 10)}, "ends_on"),
        ({"starts_on": None, "name": "Jacques LELONG"}, "name"),
    ],
)
def test_what_a_sitting_shows_is_not_denied(
    council: Assembly, changes: dict[str, object], field: str
) -> None:
    save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    mandate = Mandate.objects.get(member__name="Jacky LELONG")
    facts = replace(FACTS, **changes)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="éance du 11 juin 2024") as refusal:
        save_mandate(OPERATOR, council.pk, facts, mandate_id=mandate.pk)
    assert list(refusal.value.by_field) == [field]


def test_only_those_who_keep_the_assembly(
    council: Assembly, bruno: Someone, chloe: Someone, emile: Someone
) -> None:
    source = Source("INSEE", "population municipale", "2017")
    for someone in (bruno, chloe, emile):
        with pytest.raises(Refused):
            save_mandate(someone.actor, council.pk, FACTS)
        with pytest.raises(Refused):
            set_population(someone.actor, council.pk, population=1, source=source)
    with pytest.raises(NotFound):
        save_mandate(OPERATOR, council.pk, FACTS, mandate_id=987_654)
    assert not Mandate.objects.exists()
    assert Assembly.objects.get(pk=council.pk).population == 5169
