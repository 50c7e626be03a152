"""A form made from a dataclass of the domain: each fact by its type, its words from the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from levier.council.domain.circumstances import Seat
from levier.council.forms.fields import (
    CountField,
    DayField,
    LinesField,
    NameField,
    OptionalLinesField,
    QuietForm,
    as_text,
    choice_field,
    yes_no_field,
)
from levier.council.forms.formality_words import CHOICES, SEAT_FUNCTIONS, SECTIONS, WORDS
from levier.council.forms.rows import RowForm, Rows, add_row

# Facts that name a member: the known names are offered.
_MEMBERS = {"member", "sent_by", "titular", "substitute"}
_LONG_TEXTS = {"subject"}
_SUGGESTED = dict.fromkeys(_MEMBERS, "members") | {"matter_code": "matters"}


class LineListField(LinesField):
    """Several texts in one box, one per line; a tuple, empty when nothing is there."""

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in super().clean(value).split("\n") if line.strip())


@dataclass(slots=True)
class Block:
    """What stands together on the page: fields, then a list of rows, under one title."""

    title: str = ""
    help: str = ""
    fields: list[BoundField] = field(default_factory=list)
    rows: Rows[Any] | None = None


@dataclass(slots=True)
class Section:
    """One part of the page."""

    title: str
    blocks: list[Block]


class PartForm:
    """The form of one value of the domain, always filled from data; `prefix` sets it apart."""

    def __init__(self, kind: type, data: QueryDict, *, prefix: str = "", title: str = "") -> None:
        self.kind, self.prefix, self.title = kind, prefix, title
        self.form = QuietForm(data, prefix=prefix or None)
        self.lists: dict[str, Rows[Any]] = {}
        self._add(kind, "")
        for path, inner in _lists_of(kind, ""):
            self.lists[path] = Rows(_row_type(inner), data, _list_name(prefix, path))

    def _add(self, kind: type, path: str) -> None:
        for name, hint in get_type_hints(kind).items():
            place = f"{path}{name}"
            inner = _part(hint)
            if inner is not None:
                self._add(inner, f"{place}-")
            elif _listed(hint) is None:
                self.form.fields[place] = _field(kind, name, hint)

    def check(self) -> bool:
        """Look at every value; from now on the errors show."""
        rows = [row.check() for rows in self.lists.values() for row in rows.filled()]
        return self.form.check() and all(rows)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """(where, sentence, address in the page) of each error."""
        where = f"{self.title}, " if self.title else ""
        for shown in self.form:
            for sentence in shown.errors:
                yield f"{where}{shown.label}", str(sentence), shown.id_for_label
        for rows in self.lists.values():
            for row in rows.filled():
                for shown in row:
                    for sentence in shown.errors:
                        context = f"{row.noun} {row.rank}, {shown.label}"
                        yield f"{where}{context}", str(sentence), shown.id_for_label

    def value(self) -> Any:
        """What a checked form says."""
        return self._value(self.kind, "")

    def _value(self, kind: type, path: str) -> Any:
        values: dict[str, Any] = {}
        for name, hint in get_type_hints(kind).items():
            place = f"{path}{name}"
            inner = _part(hint)
            if inner is not None:
                said = self._value(inner, f"{place}-")
                is_optional = NoneType in get_args(hint)
                values[name] = None if is_optional and said == inner() else said
            elif (listed := _listed(hint)) is not None:
                values[name] = tuple(
                    listed(**row.cleaned_data) for row in self.lists[place].filled()
                )
            else:
                values[name] = self.form.cleaned_data[place]
        return kind(**values)

    def place_mistakes(self, by_field: Mapping[str, str]) -> dict[str, str]:
        """Show refusals beside their field; what has no field here is given back."""
        others = {}
        for path, sentence in by_field.items():
            name = path.replace(".", "-")
            if name in self.form.fields:
                self.form.add_error(name, sentence)
            else:
                others[path] = sentence
        return others

    @property
    def sections(self) -> list[Section]:
        """The parts of the page, in their order."""
        hints = get_type_hints(self.kind)
        order = SECTIONS.get(self.kind, {self.title: tuple(hints)})
        return [
            Section(title, [block for block in self._blocks(self.kind, names, "") if block])
            for title, names in order.items()
        ]

    def _blocks(self, kind: type, names: tuple[str, ...], path: str) -> list[Block]:
        hints = get_type_hints(kind)
        plain = Block()
        blocks = [plain]
        for name in names:
            place, (label, text) = f"{path}{name}", WORDS[kind][name]
            inner = _part(hints[name])
            if inner is not None:
                first, *rest = self._blocks(inner, tuple(get_type_hints(inner)), f"{place}-")
                first.title, first.help = label, text
                blocks += [first, *rest]
            elif place in self.lists:
                blocks.append(Block(label, text, rows=self.lists[place]))
            else:
                plain.fields.append(self.form[place])
        return [block for block in blocks if block.fields or block.rows is not None]


def data_of(value: Any, *, prefix: str = "", data: QueryDict | None = None) -> QueryDict:
    """The data that the form of this value holds, as a browser would send them."""
    held = QueryDict(mutable=True) if data is None else data
    _put(held, value, f"{prefix}-" if prefix else "", prefix, "")
    return held


def _put(data: QueryDict, value: Any, start: str, prefix: str, path: str) -> None:
    for name, hint in get_type_hints(type(value)).items():
        said, place = getattr(value, name), f"{path}{name}"
        inner = _part(hint)
        if inner is not None:
            _put(data, inner() if said is None else said, start, prefix, f"{place}-")
        elif _listed(hint) is not None:
            listed = _list_name(prefix, place)
            for row in said:
                _put(data, row, f"{listed}-{add_row(data, listed)}-", prefix, "")
        elif hint is bool:
            if said:
                data[f"{start}{place}"] = "on"
        else:
            data[f"{start}{place}"] = "\n".join(said) if type(said) is tuple else as_text(said)


def _part(hint: Any) -> type | None:
    """The dataclass that this field holds, alone or optional."""
    return next((kind for kind in (hint, *_plain(hint)) if _is_part(kind)), None)


def _listed(hint: Any) -> type | None:
    """The dataclass of which this field holds several."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    return inner if _is_part(inner) else None


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind)


