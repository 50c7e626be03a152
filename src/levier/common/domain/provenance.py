"""Where a figure or a text comes from. Every stored figure points to one Source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

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
