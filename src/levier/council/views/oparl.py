"""OParl 1.1: the public sittings, read by machines. Every answer is JSON, errors included."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from levier.common.domain.errors import NotFound, UnreadableInput
from levier.common.domain.french import plural
from levier.council.domain.presence import presence_at
from levier.council.models import Assembly
from levier.council.queries import oparl as queries
from levier.council.queries.exchange import publishing_bodies
from levier.council.queries.oparl import Changes
from levier.council.rebuilding import record_from
from levier.council.views.exchange import act_addresses
from levier.council.writers import oparl
from levier.council.writers.oparl import Addresses, Object

PAGE_SIZE = 25
NOT_HERE = "Cet objet n’existe pas, ou n’est pas public."
_FILTERS = ("created_since", "created_until", "modified_since", "modified_until")
# Withdrawn objects answer with their tombstone.
_EVERYTHING = Changes(modified_since=datetime(1970, 1, 1, tzinfo=timezone.get_default_timezone()))
Answer = Callable[..., Object]


def _json(answer: Answer) -> Callable[..., HttpResponse]:
    """The object as JSON with its validators; expected failures as OParl's Error."""

    @require_safe
    @wraps(answer)
    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        try:
            found, status = answer(request, **keys), HTTPStatus.OK
        except (NotFound, UnreadableInput) as error:
            is_missing = isinstance(error, NotFound)
            status = HTTPStatus.NOT_FOUND if is_missing else HTTPStatus.BAD_REQUEST
            found = {"type": f"{oparl.SCHEMA}Error", "message": str(error)}
        content = json.dumps(found, ensure_ascii=False).encode()
        response = HttpResponse(content, content_type="application/json", status=status)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "no-cache"
        if status is not HTTPStatus.OK:
            return response
        etag = quote_etag(hashlib.sha256(content).hexdigest())
        response.headers["ETag"] = etag
        modified = None
        if "modified" in found:
            modified = int(datetime.fromisoformat(found["modified"]).timestamp())
            response.headers["Last-Modified"] = http_date(modified)
        return cast(HttpResponse, get_conditional_response(request, etag, modified, response))

    return view


@_json
def system(request: HttpRequest) -> Object:
    """The entry point."""
    return oparl.system(_addresses(request))


@_json
def bodies(request: HttpRequest) -> Object:
    """The collectivités that have a public sitting."""
    at = _addresses(request)
    return _listed(
        request,
        publishing_bodies(),
        lambda rows: [oparl.body(row, queries.terms_shown(row), at) for row in rows],
    )


@_json
def body_list(request: HttpRequest, body: str, name: str) -> Object:
    """One list of a collectivité: a page of it."""
    assembly = _assembly(int(body))
    at = _addresses(request)
    changes = _changes(request)
    if name == "legislative-terms":
        terms = [oparl.legislative_term(assembly, day, at) for day in queries.terms_shown(assembly)]
        return _listed(request, terms, list)
    if name == "organizations":
        return _listed(request, [_organization(assembly, at)], list)
    if name == "people":
        return _listed(request, queries.members_shown(assembly.pk), lambda rows: _people(rows, at))
    if name == "memberships":
        mandates = queries.mandates_shown(assembly.pk, as_of=timezone.localdate())
        return _listed(request, mandates, lambda rows: [oparl.membership(row, at) for row in rows])
    if name in ("meetings", "locations"):
        return _listed(
            request,
            queries.sittings_shown(assembly.pk, changes),
            lambda rows: _of_sittings(name.removesuffix("s"), rows, at),
        )
    return _listed(
        request,
        queries.acts_shown(assembly.pk, changes),
        lambda rows: _of_acts(name.removesuffix("s"), rows, at),
    )


@_json
def one(request: HttpRequest, kind: str, key: str) -> Object:
    """One object by its kind and its key."""
    at = _addresses(request)
    if kind == "legislative-term":
        return _term(key, at)
    if not (key.isascii() and key.isdigit() and len(key) <= 15):
        raise NotFound(NOT_HERE)
    number = int(key)
    if kind == "body":
        assembly = _assembly(number)
        return oparl.body(assembly, queries.terms_shown(assembly), at)
    if kind == "organization":
        return _organization(_assembly(number), at)
    if kind == "person":
        return _first(_people(queries.members_shown().filter(pk=number), at))
    if kind == "membership":
        mandates = queries.mandates_shown(None, as_of=timezone.localdate()).filter(pk=number)
        return _first([oparl.membership(row, at) for row in mandates])
    if kind in ("meeting", "location"):
        sittings = queries.sittings_shown(None, _EVERYTHING).filter(pk=number)
        return _first(_of_sittings(kind, sittings, at, with_quorum=True))
    acts = queries.acts_shown(None, _EVERYTHING).filter(pk=number)
    return _first(_of_acts(kind, acts, at, with_quorum=True))


def _of_sittings(
    kind: str, rows: Iterable[Any], at: Addresses, *, with_quorum: bool = False
) -> list[Object]:
    sittings = list(rows)
    today = timezone.localdate()
    files = queries.files_online(
        [act.pk for sitting in sittings for act in sitting.deliberations.all()]
    )
    found = []
    for sitting in sittings:
        if not sitting.is_public:
            found.append(oparl.tombstone(kind, sitting.pk, sitting, at))
        elif kind == "meeting":
            presences = _presences(sitting, today) if with_quorum else None
            found.append(oparl.meeting(sitting, files, at, as_of=today, presences=presences))
        elif sitting.place:
            found.append(oparl.location(sitting, at))
    return found


