"""The outcome of a vote, computed from the counts: nobody types it.

One function for the form, the screen of the sitting and the documents. It is the rules' own
computation (T1, T2, T6 to T9), asked of the record without the outcome that it prints.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from levier.council.domain.record import AssemblyKind, MatterNature, Outcome, Record, VoteMode
from levier.council.domain.rules import judge_item, nominations
from levier.council.domain.rules.facts import Case, Item
from levier.council.domain.rules.rule import typeset
from levier.council.domain.rules.votes import tied


@dataclass(frozen=True, slots=True)
class ComputedOutcome:
    """What the counts give, by which rule of the catalogue, and why, in one French sentence.

    `outcome` is None while something is missing, which the explanation names. `elected` names who
    a nomination elects: a person, or a list.
    """

    outcome: Outcome | None
    rule: str
    explanation: str
    elected: tuple[str, ...] = ()


def outcome_of(record: Record, position: int, *, as_of: date) -> ComputedOutcome:
    """The outcome of the deliberation at that position of the record (0 is the first).

    The outcome printed is ignored, but for two facts that no count tells: the matter was put off,
    or the council was unanimous against it. Raises IndexError when there is no such deliberation.
    """
    printed = record.deliberations[position].vote
    keeps = printed.outcome is Outcome.POSTPONED or printed.unanimous
    vote = replace(printed, outcome=printed.outcome if keeps else None, elected=())
    deliberations = list(record.deliberations)
    deliberations[position] = replace(deliberations[position], vote=vote)
    case = Case(replace(record, deliberations=tuple(deliberations)), as_of, record.department)
    computed = _computed(case.item(position))
    return replace(computed, explanation=typeset(computed.explanation))


def _computed(item: Item) -> ComputedOutcome:
    if item.postponed:
        return ComputedOutcome(
            Outcome.POSTPONED, "T1", "L’affaire est ajournée : il n’y a pas de vote à compter."
        )
    if _secret_ballot_by_video(item):
        return ComputedOutcome(
            Outcome.POSTPONED,
            "Q6",
            "Le scrutin secret ne se tient pas en visioconférence : l’affaire est reportée à une "
            "séance en un seul lieu.",
        )
    if item.is_nomination and item.vote.rounds:
        rule, result = nominations.elect(item)
        elected = (result.elected,) if result.elected else ()
        return ComputedOutcome(
            Outcome.ADOPTED if elected else None, rule, f"{result.explanation}.", elected
        )
    rule = _deciding_rule(item)
    verdict = judge_item(rule, item)
    given = verdict.inputs.get("outcome")
    return ComputedOutcome(Outcome(given) if given else None, rule, verdict.explanation)


def _deciding_rule(item: Item) -> str:
    """The rule that gives the outcome of a vote without rounds."""
    if item.nature is MatterNature.ACCOUNTS:
        return "T9"
    if tied(item):
        return "T2"
    counted = item.votes_for is not None or item.votes_against is not None or item.vote.unanimous
    if item.is_nomination and not counted:
        return "T8" if item.nature in nominations.EXECUTIVE else "T6"
    return "T1"


def _secret_ballot_by_video(item: Item) -> bool:
    """Whether a community council held in several places is asked for a secret ballot."""
    sitting = item.case.sitting
    remote = bool(sitting.formalities.remote_places) and item.case.kind is AssemblyKind.EPCI
    return remote and item.vote.mode is VoteMode.SECRET
