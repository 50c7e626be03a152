"""Nominations: rounds, majorities, the eldest (CGCT L2121-21, L2122-7 to L2122-7-2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from levier.common.domain.findings import Severity, Status
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.parameters import CODIFIED_ON, LISTS_EVERYWHERE_ON
from levier.council.domain.record import (
    Candidate,
    MatterNature,
    Outcome,
    Round,
    VoteMode,
    name_key,
)
from levier.council.domain.rules.facts import Item
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    at_risk,
    irregular,
    not_applicable,
    ok,
    unverifiable,
)

EXECUTIVE = (MatterNature.MAYOR_ELECTION, MatterNature.DEPUTIES_ELECTION)
"""Elections whose secret ballot the code itself imposes (L2122-7)."""

_ORDINALS = ("premier", "deuxième", "troisième")


@dataclass(frozen=True, slots=True)
class NominationResult:
    """Who is elected, at which round (from 1), and why; without winner, what is missing.

    `by_age` tells that age settled a tie; `tied` names those between whom age must still decide.
    """

    elected: str | None
    at_round: int | None
    explanation: str
    by_age: bool = False
    tied: tuple[str, ...] = ()


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
        counted = (
            f"{_ORDINALS[rank - 1]} tour, {plural(cast, 'suffrage exprimé', 'suffrages exprimés')}"
        )
        if cast and rank < 3 and most * 2 > cast:
            return NominationResult(
                first[0].name,
                rank,
                f"Élection de {first[0].name} par {most} voix au {counted} (majorité absolue : "
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
        words = f"Élection de {first[0].name} par {most} voix au {counted} (majorité relative)"
        return NominationResult(first[0].name, 3, words)
    names = enumerate_in_words(candidate.name for candidate in first)
    tie = f"Égalité de {names}, {most} voix chacun au {counted}"
    eldest = _eldest(first)
    if eldest is None:
        return NominationResult(
            None,
            None,
            f"{tie} : l’âge décide, mais il n’est pas connu ou il est le même",
            tied=tuple(candidate.name for candidate in first),
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
            words = f"Seule candidature, {only.name} : la nomination prend effet aussitôt"
            return "T7", NominationResult(only.name, None, words)
    return "T8" if executive else "T6", nomination_result(rounds)


def rounds_of_a_nomination(item: Item) -> Verdict:
    """T6. CGCT L2121-21: absolute majority, then relative at the third round, then the eldest."""
    if not item.is_nomination or item.postponed:
        return not_applicable("La délibération ne nomme personne, d’après son objet.")
    if item.nature in EXECUTIVE:
        return not_applicable("L’élection du maire et des adjoints suit la règle T8.")
    return _judge_rounds(item)


def _judge_rounds(item: Item) -> Verdict:
    """The winner computed from the rounds against the one that the act declares."""
    rounds, declared = item.vote.rounds, item.vote.elected
    if not rounds:
        return _without_rounds(item)
    _, result = elect(item)
    facts: dict[str, Any] = {
        "outcome": Outcome.ADOPTED.value if result.elected else None,
        "elected": result.elected,
        "elected_printed": list(declared),
        "round": result.at_round,
        "rounds": len(rounds),
        "by_age": result.by_age,
    }
    why = result.explanation
    if len(declared) > 1 and (result.elected is None or not _among(declared, item)):
        return unverifiable(
            f"{why}. L’acte déclare l’élection de {enumerate_in_words(declared)} : vérifiez que "
            "chacun la doit à ses voix ou à sa liste.",
            **facts,
        )
    if result.elected is None:
        return _without_winner(result, declared, facts)
    if declared and not _same(result.elected, declared):
        words = f"{why}, alors que l’acte déclare l’élection de {enumerate_in_words(declared)}"
        if not _among(declared, item):
            return unverifiable(f"{words} : vérifiez qu’il s’agit de la même liste.", **facts)
        return irregular(f"{words}. Risque : annulation de l’élection.", **facts)
    if len(rounds) > max(result.at_round or 1, 1):
        return at_risk(f"{why} : un tour de plus a eu lieu sans nécessité.", **facts)
    return ok(f"{why}.", **facts)


def _without_rounds(item: Item) -> Verdict:
    facts = {"outcome": None, "elected_printed": list(item.vote.elected), "rounds": 0}
    votes_for, against = item.votes_for, item.votes_against
    majority = votes_for is not None and against is not None and votes_for > against
    if item.vote.unanimous or majority:
        return ok(
            "La nomination réunit la majorité absolue des suffrages exprimés au premier tour.",
            **{**facts, "outcome": Outcome.ADOPTED.value},
        )
    return unverifiable(
        "L’acte ne donne pas les tours de scrutin de la nomination : indiquez les voix de chaque "
        "candidat, ou qu’une seule candidature s’est présentée.",
        **facts,
    )


def _without_winner(
    result: NominationResult, declared: tuple[str, ...], facts: dict[str, Any]
) -> Verdict:
    if not declared or _same(declared[0], result.tied):
        return unverifiable(f"{result.explanation}.", **facts)
    return irregular(
        f"{result.explanation}, alors que l’acte déclare l’élection de {declared[0]}. Risque : "
        "annulation de l’élection.",
        **facts,
    )


def _same(name: str, others: tuple[str, ...]) -> bool:
    return name_key(name) in {name_key(other) for other in others}


def _among(names: tuple[str, ...], item: Item) -> bool:
    """Whether every name is that of a candidate (the elected of a list are not)."""
    candidates = {
        name_key(candidate.name) for one in item.vote.rounds for candidate in one.candidates
    }
    return all(name_key(name) in candidates for name in names)


def secret_waived(item: Item) -> Verdict:
    """T7. CGCT L2121-21: the council may unanimously give up the secret ballot of a nomination.

    Not where a text imposes it. A single candidacy takes effect at once, and is read out.
    """
    vote = item.vote
    facts: dict[str, Any] = {"mode": vote.mode, "secret_waived": vote.secret_waived}
    if not item.is_nomination or item.postponed:
        return not_applicable("La délibération ne nomme personne, d’après son objet.", **facts)
    if item.nature in EXECUTIVE:
        return not_applicable("L’élection du maire et des adjoints suit la règle T8.", **facts)
    if vote.mode is VoteMode.SECRET:
        return ok("La nomination est faite au scrutin secret.", **facts)
    rule, result = elect(item)
    if rule == "T7":
        return ok(f"{result.explanation} ; il en est donné lecture.", **facts)
    if vote.secret_waived:
        return ok(
            "Le conseil a décidé à l’unanimité de ne pas voter au scrutin secret ; vérifiez "
            "qu’aucun texte ne l’impose.",
            **facts,
        )
    if vote.mode is None and not item.nature_told:
        return not_applicable(
            "L’acte ne dit ni que l’affaire est une nomination, ni comment le conseil a voté.",
            **facts,
        )
    if vote.secret_waived is False and vote.mode is not None:
        accuse = irregular if item.nature_told else at_risk
        return accuse(
            "La nomination n’est pas faite au scrutin secret, et le conseil n’y a pas renoncé à "
            "l’unanimité. Risque : annulation de la nomination.",
            **facts,
        )
    return unverifiable(
        "Une nomination se vote au scrutin secret, sauf si le conseil y renonce à l’unanimité : "
        "indiquez le mode du vote ou cette décision.",
        **facts,
    )


def executive_election(item: Item) -> Verdict:
    """T8. CGCT L2122-7 to L2122-7-2: mayor and deputies, always by secret ballot.

    Two rounds at the absolute majority, a third at the relative one; in a tie the eldest or,
    between lists of deputies, the highest average age. An EPCI does so for its bureau.
    """
    vote = item.vote
    if item.nature not in EXECUTIVE or item.postponed:
        return not_applicable("La délibération n’élit ni le maire ni les adjoints.")
    if vote.mode in (VoteMode.PUBLIC, VoteMode.ROLL_CALL) or vote.secret_waived or vote.ballots:
        accuse = irregular if item.nature_told else at_risk
        return accuse(
            "Le maire et les adjoints (le président et le bureau d’un EPCI) sont toujours élus au "
            "scrutin secret, auquel le conseil ne peut pas renoncer. Risque : annulation de "
            "l’élection.",
            mode=vote.mode,
            secret_waived=vote.secret_waived,
        )
    verdict = _judge_rounds(item) if vote.rounds else _without_rounds(item)
    if verdict.status is Status.OK and vote.mode is None:
        return unverifiable(
            f"{verdict.explanation} L’acte ne dit pas que le scrutin était secret, ce que la loi "
            "exige.",
            **verdict.inputs,
        )
    return verdict


_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")

RULES: tuple[Rule, ...] = (
    Rule(
        id="T6",
        article="CGCT L2121-21",
        title="Tours d’une nomination",
        description=(
            "Majorité absolue aux deux premiers tours, majorité relative au troisième ; à égalité "
            "de voix, le plus âgé est élu."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].vote.rounds",
            "deliberations[].vote.elected",
        ),
        source="idcite ; senat",
        versions=(_CODIFICATION,),
        judge_item=rounds_of_a_nomination,
    ),
    Rule(
        id="T7",
        article="CGCT L2121-21",
        title="Renonciation au scrutin secret",
        description=(
            "Le conseil peut décider à l’unanimité de ne pas nommer au scrutin secret, sauf si un "
            "texte l’impose ; une candidature unique prend effet aussitôt."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].vote.mode",
            "deliberations[].vote.secret_waived",
            "deliberations[].vote.rounds",
            "deliberations[].nature",
        ),
        source="idcite ; senat ; S senat-rap l10-020 pour la candidature unique",
        versions=(_CODIFICATION,),
        judge_item=secret_waived,
    ),
    Rule(
        id="T8",
        article="CGCT L2122-7, L2122-7-1, L2122-7-2",
        title="Élection du maire et des adjoints",
        description=(
            "Scrutin secret, majorité absolue aux deux premiers tours puis relative ; à égalité, "
            "le plus âgé ou, entre listes d’adjoints, la moyenne d’âge la plus élevée."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "deliberations[].vote.mode",
            "deliberations[].vote.rounds",
            "deliberations[].vote.elected",
            "deliberations[].nature",
            "population",
        ),
        source="stseurin ; AN JOAN 23/03/2010 ; V juriblio-2025-444",
        versions=(
            _CODIFICATION,
            Version(
                LISTS_EVERYWHERE_ON,
                "Loi n° 2025-444 du 21 mai 2025 : les adjoints sont élus au scrutin de liste dans "
                "toutes les communes",
            ),
        ),
        judge_item=executive_election,
    ),
)
