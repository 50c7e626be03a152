"""When to call the council: the latest day to send a convocation, and calling it again."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from levier.accounts.policies import require
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Invalid
from levier.common.domain.french import date_in_words
from levier.council.domain.calling_dates import earliest_sitting_day, latest_sending_day
from levier.council.forms.calling import CallingForm, ReconveneForm
from levier.council.policies import can_edit_sitting
from levier.council.queries import sittings as queries
from levier.council.services.reconvening import reconvene as call_again


@require_safe
def calling_dates(request: HttpRequest) -> HttpResponse:
    """The latest day to send the convocation of a sitting; a public service that stores nothing."""
    acting = cast(ActingRequest, request)
    form = CallingForm(
        request.GET if "seance" in request.GET else None,
        queries.assemblies_open_to(acting.actor),
    )
    told: dict[str, Any] = {"title": "Dernier jour pour convoquer"}
    if form.is_bound and form.is_valid():
        facts = form.delay_facts()
        latest = latest_sending_day(form.cleaned_data["seance"], **facts)
        told |= {"latest": latest, "earliest": earliest_sitting_day(acting.as_of, **facts)}
        if latest.settled:
            last = date_in_words(latest.settled.sending_day, weekday=True)
            told["title"] = f"Convoquez au plus tard le {last}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "council/calling_dates.html", {"form": form, **told}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def reconvene(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """Prepare the second sitting after one that lacked quorum."""
    acting = cast(ActingRequest, request)
    first = queries.sitting_detail(acting.actor, sitting_id)
    require(can_edit_sitting, acting.actor, first)
    form = ReconveneForm(
        request.POST if request.method == "POST" else None, initial={"opens_at": first.opens_at}
    )
    if request.method == "POST" and form.is_valid():
        try:
            second = call_again(acting.actor, sitting_id, **form.cleaned_data)
        except Invalid as refusal:
            form.place_mistakes(refusal.by_field)
        else:
            messages.success(
                request,
                "La nouvelle séance est préparée : elle reprend les affaires restées sans quorum.",
            )
            return redirect("council:sitting", second.pk)
    return render(
        request,
        "council/calling_again.html",
        {"sitting": first, "form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )
