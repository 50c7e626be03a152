"""Rows written by one entry of the screen of the sitting: each with its history, and a way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from levier.accounts.history import create_tracked, delete_tracked, update_tracked
from levier.common.domain.errors import Conflict
from levier.council.models import (
    Attendance,
    Ballot,
    Deliberation,
    Movement,
    Procuration,
    Recusal,
    Sitting,
    Vote,
)

CHANGED_SINCE = (
    "Ce que cette saisie avait écrit a été modifié depuis : elle ne s’annule plus d’une touche. "
    "Corrigez-la dans la séance."
)
# Lists are told as the lines that changed; the others, column by column.
_LISTS: dict[type[models.Model], str] = {
    Attendance: "sitting.attendance",
    Procuration: "sitting.proxies",
    Movement: "sitting.movements",
    Recusal: "recused",
    Ballot: "vote.ballots",
}
_COLUMNS = {"in_favour": "for"}
_SILENT = {"search_text"}
_Values = dict[str, Any]


@dataclass(slots=True)
class _Step:
    """One row: its columns before and after, None where the row did not exist."""

    row: models.Model
    before: _Values | None
    after: _Values | None
    told_before: str
    told_after: str = ""


@dataclass(slots=True)
class RowJournal:
    """Writes rows and remembers each one, for the journal of the house and for taking it back.

    The sitting itself is only changed in memory: it is saved once, with its new version.
    """

    sitting: Sitting
    steps: list[_Step] = field(default_factory=list)
    _ranks: dict[int | None, int | None] = field(default_factory=dict)

    def change(self, row: models.Model, **values: Any) -> bool:
        """Give columns other values; False when nothing differs."""
        if not self._changed(row, values):
            return False
        if not isinstance(row, Sitting):
            row.save()
        return True

    def change_all(self, rows: Iterable[tuple[models.Model, _Values]], *columns: str) -> None:
        """The same for many rows of one model, in two queries."""
        changed = [row for row, values in rows if self._changed(row, values)]
        if changed:
            update_tracked(type(changed[0]), changed, columns)

    def _changed(self, row: models.Model, values: _Values) -> bool:
        fields = {field.name: field.attname for field in row._meta.concrete_fields}
        # A relation is set by its object or by its identifier; the identifier is what is kept.
        columns = [fields.get(name, name) for name in values]
        old = {column: _stored(row, column) for column in columns}
        told = str(row)
        for name, value in values.items():
            setattr(row, name, value)
        new = {column: _stored(row, column) for column in columns}
        if old == new:
            return False
        differing = [column for column in old if old[column] != new[column]]
        self.steps.append(
            _Step(
                row,
                {column: old[column] for column in differing},
                {column: new[column] for column in differing},
                told,
                str(row),
            )
        )
        return True

    def create(self, rows: Iterable[models.Model]) -> None:
        """Store new rows of one model."""
        created = list(rows)
        if not created:
            return
        create_tracked(type(created[0]), created)
        self.steps += [_Step(row, None, _all_columns(row), "", str(row)) for row in created]

    def delete(self, rows: Iterable[models.Model]) -> None:
        """Remove rows of one model; their history stays."""
        removed = list(rows)
        # A deletion takes the identifier away from a row: the step keeps one that has it.
        self.steps += [
            _Step(type(row)(pk=row.pk), _all_columns(row), None, str(row)) for row in removed
        ]
        if removed and not removed[0]._meta.related_objects:
            delete_tracked(removed)
        else:
            for row in removed:
                row.delete()

    def take_back(self, plain: list[dict[str, Any]]) -> None:
        """Undo the steps that `plain` wrote, the last first. Raises Conflict when a row moved."""
        for (label, deed), group in groupby(reversed(plain), _model_and_deed):
            model, steps = apps.get_model(label), list(group)
            if deed == "deleted":
                self.create(
                    model(pk=step["id"], **_revived(model, step["before"])) for step in steps
                )
                continue
            rows = self._unchanged(model, steps)
            if deed == "created":
                self.delete(rows)
                continue
            for row, step in zip(rows, steps, strict=True):
                self.change(row, **_revived(model, step["before"]))

    def _unchanged(
        self, model: type[models.Model], steps: list[dict[str, Any]]
    ) -> list[models.Model]:
        """The rows of these steps, when each is still what its step made of it."""
        rows = model._default_manager.in_bulk([step["id"] for step in steps])
        if model is Sitting:
            rows = {self.sitting.pk: self.sitting}
        for step in steps:
            row = rows.get(step["id"])
            if row is None or any(
                _stored(row, column) != value for column, value in step["after"].items()
            ):
                raise Conflict(CHANGED_SINCE)
        return [rows[step["id"]] for step in steps]

    def plain(self) -> list[dict[str, Any]]:
        """The steps as JSON, from which they can be taken back."""
        return [
            {
                "model": step.row._meta.label_lower,
                "id": step.row.pk,
                "before": step.before,
                "after": step.after,
            }
            for step in self.steps
        ]

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Value before and after, by path of the record, for the line of the journal."""
        lists: dict[str, tuple[list[str], list[str]]] = {}
        found: dict[str, tuple[Any, Any]] = {}
        for step in self.steps:
            kind = type(step.row)
            if kind in _LISTS:
                before, after = lists.setdefault(self._path(step, _LISTS[kind]), ([], []))
                before += [step.told_before] if step.told_before else []
                after += [step.told_after] if step.told_after else []
                continue
            for column, old, new in _columns_of(step):
                path = self._path(step, column)
                found[path] = (found[path][0] if path in found else old, new)
        return {path: pair for path, pair in found.items() if pair[0] != pair[1]} | lists

    def _path(self, step: _Step, name: str) -> str:
        if isinstance(step.row, Sitting) or name.startswith("sitting."):
            return f"sitting.{name.removeprefix('sitting.')}"
        rank = self._rank_of(step)
        if isinstance(step.row, Vote):
            name = f"vote.{name}"
        return name if rank is None else f"deliberations[{rank}].{name}"

    def _rank_of(self, step: _Step) -> int | None:
        """Place of the deliberation that the row belongs to, from 0."""
        if isinstance(step.row, Deliberation):
            return step.row.position
        columns = step.before or step.after or {}
        pk = columns.get("deliberation_id") or getattr(step.row, "deliberation_id", None)
        if pk is not None and pk not in self._ranks:
            rows = Deliberation.objects.filter(pk=pk).order_by("position")
            self._ranks[pk] = rows.values_list("position", flat=True).first()
        return self._ranks.get(pk)


