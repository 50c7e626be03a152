"""What a closed sitting keeps as it was voted, and what closing it settles.

The register holds acts without gap nor change (CGCT R2121-9): once the sitting is closed, only its
formalities, the transmission and the publication of its acts are still completed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from levier.council.domain.coherence import ACT_IS_LOCKED, SITTING_IS_CLOSED
from levier.council.domain.outcome import outcome_of
from levier.council.domain.record import Deliberation, Outcome, Record, Sitting, deliberation_names

ACTS_ARE_KNOWN = (
    "La séance est close : aucune délibération ne s’y ajoute, n’en est retirée ni n’y change de "
    "place."
)
# Votes without which nothing is locked: a matter put off is no act.
VOTED = (Outcome.ADOPTED, Outcome.REJECTED)
_SITTING_FACTS = (
    *("date", "opens_at", "president", "secretary", "in_office", "present", "absent"),
    *("all_present_except_absent", "present_count", "represented_count", "movements"),
)
_ACT_FACTS = (
    *("subject", "number", "rapporteur", "visas", "recitals", "vote", "decisions"),
    *("present_changes", "recused", "nature", "president", "corrects"),
)


def kept_as_voted(
    before: Record, after: Record, places: Sequence[int | None]
) -> Iterator[tuple[str, str]]:
    """(path, sentence) of each thing that a closed sitting no longer lets change.

    `places` tells, for each deliberation of `after`, its place in `before`, or None for a new one.
    """
    for name in _SITTING_FACTS:
        if getattr(before.sitting, name) != getattr(after.sitting, name):
            yield f"sitting.{name}", SITTING_IS_CLOSED
    if _proxies(before.sitting) != _proxies(after.sitting):
        yield "sitting.proxies", SITTING_IS_CLOSED
    if list(places) != list(range(len(before.deliberations))):
        yield "deliberations", ACTS_ARE_KNOWN
        return
    for rank, (old, new) in enumerate(zip(before.deliberations, after.deliberations, strict=True)):
        for name in _ACT_FACTS:
            if getattr(old, name) != getattr(new, name):
                yield f"deliberations[{rank}].{name}", ACT_IS_LOCKED


def _proxies(sitting: Sitting) -> list[object]:
    return [(proxy.giver, proxy.holder, proxy.revoked_before_item) for proxy in sitting.proxies]


def settled(record: Record, *, printed: Sequence[bool]) -> Record:
    """The record as closing leaves it: each matter numbered, each outcome computed.

    `printed` tells which deliberations come from the text of an act, whose own outcome is evidence
    and stays; the others take what their counts give.
    """
    return replace(
        record,
        deliberations=tuple(
            _settled(record, rank, number, is_printed)
            for rank, (number, is_printed) in enumerate(zip(numbers(record), printed, strict=True))
        ),
    )


def _settled(record: Record, rank: int, number: int, is_printed: bool) -> Deliberation:
    act = record.deliberations[rank]
    if act.vote.outcome is not None and is_printed:
        return replace(act, number=number)
    computed = _with_outcome(record, rank)
    if computed.vote.outcome is None:
        return replace(act, number=number)
    return replace(computed, number=number)


def with_outcomes(record: Record) -> Record:
    """The record with the outcomes that its counts give, for a sitting that has a date."""
    if record.sitting.date is None:
        return record
    acts = tuple(_with_outcome(record, rank) for rank in range(len(record.deliberations)))
    return replace(record, deliberations=acts)


def _with_outcome(record: Record, rank: int) -> Deliberation:
    assert record.sitting.date is not None  # noqa: S101 (a stored sitting has one)
    act = record.deliberations[rank]
    computed = outcome_of(record, rank, as_of=record.sitting.date)
    elected = computed.elected or act.vote.elected
    return replace(act, vote=replace(act.vote, outcome=computed.outcome, elected=elected))


def numbers(record: Record) -> list[int]:
    """The number of each matter within the sitting: the one given, or the next one free.

    >>> numbers(Record(deliberations=(Deliberation("a"), Deliberation("b"), Deliberation("c", 7))))
    [1, 2, 7]
    """
    taken = {act.number for act in record.deliberations}
    found: list[int] = []
    for act in record.deliberations:
        number = act.number
        if number is None:
            number = found[-1] + 1 if found else 1
            while number in taken:
                number += 1
            taken.add(number)
        found.append(number)
    return found


def unsettled(record: Record) -> Mapping[str, str]:
    """A sentence by path for each deliberation without outcome: its sitting cannot be closed."""
    return {
        f"deliberations[{rank}].vote": f"Le résultat manque pour la {name}, « {act.subject} » : "
        "complétez le vote, ou déclarez l’affaire ajournée."
        for rank, (name, act) in enumerate(
            zip(deliberation_names(record), record.deliberations, strict=True)
        )
        if act.vote.outcome is None
    }
