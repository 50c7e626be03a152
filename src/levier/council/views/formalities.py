"""The formalities of a sitting, of an act, and the life of an assembly: one form for the three."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from levier.accounts.policies import require
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, Invalid
from levier.common.domain.french import date_in_words
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.formalities import ActFormalities, SittingFormalities
from levier.council.domain.matters import MATTERS
from levier.council.forms.formalities import PartForm, data_of
from levier.council.forms.record_form import Mistake
from levier.council.forms.rows import add_row, is_list, remove_row
from levier.council.models import Deliberation, Procuration
from levier.council.policies import can_edit_sitting
from levier.council.queries import assemblies as assembly_queries
from levier.council.queries import sittings as queries
from levier.council.record_json import load_part
from levier.council.services import formalities as services
from levier.council.services.formalities import ActDates, AssemblyFacts, ProxyFormalities
from levier.council.views.presenting import short_subject

Save = Callable[[int, list[Any]], object]


@dataclass(frozen=True)
class Page:
    """One page of formalities: what is filled in, and where it leads back to."""

    heading: str
    kicker: str
    back: str
    back_label: str
    version: int
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Part:
    """One value to fill in: as it is stored, under a prefix and a title of its own."""

    value: Any
    prefix: str = ""
    title: str = ""


@never_cache
@require_http_methods(["GET", "POST"])
def of_sitting(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """Before, during and after the sitting, and how each procuration was given."""
    acting = cast(ActingRequest, request)
    sitting = queries.sitting_detail(acting.actor, sitting_id)
    require(can_edit_sitting, acting.actor, sitting)
    procurations = list(sitting.procurations.all())
    parts = [
        Part(load_part(sitting.formalities, SittingFormalities)),
        *(
            Part(_proxy(row), f"procuration{row.pk}", f"Procuration de {row}")
            for row in procurations
        ),
    ]

    def save(version: int, values: list[Any]) -> object:
        proxies = {row.pk: given for row, given in zip(procurations, values[1:], strict=True)}
        return services.save_sitting_formalities(
            acting.actor, sitting_id, version, values[0], proxies=proxies
        )

    page = Page(
        f"Formalités de la séance du {date_in_words(sitting.date)}",
        str(sitting.assembly),
        reverse("council:sitting", args=[sitting_id]),
        "Revenir à la séance",
        sitting.version,
        [row.member.name for row in sitting.attendances.all()],
    )
    return _answer(acting, page, parts, save)


@never_cache
@require_http_methods(["GET", "POST"])
def of_act(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """What happened to one act after the vote."""
    acting = cast(ActingRequest, request)
    act = queries.deliberation_detail(acting.actor, deliberation_id)
    require(can_edit_sitting, acting.actor, act.sitting)
    parts = [
        Part(_dates(act), "acte", "Classement et dates"),
        Part(load_part(act.formalities, ActFormalities)),
    ]

    def save(version: int, values: list[Any]) -> object:
        dates, formalities = values
        return services.save_act_formalities(
            acting.actor, deliberation_id, version, formalities, dates
        )

    page = Page(
        f"Formalités de l’acte : {short_subject(act.subject, 90)}",
        str(act.sitting),
        reverse("council:deliberation", args=[deliberation_id]),
        "Revenir à la délibération",
        act.sitting.version,
    )
    return _answer(acting, page, parts, save)


@never_cache
@require_http_methods(["GET", "POST"])
def of_assembly(request: HttpRequest, assembly_id: int) -> HttpResponse:
    """The life of an assembly: elections, publicity, members, meetings, registers."""
    acting = cast(ActingRequest, request)
    assembly = assembly_queries.assembly_kept(acting.actor, assembly_id)
    facts = AssemblyFacts(
        assembly.website or None,
        assembly.siret or None,
        assembly.state_district or None,
        assembly.state_nature or None,
    )
    parts = [
        Part(load_part(assembly.circumstances, Circumstances)),
        Part(facts, "envoi", "Site et identifiants"),
    ]

    def save(version: int, values: list[Any]) -> object:
        return services.save_circumstances(acting.actor, assembly_id, version, *values)

    page = Page(
        f"Vie de l’assemblée, {assembly.name}",
        str(assembly),
        reverse("council:assembly", args=[assembly_id]),
        "Revenir à l’assemblée",
        services.assembly_version(assembly),
        [mandate.member.name for mandate in assembly_queries.mandates_kept(acting.actor, assembly)],
    )
    return _answer(acting, page, parts, save)


def _proxy(row: Procuration) -> ProxyFormalities:
    return ProxyFormalities(row.written, row.signed_on, row.sittings_used, row.illness)


def _dates(act: Deliberation) -> ActDates:
    return ActDates(act.matter_code or None, act.transmitted_on, act.received_on, act.published_on)


def _answer(request: ActingRequest, page: Page, parts: Sequence[Part], save: Save) -> HttpResponse:
    """Show the form, change its rows, or save it."""
    if request.method != "POST":
        data = QueryDict(mutable=True)
        for part in parts:
            data_of(part.value, prefix=part.prefix, data=data)
        return _page(request, page, _forms(parts, data))
    data = request.POST.copy()
    if focus := _changed_rows(data):
        return _page(request, page, _forms(parts, data), focus=focus)
    shown = _forms(parts, data)
    are_right = [form.check() for form in shown]
    if not all(are_right):
        return _page(request, page, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    posted = request.POST.get("version", "")
    version = int(posted) if posted.isdecimal() and len(posted) < 16 else 0
    try:
        save(version, [form.value() for form in shown])
    except Invalid as refusal:
        others = dict(refusal.by_field)
        for form in shown:
            others = form.place_mistakes(others)
        return _page(request, page, shown, others=others, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as conflict:
        return _page(request, page, shown, others={"": str(conflict)}, status=HTTPStatus.CONFLICT)
    messages.success(request, "Les formalités sont enregistrées.")
    return redirect(page.back)


def _forms(parts: Sequence[Part], data: QueryDict) -> list[PartForm]:
    return [
        PartForm(type(part.value), data, prefix=part.prefix, title=part.title) for part in parts
    ]


def _changed_rows(data: QueryDict) -> str:
    """Add or remove the row that the button pressed names; the id to focus."""
    if (name := data.get("add", "")) and is_list(name):
        add_row(data, name)
        return f"{name}-add"
    if token := data.get("remove", ""):
        remove_row(data, token)
        return f"{token.rpartition('-')[0]}-add"
    return ""


def _page(
    request: ActingRequest,
    page: Page,
    shown: list[PartForm],
    *,
    focus: str = "",
    others: dict[str, str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    mistakes = [Mistake(*mistake) for form in shown for mistake in form.mistakes()]
    mistakes += [Mistake("", sentence) for sentence in (others or {}).values()]
    return render(
        request,
        "council/formalities.html",
        {
            "page": page,
            "sections": [section for form in shown for section in form.sections],
            "mistakes": mistakes,
            "focus": focus,
            "matters": MATTERS,
            "version": request.POST.get("version", page.version),
        },
        status=status,
    )
