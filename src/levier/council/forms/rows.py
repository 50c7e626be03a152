"""Rows that a person adds and removes, with or without JavaScript.

A list of rows travels as the repeated hidden field of its name, which holds the keys of its rows
in order; the fields of a row are named `list-key-field`. Removing a row drops its key: the others
keep their names, so that nothing typed moves or is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.forms.widgets import Input
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from levier.council.forms.fields import QuietForm

MOST_ROWS = 600
_KEY = re.compile(r"^\d{1,5}$", re.ASCII)
_LIST = re.compile(r"^[a-z]+(?:-\d{1,5}-[a-z]+)?$", re.ASCII)


class RowForm(QuietForm):
    """One row; a row in which nothing is typed does not count."""

    noun: ClassVar[str]
    key: str = ""
    list_name: str = ""
    rank: int = 0

    @property
    def is_blank(self) -> bool:
        """Nothing was typed in it."""
        return not any(self.typed(name).strip() for name in self.fields)

    def typed(self, name: str) -> str:
        """The text of a field as it was typed."""
        return str(self.data.get(self.add_prefix(name)) or "")

    @property
    def title(self) -> str:
        """What tells this row from the others: its first text."""
        return self.typed(next(iter(self.fields))).strip()[:80]

    @property
    def plain_cells(self) -> SafeString:
        """The cells of a row without mistake: a list of hundreds costs no template per cell."""
        return format_html_join("", _CELL, (self._cell(shown) for shown in self))

    def _cell(self, shown: BoundField) -> tuple[object, ...]:
        label = shown.label
        return label, shown.id_for_label, label, self.noun, self.rank, _plain_widget(shown)

    @property
    def token(self) -> str:
        """What the button "remove" sends."""
        return f"{self.list_name}-{self.key}"


def _plain_widget(shown: BoundField) -> SafeString:
    """What Django's own template of the widget gives, for those that rows have."""
    widget = shown.field.widget
    is_known = isinstance(widget, Input | forms.Select | forms.Textarea)
    if not is_known or isinstance(widget, forms.CheckboxInput):
        return shown.as_widget()
    attributes = shown.build_widget_attrs({"id": shown.auto_id})
    context = widget.get_context(shown.html_name, shown.value(), attributes)["widget"]
    name, extra = context["name"], flatatt(context["attrs"])
    if isinstance(widget, forms.Select):
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (option["value"], flatatt(option["attrs"]), option["label"])
                for _, group, _ in context["optgroups"]
                for option in group
            ),
        )
        return format_html('<select name="{}"{}>{}</select>', name, extra, options)
    if isinstance(widget, forms.Textarea):
        text = context["value"] or ""
        return format_html('<textarea name="{}"{}>\n{}</textarea>', name, extra, text)
    value = {} if context["value"] is None else {"value": context["value"]}
    return format_html(
        '<input type="{}" name="{}"{}{}>', context["type"], name, flatatt(value), extra
    )


_CELL = (
    '<td data-label="{}"><label class="visually-hidden" for="{}">{}, {} {}</label>'
    '<div class="field-control">{}</div></td>'
)
RowType = TypeVar("RowType", bound=RowForm)


class Rows(Generic[RowType]):
    """The rows of one list, in their order."""

    def __init__(self, row_type: type[RowType], data: QueryDict, name: str) -> None:
        self.name = name
        self.columns = [str(field.label) for field in row_type.base_fields.values()]
        self.rows: list[RowType] = []
        for rank, key in enumerate(row_keys(data, name), start=1):
            row = row_type(data, prefix=f"{name}-{key}")
            row.key, row.list_name, row.rank = key, name, rank
            self.rows.append(row)

    def __iter__(self) -> Iterator[RowType]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def add_id(self) -> str:
        """The id of the button that adds a row."""
        return f"{self.name}-add"

    def filled(self) -> list[RowType]:
        """The rows in which something was typed."""
        return [row for row in self.rows if not row.is_blank]


def row_keys(data: QueryDict, name: str) -> list[str]:
    """The keys of a list, without repetition; what is no key is ignored."""
    keys = dict.fromkeys(key for key in data.getlist(name) if _KEY.match(key))
    return list(keys)[:MOST_ROWS]


def add_row(data: QueryDict, name: str) -> str:
    """Append a blank row to a list and return its key."""
    keys = row_keys(data, name)
    key = str(max((int(key) for key in keys), default=-1) + 1)
    data.setlist(name, [*keys, key])
    return key


def remove_row(data: QueryDict, token: str) -> None:
    """Drop the row that `token` names; an unknown token changes nothing."""
    name, _, key = token.rpartition("-")
    if _LIST.match(name):
        data.setlist(name, [kept for kept in row_keys(data, name) if kept != key])


def is_list(name: str) -> bool:
    """Whether this may be the name of a list of rows."""
    return bool(_LIST.match(name))
