"""What every request receives: the date looked at, who acts, and errors told in French."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from levier.accounts.actors import actor_of
from levier.accounts.domain.actors import Actor
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, LevierError, NotFound, Refused
from levier.site.as_of import parse_as_of

SESSION_KEY = "as_of"
Next = Callable[[HttpRequest], HttpResponse]


def as_of_middleware(get_response: Next) -> Next:
    """Set `request.as_of` and `request.actor`.

    `?au=` on any address chooses the date; it stays chosen for the session, so that the next
    link followed shows the same day, until the person returns to today.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        acting = cast(ActingRequest, request)
        today = timezone.localdate()
        acting.as_of = _chosen_date(request, today)
        acting.actor = cast(Actor, SimpleLazyObject(lambda: actor_of(request.user, today)))
        return get_response(request)

    return middleware


def _chosen_date(request: HttpRequest, today: date) -> date:
    if "au" in request.GET:
        try:
            chosen = parse_as_of(request.GET["au"], today)
        except ValueError as error:
            messages.warning(request, str(error))
        else:
            if chosen != today:
                request.session[SESSION_KEY] = chosen.isoformat()
            elif SESSION_KEY in request.session:
                del request.session[SESSION_KEY]
    kept = request.session.get(SESSION_KEY)
    return date.fromisoformat(kept) if kept else today


class ExpectedErrorsMiddleware:
    """Show an expected failure as a page that says what happened and what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through: only the failures of views are of interest."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a LevierError into its page; anything else stays an unexpected failure."""
        match error:
            case Refused() if not request.user.is_authenticated and request.method == "GET":
                messages.info(request, f"{error} Identifiez-vous pour continuer.")
                return redirect_to_login(request.get_full_path())
            case Refused():
                template, status = "403.html", HTTPStatus.FORBIDDEN
            case Conflict():
                template, status = "site/409.html", HTTPStatus.CONFLICT
            case NotFound():
                template, status = "404.html", HTTPStatus.NOT_FOUND
            case LevierError():
                template, status = "400.html", HTTPStatus.BAD_REQUEST
            case _:
                return None
        return render(request, template, {"explanation": str(error)}, status=status)
