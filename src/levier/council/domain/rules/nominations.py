"""Nominations: rounds, majorities, the eldest (CGCT L2121-21, L2122-7 to L2122-7-2)."""

from __future__ import annotations

from dataclasses import dataclass

from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.record import Candidate, MatterNature, Round
from levier.council.domain.rules.facts import Item
from levier.council.domain.rules.rule import Rule

EXECUTIVE = (MatterNature.MAYOR_ELECTION, MatterNature.DEPUTIES_ELECTION)
"""Elections whose secret ballot the code itself imposes (L2122-7)."""

_ORDINALS = ("premier", "deuxième", "troisième")


@dataclass(frozen=True, slots=True)
class NominationResult:
    """Who is elected, at which round (from 1), and why; without winner, what is missing.

    `by_age` tells that age settled a tie.
    """

    elected: str | None
    at_round: int | None
    explanation: str
    by_age: bool = False


def nomination_result(rounds: tuple[Round, ...]) -> NominationResult:
    """The winner of a nomination (CGCT L2121-21): one seat, or one list that takes all seats.

    Absolute majority of the votes cast at the first two rounds, relative majority at the third;
    in a tie the eldest, and between lists the highest average age (L2122-7-2). Blank ballots are no
    votes cast. Rounds after a winner, and after the third, are left aside.
    """
    if not rounds or not any(one.candidates for one in rounds):
        return NominationResult(None, None, "Aucun tour de scrutin n’est connu")
    for rank, one in enumerate(rounds[:3], start=1):
        cast = sum(max(candidate.votes, 0) for candidate in one.candidates)
        most = max((candidate.votes for candidate in one.candidates), default=0)
        first = [candidate for candidate in one.candidates if candidate.votes == most]
        counted = f"{_ORDINALS[rank - 1]} tour, {plural(cast, 'suffrage exprimé')}"
        if cast and rank < 3 and most * 2 > cast:
            return NominationResult(
                first[0].name,
                rank,
                f"{first[0].name} obtient {most} voix au {counted} (majorité absolue : "
                f"{cast // 2 + 1})",
            )
        if cast and rank == 3:
            return _relative(first, most, counted)
    if len(rounds) >= 3:
        return NominationResult(None, None, "Aucun suffrage n’est exprimé au troisième tour")
    return NominationResult(
        None,
        None,
        f"Personne n’obtient la majorité absolue au {_ORDINALS[len(rounds) - 1]} tour : il faut un "
        f"{_ORDINALS[len(rounds)]} tour",
    )


def _relative(first: list[Candidate], most: int, counted: str) -> NominationResult:
    if len(first) == 1:
        words = f"{first[0].name} obtient {most} voix au {counted} (majorité relative)"
        return NominationResult(first[0].name, 3, words)
    names = enumerate_in_words(candidate.name for candidate in first)
    tie = f"{names} obtiennent chacun {most} voix au {counted}"
    eldest = _eldest(first)
    if eldest is None:
        return NominationResult(
            None, None, f"{tie} : l’âge décide, mais il n’est pas connu ou il est le même"
        )
    how = "moyenne d’âge la plus élevée" if eldest.average_age is not None else "bénéfice de l’âge"
    return NominationResult(eldest.name, 3, f"{tie} : {eldest.name} l’emporte ({how})", by_age=True)


def _eldest(tied: list[Candidate]) -> Candidate | None:
    """The eldest person, or the list whose average age is highest; None when ages do not tell."""
    ages = [candidate.average_age for candidate in tied]
    births = [candidate.born_on for candidate in tied]
    if None not in ages:
        highest = [one for one in tied if one.average_age == max(age for age in ages if age)]
    elif None not in births:
        highest = [one for one in tied if one.born_on == min(day for day in births if day)]
    else:
        return None
    return highest[0] if len(highest) == 1 else None


def elect(item: Item) -> tuple[str, NominationResult]:
    """The rule that decides this nomination (T6, T7 or T8), and what it gives.

    A single candidacy takes effect without a vote, but for the mayor and the deputies.
    """
    rounds = item.vote.rounds
    executive = item.nature in EXECUTIVE
    if not executive and len(rounds) == 1 and len(rounds[0].candidates) == 1:
        only = rounds[0].candidates[0]
        if only.votes == 0 and rounds[0].blank is None:
            words = f"{only.name} est la seule candidature : la nomination prend effet aussitôt"
            return "T7", NominationResult(only.name, None, words)
    return "T8" if executive else "T6", nomination_result(rounds)


RULES: tuple[Rule, ...] = ()
