"""What pages say of records and findings: sentences, groups and tables, without any query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from levier.common.domain.findings import GRAVITY_ORDER, Finding, Status
from levier.common.domain.french import date_in_words, plural, time_in_words
from levier.council.domain.record import (
    Deliberation,
    Movement,
    MovementEvent,
    Record,
    RecusalGround,
    Sitting,
    VoteMode,
    name_key,
)
from levier.council.plain_text import vote_in_words

# Delays and effects: shown apart, because they tell what to do next and by when.
CLOCK_RULES = ("X1", "X10", "X11")
MODE_WORDS = {
    VoteMode.PUBLIC: "scrutin ordinaire",
    VoteMode.ROLL_CALL: "scrutin public, par appel nominal",
    VoteMode.SECRET: "scrutin secret",
}
GROUND_WORDS = {
    RecusalGround.L1111_6_II: "représente la collectivité dans l’organisme (CGCT L1111-6, II)",
    RecusalGround.PERSONAL: "intérêt personnel (CGCT L2131-11)",
}
PRESIDENT_VOTE_WORDS = {"for": "pour", "against": "contre", "abstention": "abstention"}
_GROUP_TITLES = {
    Status.IRREGULAR: "Irrégulier",
    Status.AT_RISK: "À risque",
    Status.UNVERIFIABLE: "À vérifier",
    Status.OK: "Conforme",
    Status.NOT_APPLICABLE: "Sans objet",
}


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one status, under their heading."""

    status: Status
    title: str
    findings: tuple[Finding, ...]

    @property
    def is_folded(self) -> bool:
        """What does not concern the act is there, folded."""
        return self.status is Status.NOT_APPLICABLE


class Seat(StrEnum):
    """Where a member was."""

    PRESENT = "en séance"
    ABSENT = "absence ou excuse"
    NOT_LISTED = "non précisé"


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One member in the attendance table."""

    name: str
    seat: Seat
    holder: str = ""
    holder_seat: Seat | None = None
    movements: tuple[str, ...] = ()
    holds_for: tuple[str, ...] = ()


def by_status(findings: Iterable[Finding]) -> list[FindingGroup]:
    """The findings by status, the gravest first; a status without finding is left out."""
    kept = list(findings)
    return [
        FindingGroup(status, _GROUP_TITLES[status], group)
        for status in GRAVITY_ORDER
        if (group := tuple(finding for finding in kept if finding.status is status))
    ]


def clocks_apart(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings on delays and effects, and the others."""
    kept = list(findings)
    return (
        [finding for finding in kept if finding.rule in CLOCK_RULES],
        [finding for finding in kept if finding.rule not in CLOCK_RULES],
    )


def verdict_in_words(findings: Iterable[Finding]) -> str:
    """« rien d’irrégulier, 9 points à vérifier »."""
    counts = Counter(finding.status for finding in findings)
    irregular, at_risk = counts[Status.IRREGULAR], counts[Status.AT_RISK]
    unverifiable = counts[Status.UNVERIFIABLE]
    words = [
        plural(irregular, "point irrégulier", "points irréguliers")
        if irregular
        else "rien d’irrégulier"
    ]
    if at_risk:
        words.append(plural(at_risk, "risque"))
    if unverifiable:
        words.append(plural(unverifiable, "point à vérifier", "points à vérifier"))
    return ", ".join(words)


def deliberations_in_words(count: int) -> str:
    """« aucune délibération », « une délibération », « 12 délibérations »."""
    return {0: "aucune délibération", 1: "une délibération"}.get(count) or plural(
        count, "délibération"
    )


def sitting_sentence(record: Record, findings: Iterable[Finding]) -> str:
    """The title of a sitting's page, which is what there is to know of it."""
    day = date_in_words(record.sitting.date) if record.sitting.date else "Date inconnue"
    count = deliberations_in_words(len(record.deliberations))
    return f"{day}, {record.assembly} : {count}, {verdict_in_words(findings)}"


def deliberation_sentence(deliberation: Deliberation, findings: Iterable[Finding]) -> str:
    """The title of a deliberation's page."""
    outcome = ""
    if deliberation.vote.outcome:
        outcome = f"{vote_in_words(deliberation.vote).partition(' : ')[0]}, "
    return f"{short_subject(deliberation.subject)} : {outcome}{verdict_in_words(findings)}"


def short_subject(subject: str, most: int = 140) -> str:
    """The subject without its final stop, cut at a word when it is long."""
    text = " ".join(subject.split()).rstrip(" .")
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def attendance_lines(sitting: Sitting) -> list[AttendanceLine]:
    """Each member that the record names as present, absent or giving a procuration."""
    seats = _seats(sitting)
    names = {name_key(name): name for name in (*sitting.present, *sitting.absent)}
    holders = {name_key(proxy.giver): proxy.holder for proxy in sitting.proxies}
    for proxy in sitting.proxies:
        names.setdefault(name_key(proxy.giver), proxy.giver)
    held: dict[frozenset[str], list[str]] = {}
    for proxy in sitting.proxies:
        held.setdefault(name_key(proxy.holder), []).append(proxy.giver)
    moves: dict[frozenset[str], list[str]] = {}
    for movement in sitting.movements:
        names.setdefault(name_key(movement.member), movement.member)
        moves.setdefault(name_key(movement.member), []).append(movement_in_words(movement))
    unlisted = Seat.PRESENT if sitting.all_present_except_absent else Seat.NOT_LISTED
    return [
        AttendanceLine(
            name=name,
            seat=seats.get(key, unlisted),
            holder=holders.get(key, ""),
            holder_seat=seats.get(name_key(holders[key]), unlisted) if key in holders else None,
            movements=tuple(moves.get(key, ())),
            holds_for=tuple(held.get(key, ())),
        )
        for key, name in names.items()
    ]


def _seats(sitting: Sitting) -> dict[frozenset[str], Seat]:
    return {
        name_key(name): seat
        for seat, names in ((Seat.ABSENT, sitting.absent), (Seat.PRESENT, sitting.present))
        for name in names
    }


def movement_in_words(movement: Movement) -> str:
    """« arrive à 19 h 05, avant le point 3 »."""
    words = ["arrive" if movement.event is MovementEvent.ARRIVES else "part"]
    if movement.at:
        words.append(f" à {time_in_words(movement.at)}")
    if movement.before_item is not None:
        words.append(f"{',' if movement.at else ''} avant le point {movement.before_item}")
    return "".join(words)
