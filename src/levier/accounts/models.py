"""Organisations, people, their roles in time, and the journal of what each one did."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from levier.accounts.domain.actors import Role
from levier.accounts.history import tracked
from levier.common.constraints import blank_or_length, in_order, not_blank, one_of, unique
from levier.common.domain.errors import LevierError


class OrganisationKind(StrEnum):
    """What an organisation is, among those that a contrat de ville joins."""

    COMMUNE = "commune"
    EPCI = "epci"
    STATE = "state"
    DEPARTMENT = "department"
    REGION = "region"
    HEALTH_AGENCY = "health_agency"
    FAMILY_FUND = "family_fund"
    LANDLORD = "landlord"
    ASSOCIATION = "association"
    OTHER = "other"


ORGANISATION_KINDS = [
    (OrganisationKind.COMMUNE.value, "commune"),
    (OrganisationKind.EPCI.value, "intercommunalité (EPCI)"),
    (OrganisationKind.STATE.value, "État"),
    (OrganisationKind.DEPARTMENT.value, "département"),
    (OrganisationKind.REGION.value, "région"),
    (OrganisationKind.HEALTH_AGENCY.value, "agence régionale de santé"),
    (OrganisationKind.FAMILY_FUND.value, "caisse d’allocations familiales"),
    (OrganisationKind.LANDLORD.value, "bailleur social"),
    (OrganisationKind.ASSOCIATION.value, "association"),
    (OrganisationKind.OTHER.value, "autre organisme"),
]
INSEE_CODE = RegexValidator(
    r"^(\d{2}|2[AB])\d{3}\Z",
    "Le code INSEE d’une commune compte cinq caractères, par exemple 62523.",
)
SIREN = RegexValidator(r"^\d{9}\Z", "Le numéro SIREN compte neuf chiffres, par exemple 216205237.")


class Organisation(models.Model):
    """A body that people act for: `insee_code` is a commune's, `siren` identifies any body."""

    kind = models.CharField("nature", max_length=20, choices=ORGANISATION_KINDS)
    name = models.CharField("nom", max_length=200)
    insee_code = models.CharField("code INSEE", max_length=5, blank=True, validators=[INSEE_CODE])
    siren = models.CharField("numéro SIREN", max_length=9, blank=True, validators=[SIREN])
    is_demo = models.BooleanField("exemple de démonstration", default=False)

    history = tracked()

    class Meta:
        verbose_name = "organisme"
        verbose_name_plural = "organismes"
        ordering = ["name", "id"]
        constraints = [
            one_of("kind", OrganisationKind, name="accounts_organisation_kind", label="nature"),
            not_blank(
                "name",
                name="accounts_organisation_name_given",
                message="Un organisme a un nom.",
            ),
            blank_or_length(
                "insee_code",
                5,
                name="accounts_organisation_insee_length",
                message="Le code INSEE d’une commune compte cinq caractères.",
            ),
            blank_or_length(
                "siren",
                9,
                name="accounts_organisation_siren_length",
                message="Le numéro SIREN compte neuf chiffres.",
            ),
            unique(
                "siren",
                name="accounts_organisation_siren_once",
                message="Un organisme est déjà enregistré avec ce numéro SIREN.",
                condition=~Q(siren=""),
            ),
            unique(
                "kind",
                "name",
                name="accounts_organisation_once",
                message="Un organisme de même nature porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail, whatever the case typed."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=normal_email(username or ""))


class Person(AbstractBaseUser):
    """An account. Signs in by e-mail; may do nothing by itself, only through appointments."""

    email = models.EmailField("adresse électronique", max_length=254)
    full_name = models.CharField("prénom et nom", max_length=200)
    is_active = models.BooleanField("compte ouvert", default=True)
    is_demo = models.BooleanField("exemple de démonstration", default=False)

    objects: ClassVar[PersonManager] = PersonManager()
    history = tracked(excluded=("password", "last_login"))

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        ordering = ["full_name", "id"]
        constraints = [
            unique(
                "email",
                name="accounts_person_email_once",
                message="Un compte existe déjà avec cette adresse électronique.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""),
                name="accounts_person_email_lower",
                violation_error_message="L’adresse électronique s’enregistre en minuscules.",
            ),
            not_blank(
                "full_name",
                name="accounts_person_name_given",
                message="Une personne a un prénom et un nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Appointment(models.Model):
    """A role held by a person within an organisation, from a day to a day (included)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appointments", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="appointments", verbose_name="organisme"
    )
    role = models.CharField(
        "rôle", max_length=20, choices=[(role.value, role.label) for role in Role]
    )
    starts_on = models.DateField("à compter du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    history = tracked()

    class Meta:
        verbose_name = "rôle confié"
        verbose_name_plural = "rôles confiés"
        ordering = ["starts_on", "id"]
        constraints = [
            one_of("role", Role, name="accounts_appointment_role", label="rôle"),
            in_order(
                "starts_on",
                "ends_on",
                name="accounts_appointment_dates",
                message="Un rôle ne peut pas finir avant d’avoir commencé.",
            ),
            unique(
                "person",
                "organisation",
                "role",
                "starts_on",
                name="accounts_appointment_once",
                message="Cette personne a déjà ce rôle dans cet organisme à compter de ce jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {Role(self.role).label}, {self.organisation}"


class AppendOnlyError(LevierError):
    """The journal is written once; nothing in it is changed or removed."""

    def __init__(self) -> None:
        super().__init__("Le journal ne se modifie pas et ne s’efface pas.")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Refuses what the triggers refuse, with a clearer error."""

    def update(self, **_changes: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class AuditEntry(models.Model):
    """One line of the journal: who did what, when, to what, from which values to which.

    `person` is empty for the operator of the machine and for the public; `actor_label` keeps the
    name as it was. `changes` maps a field to [value before, value after]. `organisation` is the one
    whose affairs were touched, which tells who reads the line; empty for what is of none, and for
    lines older than this column, since the journal is never rewritten.
    """

    at = models.DateTimeField("date et heure", db_index=True)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_entries",
        verbose_name="personne",
    )
    actor_label = models.CharField("auteur", max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_entries",
        verbose_name="organisme",
    )
    action = models.CharField("action", max_length=60)
    object_type = models.CharField("nature de l’objet", max_length=60)
    object_id = models.BigIntegerField("identifiant de l’objet")
    object_label = models.CharField("objet", max_length=300)
    changes = models.JSONField("changements", default=dict)

    objects: ClassVar[models.Manager[AuditEntry]] = models.Manager.from_queryset(AuditQuerySet)()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="accounts_audit_object"),
        ]
        constraints = [
            not_blank(
                "action",
                name="accounts_audit_action_given",
                message="Une ligne du journal nomme une action.",
            ),
            not_blank(
                "actor_label",
                name="accounts_audit_actor_given",
                message="Une ligne du journal nomme son auteur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} : {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError


def normal_email(text: str) -> str:
    """An address as it is stored: without spaces around, in lower case."""
    return text.strip().lower()
