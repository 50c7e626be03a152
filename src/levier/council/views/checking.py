"""Checking an act without saving it: a public service that stores nothing."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import UnreadableInput
from levier.council.domain.gaps import missing_facts
from levier.council.domain.rules import check
from levier.council.forms.reading import CheckForm
from levier.council.intake import record_given
from levier.council.views.presenting import (
    by_status,
    deliberations_in_words,
    verdict_in_words,
)


@never_cache
@require_http_methods(["GET", "POST"])
def check_act(request: HttpRequest) -> HttpResponse:
    """Read an act, judge it at the date looked at, show the findings, keep nothing."""
    acting = cast(ActingRequest, request)
    is_sent = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if is_sent else CheckForm()
    results: dict[str, Any] = {}
    if is_sent and form.is_valid():
        try:
            results = _results(acting, form)
        except UnreadableInput as error:
            form.add_error("document" if request.FILES else "text", str(error))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "council/check.html", {"form": form, **results}, status=status)


def _results(request: ActingRequest, form: CheckForm) -> dict[str, Any]:
    given = form.given()
    record, _ = record_given(given.data, given.name)
    if form.cleaned_data["population"] is not None:
        record = replace(record, population=form.cleaned_data["population"])
    if form.cleaned_data["kind"] is not None:
        record = replace(record, assembly_kind=form.cleaned_data["kind"])
    findings = check(record, as_of=request.as_of)
    return {
        "record": record,
        "given": given,
        "findings": findings,
        "groups": by_status(findings),
        "not_found": missing_facts(record),
        "title": f"{deliberations_in_words(len(record.deliberations)).capitalize()} : "
        f"{verdict_in_words(findings)}",
    }
