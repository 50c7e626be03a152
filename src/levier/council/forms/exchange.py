"""What a person adds to an act to transmit it, when it was sent, what the State answered."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django import forms

from levier.council.domain.transmission import FILE_KINDS, SUBJECT_LIMIT, Attachment
from levier.council.forms.fields import DayField, LinesField

MOST_ANNEXES = 20
MOST_ANNEX_BYTES = 50 * 1024 * 1024
MOST_ANSWER_BYTES = 20 * 1024 * 1024


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    def __init__(self, label: str, *, accept: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            allow_empty_file=True,
            max_length=300,
            widget=_SeveralFiles(attrs={"accept": accept}),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class PackageForm(forms.Form):
    """The package of an act: who answers, who sends, and the annexes."""

    use_required_attribute = False
    subject = LinesField(
        "Objet transmis",
        rows=3,
        help_text=f"{SUBJECT_LIMIT} caractères au plus. Les signes que la transmission ne sait pas "
        "écrire y sont déjà remplacés.",
    )
    emails = forms.CharField(
        label="Adresses électroniques de retour",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
        help_text="Celles où l’État répond, séparées par une virgule.",
    )
    contact = forms.CharField(
        label="Personne à joindre",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    telephone = forms.CharField(label="Téléphone", required=False, max_length=30)
    third_party = forms.CharField(
        label="Trigramme de l’opérateur de transmission",
        required=False,
        max_length=3,
        help_text="Trois lettres, si votre opérateur vous l’a donné : il commence le nom du "
        "paquet.",
    )
    classification_dated_on = DayField(
        "Date de la nomenclature des matières",
        help_text="Celle de votre préfecture : votre opérateur l’affiche. Une date dépassée vaut "
        "une anomalie. Déposez plus bas le message 7-2 pour la reprendre.",
    )
    annexes = FilesField(
        "Annexes",
        accept=",".join(f".{kind}" for kind in FILE_KINDS),
        help_text="PDF, JPEG, PNG ou XML ; 50 Mo au plus en tout.",
    )

    def clean_third_party(self) -> str:
        """Operators are named in capitals."""
        return str(self.cleaned_data["third_party"]).strip().upper()

    def clean_annexes(self) -> list[Any]:
        """A bound on what is read into memory."""
        files: list[Any] = self.cleaned_data["annexes"]
        if len(files) > MOST_ANNEXES:
            raise forms.ValidationError(f"Attendu {MOST_ANNEXES} annexes au plus.")
        if sum(file.size for file in files) > MOST_ANNEX_BYTES:
            raise forms.ValidationError("Les annexes dépassent 50 Mo en tout : allégez-les.")
        return files

    def options(self) -> dict[str, Any]:
        """The arguments of `SendingOptions` that a valid form gives."""
        values = self.cleaned_data
        return {
            "subject": values["subject"].strip(),
            "emails": emails_in(values["emails"]),
            "contact": values["contact"].strip(),
            "telephone": values["telephone"].strip(),
            "third_party": values["third_party"],
            "classification_dated_on": values["classification_dated_on"],
            "annexes": tuple(
                Attachment(
                    file.read(),
                    PurePosixPath(file.name).suffix.lower().lstrip("."),
                    label=file.name,
                )
                for file in values["annexes"]
            ),
        }

    def remembered(self) -> dict[str, str]:
        """What serves for the next act too, as a session keeps it."""
        kept = ("emails", "contact", "telephone", "third_party", "classification_dated_on")
        return {name: str(self.cleaned_data[name] or "") for name in kept}

    def place_mistakes(self, by_field: Mapping[str, str], told_above: Set[str]) -> None:
        """Show what was refused beside its field; what the records lack is told once, above."""
        for path, sentence in by_field.items():
            field = path.partition("[")[0]
            if field in self.fields:
                self.add_error(field, sentence)
            elif field not in told_above:
                self.add_error(None, sentence)
        if not told_above.isdisjoint(by_field):
            self.add_error(None, "Complétez d’abord ce que le cadre au-dessus demande.")


class TransmittedForm(forms.Form):
    """The day on which a third party sent the act."""

    use_required_attribute = False
    transmitted_on = DayField(
        "Date de transmission", help_text="Le jour où votre opérateur a envoyé l’acte."
    )

    def clean_transmitted_on(self) -> date:
        """The date is the whole of the form."""
        day: date | None = self.cleaned_data["transmitted_on"]
        if day is None:
            raise forms.ValidationError("Donnez la date de transmission.")
        return day


class AnswerForm(forms.Form):
    """A file that the State sent: a message, or a package of messages."""

    use_required_attribute = False
    answer = forms.FileField(
        label="Fichier reçu de l’État",
        max_length=300,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xml,.gz"}),
        help_text="Accusé de réception, anomalie ou autre message, en XML ou dans son paquet "
        "tar.gz ; 20 Mo au plus.",
        error_messages={"required": "Choisissez le fichier que l’État a envoyé."},
    )

    def clean_answer(self) -> Any:
        """A bound on what is read into memory."""
        given = self.cleaned_data["answer"]
        if given.size > MOST_ANSWER_BYTES:
            raise forms.ValidationError("Ce fichier pèse plus de 20 Mo : déposez le message seul.")
        return given


def emails_in(text: str) -> tuple[str, ...]:
    """The addresses of a list separated by commas, semicolons or spaces."""
    return tuple(text.replace(",", " ").replace(";", " ").split())
