"""What the council room stores: assemblies and their members, sittings, deliberations."""

from __future__ import annotations

from levier.council.models.assemblies import Assembly, Mandate, Member
from levier.council.models.deliberations import ActStatement, Clause, Deliberation, Recusal, Vote
from levier.council.models.sittings import AgendaItem, Attendance, Movement, Procuration, Sitting

__all__ = [
    "ActStatement",
    "AgendaItem",
    "Assembly",
    "Attendance",
    "Clause",
    "Deliberation",
    "Mandate",
    "Member",
    "Movement",
    "Procuration",
    "Recusal",
    "Sitting",
    "Vote",
]
