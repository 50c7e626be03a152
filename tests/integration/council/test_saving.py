"""Saving a record: it comes back as it was, changes leave a trace, nobody overwrites anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from levier.accounts.actors import ANONYMOUS, OPERATOR
from levier.accounts.models import AuditEntry
from levier.common.domain.errors import Conflict, Invalid, NotFound, Refused
from levier.common.domain.provenance import Source
from levier.council.domain.record import AssemblyKind, DocumentKind, Proxy, Record
from levier.council.domain.statements import Statement, Topic
from levier.council.models import Assembly, Clause, Member, Sitting
from levier.council.queries.sittings import history_of_sitting, record_of
from levier.council.services.sittings import add_statements, save_sitting, set_public
from tests.conftest import Someone
from tests.integration.council.strategies import FIXED, records

pytestmark = pytest.mark.django_db
DATABASE_PROPERTY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def changes_of(sitting: Sitting) -> dict[str, Any]:
    """What the latest line of the journal tells of the sitting."""
    return history_of_sitting(OPERATOR, sitting.pk)[0].changes


@DATABASE_PROPERTY
@given(record=records())
def test_a_saved_record_comes_back_equal(council: Assembly, record: Record) -> None:
    with transaction.atomic():
        sitting = save_sitting(OPERATOR, record, assembly_id=council.pk)
        assert record_of(OPERATOR, sitting.pk) == record
        transaction.set_rollback(True)


@DATABASE_PROPERTY
@given(first=records(), second=records())
def test_saving_over_another_record_leaves_exactly_the_second(
    council: Assembly, first: Record, second: Record
) -> None:
    with transaction.atomic():
        sitting = save_sitting(OPERATOR, first, assembly_id=council.pk)
        again = save_sitting(
            OPERATOR,
            second,
            assembly_id=council.pk,
            sitting_id=sitting.pk,
            expected_version=sitting.version,
        )
        assert record_of(OPERATOR, sitting.pk) == second
        assert again.version == (1 if first == second else 2)
        named = {member.name for member in Member.objects.filter(assembly=council)}
        assert named == _names(second)
        transaction.set_rollback(True)


def test_what_is_not_of_the_sitting_is_not_stored(council: Assembly) -> None:
    read = replace(FIXED, document_kind=DocumentKind.EXTRACT, unread=("une tache",))
    sitting = save_sitting(OPERATOR, read, assembly_id=council.pk)
    assert record_of(OPERATOR, sitting.pk) == FIXED


def test_saving_the_same_again_writes_nothing(council: Assembly, alice: Someone) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    lines, versions = AuditEntry.objects.count(), Sitting.history.count()
    again = save_sitting(
        alice.actor,
        FIXED,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert (again.version, AuditEntry.objects.count()) == (1, lines)
    assert Sitting.history.count() == versions


def test_one_change_writes_one_line_with_both_values(council: Assembly, alice: Someone) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    lines = AuditEntry.objects.count()
    edited = replace(FIXED, sitting=replace(FIXED.sitting, opens_at=time(19)))
    save_sitting(
        alice.actor,
        edited,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert AuditEntry.objects.count() == lines + 1
    line = history_of_sitting(alice.actor, sitting.pk)[0]
    assert line.changes == {"sitting.opens_at": ["18:30:00", "19:00:00"]}
    assert (line.person, line.actor_label, line.action) == (
        alice.person,
        "Alice MARTIN",
        "sitting.changed",
    )


def test_only_the_rows_that_differ_are_written(council: Assembly, alice: Someone) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    first, second = FIXED.deliberations
    edited = replace(
        FIXED, deliberations=(replace(first, decisions=("Le contrat est refusé.",)), second)
    )
    save_sitting(
        alice.actor,
        edited,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    clause = Clause.objects.get(text="Le contrat est refusé.")
    past = list(clause.history.order_by("history_id"))
    assert [(version.history_type, version.text) for version in past] == [
        ("+", "Le contrat est approuvé."),
        ("~", "Le contrat est refusé."),
    ]
    assert {version.history_user for version in past} == {alice.person}
    assert Clause.history.filter(history_type="~").count() == 1
    assert Clause.history.filter(history_type="-").count() == 0


def test_acts_keep_their_identifier_when_they_move(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    before = {row.subject: row.pk for row in sitting.deliberations.all()}
    turned = replace(FIXED, deliberations=FIXED.deliberations[::-1])
    save_sitting(
        OPERATOR,
        turned,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert {row.subject: row.pk for row in sitting.deliberations.all()} == before
    assert record_of(OPERATOR, sitting.pk) == turned


def test_an_act_finds_its_line_of_the_agenda(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    items = [row.agenda_item and row.agenda_item.subject for row in sitting.deliberations.all()]
    assert items == ["Contrat de ville", "Budget"]


def test_the_second_person_is_told_who_saved_and_when(council: Assembly, alice: Someone) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    place = replace(FIXED, sitting=replace(FIXED.sitting, place="salle des fêtes"))
    save_sitting(
        alice.actor, place, assembly_id=council.pk, sitting_id=sitting.pk, expected_version=1
    )
    with pytest.raises(Conflict, match=r"par Alice MARTIN, le .* à \d+ h.* rouvrez-la"):
        save_sitting(
            OPERATOR, FIXED, assembly_id=council.pk, sitting_id=sitting.pk, expected_version=1
        )
    assert record_of(OPERATOR, sitting.pk) == place


@pytest.mark.parametrize(
    ("path", "sentence", "changes"),
    [
        ("sitting.date", "manque", {"date": None}),
        ("sitting.convocation_date", "postérieure", {"convocation_date": date(2024, 6, 12)}),
        ("sitting.in_office", "au moins 1", {"in_office": 0}),
        ("sitting.present_count", "entier", {"present_count": -1}),
        ("sitting.president", "pas un nom", {"president": "***"}),
        ("sitting.absent[0]", "à la fois", {"absent": ("jacky lelong",)}),
        ("sitting.present[1]", "deux fois", {"present": ("A B", "B A")}),
        ("sitting.proxies[0].holder", "se donner", {"proxies": (Proxy("A B", "a b"),)}),
        (
            "sitting.proxies[1].giver",
            "deux procurations",
            {"proxies": (Proxy("A B", "C D"), Proxy("A B", "E F"))},
        ),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    council: Assembly, path: str, sentence: str, changes: dict[str, Any]
) -> None:
    impossible = replace(FIXED, sitting=replace(FIXED.sitting, **changes))
    with pytest.raises(Invalid) as caught:
        save_sitting(OPERATOR, impossible, assembly_id=council.pk)
    assert sentence in caught.value.by_field[path]
    assert not Sitting.objects.exists()
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("assembly_kind", {"assembly_kind": AssemblyKind.EPCI}),
        ("population", {"population": 9999}),
        ("signed_on", {"signed_on": date(2024, 6, 1)}),
    ],
)
def test_a_record_that_contradicts_its_assembly_is_refused(
    council: Assembly, path: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as caught:
        save_sitting(OPERATOR, replace(FIXED, **changes), assembly_id=council.pk)
    assert set(caught.value.by_field) == {path}


def test_the_same_sitting_cannot_be_recorded_twice(council: Assembly) -> None:
    save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    with pytest.raises(Invalid, match="déjà enregistrée à cette date"):
        save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    assert Sitting.objects.count() == 1


def test_invisible_leftovers_of_a_pdf_are_dropped(council: Assembly) -> None:
    dirty = replace(FIXED, sitting=replace(FIXED.sitting, place=" mai\x00rie \ud800"))
    sitting = save_sitting(OPERATOR, dirty, assembly_id=council.pk)
    assert record_of(OPERATOR, sitting.pk) == FIXED


def test_a_name_comes_back_as_the_assembly_knows_it(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    shouted = replace(FIXED, sitting=replace(FIXED.sitting, secretary="dondela EMMANUEL"))
    again = save_sitting(
        OPERATOR,
        shouted,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    assert again.version == 1
    assert record_of(OPERATOR, sitting.pk) == FIXED


def test_the_source_is_kept_and_its_change_told(council: Assembly) -> None:
    read = Source("Loison-sous-Lens", "extrait", "séance du 11 juin 2024", sha256="a" * 64)
    sitting = save_sitting(OPERATOR, FIXED, assembly_id=council.pk, source=read)
    edited = replace(FIXED, signed_on=date(2024, 6, 21))
    save_sitting(
        OPERATOR,
        edited,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )
    sitting.refresh_from_db()
    assert sitting.source is not None
    assert sitting.source.to_domain() == read
    minutes = Source("Loison-sous-Lens", "procès-verbal", "séance du 11 juin 2024")
    save_sitting(
        OPERATOR,
        edited,
        assembly_id=council.pk,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
        source=minutes,
    )
    assert changes_of(sitting) == {"source": [str(read), str(minutes)]}


def test_an_act_whose_statements_are_taken_over_stays(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, FIXED, assembly_id=council.pk)
    first = sitting.deliberations.all()[0]
    statements = [Statement(Topic.PILLAR, "Agir"), Statement(Topic.PILLAR, "Coopérer")]
    add_statements(OPERATOR, first.pk, statements)
    lines = AuditEntry.objects.count()
    add_statements(OPERATOR, first.pk, statements)
    assert AuditEntry.objects.count() == lines
    without = replace(FIXED, deliberations=FIXED.deliberations[1:])
    with pytest.raises(Invalid, match="ne peut pas être retirée"):
        save_sitting(
            OPERATOR,
            without,
            assembly_id=council.pk,
            sitting_id=sitting.pk,
            expected_version=sitting.version,
        )
    assert [row.text for row in first.statements.all()] == ["Agir", "Coopérer"]


def test_only_those_who_may_write_write(
    council: Assembly,
    alice: Someone,
    bruno: Someone,
    chloe: Someone,
    diane: Someone,
    emile: Someone,
) -> None:
    for other in (bruno.actor, chloe.actor, diane.actor, emile.actor, ANONYMOUS):
        with pytest.raises(Refused, match="secrétariat général"):
            save_sitting(other, FIXED, assembly_id=council.pk)
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    for stranger in (bruno.actor, chloe.actor, diane.actor, ANONYMOUS):
        with pytest.raises(NotFound):
            save_sitting(
                stranger,
                FIXED,
                assembly_id=council.pk,
                sitting_id=sitting.pk,
                expected_version=sitting.version,
            )
        with pytest.raises(NotFound):
            set_public(stranger, sitting.pk, True)
    with pytest.raises(Refused):
        set_public(emile.actor, sitting.pk, True)
    set_public(alice.actor, sitting.pk, True)
    with pytest.raises(Refused):
        set_public(chloe.actor, sitting.pk, False)
    with pytest.raises(Refused):
        add_statements(chloe.actor, sitting.deliberations.all()[0].pk, [])
    assert history_of_sitting(alice.actor, sitting.pk)[0].action == "sitting.published"
    assert changes_of(sitting) == {"is_public": [False, True]}


def test_a_stored_sitting_is_never_saved_over_a_version_that_nobody_opened(
    council: Assembly, alice: Someone
) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    edited = replace(FIXED, sitting=replace(FIXED.sitting, place="salle des fêtes"))
    with pytest.raises(TypeError):
        save_sitting(alice.actor, edited, assembly_id=council.pk, sitting_id=sitting.pk)
    assert record_of(OPERATOR, sitting.pk) == FIXED


def test_a_sitting_stays_with_its_assembly(council: Assembly, harnes: Any, alice: Someone) -> None:
    sitting = save_sitting(alice.actor, FIXED, assembly_id=council.pk)
    other = Assembly.objects.create(organisation=harnes, kind="commune", name="Harnes")
    with pytest.raises(Invalid) as caught:
        save_sitting(
            OPERATOR,
            FIXED,
            assembly_id=other.pk,
            sitting_id=sitting.pk,
            expected_version=sitting.version,
        )
    assert "Loison" in caught.value.by_field["assembly"]
    with pytest.raises(NotFound):
        save_sitting(OPERATOR, FIXED, assembly_id=other.pk + 1)


def _names(record: Record) -> set[str]:
    from levier.council.domain.coherence import names_in

    return {name for _, name in names_in(record)}
