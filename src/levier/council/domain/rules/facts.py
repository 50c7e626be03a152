"""The facts that the rules judge, drawn once from the record: the case and its items."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from levier.common.domain.dates import clear_days
from levier.common.domain.french import fold
from levier.council.domain.circumstances import Seat
from levier.council.domain.parameters import (
    ALSACE_MOSELLE,
    INTEREST_REFORM_ON,
    PROXIES_PER_HOLDER,
)
from levier.council.domain.record import (
    AssemblyKind,
    BallotChoice,
    Deliberation,
    DocumentKind,
    MatterNature,
    Outcome,
    Record,
    RecusalGround,
    Sitting,
    Vote,
    VoteMode,
    deliberation_names,
    name_key,
)
from levier.council.domain.rules.attendance import Attendance, Identity, Span, known_count

_LAST_YEAR = 2200  # Beyond it a date is a slip, and calendars end at 9999.
_LOCAL_LAW_CITED = re.compile(r"\bL\.? ?\*?2541", re.IGNORECASE)


NOMINATIONS = frozenset(
    {
        MatterNature.NOMINATION,
        MatterNature.MAYOR_ELECTION,
        MatterNature.DEPUTIES_ELECTION,
        MatterNature.DELEGATES_ELECTION,
    }
)
"""Matters that name someone, by the rounds of L2121-21."""

_ACCOUNTS = (
    "compte administratif",
    "comptes administratifs",
    "compte financier",
    "comptes financiers",
    "arrete des comptes",
)
_MORE = ("affectation",)
_NOMINATION = ("election", "elections", "designation", "designations", "nomination", "nominations")
_MAYOR_ELECTION = re.compile(r"election (?:du|de la|d un nouveau) maire(?! adjoint| delegue)\b")
_DEPUTIES_ELECTION = re.compile(
    r"election (?:des|du|de la|d un|d une|de l) (?:[0-9a-z]+ ){0,2}adjointe?s?\b"
)
_INSTALLATION = ("election du maire", "installation du conseil")
_CLASSIFIED_SITE = ("installation classee", "installations classees", "icpe")


def _says(subject: str, phrases: tuple[str, ...]) -> bool:
    text = f" {fold(subject)} "
    return any(f" {phrase} " in text for phrase in phrases)


def guessed_nature(subject: str) -> MatterNature | None:
    """What the subject tells of the majority; None where it mixes the accounts with more.

    Accounts are adopted unless a majority is against (L1612-12); nominations have rounds. A subject
    that begins by naming someone is a nomination, whatever it is made for.
    """
    if _DEPUTIES_ELECTION.match(fold(subject)):
        return MatterNature.DEPUTIES_ELECTION
    if _MAYOR_ELECTION.match(fold(subject)):
        return MatterNature.MAYOR_ELECTION
    nomination = _says(subject, _NOMINATION)
    if nomination and fold(subject).split()[0] in _NOMINATION:
        return MatterNature.NOMINATION
    if _says(subject, _ACCOUNTS):
        alone = not nomination and not _says(subject, _MORE)
        return MatterNature.ACCOUNTS if alone else None
    return MatterNature.NOMINATION if nomination else MatterNature.ORDINARY


def plausible(day: date | None) -> date | None:
    """The day, or None when no act can bear it."""
    return day if day is not None and day.year <= _LAST_YEAR else None


@dataclass(frozen=True)
class Case:
    """One record to judge, on one day, in one department when it is known."""

    record: Record
    as_of: date
    department: str | None = None

    @property
    def sitting(self) -> Sitting:
        """The sitting of the record."""
        return self.record.sitting

    @property
    def kind(self) -> AssemblyKind | None:
        """Commune, EPCI, or unknown."""
        return self.record.assembly_kind

    @property
    def population(self) -> int | None:
        """Population that sets the thresholds."""
        return known_count(self.record.population)

    @property
    def in_office(self) -> int | None:
        """Members in office; no council has none."""
        return known_count(self.sitting.in_office) or None

    @property
    def held_on(self) -> date | None:
        """Day of the sitting."""
        return plausible(self.sitting.date)

    @property
    def convoked_on(self) -> date | None:
        """Day on which the convocation was sent."""
        return plausible(self.sitting.convocation_date)

    @property
    def law_date(self) -> date:
        """Day whose law applies: that of the sitting, else the day of the judgement."""
        return self.held_on or self.as_of

    @property
    def clear_days(self) -> int | None:
        """Clear days between convocation and sitting; None when unknown or impossible."""
        if self.convoked_on is None or self.held_on is None or self.convoked_on > self.held_on:
            return None
        return clear_days(self.convoked_on, self.held_on)

    @property
    def department_known_elsewhere(self) -> bool:
        """Whether the department is known and follows the general law."""
        return self.department is not None and not self.alsace_moselle

    @cached_property
    def alsace_moselle(self) -> bool:
        """Whether the local law of Moselle, Bas-Rhin and Haut-Rhin applies (L2541-1 ff.)."""
        if self.department is not None:
            return self.department.strip().upper() in ALSACE_MOSELLE
        return any(
            _LOCAL_LAW_CITED.search(visa)
            for deliberation in self.record.deliberations
            for visa in deliberation.visas
        )

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Every subject that the record names, on the agenda or deliberated."""
        return (
            *(item.subject for item in self.sitting.agenda),
            *(deliberation.subject for deliberation in self.record.deliberations),
        )

    @cached_property
    def installation(self) -> bool:
        """Whether a subject suggests the first sitting after an election."""
        return any(_says(subject, _INSTALLATION) for subject in self.subjects)

    @cached_property
    def classified_site(self) -> bool:
        """Whether a subject suggests an installation classée (Code de l'environnement L511-1)."""
        return any(_says(subject, _CLASSIFIED_SITE) for subject in self.subjects)

    @property
    def proxies_per_holder(self) -> int:
        """Procurations that a member may hold on the day of the sitting."""
        return PROXIES_PER_HOLDER.at(max(self.law_date, PROXIES_PER_HOLDER.values[0][0]))

    @cached_property
    def head_seat(self) -> Seat | None:
        """The mandate of the mayor, or of an EPCI's president, when the mandates tell it."""
        in_force = [
            seat
            for seat in self.record.circumstances.seats
            if seat.function in ("mayor", "president")
            and (seat.starts_on is None or seat.starts_on <= self.law_date)
            and (seat.ends_on is None or seat.ends_on >= self.law_date)
            and name_key(seat.member)
        ]
        # A successor's mandate prevails over one whose end was not recorded.
        return max(in_force, key=lambda seat: seat.starts_on or date.min, default=None)

    @property
    def head(self) -> Identity | None:
        """Who that is."""
        seat = self.head_seat
        return None if seat is None else self.attendance.identify(seat.member)[0]

    @cached_property
    def places(self) -> tuple[int | None, ...]:
        """Place of each deliberation in the sitting; an extract without number does not tell."""
        extract = self.record.document_kind is DocumentKind.EXTRACT
        return tuple(
            deliberation.number
            if deliberation.number is not None
            else (None if extract else position)
            for position, deliberation in enumerate(self.record.deliberations, start=1)
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """How findings name each deliberation."""
        return deliberation_names(self.record)

    @cached_property
    def attendance(self) -> Attendance:
        """Who is in the room, item by item."""
        return Attendance(
            self.sitting, tuple(zip(self.places, self.record.deliberations, strict=True))
        )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The deliberations, each with its place."""
        return tuple(map(self.item, range(len(self.record.deliberations))))

    def item(self, index: int) -> Item:
        """The deliberation at that index of the record, from 0."""
        return Item(self, self.record.deliberations[index], self.places[index], index + 1)


@dataclass(frozen=True)
class Item:
    """One deliberation in its sitting."""

    case: Case
    deliberation: Deliberation
    place: int | None
    position: int

    @property
    def scope(self) -> str:
        """How a finding names this deliberation."""
        return self.case.names[self.position - 1]

    @property
    def vote(self) -> Vote:
        """The ballot as printed."""
        return self.deliberation.vote

    @cached_property
    def _called(self) -> Counter[BallotChoice]:
        """The votes of a roll call, counted name by name."""
        told = self.vote.mode is VoteMode.ROLL_CALL
        return Counter(ballot.choice for ballot in self.vote.ballots if told)

    @property
    def called_and_printed(self) -> tuple[tuple[str, int, int], ...]:
        """For each choice whose number is printed: its words, the names called, that number."""
        called = Counter(ballot.choice for ballot in self.vote.ballots)
        return tuple(
            (words, called[choice], known)
            for words, choice, printed in (
                ("pour", BallotChoice.FOR, self.vote.in_favour),
                ("contre", BallotChoice.AGAINST, self.vote.against),
                ("en abstention", BallotChoice.ABSTENTION, self.vote.abstentions),
                ("sans prendre part au vote", BallotChoice.NOT_VOTING, self.vote.not_voting),
            )
            if (known := known_count(printed)) is not None
        )

    def _tally(self, printed: int | None, choice: BallotChoice) -> int | None:
        """The number that the act prints; failing that, the names of the roll call, counted."""
        known = known_count(printed)
        return self._called[choice] if known is None and self._called else known

    @property
    def votes_for(self) -> int | None:
        """Votes in favour."""
        return self._tally(self.vote.in_favour, BallotChoice.FOR)

    @property
    def votes_against(self) -> int | None:
        """Votes against."""
        return self._tally(self.vote.against, BallotChoice.AGAINST)

    @property
    def abstentions(self) -> int | None:
        """Abstentions: no vote cast, and no absence either."""
        return self._tally(self.vote.abstentions, BallotChoice.ABSTENTION)

    @property
    def not_voting(self) -> int | None:
        """Members in the room who declared that they take no part in the vote."""
        return self._tally(self.vote.not_voting, BallotChoice.NOT_VOTING)

    @property
    def blank(self) -> int | None:
        """Blank ballots."""
        return known_count(self.vote.blank)

    @cached_property
    def president_vote(self) -> str | None:
        """How who presides over the item voted: as told, else by the roll call; never in secret."""
        vote = self.vote
        chair = self.deliberation.president or self.case.sitting.president
        if vote.president_vote or not chair or vote.mode is not VoteMode.ROLL_CALL:
            return vote.president_vote
        member, _ = self.case.attendance.identify(chair)
        return next(
            (
                ballot.choice.value
                for ballot in vote.ballots
                if self.case.attendance.identify(ballot.member)[0] == member
            ),
            None,
        )

    @property
    def postponed(self) -> bool:
        """Whether the matter was put off without a vote."""
        return self.vote.outcome is Outcome.POSTPONED

    @cached_property
    def nature(self) -> MatterNature:
        """What kind of matter it is: as told, else as the rounds or the subject suggest."""
        guess = guessed_nature(self.deliberation.subject)
        if self.vote.rounds and guess not in NOMINATIONS:
            guess = MatterNature.NOMINATION
        return self.deliberation.nature or guess or MatterNature.ORDINARY

    @property
    def nature_told(self) -> bool:
        """Whether the record itself tells the nature of the matter."""
        return self.deliberation.nature is not None

    @cached_property
    def mixes_accounts(self) -> bool:
        """Whether the subject names the accounts among other things, and nothing more is told."""
        return not self.nature_told and guessed_nature(self.deliberation.subject) is None

    @property
    def about_accounts(self) -> bool:
        """Whether the mayor's accounts are voted, alone or with more."""
        return self.nature is MatterNature.ACCOUNTS or self.mixes_accounts

    @property
    def is_nomination(self) -> bool:
        """Whether the matter names someone."""
        return self.nature in NOMINATIONS

    @cached_property
    def withdrawn_head(self) -> Identity | None:
        """The mayor who leaves at the vote of the accounts (L2121-14), when the mandates tell.

        A mayor elected in the year may be voting on a predecessor's accounts.
        """
        seat = self.case.head_seat
        if seat is None or not self.about_accounts:
            return None
        new = seat.starts_on is not None and seat.starts_on.year == self.case.law_date.year
        return None if new else self.case.head

    @property
    def excluded(self) -> frozenset[Identity]:
        """Members whose votes, given or held, do not count for this item."""
        head = self.withdrawn_head
        return self.recused | ({head} if head else frozenset())

    @cached_property
    def recused(self) -> frozenset[Identity]:
        """Members who keep out of this item."""
        found = (self.case.attendance.identify(one.member)[0] for one in self.deliberation.recused)
        return frozenset(member for member in found if member)

    @cached_property
    def outside_in_office(self) -> int:
        """Members who do not count as members in office for this item (L1111-6, II; L2131-11)."""
        if self.case.law_date < INTEREST_REFORM_ON:
            return 0
        return len(
            {
                self.case.attendance.identify(one.member)[0]
                for one in self.deliberation.recused
                if one.ground is RecusalGround.L1111_6_II
            }
            - {frozenset()}
        )

    @cached_property
    def present(self) -> Span | None:
        """Members physically present who may take part; None when nothing tells."""
        attendance = self.case.attendance
        span = attendance.count(self.place, self.case.in_office)
        if span is None:
            return None
        named = bool(attendance.present) or self.case.sitting.all_present_except_absent
        for member in self.excluded:
            state = attendance.here(member, self.place) if named else None
            if state is True:
                span = span.shifted(-1, -1)
            elif state is None:
                # Counted among the possible ones when listed; a bare count may leave them out.
                span = span.shifted(0, -1) if named else span.shifted(-1, 0)
        if self.about_accounts and self.withdrawn_head is None:
            # The mayor withdraws at the vote and does not count as present (L2121-14).
            span = span.shifted(-1, 0)
        return span

    @cached_property
    def proxies_used(self) -> Span:
        """Votes cast by proxy."""
        attendance, limit = self.case.attendance, self.case.proxies_per_holder
        span = attendance.proxies_used(self.place, self.excluded, limit)
        unknown_head = self.about_accounts and self.withdrawn_head is None
        return span.shifted(-1, 0) if unknown_head else span

    @cached_property
    def voters(self) -> Span | None:
        """Votes that can be cast: members present and procurations that have effect."""
        if self.present is None:
            return None
        return self.present.shifted(self.proxies_used.low, self.proxies_used.high)
