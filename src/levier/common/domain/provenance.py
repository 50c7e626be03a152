"""Where a figure or a text comes from. Every stored figure points to one Source."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

# What the public reads in place of the name of a file that nobody else can open.
HANDED_OVER = "document déposé"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset or a document, precise enough to find it again.

    `vintage` is the state of the world described ("Filosofi 2021", "séance du 11 juin 2024"), not
    the date of the file; `sha256` is that of the bytes read, when bytes were read.
    """

    publisher: str
    dataset: str
    vintage: str
    licence: str = ""
    url: str = ""
    sha256: str = ""
    imported_at: datetime | None = None
    imported_by: str = ""

    def __post_init__(self) -> None:
        for label, value in (
            ("éditeur", self.publisher),
            ("jeu de données", self.dataset),
            ("millésime", self.vintage),
        ):
            if not value.strip():
                raise ValueError(f"Une source sans {label} ne peut pas être enregistrée.")
        if self.sha256 and not _SHA256.fullmatch(self.sha256):
            raise ValueError(
                "L'empreinte SHA-256 doit compter 64 chiffres hexadécimaux minuscules."
            )

    def __str__(self) -> str:
        return f"{self.publisher}, {self.dataset}, {self.vintage}"

    def published(self) -> Source:
        """What everyone may read of it: not who imported it, nor the name of a file handed over.

        A file was handed over when its bytes are known and no address leads to it.
        """
        is_handed_over = bool(self.sha256) and not self.url
        return replace(
            self, imported_by="", dataset=HANDED_OVER if is_handed_over else self.dataset
        )
