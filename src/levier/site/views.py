"""Cockpit, rooms of the loop, health, and the errors that Django reports by itself."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import cast

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from levier.accounts.requests import ActingRequest
from levier.site.cockpit import cockpit_of
from levier.site.loop import LOOP, ROOMS, keeps_acts


@require_safe
def cockpit(request: HttpRequest) -> HttpResponse:
    """The four questions, in order."""
    acting = cast(ActingRequest, request)
    return render(
        request,
        "site/cockpit.html",
        {
            "cockpit": cockpit_of(acting.actor, acting.as_of),
            "may_keep_acts": keeps_acts(acting.actor),
            "sign_in_url": reverse("sign-in"),
        },
    )


@require_safe
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """What one step of the loop is for, and whether this version has it."""
    try:
        step = ROOMS[slug]
    except KeyError:
        raise Http404 from None
    position = LOOP.index(step)
    return render(
        request,
        "site/room.html",
        {
            "step": step,
            "position": position + 1,
            "before": LOOP[position - 1],
            "after": LOOP[(position + 1) % len(LOOP)],
        },
    )


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the process answers and its database too; 503 when the database does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_reachable = True
    except DatabaseError:
        is_reachable = False
    return JsonResponse(
        {
            "status": "ok" if is_reachable else "failing",
            "database": "ok" if is_reachable else "unreachable",
            "version": version("levier"),
        },
        status=HTTPStatus.OK if is_reachable else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django refuses to read."""
    match exception:
        case RequestDataTooBig():
            return render(request, "site/413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        case TooManyFieldsSent() | TooManyFilesSent():
            sentence = (
                "L’envoi compte plus de champs que Levier n’en lit en une fois. "
                "Partagez-le en plusieurs envois."
            )
        case _:
            sentence = "L’adresse ou l’envoi n’a pas la forme attendue."
    return render(request, "400.html", {"explanation": sentence}, status=HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refusal that comes from Django rather than from a policy."""
    sentence = "Cette page ou cette action est réservée."
    return render(request, "403.html", {"explanation": sentence}, status=HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """An unexpected failure: a page that asks nothing of the database."""
    page = loader.render_to_string("500.html", {"version": version("levier")})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
