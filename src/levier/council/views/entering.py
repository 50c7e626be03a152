"""Entering a sitting: an act to read, a blank form, or a recorded sitting to correct.

The three share one form, and so does an act of a sitting that is recorded already: the form is
then that of the sitting, completed by what was read. Nothing is stored before « Enregistrer »;
what an act that was read brought with it travels signed in the form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from levier.accounts.models import AuditEntry
from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import Conflict, Invalid, Refused, UnreadableInput
from levier.common.domain.findings import Finding
from levier.common.domain.french import date_in_words, fold, plural
from levier.council.domain.gaps import missing_facts
from levier.council.domain.locking import with_outcomes
from levier.council.domain.matters import MATTERS
from levier.council.domain.merging import completed, merge
from levier.council.domain.record import Record
from levier.council.domain.rules import check
from levier.council.forms.parts import PRESENT
from levier.council.forms.reading import ActForm, Given
from levier.council.forms.record_form import KnownAssembly, RecordForm, data_of_record
from levier.council.forms.rows import add_row, is_list, remove_row, row_keys
from levier.council.intake import record_given
from levier.council.models import Assembly, Deliberation, Sitting
from levier.council.policies import can_edit_sitting
from levier.council.queries import sittings as queries
from levier.council.rebuilding import record_from
from levier.council.services import sittings as services
from levier.council.views.changes import Change, differences
from levier.council.views.presenting import by_status, verdict_in_words
from levier.council.views.reading import Reading

# Under this name the session tells the next page which draft the browser may erase.
SAVED_DRAFT = "saved_draft"
_BLANK_MEMBERS = 3
MOST_ACTS_IN_ONE_FORM = 20
_MOST_SHOWN = 400_000
_OTHER_DAY = (
    "Cette saisie complète une séance déjà enregistrée, dont la date ne change pas ici. Si l’acte "
    "est d’un autre jour, choisissez « C’est une autre séance », puis corrigez la date."
)
NOBODY_MAY = (
    "Aucune assemblée ne vous est ouverte en écriture : la saisie des séances revient au "
    "secrétariat général et à l’exécutif de chaque collectivité."
)


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody saved the sitting meanwhile: who and when, and what differs from what was typed."""

    by: AuditEntry | None
    changes: list[Change]


@dataclass(frozen=True)
class Entry:
    """One page of entry: what is being entered, and for which assemblies."""

    request: ActingRequest
    kind: str
    assemblies: list[Assembly]
    sitting_id: int | None = None
    version: int | None = None
    heading: str = ""
    reading: Reading | None = None
    held_on: date | None = None
    stored: Sitting | None = None

    @property
    def is_printed(self) -> bool:
        """Whether acts come from a text, whose own outcome is evidence and stays."""
        if self.reading is not None or self.stored is None:
            return self.reading is not None
        sources = [self.stored.source_id, *(a.source_id for a in self.stored.deliberations.all())]
        return any(source is not None for source in sources)

    @property
    def acts(self) -> list[Deliberation]:
        """The deliberations stored."""
        return list(self.stored.deliberations.all()) if self.stored else []

    @property
    def acts_apart(self) -> bool:
        """Whether there are too many of them for one form: each then has a page of its own."""
        return self.reading is None and len(self.acts) > MOST_ACTS_IN_ONE_FORM

    def form(self, data: QueryDict) -> RecordForm:
        """The form of these data."""
        today = self.request.as_of
        return RecordForm(data, self.assemblies, printed=self.is_printed, today=today)

    def record(self, form: RecordForm) -> Record:
        """What a checked form says, with what it does not show, and the outcomes of its votes."""
        typed = form.record(unread=self.reading.unread if self.reading else ())
        base = self._base()
        if self.acts_apart:
            return completed(replace(typed, deliberations=base.deliberations), base)
        record = completed(typed, base)
        return record if self.is_printed else with_outcomes(record)

    def _base(self) -> Record:
        """The record that the form was made from."""
        stored = record_from(self.stored) if self.stored else Record()
        if self.reading is None:
            return stored
        read, _ = record_given(self.reading.text.encode())
        return merge(stored, read)[0] if self.stored else read

    @property
    def draft_key(self) -> str:
        """Under which name the browser keeps what is being typed."""
        return draft_key(self.request, self.kind, None if self.reading else self.sitting_id)

    def page(
        self,
        form: RecordForm,
        *,
        status: int = HTTPStatus.OK,
        focus: str = "",
        findings: Iterable[Finding] | None = None,
        conflict: Clash | None = None,
        version: int | None = None,
    ) -> HttpResponse:
        """The form, and what was found out about it."""
        found = None if findings is None else list(findings)
        form.focus_on(focus)
        self._tell_mandates(form)
        return render(
            self.request,
            "council/entry.html",
            {
                "entry": self,
                "form": form,
                "reading": self.reading,
                "signed_reading": self.reading.signed() if self.reading else "",
                "sitting_version": self.version if version is None else version,
                "focus": focus,
                "matters": MATTERS,
                "groups": None if found is None else by_status(found),
                "verdict": None if found is None else verdict_in_words(found),
                "conflict": conflict,
                "is_fresh": self.request.method == "POST",
            },
            status=status,
        )

    def _tell_mandates(self, form: RecordForm) -> None:
        """Beside « Membres en exercice », how many mandates are known; the person decides."""
        if form.assembly is None or form.day is None:
            return
        known = queries.members_in_office(self.request.actor, form.assembly.pk, form.day)
        count = len({mandate.member.pk for mandate in known})
        day = date_in_words(form.day)
        form.sitting["in_office"].help_text += (
            f" Levier connaît {plural(count, 'mandat')} au {day}, peut-être pas tous."
            if count
            else f" Levier ne connaît aucun mandat au {day}."
        )


