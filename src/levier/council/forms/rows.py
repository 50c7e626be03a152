"""Rows that a person adds and removes, with or without JavaScript.

A list of rows travels as the repeated hidden field of its name, which holds the keys of its rows
in order; the fields of a row are named `list-key-field`. Removing a row drops its key: the others
keep their names, so that nothing typed moves or is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from django.http import QueryDict

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
    def token(self) -> str:
        """What the button "remove" sends."""
        return f"{self.list_name}-{self.key}"


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
