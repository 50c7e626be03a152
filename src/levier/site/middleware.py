"""What every request receives: the date looked at, who acts, and errors told in French."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from levier.accounts.actors import actor_of
from levier.accounts.domain.actors import Actor
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, LevierError, NotFound, Refused
from levier.site.as_of import parse_as_of

# A day in a cookie, not in the session: a visitor who looks back leaves no row in the database.
COOKIE = "levier_au"
KEPT_SECONDS = 24 * 60 * 60
Next = Callable[[HttpRequest], HttpResponse]


def as_of_middleware(get_response: Next) -> Next:
    """Set `request.as_of` and `request.actor`.

    `?au=` on any address chooses the date; it stays chosen for a day in this browser, so that the
    next link followed shows the same day, until the person returns to today.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        acting = cast(ActingRequest, request)
        today = timezone.localdate()
        acting.as_of, is_chosen = _date_looked_at(request, today)
        acting.actor = cast(Actor, SimpleLazyObject(lambda: actor_of(request.user, today)))
        response = get_response(request)
        patch_vary_headers(response, ["Cookie"])
        if is_chosen:
            _keep(response, acting.as_of, today)
        return response

    return middleware


def _date_looked_at(request: HttpRequest, today: date) -> tuple[date, bool]:
    """The date, and whether this very request chose it."""
    if "au" in request.GET:
        try:
            return parse_as_of(request.GET["au"], today), True
        except ValueError as error:
            messages.warning(request, str(error))
    try:
        return parse_as_of(request.COOKIES.get(COOKIE, ""), today), False
    except ValueError:  # written by someone else than Levier
        return today, False


def _keep(response: HttpResponse, chosen: date, today: date) -> None:
    if chosen == today:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        chosen.isoformat(),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


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