def _model_and_deed(step: dict[str, Any]) -> tuple[str, str]:
    deed = "deleted" if step["after"] is None else "changed" if step["before"] else "created"
    return step["model"], deed


def _columns_of(step: _Step) -> Iterator[tuple[str, Any, Any]]:
    before, after = step.before or {}, step.after or {}
    for column in dict.fromkeys([*before, *after]):
        if column in _SILENT or column.endswith("deliberation_id") or column == "sitting_id":
            continue
        old, new = before.get(column), after.get(column)
        if old in (None, "", [], {}) and new in (None, "", [], {}):
            continue
        field_ = step.row._meta.get_field(column)
        name = getattr(field_, "name", column)
        if field_.is_relation:
            old, new = _named(field_, old), _named(field_, new)
        yield _COLUMNS.get(name, name), old, new


def _named(relation: Any, pk: int | None) -> str | None:
    return None if pk is None else str(relation.related_model._default_manager.get(pk=pk))


def _all_columns(row: models.Model) -> _Values:
    return {
        column.attname: _stored(row, column.attname)
        for column in row._meta.concrete_fields
        if not column.primary_key
    }


def _stored(row: models.Model, column: str) -> Any:
    value = getattr(row, column)
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def _revived(model: type[models.Model], values: _Values) -> _Values:
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in values.items()}
