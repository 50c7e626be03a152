"""The record of one sitting: what an extract, minutes or a form says, and nothing more.

One record feeds everything: the findings, the extract, the minutes, the list of deliberations and
the pages. What is not known is None, never 0 or False; an empty tuple means that no name was given.
Names are texts, given name then surname, as the act prints them, without civility.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from levier.common.domain.french import fold

# The sitting has a field named date, which would hide the type from the fields after it.
Day = date


class AssemblyKind(StrEnum):
    """Which assembly deliberated: the rules differ."""

    COMMUNE = "commune"
    EPCI = "epci"


class Outcome(StrEnum):
    """What became of the proposal."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    POSTPONED = "postponed"


class VoteMode(StrEnum):
    """How the council voted (CGCT L2121-21)."""

    PUBLIC = "public"
    ROLL_CALL = "roll_call"
    SECRET = "secret"


class MovementEvent(StrEnum):
    """A member comes in or goes out during the sitting."""

    ARRIVES = "arrives"
    LEAVES = "leaves"


class RecusalGround(StrEnum):
    """Why a member keeps out of an item; the two grounds change the quorum differently."""

    L1111_6_II = "L1111-6-II"
    PERSONAL = "personal"


class DocumentKind(StrEnum):
    """What the text read is: one deliberation's extract, or the whole sitting's minutes."""

    EXTRACT = "extract"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A procuration: `giver`, absent, has `holder` vote in their name (CGCT L2121-20)."""

    giver: str
    holder: str


@dataclass(frozen=True, slots=True)
class Movement:
    """An arrival or a departure, placed before an item of the agenda, at an hour, or both."""

    member: str
    event: MovementEvent
    before_item: int | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member who takes no part in one item (déport)."""

    member: str
    ground: RecusalGround


@dataclass(frozen=True, slots=True)
class Vote:
    """A ballot as the act reports it; counts that the act does not print are None.

    `president_vote` is "for", "against" or "abstention", and decides a tie (CGCT L2121-20).
    """

    outcome: Outcome | None = None
    unanimous: bool | None = None
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None
    blank: int | None = None
    mode: VoteMode | None = None
    president_vote: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of the agenda, with its number when the act numbers it."""

    number: int | None
    subject: str


@dataclass(frozen=True, slots=True)
class Deliberation:
    """One matter put to the council: what it rests on, what was decided, how it was voted.

    `number` is its place in the sitting. `received_on` is the date on which the State's
    representative received the act; `transmitted_on` the date on which it was sent.
    """

    subject: str
    number: int | None = None
    rapporteur: str | None = None
    visas: tuple[str, ...] = ()
    recitals: tuple[str, ...] = ()
    vote: Vote = field(default_factory=Vote)
    decisions: tuple[str, ...] = ()
    present_changes: tuple[Movement, ...] = ()
    recused: tuple[Recusal, ...] = ()
    transmitted_on: date | None = None
    received_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """The sitting itself: convocation, attendance, procurations, who presided.

    `absent` holds the members whom the act lists as absent or excused, whether they gave a
    procuration or not. `all_present_except_absent` is True when the act says "tous les conseillers
    en exercice à l'exception de …" and so prints no list of the members present. `present_count`
    and `represented_count` are the numbers that the act states, kept beside the lists.
    """

    date: Day | None = None
    opens_at: time | None = None
    place: str | None = None
    convocation_date: Day | None = None
    convocation_posted: bool | None = None
    urgency: bool | None = None
    second_convocation: bool | None = None
    president: str | None = None
    secretary: str | None = None
    in_office: int | None = None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    all_present_except_absent: bool = False
    present_count: int | None = None
    represented_count: int | None = None
    proxies: tuple[Proxy, ...] = ()
    movements: tuple[Movement, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A sitting and its deliberations, as one document.

    `population` is the population municipale authenticated before the last full renewal (R2151-3),
    the one that sets the thresholds. `unread` keeps each passage that was not understood.
    """

    assembly: str | None = None
    assembly_kind: AssemblyKind | None = None
    document_kind: DocumentKind | None = None
    population: int | None = None
    sitting: Sitting = field(default_factory=Sitting)
    deliberations: tuple[Deliberation, ...] = ()
    signed_on: date | None = None
    signatory: str | None = None
    unread: tuple[str, ...] = ()


def deliberation_names(record: Record) -> tuple[str, ...]:
    """How each deliberation is called: by its number, or by its rank where numbers do not tell.

    No two deliberations of a record have the same name. Where none is numbered, ranks serve as
    numbers; where some are, an unnumbered one is called so.

    >>> deliberation_names(Record(deliberations=(Deliberation("a", 1), Deliberation("b"))))
    ('délibération n° 1', 'délibération sans numéro (rang 2)')
    """
    numbers = [deliberation.number for deliberation in record.deliberations]
    if all(number is None for number in numbers):
        return tuple(f"délibération n° {rank}" for rank in range(1, len(numbers) + 1))
    return tuple(
        f"délibération sans numéro (rang {rank})"
        if number is None
        else f"délibération n° {number}" + (f" (rang {rank})" if numbers.count(number) > 1 else "")
        for rank, number in enumerate(numbers, start=1)
    )


def name_key(name: str) -> frozenset[str]:
    """What identifies a printed name whatever its case, accents, hyphens and word order.

    >>> name_key("TELLIER Jean-Marc") == name_key("Jean Marc Tellier")
    True
    """
    return frozenset(fold(name).split())
