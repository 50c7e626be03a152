"""What a person asks of lists: an assembly, a year, words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Max, Min, QuerySet

from levier.accounts.domain.actors import Actor
from levier.council.models import Sitting
from levier.council.queries import sittings as queries


class SittingFilter(forms.Form):
    """Filters of the list of sittings; a value that is not offered is ignored."""

    use_required_attribute = False
    texte = forms.CharField(
        label="Mots",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    assemblee = forms.ChoiceField(label="Assemblée", required=False)
    annee = forms.ChoiceField(label="Année", required=False)

    def __init__(self, data: Any, sittings: QuerySet[Sitting]) -> None:
        super().__init__(data, auto_id="filtre-%s")
        plain = sittings.order_by()
        assemblies = plain.values_list("assembly_id", "assembly__name").distinct()
        # The year of each of ten thousand dates takes 30 ms: the first and the last one take none.
        span = plain.aggregate(first=Min("date"), last=Max("date"))
        years = range(span["last"].year, span["first"].year - 1, -1) if span["last"] else ()
        self._offer("assemblee", "toutes", sorted(set(assemblies), key=lambda pair: pair[1]))
        self._offer("annee", "toutes", [(year, year) for year in years])

    def _offer(self, name: str, everything: str, pairs: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = [("", everything), *((str(key), str(word)) for key, word in pairs)]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in use."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self, actor: Actor, as_of: date) -> QuerySet[Sitting]:
        """The sittings that the person asks for."""
        chosen = self.chosen
        assembly = chosen.get("assemblee")
        found = queries.sittings_list(
            actor,
            as_of=as_of,
            text=chosen.get("texte", ""),
            assembly_id=int(assembly) if assembly else None,
        )
        return found.filter(date__year=int(chosen["annee"])) if "annee" in chosen else found
