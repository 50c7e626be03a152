"""Sittings: convocation, attendance, procurations, arrivals and departures, agenda.

Lists keep the order of the act in `position`, which starts at 0.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from levier.accounts.history import tracked
from levier.common.constraints import in_order, not_blank, not_negative, one_of, unique
from levier.common.domain.french import date_in_words
from levier.common.models import Source
from levier.council.domain.circumstances import OtherSitting
from levier.council.domain.record import MovementEvent
from levier.council.models.assemblies import Assembly, Member

if TYPE_CHECKING:
    from levier.council.models.deliberations import Deliberation


class AttendanceState(StrEnum):
    """How the act lists a member."""

    PRESENT = "present"
    ABSENT = "absent"


class Sitting(models.Model):
    """One sitting of an assembly. What the act does not say is empty, never 0 or « non ».

    `version` grows by one each time the record is saved, so that two people never overwrite each
    other unseen.
    `signed_on` and `signatory` are those of the extract or of the minutes that was recorded.
    """

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="sittings", verbose_name="assemblée"
    )
    date = models.DateField("date de la séance")
    opens_at = models.TimeField("heure d’ouverture", null=True, blank=True)
    place = models.TextField("lieu", blank=True)
    convocation_date = models.DateField("date de la convocation", null=True, blank=True)
    convocation_posted = models.BooleanField("convocation affichée", null=True, blank=True)
    urgency = models.BooleanField("urgence", null=True, blank=True)
    second_convocation = models.BooleanField("seconde convocation", null=True, blank=True)
    president = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sittings_presided",
        verbose_name="présidence de la séance",
    )
    secretary = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sittings_recorded",
        verbose_name="secrétaire de séance",
    )
    in_office = models.IntegerField("membres en exercice", null=True, blank=True)
    all_present_except_absent = models.BooleanField(
        "tous présents sauf les absents nommés", default=False
    )
    present_count = models.IntegerField("présents annoncés", null=True, blank=True)
    represented_count = models.IntegerField("représentés annoncés", null=True, blank=True)
    signed_on = models.DateField("date de signature", null=True, blank=True)
    signatory = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sittings_signed",
        verbose_name="signataire",
    )
    closes_at = models.TimeField("heure de clôture", null=True, blank=True)
    # levier.council.domain.formalities.SittingFormalities, as the exchange format writes it.
    formalities = models.JSONField("formalités", default=dict, blank=True)
    # Place on the agenda of the matter under discussion, while the sitting is being held.
    current_item = models.PositiveIntegerField("affaire en cours", null=True, blank=True)
    is_public = models.BooleanField("publiée dans Levier", default=False)
    version = models.IntegerField("version", default=1)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="source"
    )
    search_text = models.TextField("texte de recherche", blank=True, editable=False)

    history = tracked(excluded=("search_text",))

    # Other sittings of the assembly around this one, when a query told them.
    neighbours: tuple[OtherSitting, ...] = ()

    class Meta:
        verbose_name = "séance"
        verbose_name_plural = "séances"
        ordering = ["-date", "-opens_at", "-id"]
        # Lists and searches read the latest sittings first, and stop where their page ends.
        indexes = [
            models.Index(fields=["-date", "-opens_at", "-id"], name="council_sitting_latest_first")
        ]
        constraints = [
            unique(
                "assembly",
                "date",
                "opens_at",
                name="council_sitting_once_per_hour",
                message="Une séance de cette assemblée est déjà enregistrée à cette date et à "
                "cette heure.",
            ),
            unique(
                "assembly",
                "date",
                name="council_sitting_once_without_hour",
                message="Une séance de cette assemblée est déjà enregistrée à cette date : "
                "complétez-la, ou précisez l’heure d’ouverture.",
                condition=Q(opens_at__isnull=True),
            ),
            in_order(
                "convocation_date",
                "date",
                name="council_sitting_convoked_before",
                message="La convocation ne peut pas être postérieure à la séance.",
            ),
            in_order(
                "date",
                "signed_on",
                name="council_sitting_signed_after",
                message="L’acte ne peut pas être signé avant la séance.",
            ),
            not_negative(
                ["in_office"],
                least=1,
                name="council_sitting_in_office_counted",
                message="Le nombre de membres en exercice est au moins 1, ou reste inconnu.",
            ),
            not_negative(
                ["present_count", "represented_count"],
                name="council_sitting_counts_not_negative",
                message="Un nombre de présents ou de représentés n’est jamais négatif.",
            ),
            not_negative(
                ["version"],
                least=1,
                name="council_sitting_version_counted",
                message="La version d’une séance commence à 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly.name}, séance du {date_in_words(self.date)}"

    @property
    def organisation_id(self) -> int:
        """The organisation whose affair this is: the journal files it there."""
        return self.assembly.organisation_id


class AgendaItem(models.Model):
    """One line of the agenda; `number` is the one printed, when there is one."""

    sitting = models.ForeignKey(
        Sitting, models.CASCADE, related_name="agenda_items", verbose_name="séance"
    )
    position = models.PositiveIntegerField("rang")
    number = models.IntegerField("numéro", null=True, blank=True)
    subject = models.TextField("objet")

    history = tracked()

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "ordre du jour"
        ordering = ["position"]
        constraints = [
            unique(
                "sitting",
                "position",
                name="council_agenda_position_once",
                message="Deux points de l’ordre du jour ont le même rang.",
            ),
            not_blank(
                "subject",
                name="council_agenda_subject_given",
                message="Un point de l’ordre du jour a un objet.",
            ),
            not_negative(
                ["number"],
                name="council_agenda_number_not_negative",
                message="Un numéro de point n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Attendance(models.Model):
    """A member whom the act lists as present, or as absent or excused."""

    sitting = models.ForeignKey(
        Sitting, models.CASCADE, related_name="attendances", verbose_name="séance"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="attendances", verbose_name="membre"
    )
    position = models.PositiveIntegerField("rang")
    state = models.CharField(
        "présence",
        max_length=10,
        choices=[
            (AttendanceState.PRESENT.value, "présent"),
            (AttendanceState.ABSENT.value, "absent ou excusé"),
        ],
    )

    history = tracked()

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        ordering = ["position"]
        constraints = [
            one_of("state", AttendanceState, name="council_attendance_state", label="présence"),
            unique(
                "sitting",
                "member",
                name="council_attendance_once",
                message="Un membre est compté une seule fois parmi les présents et les absents.",
            ),
            unique(
                "sitting",
                "position",
                name="council_attendance_position_once",
                message="Deux lignes de la liste des présences ont le même rang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_state_display()}"


class Procuration(models.Model):
    """`giver`, absent, has `holder` vote in their name (CGCT L2121-20).

    Two procurations for one holder are irregular but can be recorded: the rules tell it.
    """

    sitting = models.ForeignKey(
        Sitting, models.CASCADE, related_name="procurations", verbose_name="séance"
    )
    giver = models.ForeignKey(
        Member, models.PROTECT, related_name="procurations_given", verbose_name="donnée par"
    )
    holder = models.ForeignKey(
        Member, models.PROTECT, related_name="procurations_held", verbose_name="confiée à"
    )
    position = models.PositiveIntegerField("rang")
    written = models.BooleanField("écrite", null=True, blank=True)
    signed_on = models.DateField("signée le", null=True, blank=True)
    sittings_used = models.IntegerField("séances consécutives", null=True, blank=True)
    illness = models.BooleanField("maladie constatée", null=True, blank=True)
    revoked_before_item = models.IntegerField("révoquée avant le point n°", null=True, blank=True)

    history = tracked()

    class Meta:
        verbose_name = "procuration"
        verbose_name_plural = "procurations"
        ordering = ["position"]
        constraints = [
            unique(
                "sitting",
                "giver",
                name="council_procuration_giver_once",
                message="Un membre donne une seule procuration par séance.",
            ),
            unique(
                "sitting",
                "position",
                name="council_procuration_position_once",
                message="Deux procurations ont le même rang.",
            ),
            not_negative(
                ["sittings_used", "revoked_before_item"],
                name="council_procuration_counts_not_negative",
                message="Un nombre de séances ou un numéro de point n’est jamais négatif.",
            ),
            models.CheckConstraint(
                condition=~Q(giver=models.F("holder")),
                name="council_procuration_to_another",
                violation_error_message="Un membre ne se donne pas procuration à lui-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} à {self.holder}"


class Movement(models.Model):
    """An arrival or a departure, told by the sitting or, when `deliberation` is set, by one act."""

    sitting = models.ForeignKey(
        Sitting, models.CASCADE, related_name="movements", verbose_name="séance"
    )
    deliberation: models.ForeignKey[Deliberation | None, Deliberation | None] = models.ForeignKey(
        "council.Deliberation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="movements",
        verbose_name="délibération",
    )
    position = models.PositiveIntegerField("rang")
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="movements", verbose_name="membre"
    )
    event = models.CharField(
        "mouvement",
        max_length=10,
        choices=[
            (MovementEvent.ARRIVES.value, "arrivée"),
            (MovementEvent.LEAVES.value, "départ"),
        ],
    )
    before_item = models.IntegerField("avant le point n°", null=True, blank=True)
    at = models.TimeField("heure", null=True, blank=True)

    history = tracked()

    class Meta:
        verbose_name = "arrivée ou départ"
        verbose_name_plural = "arrivées et départs"
        ordering = ["position", "id"]
        constraints = [
            one_of("event", MovementEvent, name="council_movement_event", label="mouvement"),
            unique(
                "sitting",
                "position",
                name="council_movement_position_once",
                message="Deux mouvements de la séance ont le même rang.",
                condition=Q(deliberation__isnull=True),
            ),
            unique(
                "deliberation",
                "position",
                name="council_movement_position_once_in_act",
                message="Deux mouvements de la délibération ont le même rang.",
            ),
            not_negative(
                ["before_item"],
                name="council_movement_item_not_negative",
                message="Un numéro de point n’est jamais négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} de {self.member}"
