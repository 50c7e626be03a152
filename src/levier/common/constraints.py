"""Constraints of the database: short ways to write them, and their sentence when one is broken.

Each constraint is named and carries a French sentence. `sentence_for` finds it back from the error
of SQLite or PostgreSQL, so that no traceback reaches a person. A trigger that refuses a write gives
its own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache

from django.apps import apps
from django.db import IntegrityError, models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

_CHECK = re.compile(r"CHECK constraint failed: (?P<name>\w+)")
_UNIQUE_INDEX = re.compile(r"UNIQUE constraint failed: index '(?P<name>\w+)'")
_UNIQUE_COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<columns>.+)")
_ANY_OTHER = (
    "Ces données se contredisent et n'ont pas été enregistrées ; vérifiez-les, puis recommencez."
)
_REFERENCE = (
    "Un élément lié à celui-ci n'existe pas, ou en dépend encore ; rien n'a été enregistré."
)


def one_of(
    field: str, values: type[StrEnum], *, name: str, label: str, optional: bool = False
) -> models.CheckConstraint:
    """The column holds one of the values of the enumeration (or nothing, when `optional`)."""
    allowed = [value.value for value in values]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": allowed + ([""] if optional else [])}),
        name=name,
        violation_error_message=f"Cette valeur n'est pas prévue pour « {label} ».",
    )


def not_blank(field: str, *, name: str, message: str) -> models.CheckConstraint:
    """The text is not empty."""
    return models.CheckConstraint(
        condition=~Q(**{field: ""}), name=name, violation_error_message=message
    )


def not_negative(
    fields: Iterable[str], *, name: str, message: str, least: int = 0
) -> models.CheckConstraint:
    """Each number is unknown or at least `least`."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": least})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


def in_order(earlier: str, later: str, *, name: str, message: str) -> models.CheckConstraint:
    """`later` does not precede `earlier`, where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__isnull": True})
        | Q(**{f"{later}__gte": models.F(earlier)}),
        name=name,
        violation_error_message=message,
    )


def blank_or_length(field: str, length: int, *, name: str, message: str) -> models.CheckConstraint:
    """The code is absent, or has exactly that many characters."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(Exact(Length(field), length)),
        name=name,
        violation_error_message=message,
    )


def unique(
    *fields: str, name: str, message: str, condition: Q | None = None
) -> models.UniqueConstraint:
    """No two rows share these values."""
    return models.UniqueConstraint(
        fields=fields, name=name, violation_error_message=message, condition=condition
    )


def sentence_for(error: IntegrityError) -> str:
    """The French sentence of the constraint that the database found broken."""
    named, by_columns = _sentences()
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        if diagnosis.sqlstate == "23503":
            return _REFERENCE
        if diagnosis.sqlstate == "23502":
            return _missing(f"{diagnosis.table_name}.{diagnosis.column_name}")
        if diagnosis.sqlstate == "23000":
            return str(diagnosis.message_primary)
        return named.get(diagnosis.constraint_name or "", _ANY_OTHER)
    text = str(error)
    if getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_TRIGGER":
        return text
    if match := _CHECK.search(text) or _UNIQUE_INDEX.search(text):
        return named.get(match["name"], _ANY_OTHER)
    if match := _UNIQUE_COLUMNS.search(text):
        columns = frozenset(column.strip() for column in match["columns"].split(","))
        return by_columns.get(columns, _ANY_OTHER)
    if "NOT NULL constraint failed: " in text:
        return _missing(text.rpartition(" ")[2])
    return _REFERENCE if "foreign key" in text.lower() else _ANY_OTHER


def own_models() -> Iterator[type[models.Model]]:
    """Levier's models, historical ones excepted."""
    for model in apps.get_models():
        if model.__module__.startswith("levier.") and not hasattr(model, "history_object"):
            yield model


@cache
def _sentences() -> tuple[dict[str, str], dict[frozenset[str], str]]:
    """Sentences by constraint name and, since SQLite does not name them, by unique columns."""
    named: dict[str, str] = {}
    by_columns: dict[frozenset[str], str] = {}
    for model in own_models():
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            sentence = str(constraint.violation_error_message)
            named[constraint.name] = sentence
            if isinstance(constraint, models.UniqueConstraint):
                columns = frozenset(
                    f"{table}.{field.column}"
                    for field in model._meta.local_fields
                    if field.name in constraint.fields
                )
                by_columns[columns] = sentence
    return named, by_columns


def _missing(table_and_column: str) -> str:
    table, _, column = table_and_column.rpartition(".")
    for model in own_models():
        if model._meta.db_table == table:
            for field in model._meta.local_fields:
                if field.column == column:
                    return f"Il manque une valeur : « {field.verbose_name} »."
    return _ANY_OTHER
