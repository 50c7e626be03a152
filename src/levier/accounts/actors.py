"""From the person signed in to the actor that services and policies know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from levier.accounts.domain.actors import ANONYMOUS, OPERATOR, Actor, Grant, Role
from levier.accounts.models import Appointment, OrganisationKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from levier.accounts.models import Person

__all__ = ["ANONYMOUS", "OPERATOR", "actor_of"]


def actor_of(user: Person | AnonymousUser, on: date) -> Actor:
    """The actor that this person is on that day, in one query.

    Only the appointments in force on the day count. Nobody signed in, or an account that was
    closed, is the public.
    """
    person_id = user.pk
    if not user.is_authenticated or not user.is_active or person_id is None:
        return ANONYMOUS
    appointments = (
        Appointment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .filter(person_id=person_id, starts_on__lte=on)
        .order_by("id")
        .values_list("role", "organisation_id", "organisation__kind")
    )
    grants = frozenset(
        Grant(Role(role), organisation_id, is_of_state=kind == OrganisationKind.STATE.value)
        for role, organisation_id, kind in appointments
    )
    return Actor(str(user), person_id, grants)
