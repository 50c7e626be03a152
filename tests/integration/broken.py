"""One row of each kind that holds, and for each named constraint a write that breaks it alone."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from levier.accounts.models import Appointment, AuditEntry, Organisation, Person
from levier.common.models import Source
from levier.council.models import (
    ActStatement,
    AgendaItem,
    Assembly,
    Attendance,
    Ballot,
    Clause,
    Deliberation,
    LiveEntry,
    Mandate,
    Member,
    Movement,
    Procuration,
    PublishedFile,
    Recusal,
    Sitting,
    Vote,
)

HELD_ON = date(2024, 6, 11)
BEFORE = date(2024, 6, 1)


@dataclass(frozen=True)
class Rows:
    """A small world without a fault."""

    source: Source
    organisation: Organisation
    person: Person
    appointment: Appointment
    audit: AuditEntry
    assembly: Assembly
    giver: Member
    holder: Member
    mandate: Mandate
    sitting: Sitting
    item: AgendaItem
    attendance: Attendance
    procuration: Procuration
    movement: Movement
    deliberation: Deliberation
    movement_in_act: Movement
    vote: Vote
    ballot: Ballot
    clause: Clause
    recusal: Recusal
    statement: ActStatement
    published: PublishedFile
    live_entry: LiveEntry


def world() -> Rows:
    """Store the small world."""
    source = Source.objects.create(publisher="INSEE", dataset="jeu", vintage="2021")
    organisation = Organisation.objects.create(kind="commune", name="Avion", siren="216200659")
    person = Person.objects.create(email="alice@exemple.fr", full_name="Alice")
    assembly = Assembly.objects.create(organisation=organisation, kind="commune", name="Avion")
    giver = Member.objects.create(assembly=assembly, name="Paul UN")
    holder = Member.objects.create(assembly=assembly, name="Anne DEUX")
    sitting = Sitting.objects.create(assembly=assembly, date=HELD_ON)
    deliberation = Deliberation.objects.create(sitting=sitting, position=0, subject="Objet")
    return Rows(
        source=source,
        organisation=organisation,
        person=person,
        appointment=Appointment.objects.create(
            person=person, organisation=organisation, role="secretary", starts_on=HELD_ON
        ),
        audit=AuditEntry(
            at=datetime(2024, 6, 11, tzinfo=UTC),
            actor_label="Alice",
            action="sitting.added",
            object_type="council.sitting",
            object_id=sitting.pk,
            object_label=str(sitting),
        ),
        assembly=assembly,
        giver=giver,
        holder=holder,
        mandate=Mandate.objects.create(member=giver, starts_on=HELD_ON),
        sitting=sitting,
        item=AgendaItem.objects.create(sitting=sitting, position=0, subject="Objet"),
        attendance=Attendance.objects.create(
            sitting=sitting, member=giver, position=0, state="present"
        ),
        procuration=Procuration.objects.create(
            sitting=sitting, giver=giver, holder=holder, position=0
        ),
        movement=Movement.objects.create(
            sitting=sitting, member=giver, event="arrives", position=0
        ),
        deliberation=deliberation,
        movement_in_act=Movement.objects.create(
            sitting=sitting, deliberation=deliberation, member=giver, event="leaves", position=0
        ),
        vote=Vote.objects.create(deliberation=deliberation),
        ballot=Ballot.objects.create(
            deliberation=deliberation, member=giver, choice="for", position=0
        ),
        clause=Clause.objects.create(deliberation=deliberation, kind="visa", position=0, text="Vu"),
        recusal=Recusal.objects.create(
            deliberation=deliberation, member=giver, ground="personal", position=0
        ),
        statement=ActStatement.objects.create(
            deliberation=deliberation, topic="pillar", position=0, text="Agir"
        ),
        published=PublishedFile.objects.create(
            deliberation=deliberation,
            content=b"%PDF-1.7",
            sha256="a" * 64,
            size=8,
            posted_on=HELD_ON,
            author_name="Anne DEUX",
            author_capacity="maire",
        ),
        live_entry=LiveEntry.objects.create(sitting=sitting, key="a1", kind="vote", version=1),
    )


Breach = Callable[[Rows], object]


def changed(name: str, /, **changes: Any) -> Breach:
    """Write other values into the row of that name, past every check but the database's."""

    def write(rows: Rows) -> object:
        row: models.Model = getattr(rows, name)
        return type(row)._default_manager.filter(pk=row.pk).update(**changes)

    return write


def doubled(name: str, /, **changes: Any) -> Breach:
    """Store a second row like the one of that name, but for the changes."""

    def write(rows: Rows) -> object:
        row = copy.copy(getattr(rows, name))
        row.pk = None
        row._state = copy.copy(row._state)
        row._state.adding = True
        for field, value in changes.items():
            setattr(row, field, getattr(rows, value) if value in ("giver", "holder") else value)
        row.save()
        return row

    return write


