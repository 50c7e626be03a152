"""What the frame of every page shows."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from levier.accounts.domain.actors import ANONYMOUS, Actor
from levier.accounts.policies import can_read_journal
from levier.common.domain.french import date_in_words
from levier.site.loop import LOOP, Page, room_of_path
from levier.site.queries import territory

VERSION = version("levier")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, date, territory. Also used by error pages raised before any middleware ran."""
    today = timezone.localdate()
    as_of = getattr(request, "as_of", today)
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    here = room_of_path(request.path)
    place = territory(as_of)
    return {
        "version": VERSION,
        "today": today,
        "as_of": as_of,
        "as_of_words": date_in_words(as_of),
        "is_past": as_of < today,
        "is_future": as_of > today,
        "searched_words": request.GET.get("q", ""),
        "kept_parameters": [pair for pair in _parameters(request) if pair[0] != "au"],
        "page_address": f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.path}",
        "territory": place,
        "is_demo": place is not None and place.is_demo,
        "may_read_journal": can_read_journal(actor, None),
        "loop": [
            {
                "room": room,
                "is_current": room is here,
                "pages": _links(room.pages_for(actor), request.path)
                if here in (room, None)
                else [],
            }
            for room in LOOP
        ],
    }


def _parameters(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]


def _links(pages: tuple[Page, ...], path: str) -> list[dict[str, object]]:
    addresses = [(page.title, reverse(page.url_name)) for page in pages]
    return [{"title": title, "url": url, "is_here": path == url} for title, url in addresses]
