"""The documents made from the record of a sitting: extract, minutes, list of deliberations."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import NotFound
from levier.common.domain.french import fold
from levier.council.domain.record import Record
from levier.council.queries import sittings as queries
from levier.council.views.presenting import short_subject
from levier.council.writers import papers as writers


@require_safe
def extract(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """The extract of one deliberation."""
    actor = cast(ActingRequest, request).actor
    record, position = queries.record_around(actor, deliberation_id)
    subject = short_subject(record.deliberations[position].subject, 60)
    return _pdf(request, writers.extract_pdf(record, position), record, f"extrait {subject}")


@require_safe
def minutes(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The procès-verbal of the sitting, which is a draft until a later sitting adopts it."""
    record = queries.record_for_minutes(cast(ActingRequest, request).actor, sitting_id)
    return _of_sitting(request, record, writers.minutes_pdf, "projet de procès-verbal")


@require_safe
def deliberation_list(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The list of deliberations examined, to post within a week (L2121-25)."""
    record = queries.record_of(cast(ActingRequest, request).actor, sitting_id)
    return _of_sitting(request, record, writers.deliberation_list_pdf, "liste des délibérations")


def _of_sitting(
    request: HttpRequest, record: Record, write: Callable[[Record], bytes], what: str
) -> HttpResponse:
    if not record.deliberations:
        raise NotFound("Cette séance n’a pas encore de délibération : il n’y a rien à éditer.")
    return _pdf(request, write(record), record, what)


def _pdf(request: HttpRequest, content: bytes, record: Record, what: str) -> HttpResponse:
    """The document, shown in the browser under a name that files well; 304 when unchanged."""
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(content, content_type="application/pdf")
    name = " ".join(filter(None, [str(record.sitting.date or ""), record.assembly, what]))
    plain = fold(name).replace(" ", "-")
    response.headers["Content-Disposition"] = (
        f"inline; filename=\"{plain}.pdf\"; filename*=UTF-8''{quote(name, safe='')}.pdf"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return cast(HttpResponse, get_conditional_response(request, etag, None, response))