BREACHES: dict[str, Breach] = {
    "common_source_publisher_given": changed("source", publisher=""),
    "common_source_dataset_given": changed("source", dataset=""),
    "common_source_vintage_given": changed("source", vintage=""),
    "common_source_sha256_length": changed("source", sha256="abc"),
    "common_source_once": doubled("source"),
    "accounts_organisation_kind": changed("organisation", kind="club"),
    "accounts_organisation_name_given": changed("organisation", name=""),
    "accounts_organisation_insee_length": changed("organisation", insee_code="6252"),
    "accounts_organisation_siren_length": changed("organisation", siren="21620065"),
    "accounts_organisation_siren_once": doubled("organisation", name="Autre nom"),
    "accounts_organisation_once": doubled("organisation", siren=""),
    "accounts_person_email_once": doubled("person"),
    "accounts_person_email_lower": changed("person", email="Alice@exemple.fr"),
    "accounts_person_name_given": changed("person", full_name=""),
    "accounts_appointment_role": changed("appointment", role="roi"),
    "accounts_appointment_dates": changed("appointment", ends_on=BEFORE),
    "accounts_appointment_once": doubled("appointment"),
    "accounts_audit_action_given": doubled("audit", action=""),
    "accounts_audit_actor_given": doubled("audit", actor_label=""),
    "council_assembly_kind": changed("assembly", kind="syndicat"),
    "council_assembly_name_given": changed("assembly", name=""),
    "council_assembly_insee_length": changed("assembly", insee_code="6252"),
    "council_assembly_siren_length": changed("assembly", siren="21620065"),
    "council_assembly_siret_length": changed("assembly", siret="2162006590001"),
    "council_assembly_population_counted": changed("assembly", population=0),
    "council_assembly_population_sourced": changed("assembly", population=5169),
    "council_assembly_once": doubled("assembly"),
    "council_member_name_given": changed("giver", key=""),
    "council_member_once": doubled("giver"),
    "council_mandate_function": changed("mandate", function="roi"),
    "council_mandate_dated": changed("mandate", starts_on=None),
    "council_mandate_dates": changed("mandate", ends_on=BEFORE),
    "council_mandate_attested_before_end": changed(
        "mandate", starts_on=None, attested_on=HELD_ON, ends_on=BEFORE
    ),
    "council_sitting_once_per_hour": lambda rows: (
        changed("sitting", opens_at="18:00")(rows),
        doubled("sitting", opens_at="18:00")(rows),
    ),
    "council_sitting_once_without_hour": doubled("sitting"),
    "council_sitting_convoked_before": changed("sitting", convocation_date=date(2024, 6, 12)),
    "council_sitting_signed_after": changed("sitting", signed_on=BEFORE),
    "council_sitting_in_office_counted": changed("sitting", in_office=0),
    "council_sitting_counts_not_negative": changed("sitting", represented_count=-1),
    "council_sitting_version_counted": changed("sitting", version=0),
    "council_agenda_position_once": doubled("item"),
    "council_agenda_subject_given": changed("item", subject=""),
    "council_agenda_number_not_negative": changed("item", number=-1),
    "council_attendance_state": changed("attendance", state="parti"),
    "council_attendance_once": doubled("attendance", position=1),
    "council_attendance_position_once": doubled("attendance", member="holder"),
    "council_procuration_giver_once": doubled("procuration", position=1),
    "council_procuration_position_once": doubled("procuration", giver="holder", holder="giver"),
    "council_procuration_to_another": changed("procuration", giver=models.F("holder")),
    "council_procuration_counts_not_negative": changed("procuration", sittings_used=-1),
    "council_movement_event": changed("movement", event="dort"),
    "council_movement_position_once": doubled("movement"),
    "council_movement_position_once_in_act": doubled("movement_in_act"),
    "council_movement_item_not_negative": changed("movement", before_item=-1),
    "council_deliberation_position_once": doubled("deliberation"),
    "council_deliberation_subject_given": changed("deliberation", subject=""),
    "council_deliberation_number_not_negative": changed("deliberation", number=-1),
    "council_deliberation_received_after": changed(
        "deliberation", transmitted_on=date(2024, 6, 20), received_on=date(2024, 6, 19)
    ),
    "council_deliberation_nature": changed("deliberation", nature="poésie"),
    "council_deliberation_corrects_another": changed("deliberation", corrected_act=models.F("id")),
    "council_vote_mode": changed("vote", mode="dés"),
    "council_vote_outcome": changed("vote", outcome="peut-être"),
    "council_vote_president": changed("vote", president_vote="deux"),
    "council_vote_counts_not_negative": changed("vote", blank=-1),
    "council_ballot_choice": changed("ballot", choice="peut-être"),
    "council_ballot_once": doubled("ballot", position=1),
    "council_ballot_position_once": doubled("ballot", member="holder"),
    "council_clause_kind": changed("clause", kind="rime"),
    "council_clause_position_once": doubled("clause"),
    "council_clause_text_given": changed("clause", text=""),
    "council_recusal_ground": changed("recusal", ground="humeur"),
    "council_recusal_once": doubled("recusal", position=1),
    "council_recusal_position_once": doubled("recusal", member="holder"),
    "council_statement_topic": changed("statement", topic="météo"),
    "council_statement_position_once": doubled("statement"),
    "council_statement_text_given": changed("statement", text=""),
    "council_published_author_named": doubled("published", author_name="", withdrawn_on=HELD_ON),
    "council_published_author_capacity": doubled(
        "published", author_capacity="", withdrawn_on=HELD_ON
    ),
    "council_published_file_not_empty": doubled("published", size=0, withdrawn_on=HELD_ON),
    "council_published_once": doubled("published"),
    "council_live_entry_key_given": changed("live_entry", key=""),
    "council_live_entry_once": doubled("live_entry"),
}
