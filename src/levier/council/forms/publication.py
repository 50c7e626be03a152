"""Posting an act: who is its author, since when, and with which signature."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django import forms

from levier.council.forms.fields import DayField, yes_no_field
from levier.council.readers.texts import MAX_BYTES

# A certificate with its chain weighs a few kilobytes.
MOST_CERTIFICATE_BYTES = 200_000


class Signing(StrEnum):
    """How the file that is posted is signed."""

    NONE = "none"
    CERTIFICATE = "certificate"
    FILE = "file"


class PublicationForm(forms.Form):
    """What R2131-1 asks to show, then the signature. No secret is ever sent back to the page."""

    use_required_attribute = False

    author_name = forms.CharField(
        label="Prénom et nom de l’auteur",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Donnez le prénom et le nom de l’auteur."},
    )
    author_capacity = forms.CharField(
        label="Qualité de l’auteur",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Par exemple « maire », « présidente », « adjoint délégué ».",
        error_messages={"required": "Donnez la qualité de l’auteur."},
    )
    posted_on = DayField(
        "Date de mise en ligne",
        help_text="Elle est montrée au public ; le délai de recours des tiers part de la première.",
    )
    on_own_site = yes_no_field(
        "Ces pages sont-elles le site de la collectivité ?",
        help_text="La publication se fait sur le site internet de la collectivité (R2131-1).",
    )
    signing = forms.ChoiceField(
        label="Signature électronique",
        choices=[
            (Signing.NONE.value, "aucune : l’extrait seul"),
            (Signing.CERTIFICATE.value, "avec mon certificat, ici"),
            (Signing.FILE.value, "déjà faite : je dépose le PDF signé"),
        ],
        initial=Signing.NONE.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si le fichier est signé."},
    )
    certificate = forms.FileField(
        label="Certificat (« .p12 » ou « .pfx »)",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        help_text="Il sert en mémoire, le temps de signer : Levier ne le garde pas.",
    )
    passphrase = forms.CharField(
        label="Phrase secrète du certificat",
        required=False,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Elle n’est ni enregistrée, ni écrite dans le journal.",
    )
    signed_pdf = forms.FileField(
        label="PDF signé",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text="L’extrait que vous avez téléchargé ici, signé par votre outil, sans autre "
        "changement. 20 Mo au plus.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posted_on"].required = True  # shown to the public: it cannot stay unknown
        self.fields["posted_on"].error_messages["required"] = "Donnez la date de mise en ligne."

    @property
    def of_the_public(self) -> list[forms.BoundField]:
        """What is not about the signature."""
        return [self[name] for name in list(self.fields)[: list(self.fields).index("signing")]]

    def clean_certificate(self) -> Any:
        """A bound on what is read into memory."""
        return _bounded(self.cleaned_data["certificate"], MOST_CERTIFICATE_BYTES, "200 ko")

    def clean_signed_pdf(self) -> Any:
        """A bound on what is read into memory."""
        return _bounded(self.cleaned_data["signed_pdf"], MAX_BYTES, "20 Mo")

    def clean(self) -> dict[str, Any]:
        """The file that the chosen signature needs."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        signing = values.get("signing")
        if signing == Signing.CERTIFICATE and values.get("certificate", True) is None:
            self.add_error("certificate", "Choisissez le fichier du certificat.")
        if signing == Signing.FILE and values.get("signed_pdf", True) is None:
            self.add_error("signed_pdf", "Choisissez le PDF signé.")
        return values


class PublishedFilter(forms.Form):
    """What a reader asks of the list of published acts."""

    use_required_attribute = False
    texte = forms.CharField(
        label="Mots",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    assemblee = forms.ChoiceField(label="Assemblée", required=False)
    du = DayField("Mis en ligne depuis le")
    au = DayField("Jusqu’au")

    def __init__(self, data: Any, assemblies: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="filtre-%s")
        field = self.fields["assemblee"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = [("", "toutes"), *((str(key), name) for key, name in assemblies)]

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters in use; a value that is not offered is ignored."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _bounded(given: Any, most: int, words: str) -> Any:
    if given is not None and given.size > most:
        raise forms.ValidationError(f"Ce fichier est trop lourd : attendu {words} au plus.")
    return given
