"""What an act that was read brings to the form of its sitting, signed so that it comes back."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from levier.common.domain.french import date_in_words
from levier.common.domain.provenance import Source
from levier.council.domain.record import Record

_SALT = "levier.council.reading"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an act that was read brings beside its record."""

    name: str
    sha256: str
    text: str = ""
    unread: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    printed_assembly: str = ""
    # Of a sitting recorded already: what the act says otherwise, and what it adds.
    otherwise: tuple[str, ...] = ()
    added: int = 0

    def signed(self) -> str:
        """As a hidden field of the form holds it."""
        return signing.dumps(
            [
                self.name,
                self.sha256,
                self.text,
                list(self.unread),
                list(self.not_found),
                self.printed_assembly,
                list(self.otherwise),
                self.added,
            ],
            salt=_SALT,
            compress=True,
        )

    @classmethod
    def of(cls, signed: str) -> Reading | None:
        """What the form brought back; None when there is nothing, or when it was altered."""
        if not signed:
            return None
        try:
            name, sha256, text, unread, missing, printed, otherwise, added = signing.loads(
                signed, salt=_SALT
            )
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(
            name, sha256, text, tuple(unread), tuple(missing), printed, tuple(otherwise), added
        )

    def source(self, record: Record, actor_label: str) -> Source:
        """The source that the stored sitting will point to."""
        held_on = record.sitting.date
        return Source(
            publisher=record.assembly or "assemblée",
            dataset=self.name[:300],
            vintage=f"séance du {date_in_words(held_on)}" if held_on else "séance non datée",
            sha256=self.sha256,
            imported_at=timezone.now(),
            imported_by=actor_label,
        )
