"""One form for one record: the data of the form from a record, and the record from the form.

Both ways are exact: what the form shows of a record, saved untouched, gives the same record. Two
things are put in the form's own order and spelling: a procuration stands on the row of its giver,
and a member who is both listed and giver of a procuration has one row, spelt as in the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.http import QueryDict

from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Deliberation,
    Movement,
    Outcome,
    Proxy,
    Record,
    Recusal,
    Sitting,
    Vote,
    name_key,
)
from levier.council.forms.fields import DayField, QuietForm, as_text
from levier.council.forms.parts import (
    ABSENT,
    PRESENT,
    AgendaRow,
    DeliberationPart,
    MemberRow,
    MovementRow,
    SittingPart,
)
from levier.council.forms.rows import RowForm, Rows, add_row, row_keys

_SITTING_FIELDS = (
    "date",
    "opens_at",
    "place",
    "convocation_date",
    "convocation_posted",
    "urgency",
    "second_convocation",
    "president",
    "secretary",
    "in_office",
    "all_present_except_absent",
    "present_count",
    "represented_count",
)
_VOTE_FIELDS = (
    "outcome",
    "unanimous",
    "in_favour",
    "against",
    "abstentions",
    "blank",
    "not_voting",
    "mode",
    "president_vote",
)
_TEXT_FIELDS = (
    *("subject", "number", "rapporteur", "president", "nature", "matter_code"),
    *("visas", "recitals", "decisions", "debate"),
)
_DATE_FIELDS = ("transmitted_on", "received_on", "published_on")
_MOVEMENT_FIELDS = ("member", "event", "before_item", "at")


class KnownAssembly(Protocol):
    """What the form needs of an assembly."""

    pk: Any
    name: str
    kind: str
    population: int | None
    department: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, where, and the address of the field within the page ("" for the whole)."""

    where: str
    sentence: str
    anchor: str = ""