def draft_key(request: ActingRequest, kind: str, sitting_id: int | None = None) -> str:
    """The name of a draft: two people who share a browser do not share drafts."""
    return f"{request.actor.person_id}-{kind}-{sitting_id or 'nouvelle'}"


@never_cache
@require_http_methods(["GET", "POST"])
def new_sitting(request: HttpRequest) -> HttpResponse:
    """A blank form, with the members known to be in office."""
    acting = cast(ActingRequest, request)
    entry = Entry(acting, "seance", _assemblies(acting), heading="Saisir une séance")
    if request.method == "POST":
        return _answer(entry)
    data = data_of_record(Record(), entry.assemblies[0].pk if len(entry.assemblies) == 1 else None)
    if not _add_members(entry, data):
        for _ in range(_BLANK_MEMBERS):
            add_row(data, "attendance")
    add_row(data, "deliberations")
    return entry.page(entry.form(data))


@never_cache
@require_http_methods(["GET", "POST"])
def edit_sitting(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The form of a recorded sitting, with the version that the person opened."""
    acting = cast(ActingRequest, request)
    sitting = queries.sitting_detail(acting.actor, sitting_id)
    if not can_edit_sitting(acting.actor, sitting):
        raise Refused(can_edit_sitting.refusal)
    entry = Entry(
        acting,
        "seance",
        [sitting.assembly],
        sitting_id=sitting_id,
        version=_posted_version(request, sitting, is_brought_back=request.method == "POST"),
        heading=f"Corriger la séance du {date_in_words(sitting.date)}, {sitting.assembly.name}",
        stored=sitting,
    )
    if request.method == "POST":
        return _answer(entry)
    record = record_from(sitting)
    if entry.acts_apart:
        record = replace(record, deliberations=())
    return entry.page(entry.form(data_of_record(record, sitting.assembly_id)))


@never_cache
@require_http_methods(["GET", "POST"])
def read_act(request: HttpRequest) -> HttpResponse:
    """Give an act, review what was read of it, then save it."""
    acting = cast(ActingRequest, request)
    assemblies = _assemblies(acting)
    reading = Reading.of(request.POST.get("reading", ""))
    if request.POST.get("reading"):
        if reading is None:
            messages.warning(
                request,
                "La lecture jointe à ce formulaire n’est plus valable : déposez l’acte à nouveau.",
            )
            return redirect("council:act-read")
        return _answer(_posted_review(acting, assemblies, reading))
    is_sent = request.method == "POST"
    act_form = ActForm(request.POST, request.FILES) if is_sent else ActForm()
    if is_sent and act_form.is_valid():
        given = act_form.given()
        try:
            record, text = record_given(given.data, given.name)
        except UnreadableInput as error:
            act_form.add_error("document" if request.FILES else "text", str(error))
        else:
            return _first_review(acting, assemblies, given, record, text)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if act_form.errors else HTTPStatus.OK
    return render(
        request,
        "council/read_act.html",
        {"form": act_form, "draft_key": draft_key(acting, "acte")},
        status=status,
    )


def _first_review(
    acting: ActingRequest, assemblies: list[Assembly], given: Given, record: Record, text: str
) -> HttpResponse:
    reading = Reading(
        given.name,
        given.sha256,
        text=text.strip()[:_MOST_SHOWN],
        unread=record.unread,
        not_found=tuple(missing_facts(record)),
        printed_assembly=record.assembly or "",
    )
    chosen = _matching(assemblies, record)
    known = _already_there(acting, chosen, record)
    if known is not None:
        return _complete(acting, known, reading, record)
    return _review_apart(acting, assemblies, reading, record)


def _review_apart(
    acting: ActingRequest, assemblies: list[Assembly], reading: Reading, record: Record
) -> HttpResponse:
    """The review of an act as a sitting of its own."""
    chosen = _matching(assemblies, record)
    form = RecordForm(data_of_record(record, chosen and chosen.pk), assemblies)
    entry = _review(acting, assemblies, reading)
    return entry.page(form, findings=_check(_with_assembly(record, chosen), acting, chosen))


def _complete(
    acting: ActingRequest, known: Sitting, reading: Reading, record: Record
) -> HttpResponse:
    """The form of the sitting recorded already, completed by the act that was read."""
    sitting = queries.sitting_detail(acting.actor, known.pk)
    stored = record_from(sitting)
    merged, otherwise = merge(stored, record)
    added = len(merged.deliberations) - len(stored.deliberations)
    entry = _completion(acting, sitting, replace(reading, otherwise=otherwise, added=added))
    form = RecordForm(data_of_record(merged, sitting.assembly_id), entry.assemblies)
    return entry.page(form, findings=_check(merged, acting, sitting.assembly))


def _completion(acting: ActingRequest, sitting: Sitting, reading: Reading) -> Entry:
    return Entry(
        acting,
        "acte",
        [sitting.assembly],
        sitting_id=sitting.pk,
        version=_posted_version(acting, sitting, is_brought_back="sitting" in acting.POST),
        heading=f"Complétez la séance du {date_in_words(sitting.date)} avec « {reading.name} »",
        reading=reading,
        held_on=sitting.date,
        stored=sitting,
    )


def _posted_review(acting: ActingRequest, assemblies: list[Assembly], reading: Reading) -> Entry:
    posted = acting.POST.get("sitting", "")
    if not (posted.isdecimal() and len(posted) < 16):
        return _review(acting, assemblies, reading)
    sitting = queries.sitting_detail(acting.actor, int(posted))
    if not can_edit_sitting(acting.actor, sitting):
        raise Refused(can_edit_sitting.refusal)
    return _completion(acting, sitting, reading)


def _posted_version(request: HttpRequest, sitting: Sitting, *, is_brought_back: bool) -> int:
    """The version that the person opened: the present one, or that which the form brought back.

    A form that brings none back opened none: 0 conflicts with every version.
    """
    posted = request.POST.get("version", "")
    if posted.isdecimal() and len(posted) < 10:
        return int(posted)
    return 0 if is_brought_back else sitting.version


def _already_there(
    acting: ActingRequest, assembly: KnownAssembly | None, record: Record
) -> Sitting | None:
    """The recorded sitting of which the act is another extract, when the person may edit it."""
    day, opens_at = record.sitting.date, record.sitting.opens_at
    if assembly is None or day is None:
        return None
    known = queries.sitting_already_there(acting.actor, assembly.pk, day, opens_at)
    return known if known is not None and can_edit_sitting(acting.actor, known) else None


def _review(acting: ActingRequest, assemblies: list[Assembly], reading: Reading) -> Entry:
    return Entry(
        acting,
        "acte",
        assemblies,
        heading=f"Relisez ce que Levier a lu dans « {reading.name} »",
        reading=reading,
    )


def _answer(entry: Entry) -> HttpResponse:
    """Do what the button pressed asks: rows, a preview, or saving."""
    data = entry.request.POST.copy()
    if data.get("action") == "apart" and entry.reading is not None:
        record, _ = record_given(entry.reading.text.encode())
        reading = replace(entry.reading, otherwise=(), added=0)
        return _review_apart(entry.request, _assemblies(entry.request), reading, record)
    focus = _change_rows(entry, data)
    form = entry.form(data)
    action = data.get("action", "")
    if focus is not None or action not in ("preview", "save"):
        return entry.page(form, focus=focus or "")
    if not form.check():
        return entry.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    record = entry.record(form)
    if action == "preview":
        findings = _check(record, entry.request, form.assembly)
        return entry.page(form, findings=findings, focus="findings")
    return _save(entry, form, record)


def _save(entry: Entry, form: RecordForm, record: Record) -> HttpResponse:
    actor = entry.request.actor
    assembly = form.assembly
    assert assembly is not None  # noqa: S101 (a checked form has one)
    source = entry.reading.source(record, actor.label) if entry.reading else None
    if entry.reading is not None and entry.sitting_id is None:
        known = _already_there(entry.request, assembly, record)
        if known is not None:
            return _complete(entry.request, known, entry.reading, record)
    if entry.held_on not in (None, record.sitting.date):
        form.place_mistakes({"sitting.date": _OTHER_DAY})
        return entry.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        sitting = services.save_sitting(
            actor,
            record,
            assembly_id=assembly.pk,
            sitting_id=entry.sitting_id,
            expected_version=entry.version if entry.sitting_id else None,
            source=source if entry.sitting_id is None else None,
            added_source=source if entry.sitting_id is not None else None,
        )
    except Invalid as refusal:
        form.place_mistakes(refusal.by_field)
        return entry.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict:
        assert entry.sitting_id is not None  # noqa: S101 (only a stored sitting conflicts)
        return entry.page(
            form,
            status=HTTPStatus.CONFLICT,
            conflict=Clash(
                queries.history_of_sitting(actor, entry.sitting_id).first(),
                differences(queries.record_of(actor, entry.sitting_id), record),
            ),
            version=queries.sitting_detail(actor, entry.sitting_id).version,
        )
    messages.success(entry.request, "La séance est enregistrée.")
    entry.request.session[SAVED_DRAFT] = entry.draft_key
    return redirect(reverse("council:sitting", args=[sitting.pk]))


def _change_rows(entry: Entry, data: QueryDict) -> str | None:
    """Add or remove the rows that the button pressed names; the id to focus, or None."""
    if (name := data.get("add", "")) and is_list(name):
        return f"{name}-{add_row(data, name)}"
    if token := data.get("remove", ""):
        remove_row(data, token)
        return f"{token.rpartition('-')[0]}-add"
    match data.get("action"):
        case "members":
            _add_members(entry, data)
            return "attendance-add"
        case "all-present":
            for key in row_keys(data, "attendance"):
                prefix = f"attendance-{key}"
                if data.get(f"{prefix}-name") and not data.get(f"{prefix}-state"):
                    data[f"{prefix}-state"] = PRESENT
            return "attendance-add"
    return None


def _add_members(entry: Entry, data: QueryDict) -> bool:
    """One row per member known to be in office whom no row names yet; whether there was any."""
    form = RecordForm(data, entry.assemblies)
    if form.assembly is None:
        return False
    on = form.day or entry.request.as_of
    typed = {fold(data.get(f"attendance-{key}-name", "")) for key in row_keys(data, "attendance")}
    mandates = queries.members_in_office(entry.request.actor, form.assembly.pk, on)
    names = dict.fromkeys(mandate.member.name for mandate in mandates)
    missing = [name for name in names if fold(name) not in typed]
    for name in missing:
        key = add_row(data, "attendance")
        data[f"attendance-{key}-name"] = name
    return bool(missing)


def _assemblies(request: ActingRequest) -> list[Assembly]:
    assemblies = list(queries.assemblies_open_to(request.actor))
    if not assemblies:
        raise Refused(NOBODY_MAY)
    return assemblies


def _matching(assemblies: list[Assembly], record: Record) -> Assembly | None:
    """The assembly that the act names among those offered; none when it names none.

    Even when one only is offered: the act of another town would be filed under it unseen.
    """
    printed = f" {fold(record.assembly or '')} "
    kinds = [
        assembly
        for assembly in assemblies
        if record.assembly_kind is None or assembly.kind == record.assembly_kind
    ]
    if not printed.strip():
        return None
    return next(
        (
            assembly
            for assembly in kinds
            if (known := f" {fold(assembly.name)} ").strip()
            and (known in printed or printed in known)
        ),
        None,
    )


def _with_assembly(record: Record, assembly: Assembly | None) -> Record:
    if assembly is None:
        return record
    return replace(record, population=assembly.population)


def _check(
    record: Record, request: ActingRequest, assembly: KnownAssembly | None
) -> tuple[Finding, ...]:
    department = assembly.department if assembly else ""
    return check(record, as_of=request.as_of, department=department or None)
