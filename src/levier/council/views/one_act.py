"""The form of one deliberation of a recorded sitting: the others are left as they are."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from levier.accounts.policies import require
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, Invalid, NotFound
from levier.common.domain.french import date_in_words
from levier.council.domain.locking import with_outcomes
from levier.council.domain.matters import MATTERS
from levier.council.domain.merging import completed
from levier.council.domain.record import Deliberation, Record
from levier.council.forms.record_form import Mistake, OneActForm, data_of_act
from levier.council.forms.rows import add_row, is_list, remove_row
from levier.council.models import Sitting
from levier.council.policies import can_edit_sitting
from levier.council.queries import sittings as queries
from levier.council.rebuilding import record_from
from levier.council.services import sittings as services


@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, sitting_id: int, rank: int) -> HttpResponse:
    """The form of the act at that rank, from 1; one past the last adds an act."""
    acting = cast(ActingRequest, request)
    sitting = queries.sitting_detail(acting.actor, sitting_id)
    require(can_edit_sitting, acting.actor, sitting)
    record = record_from(sitting)
    acts = record.deliberations
    if not 1 <= rank <= len(acts) + 1:
        raise NotFound("Cette séance n’a pas de délibération à ce rang.")
    act = acts[rank - 1] if rank <= len(acts) else Deliberation("")
    rows = list(sitting.deliberations.all())
    sources = [sitting.source_id, rows[rank - 1].source_id if rank <= len(rows) else None]
    is_printed = any(source is not None for source in sources)
    data = request.POST.copy() if request.method == "POST" else data_of_act(act)
    focus = ""
    if (name := data.get("add", "")) and is_list(name):
        focus = f"{name}-{add_row(data, name)}"
    elif token := data.get("remove", ""):
        remove_row(data, token)
        focus = f"{token.rpartition('-')[0]}-add"
    form = OneActForm(data, record, rank - 1, printed=is_printed)
    if request.method != "POST" or focus or data.get("action") != "save":
        form.focus_on(focus)
        return _page(acting, sitting, form, focus=focus)
    if len(form.deliberations) != 1 or not form.check():
        return _page(acting, sitting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    typed = completed(form.record(), record)
    posted = data.get("version", "")
    try:
        saved = services.save_sitting(
            acting.actor,
            typed if is_printed else _with_outcome(typed, rank - 1),
            assembly_id=sitting.assembly_id,
            sitting_id=sitting_id,
            expected_version=int(posted) if posted.isdecimal() and len(posted) < 10 else 0,
        )
    except Invalid as refusal:
        form.place_mistakes(refusal.by_field)
        return _page(acting, sitting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as conflict:
        form.mistakes.append(Mistake("", str(conflict)))
        return _page(acting, sitting, form, status=HTTPStatus.CONFLICT)
    messages.success(request, "La délibération est enregistrée.")
    row = saved.deliberations.filter(position=rank - 1).get()
    return redirect("council:deliberation", row.pk)


def _with_outcome(typed: Record, rank: int) -> Record:
    """The outcome of that act alone is computed: the others are not of this page."""
    computed = with_outcomes(typed).deliberations[rank]
    acts = typed.deliberations
    return replace(typed, deliberations=(*acts[:rank], computed, *acts[rank + 1 :]))


def _page(
    request: ActingRequest,
    sitting: Sitting,
    form: OneActForm,
    *,
    focus: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    acts = form.base.deliberations
    is_new = form.rank == len(acts)
    return render(
        request,
        "council/act_edit.html",
        {
            "sitting": sitting,
            "form": form,
            "heading": "Ajouter une délibération"
            if is_new
            else f"Modifier la délibération {form.rank + 1} sur {len(acts)}",
            "day": date_in_words(sitting.date),
            "names": [row.member.name for row in sitting.attendances.all()],
            "matters": MATTERS,
            "focus": focus,
            "version": request.POST.get("version", sitting.version),
        },
        status=status,
    )
