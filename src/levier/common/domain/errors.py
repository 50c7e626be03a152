"""Errors meant for a person: their message is a French sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class LevierError(Exception):
    """Expected failure. Shown as it is, without a traceback; commands exit with status 2."""


class UnreadableInput(LevierError):
    """The file or the text cannot be read as what it was given for."""


class Invalid(LevierError):
    """What was given cannot be stored.

    `by_field` maps the path of each field at fault ("sitting.proxies[1].holder", or "" for the
    whole) to its sentence, so that a form shows it beside the field.
    """

    def __init__(self, by_field: Mapping[str, str]) -> None:
        self.by_field = MappingProxyType(dict(by_field))
        super().__init__(" ".join(dict.fromkeys(by_field.values())))


class Refused(LevierError):
    """The person may not do this. The message says who may."""


class NotFound(LevierError):
    """There is no such thing, or the person may not know of it: a page answers 404 to both."""


class Conflict(LevierError):
    """The record changed since the person opened it."""
