"""The papers of a sitting and of the register: one page that lists them, and the files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Invalid, NotFound
from levier.common.domain.french import date_in_words, fold, plural
from levier.council.domain.record import AssemblyKind, Outcome, Record
from levier.council.models import Deliberation, Sitting
from levier.council.policies import can_read_minutes, can_view_drafts, minutes_are_adopted
from levier.council.queries import papers as paper_queries
from levier.council.queries import sittings as queries
from levier.council.rebuilding import record_from
from levier.council.views.presenting import short_subject
from levier.council.writers.bundle import documents_zip, folder_name
from levier.council.writers.convocation import member_names
from levier.council.writers.papers import (
    PAPERS,
    PREPARING,
    Options,
    Paper,
    PaperKind,
    extract_pdf,
    paper_pdf,
)
from levier.council.writers.tables import RegisterLine, by_date, by_subject, year_tables_pdf

_NOTHING_YET = "Cette séance n’a pas encore de délibération : il n’y a rien à éditer."
# Papers that had their own address before there were others.
_OWN_ADDRESSES = {
    PaperKind.MINUTES: "council:minutes",
    PaperKind.LIST: "council:deliberation-list",
}
_GREATEST_SHEET = 100_000


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper on the page: where it is, what it lacks, and whether it can be made yet."""

    paper: Paper
    address: str
    lacks: list[str]
    can_be_made: bool
    label: str