class RecordForm:
    """The form of one sitting, always filled from data: those sent, or those of a record.

    `printed` tells that the acts were read from a text, whose own outcome is evidence; otherwise
    the counts give it. A sitting of the day `today` or later is being prepared: the members named
    need not be present or absent yet.
    """

    def __init__(
        self,
        data: QueryDict,
        assemblies: Iterable[KnownAssembly],
        *,
        printed: bool = True,
        today: date | None = None,
    ) -> None:
        self.today = today
        self.data = data = data if printed else _without_outcomes(data)
        self.assemblies = {str(assembly.pk): assembly for assembly in assemblies}
        self.sitting = SittingPart(data, self.assemblies.values())
        self.attendance = Rows(MemberRow, data, "attendance")
        self.movements = Rows(MovementRow, data, "movements")
        self.agenda = Rows(AgendaRow, data, "agenda")
        self.deliberations = Rows(DeliberationPart, data, "deliberations")
        self.is_printed = printed
        if not printed:
            for part in self.deliberations:
                part.compute_outcome()
        self.mistakes: list[Mistake] = []
        self._fields: dict[str, BoundField] = {}

    @property
    def assembly(self) -> KnownAssembly | None:
        """The assembly chosen, when it is one of those offered."""
        return self.assemblies.get(self.data.get("assembly_id", ""))

    @property
    def day(self) -> date | None:
        """The date of the sitting as typed, when it is one."""
        try:
            return DayField("").clean(self.data.get("date"))
        except ValidationError:
            return None

    @property
    def is_prepared(self) -> bool:
        """Whether the sitting is still to be held, on the day it is typed or later."""
        return self.today is not None and self.day is not None and self.day >= self.today

    @property
    def member_names(self) -> list[str]:
        """The names already typed, offered again wherever a member is asked for."""
        names = dict.fromkeys(row.typed("name").strip() for row in self.attendance.rows)
        return [name for name in names if name]

    def focus_on(self, token: str) -> None:
        """Put the cursor in the first field of the row that `token` names."""
        for row in self._rows():
            if row.token == token:
                next(iter(row.fields.values())).widget.attrs["autofocus"] = True

    def check(self) -> bool:
        """Look at every value; `mistakes` then lists what is wrong, in the order of the page."""
        parts = list(self._parts())
        for part, _ in parts:
            part.check()
        self._check_states()
        self.mistakes = [
            Mistake(_where(context, field), str(sentence), field.id_for_label)
            for part, context in parts
            for field in part
            for sentence in field.errors
        ]
        return not self.mistakes

    def _check_states(self) -> None:
        """Whoever is named is present, absent, or at least gives a procuration.

        Where everyone but the absent was present, the members left without a state were present.
        Nobody is either before the sitting is held.
        """
        if self.sitting.cleaned_data.get("all_present_except_absent") or self.is_prepared:
            return
        for row in self.attendance.filled():
            values = row.cleaned_data
            if values.get("name") and not values.get("state") and not values.get("holder"):
                row.add_error("state", "Choisissez présence ou absence, ou retirez la ligne.")

    def record(self, *, unread: tuple[str, ...] = ()) -> Record:
        """The record that a checked form describes."""
        self._fields = {}
        main = self.sitting.cleaned_data
        self._remember(self.sitting, "sitting", _SITTING_FIELDS)
        self._remember(self.sitting, "", ("signed_on", "signatory"))
        assembly = self.assembly
        present, absent, proxies = self._attendance()
        return Record(
            assembly=assembly.name if assembly else None,
            assembly_kind=AssemblyKind(assembly.kind) if assembly else None,
            document_kind=main["document_kind"],
            population=assembly.population if assembly else None,
            sitting=Sitting(
                **{name: main[name] for name in _SITTING_FIELDS},
                present=present,
                absent=absent,
                proxies=proxies,
                movements=self._movements(self.movements, "sitting.movements"),
                agenda=self._agenda(),
            ),
            deliberations=tuple(
                self._deliberation(part, f"deliberations[{index}]")
                for index, part in enumerate(self.deliberations.filled())
            ),
            signed_on=main["signed_on"],
            signatory=main["signatory"],
            unread=unread,
        )

    def place_mistakes(self, by_field: Mapping[str, str]) -> None:
        """Show refusals told by path of the record ("sitting.proxies[1].holder") beside a field."""
        for path, sentence in by_field.items():
            field = self._field_at(path)
            if field is None:
                self.mistakes.append(Mistake("", sentence))
                continue
            form = field.form
            form.add_error(field.name, sentence)
            self.mistakes.append(
                Mistake(_where(_context(form), field), sentence, field.id_for_label)
            )

    def _field_at(self, path: str) -> BoundField | None:
        """The field of the path, or else of what holds it."""
        while path:
            if path in self._fields:
                return self._fields[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None

    def _rows(self) -> Iterator[RowForm]:
        for rows in (self.attendance, self.movements, self.agenda):
            yield from rows
        for part in self.deliberations:
            yield part
            yield from part.movements
            yield from part.recusals

    def _parts(self) -> Iterator[tuple[QuietForm, str]]:
        yield self.sitting, ""
        rows: tuple[RowForm, ...] = (
            *self.attendance.filled(),
            *self.movements.filled(),
            *self.agenda.filled(),
        )
        for row in rows:
            yield row, _context(row)
        for part in self.deliberations.filled():
            yield part, _context(part)
            for inner in (*part.movements.filled(), *part.recusals.filled()):
                yield inner, f"{_context(part)}, {_context(inner)}"

    def _remember(self, form: QuietForm, path: str, names: Iterable[str]) -> None:
        for name in names:
            self._fields[f"{path}.{name}" if path else name] = form[name]

    def _attendance(
        self,
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Proxy, ...]]:
        lists: dict[str, list[str]] = {PRESENT: [], ABSENT: []}
        proxies: list[Proxy] = []
        for row in self.attendance.filled():
            values = row.cleaned_data
            if values["state"]:
                names = lists[values["state"]]
                self._fields[f"sitting.{values['state']}[{len(names)}]"] = row["name"]
                names.append(values["name"])
            if values["holder"]:
                self._fields[f"sitting.proxies[{len(proxies)}]"] = row["holder"]
                self._fields[f"sitting.proxies[{len(proxies)}].giver"] = row["name"]
                proxies.append(Proxy(values["name"], values["holder"]))
        return tuple(lists[PRESENT]), tuple(lists[ABSENT]), tuple(proxies)

    def _movements(self, rows: Rows[MovementRow], path: str) -> tuple[Movement, ...]:
        for index, row in enumerate(rows.filled()):
            self._fields[f"{path}[{index}]"] = row["member"]
            self._remember(row, f"{path}[{index}]", _MOVEMENT_FIELDS)
        return tuple(
            Movement(**{name: row.cleaned_data[name] for name in _MOVEMENT_FIELDS})
            for row in rows.filled()
        )

    def _agenda(self) -> tuple[AgendaItem, ...]:
        for index, row in enumerate(self.agenda.filled()):
            self._fields[f"sitting.agenda[{index}]"] = row["subject"]
            self._remember(row, f"sitting.agenda[{index}]", ("number", "subject"))
        return tuple(
            AgendaItem(row.cleaned_data["number"], row.cleaned_data["subject"])
            for row in self.agenda.filled()
        )

    def _deliberation(self, part: DeliberationPart, path: str) -> Deliberation:
        values = part.cleaned_data
        self._fields[path] = part["subject"]
        self._remember(part, path, (*_TEXT_FIELDS, *_DATE_FIELDS))
        self._fields[f"{path}.vote"] = part["outcome"]
        self._remember(part, f"{path}.vote", _VOTE_FIELDS)
        for index, row in enumerate(part.recusals.filled()):
            self._fields[f"{path}.recused[{index}]"] = row["member"]
        return Deliberation(
            **{name: values[name] for name in (*_TEXT_FIELDS, *_DATE_FIELDS)},
            vote=Vote(**{name: values[name] for name in _VOTE_FIELDS}),
            present_changes=self._movements(part.movements, f"{path}.present_changes"),
            recused=tuple(
                Recusal(row.cleaned_data["member"], row.cleaned_data["ground"])
                for row in part.recusals.filled()
            ),
        )


