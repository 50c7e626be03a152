"""One line of the journal per use case, written inside the transaction of the service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db import models
from django.utils import timezone

from levier.accounts.domain.actors import Actor
from levier.accounts.models import AuditEntry, Organisation

_ACTION_LABELS = {
    "organisation.added": "Organisme créé",
    "person.added": "Compte ouvert",
    "person.password_changed": "Mot de passe changé",
    "appointment.added": "Rôle confié",
}

Changes = Mapping[str, tuple[Any, Any] | list[Any]]


def write(
    actor: Actor,
    action: str,
    target: models.Model,
    changes: Changes,
    *,
    organisation: Organisation | None = None,
) -> AuditEntry:
    """Record that `actor` did `action` on the saved `target`.

    `changes` maps each field to its value before and its value after; a field left as it was has no
    place in it. The line is one of `organisation`, or else of the target's own: the target itself,
    or its `organisation_id`.
    """
    return AuditEntry.objects.create(
        at=timezone.now(),
        person_id=actor.person_id,
        actor_label=actor.label[:200],
        organisation_id=_organisation_id(target if organisation is None else organisation),
        action=action,
        object_type=target._meta.label_lower,
        object_id=target.pk,
        object_label=str(target)[:300],
        changes={
            field: [_plain(before), _plain(after)] for field, (before, after) in changes.items()
        },
    )


def name_actions(labels: Mapping[str, str]) -> None:
    """Give the words of the actions that a room writes; each room does so when it starts."""
    _ACTION_LABELS.update(labels)


def action_label(action: str) -> str:
    """What a person reads for an action; the code itself when no room named it."""
    return _ACTION_LABELS.get(action, action)


def _organisation_id(target: models.Model) -> int | None:
    if isinstance(target, Organisation):
        return target.pk
    return getattr(target, "organisation_id", None)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(value)
    return value
