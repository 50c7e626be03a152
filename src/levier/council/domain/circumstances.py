"""What is known of the assembly around the sitting: elections, mandates, other sittings, registers.

A single act says none of it; a secretary's file does. Everything is optional: None is unknown. An
empty tuple is unknown too, except where a docstring says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from levier.council.domain.formalities import PublicityMode


@dataclass(frozen=True, slots=True)
class OtherSitting:
    """Another sitting of the same assembly: when, and whether by video in several places."""

    date: date
    remote: bool = False
    at_main_seat: bool | None = None


@dataclass(frozen=True, slots=True)
class MeetingRequest:
    """A reasoned request to convene the council (CGCT L2121-9)."""

    received_on: date
    signatories: int | None = None
    by_prefect: bool = False
    reasoned: bool | None = None


@dataclass(frozen=True, slots=True)
class Commission:
    """A commission of councillors (CGCT L2121-22): named, then first convened within eight days."""

    name: str
    appointed_on: date | None = None
    first_convened_on: date | None = None
    is_proportional: bool | None = None


@dataclass(frozen=True, slots=True)
class Resignation:
    """A councillor's resignation, definitive on receipt by the mayor or president (L2121-4)."""

    member: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Seat:
    """One member's mandate, with what ranks them in the ordre du tableau (CGCT L2121-1).

    `function` is "member", "mayor", "deputy_mayor", "president" or "vice_president"; `rank` is the
    rank of a deputy; `elected_on`, `votes` and `born_on` rank councillors of one rank.
    """

    member: str
    function: str | None = None
    rank: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    elected_on: date | None = None
    votes: int | None = None
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class DelegatedDecision:
    """A decision that the mayor took by delegation (CGCT L2122-22), and its report."""

    subject: str
    taken_on: date
    reported_on: date | None = None
    entered_in_register: bool | None = None


@dataclass(frozen=True, slots=True)
class RegisterVolume:
    """The register of one year (CGCT R2121-9): paper, initialled, bound, with its two tables."""

    year: int
    on_paper: bool | None = None
    initialled: bool | None = None
    bound_on: date | None = None
    table_by_date: bool | None = None
    table_by_subject: bool | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The assembly's own facts and dates on the day of the sitting.

    `election_round_on` is the day of the conclusive round of the last full renewal, and
    `installed_on` that of the installation sitting. `seats` are the mandates, all of them when
    `seats_are_complete`. `publicity_choice` is what a small commune decided (L2131-1, IV) on
    `publicity_choice_on`. `state_convention_on` and `state_convention_suspended_on` are those of
    the electronic transmission (R2131-3 and R2131-4).
    """

    website: bool | None = None
    election_round_on: date | None = None
    installed_on: date | None = None
    procedure_rules_on: date | None = None
    publicity_choice: PublicityMode | None = None
    publicity_choice_on: date | None = None
    state_convention_on: date | None = None
    state_convention_suspended_on: date | None = None
    is_new_commune: bool | None = None
    other_sittings: tuple[OtherSitting, ...] = ()
    requests: tuple[MeetingRequest, ...] = ()
    commissions: tuple[Commission, ...] = ()
    resignations: tuple[Resignation, ...] = ()
    seats: tuple[Seat, ...] = ()
    seats_are_complete: bool | None = None
    single_seat_communes: tuple[str, ...] = ()
    delegated_decisions: tuple[DelegatedDecision, ...] = ()
    registers: tuple[RegisterVolume, ...] = ()
