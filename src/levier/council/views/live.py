"""The screen that holds a sitting: one address, one gesture at a time.

A gesture answers with the screen as it now stands. Refused, it comes back with what was typed: 422
when it cannot be, 409 when somebody else changed the sitting first. Without JavaScript a gesture
that succeeds leads back to the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, Invalid, LevierError
from levier.common.domain.findings import Status
from levier.common.domain.french import plural
from levier.council.forms.fields import as_text
from levier.council.forms.live import CANDIDATES_SHOWN, GESTURES, Gesture, RoundForm
from levier.council.models import AgendaItem, Deliberation
from levier.council.queries import live as queries
from levier.council.services import live as services
from levier.council.services import locking
from levier.council.services.live import Stamp
from levier.council.views import live_lines

NO_GESTURE = "Ce geste n’existe pas : rechargez la page."
_QUORUM_WORDS = {
    Status.OK: "quorum atteint",
    Status.IRREGULAR: "quorum non atteint",
    Status.NOT_APPLICABLE: "quorum non exigé",
    Status.UNVERIFIABLE: "quorum à vérifier",
    Status.AT_RISK: "quorum à vérifier",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A gesture that was not stored: its form as typed, why, and what others did meanwhile."""

    form: Gesture
    sentence: str
    status: int
    others: tuple[str, ...] = ()


