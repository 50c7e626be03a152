"""The formalities around a sitting and an act: how it was called, recorded, posted, challenged.

They are what a secretary ticks and dates, apart from the substance of the record. All are optional:
None is unknown, an empty tuple tells that nothing was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """By which way a convocation or an act is sent."""

    ELECTRONIC = "electronic"
    PAPER = "paper"


class PublicityMode(StrEnum):
    """How acts are made public (CGCT L2131-1, IV): a small commune chooses, online by default."""

    ONLINE = "online"
    POSTING = "posting"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class SentAgenda:
    """One version of the agenda as it was sent; a matter added later needs the full delay again."""

    sent_on: date
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstConvocation:
    """The convocation and the sitting that lacked quorum, before a second one (CGCT L2121-17)."""

    sent_on: date | None = None
    sitting_date: date | None = None
    in_office: int | None = None
    present_count: int | None = None
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractRequest:
    """A councillor asks to read a draft public-service contract (CGCT L2121-12)."""

    member: str
    asked_on: date | None = None
    shown_on: date | None = None


@dataclass(frozen=True, slots=True)
class Convocation:
    """What the convocation held and how it went out (CGCT L2121-10 to L2121-12).

    `special_mention` announces the election of the mayor or of deputies (L2122-8).
    `remote_mention` announces a meeting held in several places (L5211-11-1). `recalls_rule` tells
    that a second convocation recalls the dispensation of quorum (Alsace-Moselle).
    `urgency_reported` and `urgency_approved`: the mayor reported on the urgency at the opening, the
    council approved.
    """

    sent_by: str | None = None
    channel: Channel | None = None
    entered_in_register: bool | None = None
    note_enclosed: bool | None = None
    special_mention: bool | None = None
    remote_mention: bool | None = None
    recalls_rule: bool | None = None
    urgency_reported: bool | None = None
    urgency_approved: bool | None = None
    municipal_councillors_informed_on: date | None = None
    agendas: tuple[SentAgenda, ...] = ()
    first: FirstConvocation | None = None
    contract_requests: tuple[ContractRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class InCamera:
    """A decision to sit without the public (huis clos, CGCT L2121-18).

    `requested_by` counts the members who asked; `by_president` tells that the mayor or the
    president asked. The council decides without debate.
    """

    requested_by: int | None = None
    by_president: bool | None = None
    in_favour: int | None = None
    against: int | None = None
    debated: bool | None = None


@dataclass(frozen=True, slots=True)
class Substitute:
    """The substitute of a commune's only community councillor, who sits instead (L5211-6)."""

    titular: str
    substitute: str
    president_informed: bool | None = None


@dataclass(frozen=True, slots=True)
class Suspension:
    """A break in the sitting: quorum is counted again when it resumes, before that item."""

    before_item: int
    present_count: int | None = None


@dataclass(frozen=True, slots=True)
class MinutesStatus:
    """What became of the minutes (CGCT L2121-15): adopted by a later sitting, signed, published."""

    adopted_on: date | None = None
    signed_by_president: bool | None = None
    signed_by_secretary: bool | None = None
    online_on: date | None = None
    paper_available: bool | None = None
    sent_to_municipal_councillors_on: date | None = None


@dataclass(frozen=True, slots=True)
class SittingFormalities:
    """What was done for the sitting before, during and after.

    `list_posted_on` and `list_online_on` are those of the list of deliberations (L2121-25);
    `list_sent_on` is its sending to the municipal councillors of an EPCI's communes (L5211-40-2).
    `remote_places` names the places joined by video; empty, the sitting is held in one place.
    The register's facts are those of this sitting's sheets (L2121-23, R2121-9).
    """

    convocation: Convocation = field(default_factory=Convocation)
    place_is_permanent: bool | None = None
    in_camera: InCamera | None = None
    remote_places: tuple[str, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    charter_read: bool | None = None
    charter_handed: bool | None = None
    list_posted_on: date | None = None
    list_online_on: date | None = None
    list_sent_on: date | None = None
    minutes: MinutesStatus = field(default_factory=MinutesStatus)
    register_signed_by_president: bool | None = None
    register_signed_by_secretary: bool | None = None
    register_sheets_initialled: bool | None = None
    register_closing_sheet: bool | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """How the act was published (CGCT L2131-1, R2131-1); its date is the act's `published_on`."""

    mode: PublicityMode | None = None
    until: date | None = None
    on_own_site: bool | None = None
    whole_text: bool | None = None
    fixed_format: bool | None = None
    downloadable: bool | None = None
    author_named: bool | None = None


@dataclass(frozen=True, slots=True)
class ActFormalities:
    """What happened to one act after the vote.

    `effective_on` is the date of effect that the act itself states. `notified_on` is that of an
    individual decision. `state_identifier` is the unique identifier of the acknowledgement
    (DDD-SIREN-AAAAMMJJ-NUMERO-DE). `state_request_on`: the prefect asked for the act;
    `missing_pieces_asked_on` and `completed_on`: asked for missing pieces, and received them;
    `gracious_appeal_on` and `gracious_answer_on`: asked to withdraw the act, and was answered.
    """

    channel: Channel | None = None
    state_identifier: str | None = None
    effective_on: date | None = None
    notified_on: date | None = None
    contract_signed_on: date | None = None
    state_request_on: date | None = None
    communicated_on: date | None = None
    missing_pieces_asked_on: date | None = None
    completed_on: date | None = None
    gracious_appeal_on: date | None = None
    gracious_answer_on: date | None = None
    publication: Publication = field(default_factory=Publication)
