"""The parts of the form of a sitting: the sitting itself, and each kind of row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from levier.council.domain.record import (
    DocumentKind,
    MatterNature,
    MovementEvent,
    Outcome,
    RecusalGround,
    VoteMode,
)
from levier.council.forms.fields import (
    NOT_STATED,
    CountField,
    DayField,
    HourField,
    LinesField,
    NameField,
    OptionalLinesField,
    ParagraphsField,
    QuietForm,
    choice_field,
    yes_no_field,
)
from levier.council.forms.rows import RowForm, Rows
from levier.council.models.deliberations import MATTER_NATURES

PRESENT, ABSENT = "present", "absent"
STATE_WORDS = ((PRESENT, "présence"), (ABSENT, "absence ou excuse"))
EVENT_WORDS = ((MovementEvent.ARRIVES, "arrive"), (MovementEvent.LEAVES, "part"))
OUTCOME_WORDS = (
    (Outcome.ADOPTED, "adoptée"),
    (Outcome.REJECTED, "rejetée"),
    (Outcome.POSTPONED, "reportée"),
)
MODE_WORDS = (
    (VoteMode.PUBLIC, "scrutin ordinaire"),
    (VoteMode.ROLL_CALL, "scrutin public, par appel nominal"),
    (VoteMode.SECRET, "scrutin secret"),
)
BALLOT_WORDS = (("for", "pour"), ("against", "contre"), ("abstention", "abstention"))
GROUND_WORDS = (
    (RecusalGround.L1111_6_II, "représente la collectivité dans l’organisme (CGCT L1111-6, II)"),
    (RecusalGround.PERSONAL, "intérêt personnel (CGCT L2131-11)"),
)
DOCUMENT_WORDS = (
    (DocumentKind.EXTRACT, "extrait du registre"),
    (DocumentKind.MINUTES, "procès-verbal"),
)


class SittingPart(QuietForm):
    """The sitting: when, where, how it was called, who presided, how many, who signed."""

    assembly_id = forms.ChoiceField(
        label="Assemblée", error_messages={"required": "Choisissez l’assemblée qui a délibéré."}
    )
    document_kind = choice_field("Document", DOCUMENT_WORDS, DocumentKind)
    date = DayField(
        "Date de la séance", help_text="Sans elle, la séance ne peut pas être enregistrée."
    )
    opens_at = HourField("Heure d’ouverture")
    place = NameField("Lieu", suggest="", help_text="Tel que l’acte l’écrit.")
    convocation_date = DayField("Convocation envoyée le")
    convocation_posted = yes_no_field("Convocation affichée ou publiée")
    urgency = yes_no_field("Convocation en urgence")
    second_convocation = yes_no_field(
        "Seconde convocation, faute de quorum à la première",
    )
    president = NameField("Présidence de la séance")
    secretary = NameField("Secrétaire de séance")
    in_office = CountField(
        "Membres en exercice",
        least=1,
        help_text="Sièges pourvus ce jour-là, si l’acte le dit.",
    )
    all_present_except_absent = forms.BooleanField(
        label="Tous les membres en exercice étaient présents, sauf les absents nommés ci-dessous",
        required=False,
    )
    present_count = CountField("Présents annoncés")
    represented_count = CountField("Représentés annoncés")
    signed_on = DayField("Acte signé le")
    signatory = NameField("Signataire")

    def __init__(self, data: QueryDict, assemblies: Iterable[Any]) -> None:
        super().__init__(data)
        choice = self.fields["assembly_id"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        choice.choices = [
            ("", "choisissez"),
            *((str(assembly.pk), str(assembly)) for assembly in assemblies),
        ]

    def clean_date(self) -> Any:
        """The date is the one thing without which there is no sitting."""
        day = self.cleaned_data["date"]
        if day is None:
            raise forms.ValidationError("Indiquez la date de la séance.")
        return day


class MemberRow(RowForm):
    """A member: present, absent, or only named as giving a procuration."""

    noun = "membre"
    name = NameField("Prénom et nom")
    state = choice_field("Présence", STATE_WORDS, str)
    holder = NameField("Procuration donnée à")

    def clean(self) -> None:
        """A procuration is given by someone."""
        if self.cleaned_data.get("holder") and not self.cleaned_data.get("name"):
            self.add_error("name", "Indiquez qui donne cette procuration.")
        elif self.cleaned_data.get("state") and not self.cleaned_data.get("name"):
            self.add_error("name", "Indiquez de qui il s’agit, ou retirez la ligne.")


class MovementRow(RowForm):
    """An arrival or a departure."""

    noun = "mouvement"
    member = NameField("Membre")
    event = choice_field("Mouvement", EVENT_WORDS, MovementEvent)
    before_item = CountField("Avant le point n°")
    at = HourField("Heure")

    def clean(self) -> None:
        """Who, and whether they come or go; when may stay unknown."""
        if not self.cleaned_data.get("member"):
            self.add_error("member", "Indiquez qui arrive ou part, ou retirez la ligne.")
        if "event" not in self.errors and not self.cleaned_data.get("event"):
            self.add_error("event", "Choisissez : arrive ou part.")


class AgendaRow(RowForm):
    """One line of the agenda."""

    noun = "point"
    number = CountField("Numéro")
    subject = LinesField("Objet", rows=1)

    def clean(self) -> None:
        """A point has a subject."""
        if not self.cleaned_data.get("subject"):
            self.add_error("subject", "Indiquez l’objet de ce point, ou retirez la ligne.")


class RecusalRow(RowForm):
    """A member who kept out of the item."""

    noun = "déport"
    member = NameField("Membre")
    ground = choice_field("Motif", GROUND_WORDS, RecusalGround)

    def clean(self) -> None:
        """Who, and on which ground: the two grounds change the quorum differently."""
        if not self.cleaned_data.get("member"):
            self.add_error("member", "Indiquez qui s’est retiré, ou retirez la ligne.")
        if "ground" not in self.errors and not self.cleaned_data.get("ground"):
            self.add_error("ground", "Choisissez le motif : il change le calcul du quorum.")


class DeliberationPart(RowForm):
    """One deliberation, with its own arrivals, departures and members kept out."""

    noun = "délibération"
    number = CountField("Numéro dans la séance")
    subject = LinesField("Objet")
    rapporteur = NameField("Rapporteur")
    president = NameField(
        "Présidence pour cette affaire", help_text="Si ce n’est pas celle de la séance."
    )
    nature = choice_field(
        "Nature de l’affaire",
        MATTER_NATURES.items(),
        MatterNature,
        help_text="Certaines natures changent les règles de vote.",
    )
    matter_code = NameField(
        "Matière", suggest="matters", help_text="Code de la nomenclature de l’État, comme 7.5."
    )
    visas = ParagraphsField(
        "Visas", rows=3, help_text="« Vu … ». Un visa par paragraphe, une ligne vide entre deux."
    )
    recitals = ParagraphsField(
        "Exposé des motifs",
        rows=8,
        help_text="« Considérant … ». Un motif par paragraphe, une ligne vide entre deux.",
    )
    decisions = ParagraphsField(
        "Décisions",
        rows=6,
        help_text="Une décision par paragraphe, une ligne vide entre deux : chacune devient un "
        "article.",
    )
    debate = OptionalLinesField(
        "Teneur des discussions", rows=4, help_text="Pour le procès-verbal (CGCT L2121-15)."
    )
    outcome = choice_field("Résultat imprimé dans l’acte", OUTCOME_WORDS, Outcome)
    unanimous = yes_no_field("À l’unanimité")
    mode = choice_field("Mode de scrutin", MODE_WORDS, VoteMode)
    in_favour = CountField("Pour")
    against = CountField("Contre")
    abstentions = CountField("Abstentions")
    blank = CountField("Blancs ou nuls")
    not_voting = CountField("Ne prennent pas part au vote")
    president_vote = choice_field("Vote de la présidence", BALLOT_WORDS, str)
    transmitted_on = DayField("Transmise à l’État le")
    received_on = DayField("Reçue par l’État le")
    published_on = DayField("Publiée le")

    def __init__(self, data: QueryDict, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.movements = Rows(MovementRow, data, f"{prefix}-movements")
        self.recusals = Rows(RecusalRow, data, f"{prefix}-recusals")

    def compute_outcome(self) -> None:
        """Let the counts give the outcome: only that the matter was put off can be told."""
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        outcome.label = "Résultat du vote"
        outcome.help_text = "Calculé d’après les voix ; il ne se saisit pas."
        outcome.choices = [
            (NOT_STATED[0], "calculé d’après le vote"),
            (Outcome.POSTPONED.value, "affaire ajournée"),
        ]

    @property
    def is_blank(self) -> bool:
        """Nothing was typed in it, nor in its rows."""
        return super().is_blank and not self.movements.filled() and not self.recusals.filled()

    def clean(self) -> None:
        """A deliberation has a subject."""
        if not self.cleaned_data.get("subject"):
            self.add_error("subject", "Indiquez l’objet de la délibération.")
