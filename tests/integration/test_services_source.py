"""What services never do, read in their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "levier"
# Writes of many rows that leave no version behind; `create_tracked` is the one that does.
UNTRACKED = {"update", "bulk_update", "bulk_create", "aupdate", "abulk_update", "abulk_create"}
# Columns that histories leave out on purpose: writing them makes no version anyway.
WITHOUT_HISTORY = {"last_login"}
# It is what writes the history itself.
HISTORY = Path("accounts/history.py")
WRITERS = sorted(
    path
    for room in ("accounts", "council", "demo", "site")
    for path in (SOURCE / room).rglob("*.py")
    if path.parent.name != "migrations"
    and "domain" not in path.parts
    and path.relative_to(SOURCE) != HISTORY
)


def untracked_calls(source: str) -> Iterator[int]:
    """Lines that call a queryset's untracked write; dict.update is told apart by its receiver."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in UNTRACKED
            and "objects" in ast.unparse(node.func.value)
            and not ({keyword.arg for keyword in node.keywords} or {None}) <= WITHOUT_HISTORY
        ):
            yield node.lineno


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_row_is_written_behind_the_back_of_its_history(path: Path) -> None:
    assert list(untracked_calls(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("Sitting.objects.filter(pk=1).update(place='')", [1]),
        ("x = 1\nModel.objects.bulk_create(rows)", [2]),
        ("values.update(place='')", []),
        ("Person.objects.update(last_login=now)", []),
        ("Person.objects.update(last_login=now, email='')", [1]),
        ("Person.objects.update(**changes)", [1]),
    ],
)
def test_the_reader_of_sources_sees_them(code: str, lines: list[int]) -> None:
    assert list(untracked_calls(code)) == lines
