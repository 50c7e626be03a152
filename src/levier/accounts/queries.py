"""What a person sees of accounts."""

from __future__ import annotations

from django.db.models import QuerySet

from levier.accounts.models import Appointment, Person


def appointments_of(person: Person) -> QuerySet[Appointment]:
    """The roles confided to a person, past ones included, the latest first; one query."""
    return (
        Appointment.objects.filter(person_id=person.pk)
        .select_related("organisation")
        .order_by("-starts_on", "-id")
    )
