"""What the date helper and the second convocation ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from levier.council.domain.record import AssemblyKind
from levier.council.forms.fields import CountField, DayField, HourField, choice_field
from levier.council.forms.reading import KIND_WORDS
from levier.council.models import Assembly


class CallingForm(forms.Form):
    """A sitting to come: when, of which assembly, called how. The address holds it, no table."""

    use_required_attribute = False
    seance = DayField("Date de la séance", help_text="Par exemple 15/12/2026.")
    assemblee = forms.ChoiceField(
        label="Assemblée",
        required=False,
        help_text="Choisie, elle donne sa nature et sa population.",
    )
    nature = choice_field("Sinon, nature de l’assemblée", KIND_WORDS, AssemblyKind)
    population = CountField("et population municipale au dernier renouvellement")
    urgence = forms.BooleanField(label="Convocation en urgence", required=False)
    seconde = forms.BooleanField(
        label="Seconde convocation, après une séance sans quorum", required=False
    )
    installation = forms.BooleanField(
        label="Première séance après le renouvellement du conseil", required=False
    )

    def __init__(self, data: Any, assemblies: Iterable[Assembly]) -> None:
        super().__init__(data)
        self.assemblies = {str(one.pk): one for one in assemblies}
        choice = self.fields["assemblee"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        choice.choices = [("", "une autre"), *((key, str(a)) for key, a in self.assemblies.items())]
        if not self.assemblies:
            del self.fields["assemblee"]
            self.fields["nature"].label = "Nature de l’assemblée"
            self.fields["population"].label = "Population municipale au dernier renouvellement"

    def clean_seance(self) -> Any:
        """The only value without which nothing can be told."""
        day = self.cleaned_data["seance"]
        if day is None:
            raise forms.ValidationError("Donnez la date de la séance.")
        return day

    def delay_facts(self) -> dict[str, Any]:
        """The arguments of the helper that tell the assembly and the kind of sitting."""
        values = self.cleaned_data
        chosen = self.assemblies.get(values.get("assemblee", ""))
        return {
            "kind": AssemblyKind(chosen.kind) if chosen else values["nature"],
            "population": chosen.population if chosen else values["population"],
            "department": (chosen.department or None) if chosen else None,
            "urgency": values["urgence"],
            "second": values["seconde"],
            "installation": values["installation"],
        }


class ReconveneForm(forms.Form):
    """When the council meets again, and when the second convocation leaves."""

    use_required_attribute = False
    sent_on = DayField("Envoi de la seconde convocation")
    date = DayField("Date de la nouvelle séance")
    opens_at = HourField("Heure", help_text="Par exemple 18:30.")

    def clean(self) -> dict[str, Any] | None:
        """Both dates are needed to count the clear days."""
        values = super().clean()
        for field in ("sent_on", "date"):
            if field not in self.errors and self.cleaned_data.get(field) is None:
                self.add_error(field, "Donnez cette date.")
        return values

    def place_mistakes(self, by_field: Mapping[str, str]) -> None:
        """Show each mistake beside its field."""
        for field, sentence in by_field.items():
            self.add_error(field if field in self.fields else None, sentence)
