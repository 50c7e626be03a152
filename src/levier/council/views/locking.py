"""Closing a sitting, and preparing the act that corrects another."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from levier.accounts.policies import require
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, Invalid, LevierError
from levier.common.domain.french import date_in_words
from levier.council.domain.locking import VOTED, settled, unsettled
from levier.council.plain_text import vote_in_words
from levier.council.policies import can_edit_sitting
from levier.council.queries import sittings as queries
from levier.council.rebuilding import record_from
from levier.council.services import locking as services


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """What closing will settle, then the closing itself: it cannot be undone."""
    acting = cast(ActingRequest, request)
    sitting = queries.sitting_detail(acting.actor, sitting_id)
    require(can_edit_sitting, acting.actor, sitting)
    refused: list[str] = []
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            services.close_sitting(acting.actor, sitting_id, _posted(request, "version"))
        except Invalid as refusal:
            refused = list(dict.fromkeys(refusal.by_field.values()))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except Conflict as conflict:
            refused, status = [str(conflict)], HTTPStatus.CONFLICT
        else:
            messages.success(request, "La séance est close : ce qui a été voté ne change plus.")
            return redirect("council:sitting", sitting_id)
    elif services.is_closed(sitting):
        return redirect("council:sitting", sitting_id)
    after = settled(record_from(sitting), printed=services.printed_acts(sitting))
    acts = after.deliberations
    return render(
        request,
        "council/close.html",
        {
            "sitting": sitting,
            "title": f"Clore la séance du {date_in_words(sitting.date)}",
            "acts": [(act, vote_in_words(act.vote), act.vote.outcome in VOTED) for act in acts],
            "missing": list(unsettled(after).values()),
            "refused": refused,
        },
        status=status,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """Choose the open sitting in which a new act corrects a locked one."""
    acting = cast(ActingRequest, request)
    act = queries.deliberation_detail(acting.actor, deliberation_id)
    require(can_edit_sitting, acting.actor, act.sitting)
    if request.method == "POST":
        chosen, _, version = request.POST.get("sitting", "").partition("-")
        if not (chosen.isdecimal() and version.isdecimal() and len(chosen + version) < 24):
            raise LevierError("Choisissez la séance dans laquelle l’acte sera rectifié.")
        correction = services.correct_act(
            acting.actor,
            deliberation_id,
            in_sitting_id=int(chosen),
            expected_version=int(version),
        )
        messages.success(request, "La délibération rectificative est préparée : relisez-la.")
        return redirect("council:deliberation-edit", correction.sitting_id, correction.position + 1)
    return render(
        request,
        "council/correct.html",
        {"act": act, "sittings": queries.open_sittings_from(acting.actor, act.sitting)},
    )


def _posted(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0
