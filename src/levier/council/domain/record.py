"""The record of one sitting: what an extract, minutes or a form says, and nothing more.

One record feeds everything: the findings, the extract, the minutes, the list of deliberations and
the pages. What is not known is None, never 0 or False; an empty tuple means that no name was given.
Names are texts, given name then surname, as the act prints them, without civility.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import lru_cache

from levier.common.domain.french import fold
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.formalities import ActFormalities, SittingFormalities

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


class Participation(StrEnum):
    """What an interested member did in the item, if anything (CGCT L2131-11).

    Since loi n° 2025-1249, mere presence is not participation.
    """

    PRESENT = "present"
    REPORTED = "reported"
    PRESIDED = "presided"
    DEBATED = "debated"
    VOTED = "voted"
    USED_PROXY = "used_proxy"


class MatterNature(StrEnum):
    """What kind of matter it is, where a rule depends on it; otherwise ordinary."""

    ORDINARY = "ordinary"
    ACCOUNTS = "accounts"
    BUDGET = "budget"
    NOMINATION = "nomination"
    MAYOR_ELECTION = "mayor_election"
    DEPUTIES_ELECTION = "deputies_election"
    DELEGATES_ELECTION = "delegates_election"
    PUBLIC_SERVICE_CONTRACT = "public_service_contract"
    PUBLIC_CONTRACT = "public_contract"
    LOAN_GUARANTEE = "loan_guarantee"
    BUSINESS_AID = "business_aid"
    CLASSIFIED_SITE = "classified_site"
    ROAD_TARIFF = "road_tariff"
    ROAD_STATUS = "road_status"
    PROMOTION_RATIO = "promotion_ratio"
    MANAGEMENT_CENTRE = "management_centre"
    INDIVIDUAL_DECISION = "individual_decision"
    PUBLICITY_CHOICE = "publicity_choice"


class BallotChoice(StrEnum):
    """What a member answered at the roll call."""

    FOR = "for"
    AGAINST = "against"
    ABSTENTION = "abstention"
    NOT_VOTING = "not_voting"


class DocumentKind(StrEnum):
    """What the text read is: one deliberation's extract, or the whole sitting's minutes."""

    EXTRACT = "extract"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A procuration: `giver`, absent, has `holder` vote in their name (CGCT L2121-20).

    `sittings_used` counts the consecutive sittings for which this same document serves, this one
    included; `illness` tells that a recorded illness lifts the limit of three.
    `revoked_before_item` is the item from which the giver took it back.
    """

    giver: str
    holder: str
    written: bool | None = None
    signed_on: date | None = None
    sittings_used: int | None = None
    illness: bool | None = None
    revoked_before_item: int | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """An arrival or a departure, placed before an item of the agenda, at an hour, or both."""

    member: str
    event: MovementEvent
    before_item: int | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member interested in one item (déport). `took_part` tells what they did all the same.

    `body` is the body that a member of L1111-6, II represents.
    """

    member: str
    ground: RecusalGround
    took_part: tuple[Participation, ...] = ()
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote of a roll call; `cast_by` is the holder when a procuration voted.

    A secret ballot has none: tallies only.
    """

    member: str
    choice: BallotChoice
    cast_by: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate or a list, and its votes in one round; the eldest wins a tie.

    `born_on` is a person's birth date, `average_age` in years that of a list.
    """

    name: str
    votes: int
    born_on: date | None = None
    average_age: float | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a nomination (CGCT L2121-21)."""

    candidates: tuple[Candidate, ...]
    blank: int | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A ballot as the act reports it; counts that the act does not print are None.

    `president_vote` is "for", "against" or "abstention", and decides a tie (CGCT L2121-20).
    `not_voting` counts those who declared that they take no part in the vote. `ballots` are the
    names of a roll call. `rounds` are those of a nomination, and `elected` is who the act declares
    elected. `roll_call_requests` and `secret_requests` count the members who asked for that ballot;
    `secret_waived` tells that the council unanimously gave up the secret ballot (L2121-21).
    """

    outcome: Outcome | None = None
    unanimous: bool | None = None
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None
    blank: int | None = None
    mode: VoteMode | None = None
    president_vote: str | None = None
    not_voting: int | None = None
    roll_call_requests: int | None = None
    secret_requests: int | None = None
    secret_waived: bool | None = None
    ballots: tuple[Ballot, ...] = ()
    rounds: tuple[Round, ...] = ()
    elected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of the agenda, with its number when the act numbers it."""

    number: int | None
    subject: str


@dataclass(frozen=True, slots=True)
class Deliberation:
    """One matter put to the council: what it rests on, what was decided, how it was voted.

    `number` is its place in the sitting. `received_on` is the date on which the State's
    representative received the act; `transmitted_on` the date on which it was sent. `president` is
    who presided over this item when it was not the sitting's president. `matter_code` is that of
    the State's classification, such as "7.5". `debate` is the substance of the discussion, for the
    minutes. `corrects` names the act that this one corrects, by its date and number or subject.
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
    nature: MatterNature | None = None
    matter_code: str | None = None
    president: str | None = None
    debate: str | None = None
    corrects: str | None = None
    formalities: ActFormalities = field(default_factory=ActFormalities)


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
    closes_at: time | None = None
    formalities: SittingFormalities = field(default_factory=SittingFormalities)


@dataclass(frozen=True, slots=True)
class Record:
    """A sitting and its deliberations, as one document.

    `population` is the population municipale authenticated before the last full renewal (R2151-3),
    the one that sets the thresholds. `unread` keeps each passage that was not understood.
    `department` is its code ("62"): three departments follow another law (L2541-1).
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
    department: str | None = None
    circumstances: Circumstances = field(default_factory=Circumstances)


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


@lru_cache(maxsize=4096)
def name_key(name: str) -> frozenset[str]:
    """What identifies a printed name whatever its case, accents, hyphens and word order.

    >>> name_key("TELLIER Jean-Marc") == name_key("Jean Marc Tellier")
    True
    """
    return frozenset(fold(name).split())
