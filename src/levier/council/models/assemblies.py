"""Assemblies, their members by printed name, and the mandates that each member held."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from levier.accounts.history import tracked
from levier.accounts.models import INSEE_CODE, SIREN, Organisation
from levier.common.constraints import (
    blank_or_length,
    in_order,
    not_blank,
    not_negative,
    one_of,
    unique,
)
from levier.common.models import Source
from levier.council.domain.record import AssemblyKind, name_key

DEPARTMENT = RegexValidator(
    r"^(\d{2}|2[AB]|97\d)\Z", "Le code du département compte deux ou trois caractères, comme 62."
)
SIRET = RegexValidator(r"^\d{14}\Z", "Le numéro SIRET compte quatorze chiffres.")


class MandateFunction(StrEnum):
    """What a member is within the assembly."""

    MEMBER = "member"
    MAYOR = "mayor"
    DEPUTY_MAYOR = "deputy_mayor"
    PRESIDENT = "president"
    VICE_PRESIDENT = "vice_president"


MANDATE_FUNCTIONS = [
    (MandateFunction.MEMBER.value, "membre du conseil"),
    (MandateFunction.MAYOR.value, "maire"),
    (MandateFunction.DEPUTY_MAYOR.value, "adjoint ou adjointe au maire"),
    (MandateFunction.PRESIDENT.value, "président ou présidente"),
    (MandateFunction.VICE_PRESIDENT.value, "vice-président ou vice-présidente"),
]


class Assembly(models.Model):
    """A council that deliberates.

    `population` is the population municipale authenticated before the last full renewal (CGCT
    R2151-3), in inhabitants: the one that sets the thresholds. It is never shown without
    `population_vintage`, and both come from `population_source`.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="assemblies", verbose_name="organisme"
    )
    kind = models.CharField(
        "nature",
        max_length=20,
        choices=[
            (AssemblyKind.COMMUNE.value, "conseil municipal"),
            (AssemblyKind.EPCI.value, "conseil communautaire"),
        ],
    )
    name = models.CharField("nom", max_length=200)
    insee_code = models.CharField("code INSEE", max_length=5, blank=True, validators=[INSEE_CODE])
    siren = models.CharField("numéro SIREN", max_length=9, blank=True, validators=[SIREN])
    department = models.CharField(
        "code du département", max_length=3, blank=True, validators=[DEPARTMENT]
    )
    population = models.IntegerField("population municipale", null=True, blank=True)
    population_vintage = models.CharField("millésime de la population", max_length=200, blank=True)
    population_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="source de la population",
    )
    siret = models.CharField("numéro SIRET", max_length=14, blank=True, validators=[SIRET])
    website = models.URLField("site internet", max_length=300, blank=True)
    # Arrondissement and nature of the sender, as the State's transmission protocol codes them.
    state_district = models.CharField("code de l’arrondissement", max_length=1, blank=True)
    state_nature = models.CharField("nature d’émetteur", max_length=2, blank=True)
    # levier.council.domain.circumstances.Circumstances, as the exchange format writes it.
    circumstances = models.JSONField("vie de l’assemblée", default=dict, blank=True)

    history = tracked()

    class Meta:
        verbose_name = "assemblée"
        verbose_name_plural = "assemblées"
        ordering = ["name", "id"]
        constraints = [
            one_of("kind", AssemblyKind, name="council_assembly_kind", label="nature"),
            not_blank(
                "name", name="council_assembly_name_given", message="Une assemblée a un nom."
            ),
            blank_or_length(
                "insee_code",
                5,
                name="council_assembly_insee_length",
                message="Le code INSEE d’une commune compte cinq caractères.",
            ),
            blank_or_length(
                "siren",
                9,
                name="council_assembly_siren_length",
                message="Le numéro SIREN compte neuf chiffres.",
            ),
            blank_or_length(
                "siret",
                14,
                name="council_assembly_siret_length",
                message="Le numéro SIRET compte quatorze chiffres.",
            ),
            not_negative(
                ["population"],
                least=1,
                name="council_assembly_population_counted",
                message="La population est un nombre d’habitants, ou reste inconnue.",
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True)
                | (~Q(population_vintage="") & Q(population_source__isnull=False)),
                name="council_assembly_population_sourced",
                violation_error_message="Une population s’enregistre avec son millésime et sa "
                "source.",
            ),
            unique(
                "organisation",
                "kind",
                "name",
                name="council_assembly_once",
                message="Cette assemblée est déjà enregistrée pour cet organisme.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_kind_display()}"


class Member(models.Model):
    """Someone whom the acts of an assembly name. Two people of one name need distinct spellings.

    `name` is given name then surname, as first printed; `key` is what identifies it whatever its
    case, accents, hyphens and word order, and is what searches look through.
    """

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="members", verbose_name="assemblée"
    )
    name = models.CharField("prénom et nom", max_length=200)
    key = models.CharField("nom normalisé", max_length=200, editable=False)

    history = tracked(excluded=("key",))

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        ordering = ["name", "id"]
        constraints = [
            not_blank("key", name="council_member_name_given", message="Un membre a un nom."),
            unique(
                "assembly",
                "key",
                name="council_member_once",
                message="Un membre de cette assemblée porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = member_key(self.name)
        super().save(*args, **kwargs)

    @property
    def organisation_id(self) -> int:
        """The organisation whose affair this is: the journal files it there."""
        return self.assembly.organisation_id


class Mandate(models.Model):
    """A mandate of a member. Where its beginning is not known, a sitting attests it.

    `starts_on` None means unknown; `attested_on` is then the date of the earliest sitting recorded
    that shows the member in office. `ends_on` None means that no end is known: the mandate then
    runs until the next general renewal at the latest.
    """

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="mandates", verbose_name="membre"
    )
    function = models.CharField(
        "fonction", max_length=20, choices=MANDATE_FUNCTIONS, default=MandateFunction.MEMBER.value
    )
    starts_on = models.DateField("début du mandat", null=True, blank=True)
    attested_on = models.DateField("attesté le", null=True, blank=True)
    ends_on = models.DateField("fin du mandat", null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="source"
    )

    history = tracked()

    class Meta:
        verbose_name = "mandat"
        verbose_name_plural = "mandats"
        ordering = ["member_id", "starts_on", "attested_on", "id"]
        constraints = [
            one_of("function", MandateFunction, name="council_mandate_function", label="fonction"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False) | Q(attested_on__isnull=False),
                name="council_mandate_dated",
                violation_error_message="Un mandat a une date de début, ou une séance qui "
                "l’atteste.",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="council_mandate_dates",
                message="Un mandat ne peut pas finir avant d’avoir commencé.",
            ),
            in_order(
                "attested_on",
                "ends_on",
                name="council_mandate_attested_before_end",
                message="Un mandat ne peut pas finir avant la séance qui l’atteste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_function_display()}"

    @property
    def organisation_id(self) -> int:
        """The organisation whose affair this is: the journal files it there."""
        return self.member.organisation_id


def member_key(name: str) -> str:
    """The stored form of `name_key`: its words in alphabetical order."""
    return " ".join(sorted(name_key(name)))