@require_safe
def extract(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """The extract of one deliberation."""
    actor = cast(ActingRequest, request).actor
    record, position = queries.record_around(actor, deliberation_id)
    subject = short_subject(record.deliberations[position].subject, 60)
    return _pdf(request, extract_pdf(record, position), _named(record, f"extrait {subject}"))


@require_safe
def minutes(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The procès-verbal of the sitting, which is a draft until a later sitting adopts it."""
    record = queries.record_for_minutes(cast(ActingRequest, request).actor, sitting_id)
    adopted = record.sitting.formalities.minutes.adopted_on is not None
    what = "procès-verbal" if adopted else "projet de procès-verbal"
    return _of_sitting(request, record, PaperKind.MINUTES, what)


@require_safe
def deliberation_list(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The list of deliberations examined, to post within a week (L2121-25)."""
    record = queries.record_of(cast(ActingRequest, request).actor, sitting_id)
    return _of_sitting(request, record, PaperKind.LIST, "liste des délibérations")


@require_safe
def papers(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """Every paper of the sitting: what it is for, which are ready, what the others lack."""
    acting = cast(ActingRequest, request)
    shown = queries.sitting_detail(acting.actor, sitting_id)
    record = record_from(shown)
    inside = can_view_drafts(acting.actor, shown.assembly)
    lines = [
        _line(shown, record, paper)
        for paper in PAPERS.values()
        if inside
        or paper.for_everyone
        or (paper.kind is PaperKind.MINUTES and can_read_minutes(acting.actor, shown))
    ]
    made = [line for line in lines if line.can_be_made]
    unfinished = sum(bool(line.lacks) for line in made)
    count = plural(len(made) + len(record.deliberations), "document")
    left = f"{unfinished or 'aucun'} à compléter"
    return render(
        request,
        "council/documents.html",
        {
            "sitting": shown,
            "title": f"{count} pour la séance du {_day(record)}, {left}",
            "before": [line for line in lines if line.paper.kind in PREPARING],
            "after": [line for line in lines if line.paper.kind not in PREPARING],
            "deliberations": list(shown.deliberations.all()),
            "members": _members(acting, shown, record) if inside else [],
            "addressed": [line for line in lines if line.paper.for_a_member],
            "inside": inside,
        },
    )


@require_safe
def paper(request: HttpRequest, sitting_id: int, kind: str) -> HttpResponse:
    """One paper as a PDF. Working papers, some with names, stay within the organisation."""
    acting = cast(ActingRequest, request)
    try:
        wanted = PAPERS[PaperKind(kind)]
    except ValueError:
        raise NotFound("Ce document n’existe pas.") from None
    if wanted.kind is PaperKind.MINUTES:
        return minutes(request, sitting_id)
    if wanted.for_everyone:
        shown = queries.sitting_detail(acting.actor, sitting_id)
    else:
        shown = paper_queries.sitting_for_drafts(acting.actor, sitting_id)
    record = record_from(shown)
    inside = can_view_drafts(acting.actor, shown.assembly)
    options = _options(acting, shown, record) if inside else Options()
    return _of_sitting(request, record, wanted.kind, wanted.label, options)


@require_safe
def all_papers(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """Every document of the sitting in one ZIP, for those who keep it."""
    acting = cast(ActingRequest, request)
    shown = paper_queries.sitting_for_drafts(acting.actor, sitting_id)
    record = record_from(shown)
    content = documents_zip(record, _options(acting, shown, record))
    return _file(request, content, folder_name(record), "zip", "application/zip", "attachment")


@require_safe
def register(request: HttpRequest, assembly_id: int, year: int) -> HttpResponse:
    """The register of a year: its table by date and its table by subject."""
    acting = cast(ActingRequest, request)
    assembly, deliberations = paper_queries.register_of(
        acting.actor, assembly_id, year, as_of=acting.as_of
    )
    lines = _register_lines(deliberations)
    addresses = {
        line: reverse("council:deliberation", args=[row.pk])
        for line, row in zip(lines, deliberations, strict=True)
    }
    return render(
        request,
        "council/register.html",
        {
            "assembly": assembly,
            "year": year,
            "years": paper_queries.register_years(acting.actor, assembly_id, as_of=acting.as_of),
            "title": f"Registre {year} : {plural(len(lines), 'délibération')}",
            "by_date": [(line, addresses[line]) for line in by_date(lines)],
            "by_subject": [
                (heading, [(line, addresses[line]) for line in group])
                for heading, group in by_subject(lines)
            ],
            "inside": can_view_drafts(acting.actor, assembly),
        },
    )


@require_safe
def register_tables(request: HttpRequest, assembly_id: int, year: int) -> HttpResponse:
    """Both tables as a PDF, to bind at the end of the register (R2121-9)."""
    acting = cast(ActingRequest, request)
    assembly, deliberations = paper_queries.register_of(
        acting.actor, assembly_id, year, as_of=acting.as_of
    )
    content = year_tables_pdf(
        assembly.name, AssemblyKind(assembly.kind), year, _register_lines(deliberations)
    )
    return _pdf(request, content, f"{assembly.name} tables du registre {year}")


def _register_lines(deliberations: list[Deliberation]) -> list[RegisterLine]:
    return [
        RegisterLine(
            held_on=row.sitting.date,
            number=row.number if row.number is not None else row.position + 1,
            subject=row.subject,
            matter_code=row.matter_code or None,
            outcome=Outcome(row.vote.outcome) if row.vote.outcome else None,
        )
        for row in deliberations
    ]


def _line(shown: Sitting, record: Record, one: Paper) -> PaperLine:
    own = _OWN_ADDRESSES.get(one.kind)
    address = (
        reverse(own, args=[shown.pk])
        if own
        else reverse("council:sitting-paper", args=[shown.pk, one.kind.value])
    )
    is_draft = one.kind is PaperKind.MINUTES and not minutes_are_adopted(shown)
    label = "Projet de procès-verbal" if is_draft else one.label
    can_be_made = one.can_be_made(record)
    return PaperLine(one, address, one.lacks(record) if can_be_made else [], can_be_made, label)


def _members(acting: ActingRequest, shown: Sitting, record: Record) -> list[str]:
    return member_names(record, paper_queries.member_names_on(acting.actor, shown))


def _options(acting: ActingRequest, shown: Sitting, record: Record) -> Options:
    member = acting.GET.get("membre", "").strip()
    members = _members(acting, shown, record)
    if member and member not in members:
        raise NotFound("Cette personne n’est pas connue comme membre du conseil à cette date.")
    sheet = acting.GET.get("feuillet", "").strip()
    if sheet and not (sheet.isascii() and sheet.isdigit() and 0 < int(sheet) <= _GREATEST_SHEET):
        raise Invalid({"feuillet": "Le numéro du premier feuillet s’écrit en chiffres, comme 48."})
    return Options(
        member=member or None, members=members, first_sheet=int(sheet) if sheet else None
    )


def _of_sitting(
    request: HttpRequest,
    record: Record,
    kind: PaperKind,
    what: str,
    options: Options | None = None,
) -> HttpResponse:
    if not PAPERS[kind].can_be_made(record):
        raise NotFound(_NOTHING_YET)
    return _pdf(request, paper_pdf(kind, record, options), _named(record, what))


def _day(record: Record) -> str:
    return date_in_words(record.sitting.date) if record.sitting.date else "date inconnue"


def _named(record: Record, what: str) -> str:
    return " ".join(filter(None, [str(record.sitting.date or ""), record.assembly, what]))


def _pdf(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    return _file(request, content, name, "pdf", "application/pdf", "inline")


def _file(
    request: HttpRequest, content: bytes, name: str, ending: str, kind: str, disposition: str
) -> HttpResponse:
    """The document under a name that files well; 304 when it has not changed."""
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(content, content_type=kind)
    plain = fold(name).replace(" ", "-")
    response.headers["Content-Disposition"] = (
        f'{disposition}; filename="{plain}.{ending}"; '
        f"filename*=UTF-8''{quote(name, safe='')}.{ending}"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return cast(HttpResponse, get_conditional_response(request, etag, None, response))