def _of_acts(
    kind: str, rows: Iterable[Any], at: Addresses, *, with_quorum: bool = False
) -> list[Object]:
    acts = list(rows)
    files = queries.files_online([act.pk for act in acts])
    found = []
    for act in acts:
        sitting, file = act.sitting, files.get(act.pk)
        if not sitting.is_public:
            found.append(oparl.tombstone(kind, act.pk, act, at))
        elif kind == "paper":
            found.append(oparl.paper(act, file, at))
        elif kind == "consultation":
            found.append(oparl.consultation(act, at))
        elif kind == "file":
            found.append(oparl.act_file(act, sitting, file, at))
        else:
            presence = None
            if with_quorum:
                whole = queries.sittings_shown(None, Changes()).get(pk=sitting.pk)
                presence = _presences(whole, timezone.localdate()).get(act.pk)
            found.append(oparl.agenda_item(act, sitting, file, at, presence))
    return found


def _presences(sitting: Any, as_of: date) -> dict[int, Any]:
    record = record_from(sitting)
    return {
        row.pk: presence_at(record, row.number if row.number is not None else rank, as_of=as_of)
        for rank, row in enumerate(sitting.deliberations.all(), start=1)
    }


def _people(rows: Iterable[Any], at: Addresses) -> list[Object]:
    members = list(rows)
    mandates = queries.mandates_shown(None, as_of=timezone.localdate()).filter(
        member_id__in=[member.pk for member in members]
    )
    by_member: dict[int, list[Any]] = {}
    for mandate in mandates:
        by_member.setdefault(mandate.member_id, []).append(mandate)
    return [oparl.person(member, by_member.get(member.pk, ()), at) for member in members]


def _organization(assembly: Assembly, at: Addresses) -> Object:
    mandates = queries.mandates_shown(assembly.pk, as_of=timezone.localdate())
    return oparl.organization(assembly, mandates.values_list("pk", flat=True), at)


def _term(key: str, at: Addresses) -> Object:
    body, _, day = key.partition("-")
    if body.isascii() and body.isdigit() and len(body) <= 15:
        assembly = _assembly(int(body))
        for first in queries.terms_shown(assembly):
            if f"{first:%Y%m%d}" == day:
                return oparl.legislative_term(assembly, first, at)
    raise NotFound(NOT_HERE)


def _assembly(pk: int) -> Assembly:
    found = publishing_bodies().filter(pk=pk).first()
    if found is None:
        raise NotFound(NOT_HERE)
    return found


def _first(found: list[Object]) -> Object:
    if not found:
        raise NotFound(NOT_HERE)
    return found[0]


def _listed(
    request: HttpRequest,
    rows: QuerySet[Any] | list[Any],
    described: Callable[[Iterable[Any]], list[Object]],
) -> Object:
    """A page of a list, as OParl wants it; the filters stay in the addresses of other pages."""
    pages = Paginator(rows, PAGE_SIZE)
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 9):
        raise UnreadableInput(f"page : « {asked[:40]} » n’est pas un numéro de page.")
    number = int(asked)
    if not 1 <= number <= pages.num_pages:
        raise NotFound(f"Cette liste a {plural(pages.num_pages, 'page')}.")
    page = pages.page(number)
    kept = {name: request.GET[name] for name in _FILTERS if name in request.GET}

    def address(target: int) -> str:
        return f"{request.build_absolute_uri(request.path)}?{urlencode({**kept, 'page': target})}"

    links = {"first": address(1), "self": address(number), "last": address(pages.num_pages)}
    if page.has_previous():
        links["prev"] = address(number - 1)
    if page.has_next():
        links["next"] = address(number + 1)
    shown: Iterable[Any] = page.object_list
    if isinstance(rows, QuerySet):
        # The keys first: what each row costs is paid for those of this page alone.
        begins = (number - 1) * PAGE_SIZE
        keys = rows.prefetch_related(None).values_list("pk", flat=True)
        shown = rows.filter(pk__in=list(keys[begins : begins + PAGE_SIZE]))
    return {
        "data": described(shown),
        "pagination": {
            "totalElements": pages.count,
            "elementsPerPage": PAGE_SIZE,
            "currentPage": number,
            "totalPages": pages.num_pages,
        },
        "links": links,
    }


def _changes(request: HttpRequest) -> Changes:
    return Changes(**{name: _moment(name, request.GET.get(name)) for name in _FILTERS})


def _moment(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise UnreadableInput(
            f"{name} : « {text[:40]} » n’est pas un instant ; attendu 2024-06-11T18:30:00+02:00."
        ) from None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _addresses(request: HttpRequest) -> Addresses:
    online, extract = (act_addresses(request, name) for name in ("act-file", "extract"))
    return Addresses(
        request.build_absolute_uri(reverse("council:oparl-system")),
        act_addresses(request, "deliberation"),
        lambda pk, is_online: online(pk) if is_online else extract(pk),
    )
