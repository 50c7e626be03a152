"""The act that a person gives to read: a file or a pasted text, within bounds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms

from levier.council.domain.record import AssemblyKind
from levier.council.forms.fields import CountField, choice_field
from levier.council.readers.texts import MAX_BYTES

MOST_BYTES = MAX_BYTES
MOST_PUBLIC_BYTES = 5 * 1024 * 1024
MOST_CHARACTERS = 1_000_000
PASTED = "texte collé"
KIND_WORDS = (
    (AssemblyKind.COMMUNE, "conseil municipal"),
    (AssemblyKind.EPCI, "conseil communautaire"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to read: its name and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """What identifies these bytes."""
        return hashlib.sha256(self.data).hexdigest()


class ActForm(forms.Form):
    """An act as a file or as a pasted text; one of the two."""

    use_required_attribute = False
    most_bytes = MOST_BYTES
    document = forms.FileField(
        label="Fichier de l’acte",
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".txt,.pdf,.docx,.json"}),
        help_text="Texte, PDF ou DOCX, 20 Mo au plus. Un PDF numérisé sans texte ne se lit pas.",
    )
    text = forms.CharField(
        label="Ou collez le texte de l’acte",
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )

    def clean_document(self) -> Any:
        """A bound on what is read into memory."""
        document = self.cleaned_data["document"]
        if document is not None and document.size > self.most_bytes:
            raise forms.ValidationError(
                f"Ce fichier pèse {document.size / 1_048_576:.0f} Mo ; attendu "
                f"{self.most_bytes // 1_048_576} Mo au plus. Déposez l’acte seul, sans ses annexes."
            )
        return document

    def clean(self) -> dict[str, Any]:
        """A file or a text, not both: one would be read unseen."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        has_text = bool((values.get("text") or "").strip())
        if "document" in values and values["document"] is None and not has_text:
            if "text" not in self.errors:
                self.add_error("document", "Choisissez un fichier, ou collez le texte de l’acte.")
        elif values.get("document") is not None and has_text:
            self.add_error("text", "Choisissez : un fichier, ou un texte collé, pas les deux.")
        return values

    def given(self) -> Given:
        """The bytes to read of a valid form."""
        document = self.cleaned_data["document"]
        if document is not None:
            return Given(document.name, document.read())
        return Given(PASTED, self.cleaned_data["text"].encode())


class CheckForm(ActForm):
    """An act to check without saving it, with what acts seldom state. Open to all: bound lower."""

    most_bytes = MOST_PUBLIC_BYTES

    population = CountField(
        "Population municipale",
        most=100_000_000,
        help_text="Celle du dernier renouvellement du conseil : elle fixe le délai de convocation.",
    )
    kind = choice_field("Assemblée", KIND_WORDS, AssemblyKind)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].help_text = "Texte, PDF ou DOCX, 5 Mo au plus."
        self.order_fields(["document", "text", "kind", "population"])
