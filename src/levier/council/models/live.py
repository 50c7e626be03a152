"""What the secretary typed during the sitting, entry by entry: nothing is typed twice or lost."""

from __future__ import annotations

from django.db import models

from levier.accounts.models import Person
from levier.common.constraints import not_blank, unique
from levier.council.models.sittings import Sitting


class LiveEntry(models.Model):
    """One entry of the screen of the sitting. `key` is drawn by the browser.

    The same entry sent again, after a lost answer or a crash, is recognised and stored once.
    `version` is that of the sitting after the entry.
    """

    sitting = models.ForeignKey(
        Sitting, models.CASCADE, related_name="live_entries", verbose_name="séance"
    )
    key = models.CharField("clé", max_length=64)
    kind = models.CharField("nature", max_length=30)
    values = models.JSONField("valeurs", default=dict)
    version = models.IntegerField("version de la séance")
    at = models.DateTimeField("enregistrée le", auto_now_add=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "saisie en séance"
        verbose_name_plural = "saisies en séance"
        ordering = ["id"]
        constraints = [
            not_blank(
                "key",
                name="council_live_entry_key_given",
                message="Une saisie en séance a une clé.",
            ),
            unique(
                "sitting",
                "key",
                name="council_live_entry_once",
                message="Cette saisie est déjà enregistrée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.at})"
