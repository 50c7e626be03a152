"""The room's home, one sitting, and showing it to everyone or withdrawing it."""

from __future__ import annotations

from itertools import islice
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from levier.accounts.audit import action_label
from levier.accounts.models import AuditEntry
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import LevierError
from levier.common.domain.findings import Finding, Status, worst_status
from levier.council.domain.reconvening import matters_without_quorum
from levier.council.domain.record import deliberation_names
from levier.council.forms.filters import SittingFilter
from levier.council.known_members import source_told
from levier.council.models import Sitting
from levier.council.plain_text import vote_in_words
from levier.council.policies import (
    can_edit_assembly,
    can_edit_sitting,
    can_make_public,
    can_read_history,
    can_read_minutes,
)
from levier.council.queries import sittings as queries
from levier.council.rebuilding import record_from
from levier.council.services import sittings as services
from levier.council.views.changes import changes_told
from levier.council.views.entering import SAVED_DRAFT
from levier.council.views.presenting import (
    attendance_lines,
    by_status,
    deliberations_in_words,
    movement_in_words,
    sitting_sentence,
)

PAGE_SIZE = 20
ACTS_ON_A_PAGE = 50
CHANGES_SHOWN, ENTRIES_SHOWN = 30, 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Sittings, the latest first, each with the gravest finding."""
    acting = cast(ActingRequest, request)
    everything = queries.sittings_list(acting.actor, as_of=acting.as_of)
    chosen = SittingFilter(request.GET, everything)
    found = chosen.apply(acting.actor, acting.as_of)
    page = Paginator(found.prefetch_related("deliberations"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    judged = queries.findings_of_sittings(
        acting.actor, [sitting.pk for sitting in page], as_of=acting.as_of
    )
    own_assemblies = list(queries.assemblies_open_to(acting.actor))
    return render(
        request,
        "council/home.html",
        {
            "filters": chosen,
            "page": page,
            "rows": [(sitting, worst_status(judged[sitting.pk])) for sitting in page],
            "may_write": bool(own_assemblies),
            "own_assemblies": own_assemblies,
        },
    )


@require_safe
def sitting(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """One sitting: who was there, what was decided, what the law says of it."""
    acting = cast(ActingRequest, request)
    shown = queries.sitting_detail(acting.actor, sitting_id)
    record = record_from(shown)
    findings = queries.findings_in(shown, acting.as_of)
    by_scope: dict[str, list[Finding]] = {}
    for finding in findings:
        by_scope.setdefault(finding.scope, []).append(finding)
    of_sitting = by_scope.get(queries.SITTING_SCOPE, [])
    rows, names = list(shown.deliberations.all()), deliberation_names(record)
    page = Paginator(range(len(rows)), ACTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "council/sitting.html",
        {
            "sitting": shown,
            "record": record,
            "title": sitting_sentence(record, findings),
            "findings": findings,
            "groups": by_status(of_sitting),
            "deliberations": [
                (
                    rows[index],
                    vote_in_words(record.deliberations[index].vote),
                    by_scope.get(names[index], []),
                )
                for index in page
            ],
            "page": page,
            "is_closed": any(row.locked_at for row in rows),
            "next_rank": len(rows) + 1,
            "has_unverified": any(f.status is Status.UNVERIFIABLE for f in of_sitting),
            "may_keep_assembly": can_edit_assembly(acting.actor, shown.assembly),
            "deliberation_count": deliberations_in_words(len(record.deliberations)),
            "attendance": attendance_lines(record.sitting),
            "movements": [
                (movement.member, movement_in_words(movement))
                for movement in record.sitting.movements
            ],
            "may_edit": can_edit_sitting(acting.actor, shown),
            "missed_matters": matters_without_quorum(record, findings)
            if can_edit_sitting(acting.actor, shown)
            else (),
            "may_publish": can_make_public(acting.actor, shown),
            "may_read_minutes": can_read_minutes(acting.actor, shown),
            "history": _history(acting, shown) if can_read_history(acting.actor, shown) else [],
            "source": source_told(acting.actor, shown.assembly, shown.source),
            "saved_draft": _saved_draft(request),
        },
    )


def _saved_draft(request: HttpRequest) -> str:
    """The draft that was just saved, told once."""
    if SAVED_DRAFT not in request.session:
        return ""
    return str(request.session.pop(SAVED_DRAFT))


@require_POST
def make_public(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """Show the sitting to everyone, or withdraw it: what can be undone asks no confirmation."""
    acting = cast(ActingRequest, request)
    asked = request.POST.get("public")
    if asked not in ("true", "false"):
        raise LevierError("Dites s’il faut rendre la séance publique ou la retirer.")
    public = asked == "true"
    services.set_public(acting.actor, sitting_id, public)
    messages.success(
        request,
        "La séance est publique : chacun peut la lire sans compte."
        if public
        else "La séance est retirée des pages publiques.",
    )
    return redirect("council:sitting", sitting_id)


def _history(request: ActingRequest, shown: Sitting) -> list[tuple[AuditEntry, str, object, int]]:
    """Each line of the journal, with its first changes, and how many more there are."""
    return [
        (
            entry,
            action_label(entry.action),
            changes_told(dict(islice(entry.changes.items(), CHANGES_SHOWN))),
            max(len(entry.changes) - CHANGES_SHOWN, 0),
        )
        for entry in queries.history_of_sitting(request.actor, shown.pk)[:ENTRIES_SHOWN]
    ]
