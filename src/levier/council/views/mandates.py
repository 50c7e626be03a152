"""Mandates of an assembly, kept by those who may: the table, and the form of one mandate."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, Invalid
from levier.common.domain.french import plural
from levier.council.domain.record import AssemblyKind
from levier.council.domain.terms import in_office
from levier.council.forms.mandates import MandateForm
from levier.council.models import Assembly, Mandate
from levier.council.models.assemblies import MandateFunction
from levier.council.queries import assemblies as assembly_queries
from levier.council.services import assemblies as assembly_services
from levier.council.services.assemblies import FUNCTIONS, MandateFacts, mandate_version


@never_cache
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest, assembly_id: int) -> HttpResponse:
    """Every mandate known of the assembly, and the form that adds one."""
    acting = cast(ActingRequest, request)
    kept = assembly_queries.assembly_kept(acting.actor, assembly_id)
    form = MandateForm(request.POST if request.method == "POST" else None, _functions(kept))
    if request.method == "POST" and _is_saved(acting, form, kept):
        return redirect("council:mandates", kept.pk)
    rows = list(assembly_queries.mandates_kept(acting.actor, kept))
    held = [row for row in rows if _holds(row, acting)]
    return render(
        request,
        "council/mandates.html",
        {
            "assembly": kept,
            "form": form,
            "rows": [(row, row in held) for row in rows],
            "title": f"{kept.name} : {plural(len(rows), 'mandat connu', 'mandats connus')}, "
            f"{len(held) or 'aucun'} en exercice",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def edit_mandate(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """The form of one mandate."""
    acting = cast(ActingRequest, request)
    mandate = assembly_queries.mandate_kept(acting.actor, mandate_id)
    kept = mandate.member.assembly
    initial = {
        "name": mandate.member.name,
        "function": mandate.function,
        "starts_on": mandate.starts_on,
        "ends_on": mandate.ends_on,
        "source": mandate.source.dataset if mandate.source else "",
        "version": mandate_version(mandate),
    }
    form = MandateForm(
        request.POST if request.method == "POST" else None, _functions(kept), initial=initial
    )
    if request.method == "POST" and _is_saved(acting, form, kept, mandate):
        return redirect("council:mandates", kept.pk)
    return render(
        request,
        "council/mandate.html",
        {"assembly": kept, "mandate": mandate, "form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _is_saved(
    acting: ActingRequest, form: MandateForm, kept: Assembly, mandate: Mandate | None = None
) -> bool:
    if not form.is_valid():
        return False
    values = form.cleaned_data
    facts = MandateFacts(
        values["name"] or "",
        values["function"],
        values["starts_on"],
        values["ends_on"],
        values["source"],
    )
    try:
        saved = assembly_services.save_mandate(
            acting.actor,
            kept.pk,
            facts,
            mandate_id=mandate.pk if mandate else None,
            expected_version=values["version"] if mandate else None,
        )
    except Invalid as refusal:
        form.place_mistakes(refusal.by_field)
        return False
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return False
    messages.success(acting, f"Mandat enregistré : {saved}.")
    return True


def _functions(kept: Assembly) -> tuple[MandateFunction, ...]:
    return FUNCTIONS[AssemblyKind(kept.kind)]


def _holds(row: Mandate, acting: ActingRequest) -> bool:
    return in_office(
        acting.as_of,
        starts_on=row.starts_on,
        attested_on=row.attested_on,
        ends_on=row.ends_on,
    )
