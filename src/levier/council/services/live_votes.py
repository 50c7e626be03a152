"""Entries about votes: tallies, roll call, secret ballot, rounds of a nomination, postponement.

The outcome is computed from the counts; nobody types it. Counts that the room does not allow are
refused. A secret ballot leaves tallies only, whatever was noted before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from levier.common.domain.errors import Invalid
from levier.common.domain.french import plural
from levier.council.domain.coherence import PRESIDENT_VOTES
from levier.council.domain.outcome import outcome_of
from levier.council.domain.presence import Presence
from levier.council.domain.record import (
    BallotChoice,
    Candidate,
    Outcome,
    Record,
    Round,
    Vote,
    VoteMode,
)
from levier.council.models import Ballot, Deliberation
from levier.council.plain_text import vote_in_words
from levier.council.queries.live import Voter, place_of, voters_at
from levier.council.record_json import dump_part, load_part
from levier.council.services.live import Desk, Entry

MOST_CANDIDATES = 40
MOST_ROUNDS = 3
_COUNTS = ("in_favour", "against", "abstentions", "blank", "not_voting")
_BLANK_VOTE: dict[str, Any] = {
    "mode": "",
    "outcome": "",
    "unanimous": None,
    **dict.fromkeys(_COUNTS),
    "president_vote": "",
    "roll_call_requests": None,
    "secret_requests": None,
    "secret_waived": None,
    "rounds": [],
    "elected": [],
}


@dataclass(frozen=True)
class _VoteEntry(Entry):
    """An entry about the vote of one item."""

    deliberation_id: int

    def _act(self, desk: Desk) -> Deliberation:
        desk.require_open()
        if (breaks := desk.formalities.suspensions) and breaks[-1].present_count is None:
            raise Invalid({"": "La séance est suspendue : reprenez-la avant de voter."})
        return desk.deliberation(self.deliberation_id)


@dataclass(frozen=True)
class Tallies(_VoteEntry):
    """A public or a secret ballot by its counts; `in_favour` None is all the other votes.

    `unanimous` asks for every vote that can be cast. `president_vote` decides a tie, in public
    only. The requests count the members who asked for that ballot (L2121-21).
    """

    kind: ClassVar[str] = "vote"
    mode: VoteMode = VoteMode.PUBLIC
    in_favour: int | None = None
    against: int = 0
    abstentions: int = 0
    blank: int = 0
    not_voting: int = 0
    president_vote: str = ""
    roll_call_requests: int | None = None
    secret_requests: int | None = None
    secret_waived: bool | None = None

    def apply(self, desk: Desk) -> str:
        """Raises Invalid when the counts do not make the votes that can be cast."""
        act = self._act(desk)
        record = desk.record(act)
        is_secret = self.mode is VoteMode.SECRET
        if self.president_vote not in ("", *PRESIDENT_VOTES):
            raise Invalid({"president_vote": "Choisissez pour, contre ou abstention."})
        if is_secret and self.president_vote:
            raise Invalid({"president_vote": "Au scrutin secret, aucun vote n’est nommé."})
        counts = {name: getattr(self, name) for name in _COUNTS[1:]}
        available = _available(desk.presence_in(record, act))
        counts["in_favour"] = _in_favour(self.in_favour, sum(counts.values()), available)
        # The database refuses a name beside a secret ballot: names go first.
        desk.rows.delete(_ballots(act))
        return _conclude(
            desk,
            act,
            record,
            "scrutin secret" if is_secret else "",
            mode=self.mode.value,
            president_vote=self.president_vote,
            roll_call_requests=self.roll_call_requests,
            secret_requests=self.secret_requests,
            secret_waived=self.secret_waived,
            **counts,
        )


@dataclass(frozen=True)
class NamedVotes(_VoteEntry):
    """A roll call: the choice of each member who votes, procurations included (L2121-21)."""

    kind: ClassVar[str] = "roll_call"
    choices: tuple[tuple[int, BallotChoice], ...] = ()
    roll_call_requests: int | None = None

    def apply(self, desk: Desk) -> str:
        """Raises Invalid unless everyone who may vote is named, and nobody else."""
        act = self._act(desk)
        ids = {member.name: pk for pk, member in desk.members.items()}
        record = desk.record(act)
        voters = voters_at(desk.presence_in(record, act), ids)
        chosen = dict(self.choices)
        if len(chosen) != len(self.choices):
            raise Invalid({"choices": "Un membre est appelé deux fois."})
        missing = [voter.name for voter in voters if voter.pk not in chosen]
        if missing:
            raise Invalid({"choices": f"Il manque le vote de {', '.join(missing[:5])}."})
        extra = set(chosen) - {voter.pk for voter in voters}
        if extra:
            names = ", ".join(sorted(desk.member(pk, "choices").name for pk in extra)[:5])
            raise Invalid({"choices": f"Ne peut pas voter sur cette affaire : {names}."})
        tally = Counter(chosen.values())
        presides = act.president or desk.sitting.president
        own = chosen.get(presides.pk) if presides else None
        told = _conclude(
            desk,
            act,
            record,
            "appel nominal",
            mode=VoteMode.ROLL_CALL.value,
            in_favour=tally[BallotChoice.FOR],
            against=tally[BallotChoice.AGAINST],
            abstentions=tally[BallotChoice.ABSTENTION],
            blank=0,
            not_voting=tally[BallotChoice.NOT_VOTING],
            president_vote=own.value if own and own.value in PRESIDENT_VOTES else "",
            roll_call_requests=self.roll_call_requests,
        )
        _call(desk, act, voters, chosen)
        return told


@dataclass(frozen=True)
class NominationRound(_VoteEntry):
    """One round of a nomination: the votes of each candidate (L2121-21).

    A single candidacy without any vote takes effect at once. `restart` forgets the earlier rounds.
    """

    kind: ClassVar[str] = "round"
    candidates: tuple[tuple[str, int, date | None], ...] = ()
    blank: int | None = None
    secret_waived: bool | None = None
    restart: bool = False

    def apply(self, desk: Desk) -> str:
        """Raises Invalid for more ballots than votes that can be cast, or a fourth round."""
        act = self._act(desk)
        held = [] if self.restart else list(act.vote.rounds)
        if act.vote.elected and not self.restart:
            raise Invalid({"": f"La nomination est acquise : {', '.join(act.vote.elected)}."})
        if len(held) >= MOST_ROUNDS:
            raise Invalid({"": "La nomination se fait en trois tours au plus."})
        if not 0 < len(self.candidates) <= MOST_CANDIDATES:
            raise Invalid({"candidates": "Indiquez au moins une candidature."})
        cast = sum(votes for _, votes, _ in self.candidates) + (self.blank or 0)
        record = desk.record(act)
        most = _available(desk.presence_in(record, act))[1]
        if cast > most:
            raise Invalid(
                {
                    "candidates": f"{plural(cast, 'bulletin')} pour {most} votes possibles "
                    "(présents et procurations) : recomptez."
                }
            )
        this = Round(
            tuple(Candidate(name, votes, born) for name, votes, born in self.candidates), self.blank
        )
        desk.rows.delete(_ballots(act))
        mode = VoteMode.PUBLIC if self.secret_waived else VoteMode.SECRET
        return _conclude(
            desk,
            act,
            record,
            f"{len(held) + 1}{'e' if held else 'er'} tour",
            mode=mode.value,
            rounds=[*held, dump_part(this)],
            secret_waived=self.secret_waived,
        )


@dataclass(frozen=True)
class Postponed(_VoteEntry):
    """The matter is put off: there is no vote."""

    kind: ClassVar[str] = "postponed"

    def apply(self, desk: Desk) -> str:
        """Whatever was counted before is taken off."""
        desk.require_open()
        act = desk.deliberation(self.deliberation_id)
        desk.rows.delete(_ballots(act))
        desk.rows.change(act.vote, **{**_BLANK_VOTE, "outcome": Outcome.POSTPONED.value})
        return f"Affaire {place_of(act)} reportée"


def _available(presence: Presence) -> tuple[int, int]:
    """Votes that can be cast, at least and at most. Raises Invalid before the roll call."""
    votes = presence.votes_available
    if votes is None:
        raise Invalid({"": "Faites d’abord l’appel : on ne sait pas qui peut voter."})
    return votes.low, votes.high


def _in_favour(typed: int | None, others: int, available: tuple[int, int]) -> int:
    """Votes in favour: those typed, which must complete the room, or all the remaining ones."""
    low, high = available
    room = f"{high}" if low == high else f"{low} à {high}"
    if typed is None:
        if others > high:
            raise Invalid(
                {"in_favour": f"{plural(others, 'vote')} pour {room} possibles : recomptez."}
            )
        return high - others
    total = typed + others
    if not low <= total <= high:
        raise Invalid(
            {
                "in_favour": f"Ces nombres font {plural(total, 'vote')}, alors que {room} peuvent "
                "être émis (présents et procurations) : recomptez, ou corrigez les présences."
            }
        )
    return typed


def _call(
    desk: Desk, act: Deliberation, voters: tuple[Voter, ...], chosen: dict[int, BallotChoice]
) -> None:
    """Store the names: only what changes when the same members vote again, or else all of them."""
    rows = _ballots(act)
    if [row.member_id for row in rows] == [voter.pk for voter in voters]:
        desk.rows.change_all(
            [
                (row, {"choice": chosen[voter.pk].value, "cast_by_id": voter.holder_pk})
                for row, voter in zip(rows, voters, strict=True)
            ],
            "choice",
            "cast_by",
        )
        return
    desk.rows.delete(rows)
    desk.rows.create(
        Ballot(
            deliberation=act,
            member=desk.members[voter.pk],
            position=rank,
            choice=chosen[voter.pk].value,
            cast_by_id=voter.holder_pk,
        )
        for rank, voter in enumerate(voters)
    )


def _ballots(act: Deliberation) -> list[Ballot]:
    rows = Ballot.objects.filter(deliberation=act).select_related("member")
    return list(rows.order_by("position"))


def _conclude(desk: Desk, act: Deliberation, record: Record, how: str = "", **told: Any) -> str:
    """Write the vote and what it gives: the outcome, unanimity, who is elected; then tell it."""
    values = {**_BLANK_VOTE, **told}
    values["unanimous"] = _is_unanimous(values)
    vote = Vote(
        mode=VoteMode(values["mode"]),
        unanimous=values["unanimous"],
        **{name: values[name] for name in _COUNTS},
        president_vote=values["president_vote"] or None,
        secret_waived=values["secret_waived"],
        rounds=tuple(load_part(plain, Round) for plain in values["rounds"]),
    )
    (stored,) = record.deliberations
    voted = replace(record, deliberations=(replace(stored, vote=vote),))
    computed = outcome_of(voted, 0, as_of=desk.sitting.date)
    values["outcome"] = computed.outcome.value if computed.outcome else ""
    values["elected"] = list(computed.elected)
    desk.rows.change(act.vote, **values)
    ballot = f" ({how})" if how else ""
    told_result = (
        computed.explanation
        if vote.rounds or computed.outcome is None
        else vote_in_words(replace(vote, outcome=computed.outcome))
    )
    return f"Affaire {place_of(act)}{ballot} : {told_result}"


def _is_unanimous(values: dict[str, Any]) -> bool | None:
    """True when all who voted were in favour; None where abstentions leave it to words."""
    if values["against"] is None:
        return None
    if values["against"]:
        return False
    return (
        True if values["in_favour"] and not values["abstentions"] and not values["blank"] else None
    )
