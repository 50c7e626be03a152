"""What is due: the page, the public feed of sittings, and each person's own feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from levier.accounts.actors import actor_of
from levier.accounts.models import Person
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import NotFound
from levier.common.domain.french import date_in_words, plural
from levier.council.domain.deadlines import Deadline, DeadlineState
from levier.council.models import Deliberation, Sitting
from levier.council.queries import calendar as queries
from levier.council.views.presenting import short_subject
from levier.council.writers.calendar_feed import CONTENT_TYPE, Event, feed

PERIODS = {30: "trente jours", 90: "trois mois", 366: "un an"}
_DEFAULT_PERIOD = 30
_PURPOSE = "levier.council.calendar"
_KEPT_OF_HASH = 16
_LAW_NOTE = "Calculé par Levier d’après {article}. Vérifiez avant d’agir."


@dataclass(frozen=True, slots=True)
class Line:
    """One thing due, for one or several acts of a sitting on the same day."""

    deadline: Deadline
    sitting: Sitting
    acts: tuple[Deliberation, ...]

    @property
    def act(self) -> Deliberation | None:
        """The act, when there is only one."""
        return self.acts[0] if len(self.acts) == 1 else None

    @property
    def is_overdue(self) -> bool:
        """Whether its day is past and nothing tells that it was done."""
        return self.deadline.state is DeadlineState.OVERDUE


def lines_of(dues: Iterable[queries.Due]) -> list[Line]:
    """The deadlines in their order, those that differ by the act only on one line."""
    grouped: dict[tuple[object, ...], list[queries.Due]] = {}
    for one in dues:
        deadline = one.deadline
        key = (one.sitting.pk, deadline.key, deadline.what, deadline.due_on, deadline.state)
        grouped.setdefault(key, []).append(one)
    return [
        Line(
            ones[0].deadline,
            ones[0].sitting,
            tuple(one.deliberation for one in ones if one.deliberation is not None),
        )
        for ones in grouped.values()
    ]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is overdue, what comes, and what has no date yet."""
    acting = cast(ActingRequest, request)
    days = _period(request)
    lines = lines_of(
        queries.due(acting.actor, as_of=acting.as_of, until=acting.as_of + timedelta(days=days))
    )
    dated = [line for line in lines if line.deadline.due_on]
    return render(
        request,
        "council/calendar.html",
        {
            "title": _title(dated, days),
            "dated": dated,
            "undated": [line for line in lines if not line.deadline.due_on],
            "days": days,
            "period": "" if days == _DEFAULT_PERIOD else PERIODS[days],
            "periods": PERIODS.items(),
            "public_feed": request.build_absolute_uri(reverse("council:calendar-sittings")),
            "own_feed": _own_address(request),
        },
    )


def _period(request: HttpRequest) -> int:
    text = request.GET.get("jours", "")
    return next((days for days in PERIODS if text == str(days)), _DEFAULT_PERIOD)


def _title(dated: list[Line], days: int) -> str:
    overdue = sum(line.is_overdue for line in dated)
    ahead = len(dated) - overdue
    words = plural(ahead, "échéance") if ahead else "Aucune échéance"
    late = f", {plural(overdue, 'dépassée')}" if overdue else ""
    article = "les " if days != max(PERIODS) else ""
    return f"{words} dans {article}{PERIODS[days]}{late}"


def _own_address(request: HttpRequest) -> str:
    """The secret address of the person's own feed; nothing for someone who is not signed in."""
    person = request.user
    if not isinstance(person, Person):
        return ""
    token = signing.dumps([person.pk, _mark_of(person)], salt=_PURPOSE)
    return request.build_absolute_uri(reverse("council:calendar-own", args=[token]))


def _mark_of(person: Person) -> str:
    """What a change of password changes, so that it closes the addresses given before."""
    return person.get_session_auth_hash()[:_KEPT_OF_HASH]


@require_safe
def sittings_feed(request: HttpRequest) -> HttpResponse:
    """Published sittings, past and to come, for any calendar; `assemblee` keeps one assembly."""
    chosen = request.GET.get("assemblee", "")
    assembly_id = (
        int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else None
    )
    events = [
        _event_of_sitting(request, sitting)
        for sitting in queries.sittings_in_feed(assembly_id=assembly_id)
    ]
    return _answer(feed("Séances publiques du conseil", events), "seances.ics")


@never_cache
@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What is due to the person whom the address designates, with their rights of today."""
    today = timezone.localdate()
    actor = actor_of(_person_of(token), today)
    dues = queries.due(actor, as_of=today, until=today + timedelta(days=queries.DAYS_AROUND))
    events = [
        _event_of_due(request, one, one.deadline.due_on) for one in dues if one.deadline.due_on
    ]
    return _answer(feed("Échéances du conseil", events), "echeances.ics")


def _person_of(token: str) -> Person:
    """Raises NotFound for an address that Levier did not give, or that was closed since."""
    closed = NotFound("Cette adresse de calendrier n’existe pas, ou n’est plus valable.")
    try:
        person_id, mark = signing.loads(token, salt=_PURPOSE)
    except (signing.BadSignature, ValueError):
        raise closed from None
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not constant_time_compare(mark, _mark_of(person)):
        raise closed
    return person


def _event_of_sitting(request: HttpRequest, sitting: Sitting) -> Event:
    zone = timezone.get_default_timezone()
    starts: date | datetime = sitting.date
    ends = None
    if sitting.opens_at:
        starts = datetime.combine(sitting.date, sitting.opens_at, zone)
        ends = (
            datetime.combine(sitting.date, sitting.closes_at, zone) if sitting.closes_at else None
        )
    agenda = [item.subject for item in sitting.agenda_items.all()]
    agenda = agenda or [act.subject for act in sitting.deliberations.all()]
    return Event(
        uid=f"seance-{sitting.pk}@{_domain(sitting)}",
        title=f"{sitting.assembly.get_kind_display().capitalize()}, {sitting.assembly.name}",
        starts=starts,
        ends=ends,
        changed_at=queries.changed_at(sitting),
        version=sitting.version,
        place=sitting.place,
        details="\n".join(f"{rank}. {text}" for rank, text in enumerate(agenda, start=1)),
        address=request.build_absolute_uri(reverse("council:sitting", args=[sitting.pk])),
        category="Séance du conseil",
    )


def _event_of_due(request: HttpRequest, one: queries.Due, due_on: date) -> Event:
    deadline, sitting, act = one.deadline, one.sitting, one.deliberation
    about = short_subject(act.subject) if act else f"séance du {date_in_words(sitting.date)}"
    late = "Échéance dépassée. " if deadline.state is DeadlineState.OVERDUE else ""
    address = (
        reverse("council:deliberation", args=[act.pk])
        if act
        else reverse("council:sitting", args=[sitting.pk])
    )
    owner = f"acte-{act.pk}" if act else f"seance-{sitting.pk}"
    return Event(
        uid=f"{deadline.key}-{owner}@{_domain(sitting)}",
        title=f"{deadline.what} ({about})",
        starts=due_on,
        changed_at=one.changed_at,
        version=sitting.version,
        details=f"{late}{sitting}. À la charge de : {deadline.who}. "
        + _LAW_NOTE.format(article=deadline.article),
        address=request.build_absolute_uri(address),
        category="Échéance",
        is_busy=False,
    )


def _domain(sitting: Sitting) -> str:
    """What makes identifiers differ from one installation to another, whatever its address."""
    assembly = sitting.assembly
    return f"{assembly.siren or assembly.insee_code or assembly.pk}.levier"


def _answer(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