@never_cache
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The screen, or one gesture."""
    acting = cast(ActingRequest, request)
    if request.method == "GET":
        return _screen(acting, sitting_id)
    if request.POST.get("geste") == "lock":
        locking.close_sitting(acting.actor, sitting_id, _number(request.POST, "version"))
        messages.success(request, "Les actes sont arrêtés : ils ne changent plus.")
        return redirect("council:sitting", sitting_id)
    sitting = queries.sitting_to_hold(acting.actor, sitting_id)
    kind = request.POST.get("geste", "")
    if kind not in GESTURES:
        raise LevierError(NO_GESTURE)
    members = [member for member, _ in queries.members_of(sitting)]
    shown = {"shown": _number(request.POST, "shown")} if kind == RoundForm.kind else {}
    form = GESTURES[kind](request.POST, members, _number(request.POST, "item"), **shown)
    refusal = None
    did = ""
    try:
        did = _stored(acting, sitting_id, form)
    except Invalid as error:
        form.place(error.by_field)
        refusal = Refusal(form, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    except services.Overtaken as error:
        refusal = Refusal(form, str(error), HTTPStatus.CONFLICT, error.others)
    except Conflict as error:
        refusal = Refusal(form, str(error), HTTPStatus.CONFLICT)
    if refusal is None and not acting.htmx:
        messages.success(request, did)
        return redirect(f"{request.path}#affaire")
    return _screen(acting, sitting_id, refusal=refusal, did=did)


def _stored(acting: ActingRequest, sitting_id: int, form: Gesture) -> str:
    """Store what the form says; what was done, in a sentence. Raises Invalid or Conflict."""
    if not form.check():
        raise Invalid(
            {name: str(error) for name, errors in form.errors.items() for error in errors[:1]}
        )
    entry = form.entry()
    if form.errors:
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    stamp = Stamp(acting.POST.get("key", ""), _number(acting.POST, "version"), timezone.localtime())
    stored = services.enter(acting.actor, sitting_id, entry, stamp)
    return str(stored.values["did"])


def _screen(
    acting: ActingRequest, sitting_id: int, *, refusal: Refusal | None = None, did: str = ""
) -> HttpResponse:
    screen = queries.live_sitting(acting.actor, sitting_id)
    is_fragment = bool(acting.htmx)
    context = {
        "screen": screen,
        "sitting": screen.sitting,
        "bar": bar_of(screen),
        "refusal": refusal,
        "did": did,
        "key": uuid4().hex,
        **_rows(acting, screen, refusal),
        "matters": _matters(screen),
        "is_today": screen.sitting.date == timezone.localdate(),
        "item_id": screen.current.pk if screen.current else 0,
        "draft_key": f"{acting.actor.person_id}-tenir-{sitting_id}",
    }
    template = "council/parts/live_screen.html" if is_fragment else "council/live.html"
    return render(acting, template, context, status=refusal.status if refusal else HTTPStatus.OK)


# What the hidden fields of each form bring anew, and the buttons that say which form it is.
_OF_THE_PAGE = ("csrfmiddlewaretoken", "geste", "key", "version", "item")


def _rows(
    acting: ActingRequest, screen: queries.LiveSitting, refusal: Refusal | None
) -> dict[str, Any]:
    """Member by member: the roll call and the named votes, with what was typed when refused."""
    typed = acting.POST if refusal is not None else QueryDict()
    kind = refusal.form.kind if refusal is not None else ""
    named = {
        ballot.member: ballot.choice.value
        for act in screen.record.deliberations
        for ballot in act.vote.ballots
    }
    votes = screen.presence.votes_available
    forms = _forms(screen, refusal)
    return {
        "forms": forms,
        "open_act": kind if kind in forms or kind == "roll" else "",
        "again": [
            (name, value)
            for name, values in typed.lists()
            for value in values
            if name not in _OF_THE_PAGE
        ],
        "roll": live_lines.roll_lines(
            (member, typed.get(f"state-{member.pk}", member.listed)) for member in screen.members
        ),
        "nominal": live_lines.vote_lines(
            (voter, typed.get(f"choice-{voter.pk}", named.get(voter.name, "for")))
            for voter in (screen.voters if "roll_call" in forms else ())
        ),
        "member_lines": live_lines.member_lines(screen.members),
        "item_lines": live_lines.item_lines(screen.items, is_open=screen.is_open),
        "name_options": live_lines.name_options(screen.members),
        "rounds": [one for act in screen.record.deliberations for one in act.vote.rounds],
        "has_proxies": bool(screen.presence.proxies),
        "done": sum(item.state != "open" for item in screen.items),
        "unanimous_label": f"Unanimité : {votes.high} pour" if votes else "Unanimité",
    }


@dataclass(frozen=True, slots=True)
class Bar:
    """The line that never leaves the eye: which item, how many present, how many required."""

    title: str
    counts: str
    verdict: str
    status: Status
    votes: str

    @property
    def sentence(self) -> str:
        """« Affaire 3 : 14 présents, 10 requis, quorum atteint »."""
        return f"{self.title} : {self.counts}, {self.verdict}" if self.counts else self.title


def bar_of(screen: queries.LiveSitting) -> Bar:
    """What the bar says."""
    presence = screen.presence
    title = f"Affaire {screen.current.place}" if screen.current else "Ouverture"
    if screen.is_closed:
        title = "Séance levée"
    if not screen.is_called:
        return Bar("Appel à faire : quorum inconnu", "", "", Status.UNVERIFIABLE, "")
    counts = ", ".join(
        [
            plural(presence.quorum_present or 0, "présent"),
            "effectif inconnu"
            if presence.quorum_required is None
            else plural(presence.quorum_required, "requis", "requis"),
        ]
    )
    votes = presence.votes_available
    told = ""
    if votes is not None:
        number = str(votes.low) if votes.exact else f"{votes.low} à {votes.high}"
        held = len(presence.usable_proxies)
        told = f"{number} votes possibles" + (
            f", dont {plural(held, 'procuration')}" if held else ""
        )
    return Bar(title, counts, _QUORUM_WORDS[presence.quorum], presence.quorum, told)


def _matters(screen: queries.LiveSitting) -> list[AgendaItem]:
    """Before the opening: the agenda, from which items to vote are made."""
    if screen.sitting.opens_at is not None and screen.items:
        return []
    served = Deliberation.objects.filter(sitting=screen.sitting).values("agenda_item_id")
    return list(
        AgendaItem.objects.filter(sitting=screen.sitting)
        .exclude(pk__in=served.exclude(agenda_item=None))
        .order_by("position")
    )


def _forms(screen: queries.LiveSitting, refusal: Refusal | None) -> dict[str, Gesture]:
    """The forms that this moment of the sitting calls for, filled with what is known."""
    item = screen.current.pk if screen.current else 0
    made: dict[str, Gesture] = {}
    for kind, known in _known(screen).items():
        if refusal is not None and refusal.form.kind == kind:
            made[kind] = refusal.form
            continue
        shown = {"shown": known.pop("shown")} if "shown" in known else {}
        made[kind] = GESTURES[kind](None, screen.members, item, initial=known, **shown)
    return made


def _known(screen: queries.LiveSitting) -> Mapping[str, dict[str, Any]]:
    """Each form of the moment with its first values."""
    sitting = screen.sitting
    if screen.is_closed:
        return {}
    heads = [member.name for member in screen.members if member.is_head]
    president = sitting.president.name if sitting.president else (heads[0] if heads else "")
    opening = {
        "opens_at": as_text(sitting.opens_at),
        "president": president,
        "secretary": sitting.secretary.name if sitting.secretary else "",
        "in_office": sitting.in_office or len(screen.members) or None,
    }
    forms: dict[str, dict[str, Any]] = {"opening": opening}
    if sitting.opens_at is None and not screen.is_called:
        return forms
    forms |= {"proxy": {}, "proxy_revoked": {}, "item_added": {}}
    if not screen.is_open:
        return forms
    forms["closing"] = {}
    if screen.current is None or screen.deliberation is None:
        return forms | {"arrival": {}, "departure": {}}
    act = screen.deliberation
    place = screen.current.place
    if screen.current.state != "open" and screen.next_item:
        place = screen.next_item.place
    moment = {"before_item": place}
    return forms | {
        "arrival": moment,
        "departure": moment,
        "recusal": {"ground": "personal"},
        "item_details": {
            "nature": act.nature,
            "chair": act.president.name if act.president else "",
            "rapporteur": act.rapporteur.name if act.rapporteur else "",
        },
        "debate": {"debate": act.debate},
        "vote": {},
        "secret": {},
        "roll_call": {},
        "round": _round(screen),
    }


def _round(screen: queries.LiveSitting) -> dict[str, Any]:
    """The next round of a nomination: the candidates of the last one, without their votes."""
    (act,) = screen.record.deliberations
    held = act.vote.rounds[-1].candidates if act.vote.rounds else ()
    known: dict[str, Any] = {"shown": max(CANDIDATES_SHOWN, len(held) + 1)}
    for rank, candidate in enumerate(held):
        known |= {f"candidate_{rank}": candidate.name, f"born_{rank}": candidate.born_on}
    return known


def _number(data: QueryDict, name: str) -> int:
    """A whole number of a hidden field; 0 when it is missing or no number."""
    text = data.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0
