"""A mandate: who, what, from when to when, and which document says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from levier.council.forms.fields import DayField, NameField
from levier.council.models.assemblies import MANDATE_FUNCTIONS, MandateFunction


class MandateForm(forms.Form):
    """The form of one mandate; only the functions of its assembly are offered."""

    use_required_attribute = False
    name = NameField("Prénom et nom", suggest="")
    function = forms.TypedChoiceField(label="Fonction", coerce=MandateFunction)
    starts_on = DayField("Début du mandat", help_text="Premier jour, par exemple 25/05/2020.")
    ends_on = DayField(
        "Fin du mandat",
        help_text="Dernier jour. Vide, le mandat court jusqu’au renouvellement du conseil.",
    )
    source = forms.CharField(
        label="Document qui le dit",
        required=False,
        max_length=300,
        help_text="Par exemple « procès-verbal d’installation du 25 mai 2020 ».",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, functions: Iterable[MandateFunction], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        words = dict(MANDATE_FUNCTIONS)
        choice = self.fields["function"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        choice.choices = [(function.value, words[function.value]) for function in functions]

    def place_mistakes(self, by_field: Mapping[str, str]) -> None:
        """Show what a service refused beside its field."""
        for field, sentence in by_field.items():
            self.add_error(field if field in self.fields else None, sentence)
