"""What the council room stores: assemblies and their members, sittings, deliberations."""

from __future__ import annotations

from levier.council.models.assemblies import Assembly, Mandate, Member
from levier.council.models.deliberations import (
    ActStatement,
    Ballot,
    Clause,
    Deliberation,
    Recusal,
    Vote,
)
from levier.council.models.live import LiveEntry
from levier.council.models.publications import PublishedFile
from levier.council.models.sittings import AgendaItem, Attendance, Movement, Procuration, Sitting

__all__ = [
    "ActStatement",
    "AgendaItem",
    "Assembly",
    "Attendance",
    "Ballot",
    "Clause",
    "Deliberation",
    "LiveEntry",
    "Mandate",
    "Member",
    "Movement",
    "Procuration",
    "PublishedFile",
    "Recusal",
    "Sitting",
    "Vote",
]
