"""The published file of an act: its bytes, its author and the date of its posting, for ever."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from levier.accounts.models import Person
from levier.common.constraints import not_blank, unique
from levier.council.models.deliberations import Deliberation


class PublishedFile(models.Model):
    """The fixed-format file of an act, as anyone downloads it (CGCT R2131-1).

    Rows are never changed but to be withdrawn: a signed or corrected file is a new row. `posted_on`
    is the date shown to the public; two months of posting at least follow it.
    """

    deliberation = models.ForeignKey(
        Deliberation, models.PROTECT, related_name="published_files", verbose_name="délibération"
    )
    content = models.BinaryField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    posted_on = models.DateField("mise en ligne le")
    author_name = models.CharField("prénom et nom de l’auteur", max_length=200)
    author_capacity = models.CharField("qualité de l’auteur", max_length=200)
    is_signed = models.BooleanField("signature électronique", default=False)
    withdrawn_on = models.DateField("retirée le", null=True, blank=True)
    created_at = models.DateTimeField("enregistrée le", auto_now_add=True)
    created_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "fichier publié"
        verbose_name_plural = "fichiers publiés"
        ordering = ["-created_at", "-id"]
        # The bytes stand in the row: without these, each list and each check would read them all.
        indexes = [
            models.Index(
                fields=["-posted_on", "deliberation"],
                name="council_published_online",
                condition=Q(withdrawn_on__isnull=True),
            ),
            models.Index(fields=["sha256"], name="council_published_sha256"),
        ]
        constraints = [
            not_blank(
                "author_name",
                name="council_published_author_named",
                message="L’acte publié porte le prénom et le nom de son auteur.",
            ),
            not_blank(
                "author_capacity",
                name="council_published_author_capacity",
                message="L’acte publié porte la qualité de son auteur.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="council_published_file_not_empty",
                violation_error_message="Un fichier publié n’est pas vide.",
            ),
            unique(
                "deliberation",
                name="council_published_once",
                message="Un seul fichier de cet acte est en ligne à la fois.",
                condition=Q(withdrawn_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliberation}, fichier du {self.posted_on}"

    @property
    def organisation_id(self) -> int:
        """The organisation whose affair this is: the journal files it there."""
        return self.deliberation.organisation_id
