"""What a person sees of accounts."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from levier.accounts.domain.actors import Actor
from levier.accounts.models import (
    Appointment,
    AuditEntry,
    Organisation,
    Person,
    normal_email,
)
from levier.accounts.policies import can_open_account, can_read_journal, journal_of, require
from levier.common.domain.errors import NotFound


def appointments_of(person: Person) -> QuerySet[Appointment]:
    """The roles confided to a person, past ones included, the latest first; one query."""
    return (
        Appointment.objects.filter(person_id=person.pk)
        .select_related("organisation")
        .order_by("-starts_on", "-id")
    )


def journal_lines(actor: Actor, *, as_of: date) -> QuerySet[AuditEntry]:
    """The lines of the journal that the person may read, written up to `as_of`, the latest first.

    Raises Refused for whom no line is open.
    """
    require(can_read_journal, actor, None)
    return AuditEntry.objects.filter(journal_of(actor), at__date__lte=as_of).order_by("-at", "-id")


def organisations_known(actor: Actor) -> QuerySet[Organisation]:
    """Every organisation, by name; for the operator."""
    require(can_open_account, actor, None)
    return Organisation.objects.order_by("name", "id")


def organisation_numbered(actor: Actor, organisation_id: int) -> Organisation:
    """The organisation with this identifier. Raises NotFound."""
    organisation = organisations_known(actor).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound(f"Aucun organisme ne porte l'identifiant {organisation_id}.")
    return organisation


def people_known(actor: Actor) -> QuerySet[Person]:
    """Every account, by name; for the operator."""
    require(can_open_account, actor, None)
    return Person.objects.order_by("full_name", "id")


def person_with_email(actor: Actor, email: str) -> Person:
    """The account of this address, whatever its case. Raises NotFound."""
    person = people_known(actor).filter(email=normal_email(email)).first()
    if person is None:
        raise NotFound(f"Aucun compte n'a l'adresse « {email.strip()} ».")
    return person


def appointments_known(actor: Actor) -> QuerySet[Appointment]:
    """Every role confided, by person, past ones included; for the operator."""
    require(can_open_account, actor, None)
    return Appointment.objects.select_related("person", "organisation").order_by(
        "person__full_name", "person_id", "starts_on", "id"
    )
