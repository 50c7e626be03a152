"""The journal as a person charged with control reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from levier.accounts.audit import action_label
from levier.accounts.models import AuditEntry
from levier.accounts.queries import journal_lines
from levier.accounts.requests import ActingRequest
from levier.council.views.changes import changes_told

PAGE_SIZE = 50
_TOLD_BY_THE_COUNCIL = {"council.sitting", "council.deliberation"}
# The journal tells that an account changed, not the address of the person.
_VALUES_KEPT_BACK = {"accounts.person"}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a line: its name in French, its value before and after where they are shown."""

    field: str
    before: Any
    after: Any
    are_values_shown: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal, in words."""

    entry: AuditEntry
    action: str
    changes: tuple[Change, ...]


@require_safe
@login_required
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, when, latest first, as it stood at the date looked at."""
    acting = cast(ActingRequest, request)
    entries = journal_lines(acting.actor, as_of=acting.as_of)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [_in_words(entry) for entry in page]
    return render(request, "site/journal.html", {"page": page, "lines": lines})


def _in_words(entry: AuditEntry) -> Line:
    return Line(
        entry=entry,
        action=action_label(entry.action),
        changes=tuple(_changes(entry)),
    )


def _changes(entry: AuditEntry) -> Iterator[Change]:
    if entry.object_type in _TOLD_BY_THE_COUNCIL:
        for change in changes_told(entry.changes):
            yield Change(change.what, change.before, change.after, True)
        return
    shown = entry.object_type not in _VALUES_KEPT_BACK
    for name, (before, after) in entry.changes.items():
        yield Change(_field_label(entry.object_type, name), before, after, shown)


def _field_label(object_type: str, name: str) -> str:
    try:
        field = apps.get_model(object_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name.replace("_", " ")
    return str(getattr(field, "verbose_name", name))
