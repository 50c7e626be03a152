"""What the kernel stores: the sources that every stored figure and text points to."""

from __future__ import annotations

from typing import Self

from django.db import models

from levier.common.constraints import blank_or_length, not_blank, unique
from levier.common.domain import provenance


class Source(models.Model):
    """Stored form of `levier.common.domain.provenance.Source`; written once, never edited."""

    publisher = models.CharField("éditeur", max_length=200)
    dataset = models.CharField("jeu de données", max_length=300)
    vintage = models.CharField("millésime", max_length=200)
    licence = models.CharField("licence", max_length=200, blank=True)
    url = models.CharField("adresse", max_length=500, blank=True)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, blank=True)
    imported_at = models.DateTimeField("importée le", null=True, blank=True)
    imported_by = models.CharField("importée par", max_length=200, blank=True)

    class Meta:
        verbose_name = "source"
        verbose_name_plural = "sources"
        ordering = ["publisher", "dataset", "vintage", "id"]
        constraints = [
            not_blank(
                "publisher",
                name="common_source_publisher_given",
                message="Une source sans éditeur ne peut pas être enregistrée.",
            ),
            not_blank(
                "dataset",
                name="common_source_dataset_given",
                message="Une source sans jeu de données ne peut pas être enregistrée.",
            ),
            not_blank(
                "vintage",
                name="common_source_vintage_given",
                message="Une source sans millésime ne peut pas être enregistrée.",
            ),
            blank_or_length(
                "sha256",
                64,
                name="common_source_sha256_length",
                message="L'empreinte SHA-256 doit compter 64 chiffres hexadécimaux.",
            ),
            unique(
                "publisher",
                "dataset",
                "vintage",
                "licence",
                "url",
                "sha256",
                name="common_source_once",
                message="Cette source est déjà enregistrée.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.to_domain())

    def to_domain(self) -> provenance.Source:
        """The frozen value that domains work with."""
        return provenance.Source(
            publisher=self.publisher,
            dataset=self.dataset,
            vintage=self.vintage,
            licence=self.licence,
            url=self.url,
            sha256=self.sha256,
            imported_at=self.imported_at,
            imported_by=self.imported_by,
        )

    @classmethod
    def from_domain(cls, source: provenance.Source) -> Self:
        """The stored source with this identity, created when it is new.

        The first import's date and person are kept: importing the same bytes again adds nothing.
        """
        stored, _ = cls.objects.get_or_create(
            publisher=source.publisher,
            dataset=source.dataset,
            vintage=source.vintage,
            licence=source.licence,
            url=source.url,
            sha256=source.sha256,
            defaults={"imported_at": source.imported_at, "imported_by": source.imported_by},
        )
        return stored
