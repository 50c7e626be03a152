"""Deliberations: their clauses, their vote, who kept out, and what they state for other rooms.

Lists keep the order of the act in `position`, which starts at 0.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import Q

from levier.accounts.history import tracked
from levier.common.constraints import in_order, not_blank, not_negative, one_of, unique
from levier.common.models import Source
from levier.council.domain.record import (
    BallotChoice,
    MatterNature,
    Outcome,
    RecusalGround,
    VoteMode,
)
from levier.council.domain.statements import Topic
from levier.council.models.assemblies import Member
from levier.council.models.sittings import AgendaItem, Sitting


class ClauseKind(StrEnum):
    """The three parts of an act."""

    VISA = "visa"
    RECITAL = "recital"
    DECISION = "decision"


class PresidentVote(StrEnum):
    """How the president voted, which decides a tie (CGCT L2121-20)."""

    FOR = "for"
    AGAINST = "against"
    ABSTENTION = "abstention"


MATTER_NATURES = {
    MatterNature.ORDINARY: "affaire ordinaire",
    MatterNature.ACCOUNTS: "arrêté des comptes",
    MatterNature.BUDGET: "budget primitif",
    MatterNature.NOMINATION: "nomination ou présentation",
    MatterNature.MAYOR_ELECTION: "élection du maire ou de la présidence",
    MatterNature.DEPUTIES_ELECTION: "élection des adjoints ou du bureau",
    MatterNature.DELEGATES_ELECTION: "désignation de délégués ou de représentants",
    MatterNature.PUBLIC_SERVICE_CONTRACT: "contrat de service public",
    MatterNature.PUBLIC_CONTRACT: "contrat de la commande publique",
    MatterNature.LOAN_GUARANTEE: "garantie d’emprunt",
    MatterNature.BUSINESS_AID: "aide économique (L1511-2 et L1511-3)",
    MatterNature.CLASSIFIED_SITE: "installation classée",
    MatterNature.ROAD_TARIFF: "tarif de voirie ou de stationnement",
    MatterNature.ROAD_STATUS: "classement, alignement ou ouverture de voies",
    MatterNature.PROMOTION_RATIO: "taux de promotion des agents",
    MatterNature.MANAGEMENT_CENTRE: "affiliation au centre de gestion",
    MatterNature.INDIVIDUAL_DECISION: "décision individuelle",
    MatterNature.PUBLICITY_CHOICE: "choix du mode de publicité des actes",
}


class Deliberation(models.Model):
    """One matter put to the council. Its extract is signed with the sitting's record."""

    sitting = models.ForeignKey(
        Sitting, models.CASCADE, related_name="deliberations", verbose_name="séance"
    )
    position = models.PositiveIntegerField("rang")
    number = models.IntegerField("numéro", null=True, blank=True)
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deliberations",
        verbose_name="point de l’ordre du jour",
    )
    subject = models.TextField("objet")
    rapporteur = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deliberations_presented",
        verbose_name="rapporteur",
    )
    transmitted_on = models.DateField("transmise le", null=True, blank=True)
    received_on = models.DateField("reçue par l’État le", null=True, blank=True)
    published_on = models.DateField("publiée le", null=True, blank=True)
    nature = models.CharField(
        "nature de l’affaire",
        max_length=30,
        blank=True,
        choices=[(nature.value, label) for nature, label in MATTER_NATURES.items()],
    )
    matter_code = models.CharField("matière (nomenclature de l’État)", max_length=5, blank=True)
    president = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deliberations_presided",
        verbose_name="présidence pour cette affaire",
    )
    debate = models.TextField("teneur des discussions", blank=True)
    corrects = models.TextField("acte corrigé", blank=True)
    corrected_act: models.ForeignKey[Deliberation | None, Deliberation | None] = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="délibération corrigée",
    )
    # levier.council.domain.formalities.ActFormalities, as the exchange format writes it.
    formalities = models.JSONField("formalités", default=dict, blank=True)
    # Once adopted and closed, the text and the vote never change: a new act corrects it.
    locked_at = models.DateTimeField("verrouillée le", null=True, blank=True)
    # The extract that added it to a sitting recorded from another document.
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="source"
    )
    search_text = models.TextField("texte de recherche", blank=True, editable=False)

    history = tracked(excluded=("search_text",))

    class Meta:
        verbose_name = "délibération"
        verbose_name_plural = "délibérations"
        ordering = ["position"]
        constraints = [
            unique(
                "sitting",
                "position",
                name="council_deliberation_position_once",
                message="Deux délibérations de la séance ont le même rang.",
            ),
            not_blank(
                "subject",
                name="council_deliberation_subject_given",
                message="Une délibération a un objet.",
            ),
            not_negative(
                ["number"],
                name="council_deliberation_number_not_negative",
                message="Un numéro de délibération n’est jamais négatif.",
            ),
            one_of(
                "nature",
                MatterNature,
                name="council_deliberation_nature",
                label="nature de l’affaire",
                optional=True,
            ),
            models.CheckConstraint(
                condition=Q(corrected_act__isnull=True) | ~Q(corrected_act=models.F("id")),
                name="council_deliberation_corrects_another",
                violation_error_message="Une délibération ne se corrige pas elle-même.",
            ),
            in_order(
                "transmitted_on",
                "received_on",
                name="council_deliberation_received_after",
                message="L’acte ne peut pas être reçu par l’État avant d’être transmis.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def organisation_id(self) -> int:
        """The organisation whose affair this is: the journal files it there."""
        return self.sitting.organisation_id

    @property
    def signed_on(self) -> date | None:
        """Date of the signature, which the sitting keeps."""
        return self.sitting.signed_on

    @property
    def signatory(self) -> Member | None:
        """Who signed, which the sitting keeps."""
        return self.sitting.signatory


class Vote(models.Model):
    """The ballot as the act reports it; counts that are not printed stay unknown."""

    deliberation = models.OneToOneField(
        Deliberation, models.CASCADE, related_name="vote", verbose_name="délibération"
    )
    mode = models.CharField(
        "mode de scrutin",
        max_length=10,
        blank=True,
        choices=[
            (VoteMode.PUBLIC.value, "scrutin ordinaire"),
            (VoteMode.ROLL_CALL.value, "scrutin public, par appel nominal"),
            (VoteMode.SECRET.value, "scrutin secret"),
        ],
    )
    outcome = models.CharField(
        "résultat",
        max_length=10,
        blank=True,
        choices=[
            (Outcome.ADOPTED.value, "adoptée"),
            (Outcome.REJECTED.value, "rejetée"),
            (Outcome.POSTPONED.value, "reportée"),
        ],
    )
    unanimous = models.BooleanField("unanimité", null=True, blank=True)
    in_favour = models.IntegerField("pour", null=True, blank=True)
    against = models.IntegerField("contre", null=True, blank=True)
    abstentions = models.IntegerField("abstentions", null=True, blank=True)
    blank = models.IntegerField("blancs ou nuls", null=True, blank=True)
    not_voting = models.IntegerField("ne prennent pas part au vote", null=True, blank=True)
    roll_call_requests = models.IntegerField("demandes d’appel nominal", null=True, blank=True)
    secret_requests = models.IntegerField("demandes de scrutin secret", null=True, blank=True)
    secret_waived = models.BooleanField("renonciation au scrutin secret", null=True, blank=True)
    # Rounds of a nomination (levier.council.domain.record.Round) and who is declared elected.
    rounds = models.JSONField("tours de scrutin", default=list, blank=True)
    elected = models.JSONField("élus", default=list, blank=True)
    president_vote = models.CharField(
        "vote de la présidence",
        max_length=10,
        blank=True,
        choices=[
            (PresidentVote.FOR.value, "pour"),
            (PresidentVote.AGAINST.value, "contre"),
            (PresidentVote.ABSTENTION.value, "abstention"),
        ],
    )

    history = tracked()

    class Meta:
        verbose_name = "vote"
        verbose_name_plural = "votes"
        ordering = ["deliberation_id"]
        constraints = [
            one_of(
                "mode", VoteMode, name="council_vote_mode", label="mode de scrutin", optional=True
            ),
            one_of(
                "outcome", Outcome, name="council_vote_outcome", label="résultat", optional=True
            ),
            one_of(
                "president_vote",
                PresidentVote,
                name="council_vote_president",
                label="vote de la présidence",
                optional=True,
            ),
            not_negative(
                [
                    *("in_favour", "against", "abstentions", "blank", "not_voting"),
                    *("roll_call_requests", "secret_requests"),
                ],
                name="council_vote_counts_not_negative",
                message="Un nombre de voix n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display() or "résultat inconnu"


class Ballot(models.Model):
    """One vote of a roll call, with its name. A secret ballot has none: only tallies are kept."""

    deliberation = models.ForeignKey(
        Deliberation, models.CASCADE, related_name="ballots", verbose_name="délibération"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="ballots", verbose_name="membre"
    )
    position = models.PositiveIntegerField("rang")
    choice = models.CharField(
        "vote",
        max_length=12,
        choices=[
            (BallotChoice.FOR.value, "pour"),
            (BallotChoice.AGAINST.value, "contre"),
            (BallotChoice.ABSTENTION.value, "abstention"),
            (BallotChoice.NOT_VOTING.value, "ne prend pas part au vote"),
        ],
    )
    cast_by = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ballots_cast",
        verbose_name="voté par procuration par",
    )

    history = tracked()

    class Meta:
        verbose_name = "vote nominatif"
        verbose_name_plural = "votes nominatifs"
        ordering = ["position"]
        constraints = [
            one_of("choice", BallotChoice, name="council_ballot_choice", label="vote"),
            unique(
                "deliberation",
                "member",
                name="council_ballot_once",
                message="Un membre vote une seule fois sur une délibération.",
            ),
            unique(
                "deliberation",
                "position",
                name="council_ballot_position_once",
                message="Deux votes nominatifs de la délibération ont le même rang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_choice_display()}"


class Clause(models.Model):
    """One visa, recital or decision."""

    deliberation = models.ForeignKey(
        Deliberation, models.CASCADE, related_name="clauses", verbose_name="délibération"
    )
    kind = models.CharField(
        "nature",
        max_length=10,
        choices=[
            (ClauseKind.VISA.value, "visa"),
            (ClauseKind.RECITAL.value, "considérant"),
            (ClauseKind.DECISION.value, "décision"),
        ],
    )
    position = models.PositiveIntegerField("rang")
    text = models.TextField("texte")

    history = tracked()

    class Meta:
        verbose_name = "clause"
        verbose_name_plural = "clauses"
        ordering = ["kind", "position"]
        constraints = [
            one_of("kind", ClauseKind, name="council_clause_kind", label="nature"),
            unique(
                "deliberation",
                "kind",
                "position",
                name="council_clause_position_once",
                message="Deux clauses de la délibération ont le même rang.",
            ),
            not_blank("text", name="council_clause_text_given", message="Une clause a un texte."),
        ]

    def __str__(self) -> str:
        return self.text


class Recusal(models.Model):
    """A member who takes no part in one deliberation (déport), and why."""

    deliberation = models.ForeignKey(
        Deliberation, models.CASCADE, related_name="recusals", verbose_name="délibération"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="recusals", verbose_name="membre"
    )
    position = models.PositiveIntegerField("rang")
    ground = models.CharField(
        "motif",
        max_length=20,
        choices=[
            (RecusalGround.L1111_6_II.value, "représentant d’un organisme (L1111-6, II)"),
            (RecusalGround.PERSONAL.value, "intérêt personnel (L2131-11)"),
        ],
    )
    body = models.CharField("organisme représenté", max_length=200, blank=True)
    took_part = models.JSONField("a pris part", default=list, blank=True)

    history = tracked()

    class Meta:
        verbose_name = "déport"
        verbose_name_plural = "déports"
        ordering = ["position"]
        constraints = [
            one_of("ground", RecusalGround, name="council_recusal_ground", label="motif"),
            unique(
                "deliberation",
                "member",
                name="council_recusal_once",
                message="Un membre se déporte une seule fois d’une délibération.",
            ),
            unique(
                "deliberation",
                "position",
                name="council_recusal_position_once",
                message="Deux déports de la délibération ont le même rang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_ground_display()}"


class ActStatement(models.Model):
    """What the act states that other rooms take over; the deliberation stays its origin."""

    deliberation = models.ForeignKey(
        Deliberation, models.PROTECT, related_name="statements", verbose_name="délibération"
    )
    topic = models.CharField(
        "sujet", max_length=30, choices=[(topic.value, topic.label) for topic in Topic]
    )
    position = models.PositiveIntegerField("rang")
    text = models.TextField("texte")

    history = tracked()

    class Meta:
        verbose_name = "élément repris de l’acte"
        verbose_name_plural = "éléments repris de l’acte"
        ordering = ["topic", "position"]
        constraints = [
            one_of("topic", Topic, name="council_statement_topic", label="sujet"),
            unique(
                "deliberation",
                "topic",
                "position",
                name="council_statement_position_once",
                message="Deux éléments du même sujet ont le même rang.",
            ),
            not_blank(
                "text",
                name="council_statement_text_given",
                message="Un élément repris de l’acte a un texte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{Topic(self.topic).label} : {self.text}"
