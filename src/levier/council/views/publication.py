"""Acts online, readable without an account, and the page from which they are posted and signed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from levier.accounts.policies import require
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Invalid, NotFound, UnreadableInput
from levier.common.domain.findings import Finding
from levier.common.domain.french import date_in_words, fold
from levier.council.domain.formalities import ActFormalities
from levier.council.domain.record import Record
from levier.council.domain.rules import check
from levier.council.forms.publication import PublicationForm, PublishedFilter, Signing
from levier.council.models import Deliberation, PublishedFile
from levier.council.plain_text import vote_in_words
from levier.council.policies import can_publish_act, can_read_minutes, can_view_drafts
from levier.council.queries import publication as queries
from levier.council.record_json import load_part
from levier.council.services import publication as services
from levier.council.views.presenting import short_subject
from levier.documents.signature import SignatureReport, verify_pdf

PAGE_SIZE = 20
# CJA R421-1: until when third parties may act.
CHALLENGE_RULE = "X11"


@require_safe
def published_acts(request: HttpRequest) -> HttpResponse:
    """The acts online at the date looked at, the latest first."""
    as_of = cast(ActingRequest, request).as_of
    filters = PublishedFilter(request.GET, queries.publishing_assemblies())
    chosen = filters.chosen
    assembly = chosen.get("assemblee")
    files = queries.online_files(
        text=chosen.get("texte", ""),
        assembly_id=int(assembly) if assembly else None,
        since=chosen.get("du"),
        until=min(filter(None, (chosen.get("au"), as_of))),
    )
    page = Paginator(files, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "council/published_acts.html", {"filters": filters, "page": page})


@require_safe
def published_act(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """One act as its author publishes it: text, vote, author, dates, file, delay for challenge."""
    acting = cast(ActingRequest, request)
    act, record = queries.act_alone(acting.actor, deliberation_id)
    files = queries.files_of(acting.actor, act)
    online = next((file for file in files if file.withdrawn_on is None), None)
    may_publish = can_publish_act(acting.actor, act.sitting)
    if not files and not may_publish:
        raise NotFound(queries.NO_FILE)
    (shown,) = record.deliberations
    return render(
        request,
        "council/published_act.html",
        {
            "deliberation": act,
            "sitting": act.sitting,
            "act": shown,
            "title": _title(act, online),
            "vote": vote_in_words(shown.vote),
            "file": online,
            "older_files": [file for file in files if file.withdrawn_on is not None],
            "challenge": _challenge(acting, record),
            "publication": load_part(act.formalities, ActFormalities).publication,
            "signatures": _signatures(acting, online),
            "may_publish": may_publish,
            "withdrawal_from": online and services.withdrawal_from(online),
            "may_withdraw": online and services.withdrawal_from(online) <= timezone.localdate(),
            "sees_drafts": can_view_drafts(acting.actor, act.sitting.assembly),
            "may_read_minutes": can_read_minutes(acting.actor, act.sitting),
            "is_example": act.sitting.assembly.organisation.is_demo,
        },
    )


@require_safe
def act_file(
    request: HttpRequest, deliberation_id: int, file_id: int | None = None
) -> HttpResponse:
    """The very bytes that were posted; 304 when the reader has them, whole to keep with `?garder`.

    The address of the file online may come to serve another one: readers ask again each time.
    """
    file = queries.file_to_read(cast(ActingRequest, request).actor, deliberation_id, file_id)
    etag = quote_etag(file.sha256)
    way = "attachment" if "garder" in request.GET else "inline"
    response = _pdf(bytes(file.content), _named(file.deliberation), way)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = (
        "public, no-cache" if file.withdrawn_on is None else "private, no-cache"
    )
    return cast(HttpResponse, get_conditional_response(request, etag, None, response))


@never_cache
@require_safe
def extract_to_sign(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """The extract that the person signs with a tool of their own, before they bring it back."""
    actor = cast(ActingRequest, request).actor
    content = services.extract_to_sign(actor, deliberation_id)
    act, _ = queries.act_alone(actor, deliberation_id)
    return _pdf(content, _named(act, "à signer"), "attachment")


@sensitive_post_parameters("passphrase")
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """Post the act, signed or not; or sign its extract and hand it over without posting it."""
    acting = cast(ActingRequest, request)
    act, _ = queries.act_alone(acting.actor, deliberation_id)
    require(can_publish_act, acting.actor, act.sitting)
    is_sent = request.method == "POST"
    form = (
        PublicationForm(request.POST, request.FILES)
        if is_sent
        else PublicationForm(initial=_known(act))
    )
    if is_sent and form.is_valid():
        try:
            return _posted(acting, act, form)
        except Invalid as error:
            for field, sentence in error.by_field.items():
                form.add_error(field if field in form.fields else None, sentence)
        except UnreadableInput as error:
            form.add_error("signed_pdf", str(error))
    context = {
        "form": form,
        "deliberation": act,
        "sitting": act.sitting,
        "online": queries.current_file(act.pk),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "council/sign.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """Take the file offline today."""
    acting = cast(ActingRequest, request)
    act, _ = queries.act_alone(acting.actor, deliberation_id)
    online = queries.current_file(act.pk)
    if online is None:
        raise NotFound(queries.NO_FILE)
    services.withdraw_file(acting.actor, online.pk, withdrawn_on=timezone.localdate())
    messages.success(request, "L’acte n’est plus en ligne ; son fichier et ses dates sont gardés.")
    return redirect("council:published-act", act.pk)


@sensitive_variables("secrets")
def _posted(request: ActingRequest, act: Deliberation, form: PublicationForm) -> HttpResponse:
    values = form.cleaned_data
    signed_pdf = None
    download = request.POST.get("do") == "download"
    if download and values["signing"] != Signing.CERTIFICATE:
        raise Invalid({"signing": "Pour signer ici, choisissez « avec mon certificat »."})
    if values["signing"] == Signing.CERTIFICATE:
        secrets = {"pkcs12": values["certificate"].read(), "passphrase": values["passphrase"]}
        signed_pdf = services.sign_extract(
            request.actor,
            act.pk,
            author_name=values["author_name"],
            signed_at=timezone.now(),
            **secrets,
        )
        if download:
            return _pdf(signed_pdf, _named(act, "signé"), "attachment")
    elif values["signing"] == Signing.FILE:
        signed_pdf = values["signed_pdf"].read()
    services.publish_act(
        request.actor,
        act.pk,
        posted_on=values["posted_on"],
        author_name=values["author_name"],
        author_capacity=values["author_capacity"],
        on_own_site=values["on_own_site"],
        signed_pdf=signed_pdf,
    )
    messages.success(request, "L’acte est en ligne : chacun peut le lire et le télécharger.")
    return redirect("council:published-act", act.pk)


def _known(act: Deliberation) -> dict[str, Any]:
    """What is known of the author; a capacity is never guessed."""
    online = queries.current_file(act.pk)
    if online is not None:
        name, capacity = online.author_name, online.author_capacity
    else:
        signatory = act.sitting.signatory
        name = signatory.name if signatory else ""
        is_mayor = signatory is not None and queries.is_mayor_on(signatory, act.sitting.date)
        capacity = "maire" if is_mayor else ""
    return {"author_name": name, "author_capacity": capacity, "posted_on": timezone.localdate()}


def _title(act: Deliberation, online: PublishedFile | None) -> str:
    subject = short_subject(act.subject, 140)
    if online is None:
        return f"{subject} : acte qui n’est pas en ligne"
    return f"{subject} : acte en ligne depuis le {date_in_words(online.posted_on)}"


def _challenge(request: ActingRequest, record: Record) -> Finding:
    """Until when third parties may act."""
    (finding,) = check(record, as_of=request.as_of, only={CHALLENGE_RULE})
    return finding


def _signatures(
    request: ActingRequest, online: PublishedFile | None
) -> tuple[SignatureReport, ...]:
    if online is None or not online.is_signed:
        return ()
    file = queries.file_to_read(request.actor, online.deliberation_id, online.pk)
    return verify_pdf(bytes(file.content), trusted=None, at=timezone.now())


def _named(act: Deliberation, state: str = "") -> str:
    """A name under which the file is found again."""
    subject = short_subject(act.subject, 60)
    return " ".join(
        filter(None, (str(act.sitting.date), act.sitting.assembly.name, subject, state))
    )


def _pdf(content: bytes, name: str, way: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        f'{way}; filename="{fold(name).replace(" ", "-")}.pdf"; '
        f"filename*=UTF-8''{quote(name, safe='')}.pdf"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
