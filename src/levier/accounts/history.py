"""History of edited records: each version names the person who acts, even outside a web request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

if TYPE_CHECKING:
    from levier.accounts.domain.actors import Actor
    from levier.accounts.models import Person

Row = TypeVar("Row", bound=models.Model)
_acting: ContextVar[int | None] = ContextVar("acting_person", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Versions written inside are signed by this actor."""
    token = _acting.set(actor.person_id)
    try:
        yield
    finally:
        _acting.reset(token)


def tracked(*, excluded: tuple[str, ...] = ()) -> Any:
    """The history of a model; `excluded` columns are derived from others, or secret."""
    return HistoricalRecords(  # type: ignore[no-untyped-call]
        get_user=_author, excluded_fields=list(excluded)
    )


def create_tracked(model: type[Row], rows: list[Row]) -> list[Row]:
    """Create many rows at once, with their history; they get their identifiers."""
    if rows:
        bulk_create_with_history(rows, model)  # type: ignore[no-untyped-call]
    return rows


def update_tracked(model: type[Row], rows: list[Row], columns: Iterable[str]) -> None:
    """Write these columns of many rows at once, with their history."""
    if rows:
        bulk_update_with_history(rows, model, list(columns))  # type: ignore[no-untyped-call]


def delete_tracked(rows: list[Any]) -> None:
    """Delete rows of one model that no other row points to, with their history, in two queries."""
    if not rows:
        return
    model = type(rows[0])
    past = model.history.model
    now = timezone.now()
    past.objects.bulk_create(
        past(
            history_date=now,
            history_type="-",
            history_user=past.get_default_history_user(row),
            **{field.attname: getattr(row, field.attname) for field in past.tracked_fields},
        )
        for row in rows
    )
    # The signals of a deletion would write the history once more, row by row.
    found = model.objects.filter(pk__in=[row.pk for row in rows])
    found._raw_delete(found.db)


def _author(**_context: object) -> Person | None:
    person_id = _acting.get()
    if person_id is None:
        return None
    from levier.accounts.models import Person

    return Person(pk=person_id)
