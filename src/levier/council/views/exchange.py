"""The transmission of an act to the State, and the open data that everyone may take."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, Invalid, NotFound, UnreadableInput
from levier.common.domain.french import date_in_words
from levier.council.domain.formalities import ActFormalities
from levier.council.domain.matters import matter
from levier.council.domain.state_messages import TITLES, said, to_do
from levier.council.domain.transmission import transmissible
from levier.council.forms.exchange import AnswerForm, PackageForm, TransmittedForm, emails_in
from levier.council.models import Deliberation
from levier.council.queries import exchange as queries
from levier.council.record_json import load_part
from levier.council.services import exchange as services
from levier.council.services.open_data import open_data, open_data_summary

_REMEMBERED = "council-transmission"
# What the form of the package asks: not to be told again as lacking in the records.
_ASKED_HERE = {
    *("emails", "contact", "telephone", "third_party", "subject", "classification_dated_on"),
}
# Which page completes what the records lack.
_COMPLETED_BY = {
    **dict.fromkeys(("siren", "department", "district", "sender_nature"), "circumstances"),
    "matter_code": "act-formalities",
}


@never_cache
@require_http_methods(["GET", "POST"])
def transmission(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """The state of one act's transmission, its package, and the file of what came back."""
    acting = cast(ActingRequest, request)
    act = queries.act_kept(acting.actor, deliberation_id)
    done = request.POST.get("do", "") if request.method == "POST" else ""
    package = PackageForm(
        request.POST if done in ("package", "cancellation") else None,
        request.FILES if done in ("package", "cancellation") else None,
        initial=_known(request, act),
        auto_id="paquet-%s",
    )
    sent = TransmittedForm(
        request.POST if done == "transmitted" else None,
        initial={"transmitted_on": act.transmitted_on},
        auto_id="envoi-%s",
    )
    answer = AnswerForm(
        request.POST if done == "answer" else None,
        request.FILES if done == "answer" else None,
        auto_id="reponse-%s",
    )
    filed: tuple[services.Filed, ...] = ()
    if done in ("package", "cancellation") and package.is_valid():
        response = _package(acting, act, package, is_cancellation=done == "cancellation")
        if response is not None:
            return response
    elif done == "transmitted" and sent.is_valid() and _is_marked(acting, act, sent):
        return redirect("council:transmission", act.pk)
    elif done == "answer" and answer.is_valid():
        filed = _filed(acting, answer)
        act = queries.act_kept(acting.actor, deliberation_id)
    failed = any(form.errors for form in (package, sent, answer))
    return render(
        request,
        "council/exchange.html",
        {
            **_described(acting, act),
            "package": package,
            "sent": sent,
            "answer": answer,
            "filed": [
                (one, TITLES[one.message.kind], said(one.message), to_do(one.message))
                for one in filed
            ],
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK,
    )


def _described(acting: ActingRequest, act: Deliberation) -> dict[str, Any]:
    assembly = act.sitting.assembly
    remembered = _known(acting, act)
    options = services.SendingOptions(emails=emails_in(remembered["emails"]))
    missing = services.missing_for_package(acting.actor, act.pk, options, on=timezone.localdate())
    return {
        "deliberation": act,
        "sitting": act.sitting,
        "assembly": assembly,
        "title": _title(act),
        "number": queries.number_of(act),
        "matter": matter(act.matter_code),
        "state_identifier": load_part(act.formalities, ActFormalities).state_identifier,
        "missing": [
            (fault.sentence, _page_to_complete(act, fault.field))
            for fault in missing
            if fault.field not in _ASKED_HERE
        ],
        "replaced": transmissible(act.subject)[1],
    }


def _page_to_complete(act: Deliberation, field: str) -> str:
    page = _COMPLETED_BY.get(field, "sitting-edit")
    keys = {
        "circumstances": act.sitting.assembly_id,
        "act-formalities": act.pk,
        "sitting-edit": act.sitting_id,
    }
    return reverse(f"council:{page}", args=[keys[page]])


def _title(act: Deliberation) -> str:
    if act.received_on:
        return f"L’État a reçu cet acte le {date_in_words(act.received_on)}"
    if act.transmitted_on:
        day = date_in_words(act.transmitted_on)
        return f"Acte transmis le {day}, réception attendue"
    return "Cet acte n’est pas encore transmis à l’État"


def _known(request: HttpRequest, act: Deliberation) -> dict[str, str]:
    own = getattr(request.user, "email", "")
    remembered: dict[str, str] = request.session.get(_REMEMBERED, {})
    return {"emails": own} | remembered | {"subject": transmissible(act.subject)[0]}


def _package(
    request: ActingRequest, act: Deliberation, form: PackageForm, *, is_cancellation: bool
) -> HttpResponse | None:
    options = services.SendingOptions(**form.options())
    build = services.build_cancellation if is_cancellation else services.build_act_package
    try:
        built = build(request.actor, act.pk, options, on=timezone.localdate())
    except Invalid as refusal:
        missing = services.missing_for_package(
            request.actor, act.pk, options, on=timezone.localdate()
        )
        above = {fault.field for fault in missing} - _ASKED_HERE
        form.place_mistakes(refusal.by_field, above)
        return None
    request.session[_REMEMBERED] = form.remembered()
    response = HttpResponse(built.content, content_type="application/gzip")
    response.headers["Content-Disposition"] = f'attachment; filename="{built.name}"'
    return response


def _is_marked(request: ActingRequest, act: Deliberation, form: TransmittedForm) -> bool:
    try:
        services.mark_transmitted(request.actor, act.pk, form.cleaned_data["transmitted_on"])
    except Invalid as refusal:
        for field, sentence in refusal.by_field.items():
            form.add_error("transmitted_on" if field in form.fields else None, sentence)
        return False
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return False
    messages.success(request, "Date de transmission enregistrée.")
    return True


def _filed(request: ActingRequest, form: AnswerForm) -> tuple[services.Filed, ...]:
    given = form.cleaned_data["answer"]
    try:
        filed = services.record_acknowledgement(request.actor, given.read(), given.name)
    except UnreadableInput as error:
        form.add_error("answer", str(error))
        return ()
    for one in filed:
        if one.message.classification:
            known = request.session.get(_REMEMBERED, {})
            dated_on = str(one.message.classification.dated_on)
            request.session[_REMEMBERED] = known | {"classification_dated_on": dated_on}
    return filed


@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """What is open, in which formats, and what keeps acts out of the file."""
    summaries = open_data_summary()
    rows = sum(summary.rows for summary in summaries)
    return render(
        request,
        "council/exchange_open_data.html",
        {"summaries": summaries, "rows": rows},
    )


@require_safe
def open_data_file(request: HttpRequest) -> HttpResponse:
    """The deliberations of public sittings, as the SCDL schema wants them; 304 when unchanged."""
    asked = request.GET.get("assemblee", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) <= 15):
        raise NotFound("Cette assemblée n’existe pas.")

    content = open_data(
        int(asked) if asked else None, act_addresses(request, "deliberation")
    ).content
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="deliberations.csv"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return cast(HttpResponse, get_conditional_response(request, etag, None, response))


def act_addresses(request: HttpRequest, name: str) -> Callable[[int], str]:
    """The absolute address of any act on the page of that name, resolved once for thousands."""
    model = request.build_absolute_uri(reverse(f"council:{name}", args=[0]))
    head, _, tail = model.rpartition("/0/")
    return lambda pk: f"{head}/{pk}/{tail}"
