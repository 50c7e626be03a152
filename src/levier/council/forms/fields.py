"""Fields whose empty value is "unknown", never zero nor "no", and their text in a form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from typing import Any

from django import forms

NOT_STATED = ("", "non précisé")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SPACES = re.compile(r"\s+")
_YES_NO = {"true": True, "false": False}
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class QuietForm(forms.Form):
    """A form filled from data that shows no error before it was asked to check them.

    A form that was only redrawn (one more row, a draft taken up again) keeps what was typed and
    accuses nobody yet.
    """

    use_required_attribute = False
    checked = False

    @property
    def errors(self) -> forms.utils.ErrorDict:
        """None while nobody asked for a check."""
        return super().errors if self.checked else forms.utils.ErrorDict()

    def check(self) -> bool:
        """Look at the values; from now on the errors show."""
        self.checked = True
        return self.is_valid()


class NameField(forms.CharField):
    """A person or a place as printed, on one line; None when empty."""

    def __init__(self, label: str, *, suggest: str = "members", **kwargs: Any) -> None:
        attributes = {"autocomplete": "off"} | ({"list": suggest} if suggest else {})
        super().__init__(
            label=label,
            required=False,
            max_length=200,
            empty_value=None,
            widget=forms.TextInput(attrs=attributes),
            **kwargs,
        )

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return _SPACES.sub(" ", text).strip() or None if text else None


class LinesField(forms.CharField):
    """A text that may run over several lines, ended as the record ends them."""

    def __init__(self, label: str, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(
            label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class OptionalLinesField(LinesField):
    """A text that may be long; None when empty."""

    def clean(self, value: Any) -> str | None:
        return super().clean(value).strip() or None


class ParagraphsField(LinesField):
    """Several texts in one box, separated by a blank line; a tuple, empty when nothing is there."""

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        return tuple(part.strip() for part in _BLANK_LINE.split(text) if part.strip())


class CountField(forms.IntegerField):
    """A number that the act may not state: empty is unknown, 0 is zero."""

    def __init__(self, label: str, *, least: int = 0, most: int = 32_000, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=least,
            max_value=most,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": "Écrivez un nombre entier, ou laissez vide."},
            **kwargs,
        )


class DayField(forms.DateField):
    """A date: the browser's own picker, or 11/06/2024 typed by hand."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": "Écrivez une date du calendrier, par exemple 11/06/2024."},
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise forms.ValidationError(
                f"L’année {day.year} est hors de portée : attendu entre 1900 et 2100."
            )
        return day


class HourField(forms.TimeField):
    """An hour: 18:30 from the browser, or 18h30 typed by hand."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"],
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": "Écrivez une heure, par exemple 18:30."},
            **kwargs,
        )


def yes_no_field(label: str, **kwargs: Any) -> forms.TypedChoiceField:
    """Yes, no, or not stated (None)."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[NOT_STATED, ("true", "oui"), ("false", "non")],
        coerce=_YES_NO.__getitem__,
        empty_value=None,
        **kwargs,
    )


def choice_field(
    label: str, words: Iterable[tuple[str, str]], kind: type[StrEnum] | type[str], **kwargs: Any
) -> forms.TypedChoiceField:
    """One of the words, or not stated (None)."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[NOT_STATED, *((str(value), word) for value, word in words)],
        coerce=kind,
        empty_value=None,
        **kwargs,
    )


def as_text(value: object) -> str:
    """The value as the form's data hold it: what a browser would send back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "\n\n".join(_BLANK_LINE.sub("\n", str(part).strip()) for part in value)
    return str(value)