class OneActForm(RecordForm):
    """The form of one deliberation of a sitting: the others are not shown, and stay.

    `rank` is its place in the record `base`, from 0; one past the last adds a deliberation.
    """

    def __init__(self, data: QueryDict, base: Record, rank: int, *, printed: bool) -> None:
        super().__init__(data, (), printed=printed)
        self.base, self.rank = base, rank

    def _check_states(self) -> None:
        """Nobody's presence is told here."""

    def _parts(self) -> Iterator[tuple[QuietForm, str]]:
        for part in self.deliberations:
            yield part, ""
            for inner in (*part.movements.filled(), *part.recusals.filled()):
                yield inner, _context(inner)

    def record(self, *, unread: tuple[str, ...] = ()) -> Record:
        """The record of the sitting with what a checked form says of its act."""
        self._fields = {}
        part = next(iter(self.deliberations))
        act = self._deliberation(part, f"deliberations[{self.rank}]")
        acts = self.base.deliberations
        return replace(
            self.base,
            unread=unread,
            deliberations=(*acts[: self.rank], act, *acts[self.rank + 1 :]),
        )


def data_of_act(act: Deliberation) -> QueryDict:
    """The data that the form of one act holds."""
    data = QueryDict(mutable=True)
    _put_act(data, act)
    return data


def _without_outcomes(data: QueryDict) -> QueryDict:
    """The same data where nobody tells an outcome, but that a matter was put off."""
    told = data.copy()
    for key in row_keys(told, "deliberations"):
        if told.get(f"deliberations-{key}-outcome") != Outcome.POSTPONED.value:
            told[f"deliberations-{key}-outcome"] = ""
    return told


def data_of_record(record: Record, assembly_id: object = None) -> QueryDict:
    """The data that the form of this record holds, as a browser would send them."""
    data = QueryDict(mutable=True)
    sitting = record.sitting
    data["assembly_id"] = as_text(assembly_id)
    data["document_kind"] = as_text(record.document_kind)
    for name in _SITTING_FIELDS:
        data[name] = as_text(getattr(sitting, name))
    if not sitting.all_present_except_absent:
        del data["all_present_except_absent"]
    data["signed_on"], data["signatory"] = as_text(record.signed_on), as_text(record.signatory)
    for row in _member_rows(sitting):
        _put(data, "attendance", row)
    for movement in sitting.movements:
        _put(data, "movements", _values(movement, _MOVEMENT_FIELDS))
    for item in sitting.agenda:
        _put(data, "agenda", _values(item, ("number", "subject")))
    for deliberation in record.deliberations:
        _put_act(data, deliberation)
    return data


def _put_act(data: QueryDict, act: Deliberation) -> None:
    prefix = _put(
        data,
        "deliberations",
        _values(act, (*_TEXT_FIELDS, *_DATE_FIELDS)) | _values(act.vote, _VOTE_FIELDS),
    )
    for movement in act.present_changes:
        _put(data, f"{prefix}-movements", _values(movement, _MOVEMENT_FIELDS))
    for recusal in act.recused:
        _put(data, f"{prefix}-recusals", _values(recusal, ("member", "ground")))


def _member_rows(sitting: Sitting) -> list[dict[str, str]]:
    rows = [
        {"name": name, "state": state, "holder": ""}
        for state, names in ((PRESENT, sitting.present), (ABSENT, sitting.absent))
        for name in names
    ]
    free = {name_key(row["name"]): row for row in reversed(rows)}
    for proxy in sitting.proxies:
        row = free.pop(name_key(proxy.giver), None)
        if row is None:
            rows.append({"name": proxy.giver, "state": "", "holder": proxy.holder})
        else:
            row["holder"] = proxy.holder
    return rows


def _put(data: QueryDict, name: str, values: Mapping[str, str]) -> str:
    prefix = f"{name}-{add_row(data, name)}"
    for field, value in values.items():
        data[f"{prefix}-{field}"] = value
    return prefix


def _values(source: object, names: Iterable[str]) -> dict[str, str]:
    return {name: as_text(getattr(source, name)) for name in names}


def _context(form: BaseForm) -> str:
    return f"{form.noun} {form.rank}" if isinstance(form, RowForm) else ""


def _where(context: str, field: BoundField) -> str:
    label = str(field.label)
    return f"{context[:1].upper()}{context[1:]}, {label}" if context else label