def _plain(hint: Any) -> list[Any]:
    if get_origin(hint) is tuple:
        return []
    return [kind for kind in get_args(hint) if kind is not NoneType]


def _lists_of(kind: type, path: str) -> Iterator[tuple[str, type]]:
    for name, hint in get_type_hints(kind).items():
        inner = _part(hint)
        if inner is not None:
            yield from _lists_of(inner, f"{path}{name}-")
        elif (listed := _listed(hint)) is not None:
            yield f"{path}{name}", listed


def _list_name(prefix: str, path: str) -> str:
    return "".join(character for character in f"{prefix}{path}" if character.isalpha())


def _field(kind: type, name: str, hint: Any) -> forms.Field:
    label, text = WORDS[kind][name]
    plain = next(iter(_plain(hint)), hint)
    if get_origin(hint) is tuple:
        return LineListField(label, rows=3, help_text=text)
    if (kind, name) == (Seat, "function"):
        return choice_field(label, SEAT_FUNCTIONS.items(), str, help_text=text)
    if issubclass(plain, StrEnum):
        return choice_field(label, CHOICES[plain].items(), plain, help_text=text)
    if hint is bool:
        return forms.BooleanField(label=label, required=False, help_text=text)
    if plain is bool:
        return yes_no_field(label, help_text=text)
    if plain is date:
        return DayField(label, help_text=text)
    if plain is int:
        return CountField(label, help_text=text)
    if name in _LONG_TEXTS:
        return OptionalLinesField(label, help_text=text)
    return NameField(label, suggest=_SUGGESTED.get(name, ""), help_text=text)


def _row_type(kind: type) -> type[RowForm]:
    """The form of one row of a list; what has no default is asked for."""
    needed = [
        item.name
        for item in fields(kind)
        if item.default is MISSING and item.default_factory is MISSING
    ]

    def clean(self: RowForm) -> None:
        for name in needed:
            if name not in self.errors and self.cleaned_data.get(name) in (None, ()):
                self.add_error(name, "À remplir, ou retirez la ligne.")

    columns = {name: _field(kind, name, hint) for name, hint in get_type_hints(kind).items()}
    return type(f"{kind.__name__}Row", (RowForm,), {"noun": "ligne", "clean": clean, **columns})
