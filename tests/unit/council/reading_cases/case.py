"""One imaginary act and the facts that it prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any


@dataclass(frozen=True)
class Case:
    """`expected` maps a dotted path of the record to its value; lists are compared in order.

    `present` and `absent` are "; "-separated names, `proxies` are "giver > holder" lines.
    """

    name: str
    text: str
    present: str = ""
    absent: str = ""
    proxies: tuple[str, ...] = ()
    expected: dict[str, Any] = field(default_factory=dict)
    unread: int | None = 0


def names(listing: str) -> tuple[str, ...]:
    return tuple(listing.split("; ")) if listing else ()


def value_at(record: Any, path: str) -> Any:
    """The value at a dotted path such as "deliberations.0.vote.outcome"."""
    for step in path.split("."):
        record = record[int(step)] if step.isdecimal() else getattr(record, step)
    return record


__all__ = ["Case", "date", "names", "time", "value_at"]
