"""Errors meant for a person: their message is a French sentence that says what to do."""

from __future__ import annotations


class LevierError(Exception):
    """Expected failure. Shown as it is, without a traceback; commands exit with status 2."""


class UnreadableInput(LevierError):
    """The file or the text cannot be read as what it was given for."""


class Refused(LevierError):
    """The person may not do this. The message says who may."""


class Conflict(LevierError):
    """The record changed since the person opened it."""
