"""The outcome of a vote, computed: majority, tie, accounts (CGCT L2121-20, L1612-12)."""

from __future__ import annotations

from typing import Any

from levier.common.domain.findings import Severity
from levier.council.domain.parameters import CODIFIED_ON
from levier.council.domain.record import MatterNature, Outcome, VoteMode
from levier.council.domain.rules.facts import Item
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    irregular,
    not_applicable,
    ok,
    unverifiable,
)

_IN_WORDS = {
    Outcome.ADOPTED: "adoptée",
    Outcome.REJECTED: "rejetée",
    Outcome.POSTPONED: "ajournée",
}
_POSTPONED = "L’affaire a été ajournée : il n’y a pas eu de vote."


def _inputs(item: Item, computed: Outcome | None) -> dict[str, Any]:
    printed = item.vote.outcome
    return {
        "outcome": None if computed is None else computed.value,
        "outcome_printed": None if printed is None else printed.value,
        "for": item.votes_for,
        "against": item.votes_against,
        "abstentions": item.abstentions,
        "blank": item.blank,
    }


def tied(item: Item) -> bool:
    """As many votes for as against, and at least one of each."""
    return bool(item.votes_for) and item.votes_for == item.votes_against


def _counted(item: Item) -> str:
    """« 10 pour, 4 contre »."""
    return f"{item.votes_for} pour, {item.votes_against} contre"


def _compare(item: Item, computed: Outcome, why: str) -> Verdict:
    """The outcome that the act prints, against the one that the law gives."""
    facts = _inputs(item, computed)
    printed = item.vote.outcome
    if printed is None or printed is computed:
        return ok(f"{why} : la délibération est {_IN_WORDS[computed]}.", **facts)
    return irregular(
        f"{why} : la délibération est {_IN_WORDS[computed]}, alors que l’acte la dit "
        f"{_IN_WORDS[printed]}. Risque : annulation, sauf majorité particulière prévue par un "
        "texte.",
        **facts,
    )


def majority(item: Item) -> Verdict:
    """T1. CGCT L2121-20, second paragraph: more votes for than against among the votes cast.

    Abstentions, blank ballots and refusals are no votes cast (answer in mc85: 10 present, 4 for,
    6 abstentions is adopted).
    """
    if item.postponed:
        return not_applicable(_POSTPONED, **_inputs(item, None))
    if item.nature is MatterNature.ACCOUNTS:
        return not_applicable(
            "Le vote des comptes suit sa propre majorité (règle T9).", **_inputs(item, None)
        )
    votes_for, votes_against = item.votes_for, item.votes_against
    if item.vote.rounds or (item.is_nomination and (votes_for, votes_against) == (None, None)
                            and not item.vote.unanimous):  # fmt: skip
        return not_applicable(
            "Une nomination suit ses propres règles, T6 à T8.", **_inputs(item, None)
        )
    if votes_for is None or votes_against is None:
        return _without_counts(item)
    if tied(item):
        return not_applicable(
            f"Partage égal des voix ({_counted(item)}) : la règle T2 décide.", **_inputs(item, None)
        )
    computed = Outcome.ADOPTED if votes_for > votes_against else Outcome.REJECTED
    why = f"Suffrages exprimés : {_counted(item)}"
    if votes_for + votes_against == 0:
        why = "Aucun suffrage exprimé"
        if item.vote.unanimous:
            return unverifiable(
                f"{why}, et l’acte parle d’unanimité : ces mentions se contredisent, corrigez-les.",
                **_inputs(item, None),
            )
    mismatch = item.vote.outcome not in (None, computed)
    if mismatch and item.is_nomination:
        return unverifiable(
            f"{why}, et l’acte dit {_IN_WORDS[item.vote.outcome or computed]} une nomination, qui "
            "suit les tours de l’article L2121-21 : indiquez le tour et les voix de chacun.",
            **_inputs(item, None),
        )
    return _compare(item, computed, why)


def _without_counts(item: Item) -> Verdict:
    """No complete count: unanimity settles it, a majority of the room too, else nothing does."""
    vote = item.vote
    if vote.unanimous:
        computed = Outcome.REJECTED if vote.outcome is Outcome.REJECTED else Outcome.ADOPTED
        return ok(
            f"Vote à l’unanimité : la délibération est {_IN_WORDS[computed]}.",
            **_inputs(item, computed),
        )
    most_against = _most_against(item)
    if (
        item.votes_for is not None
        and most_against is not None
        and item.votes_for > most_against
        and vote.outcome is not Outcome.REJECTED
    ):
        return ok(
            f"{item.votes_for} pour, et au plus {most_against} contre d’après les présents et les "
            "procurations : la délibération est adoptée.",
            **_inputs(item, Outcome.ADOPTED),
            against_at_most=most_against,
        )
    facts = _inputs(item, None)
    if item.votes_for is not None or item.votes_against is not None:
        side = "contre" if item.votes_against is None else "pour"
        return unverifiable(
            f"L’acte ne donne pas le nombre de voix {side} : la majorité ne peut pas être "
            "vérifiée.",
            **facts,
        )
    if vote.outcome is not None:
        return unverifiable(
            f"L’acte dit la délibération {_IN_WORDS[vote.outcome]} sans donner les voix.", **facts
        )
    return unverifiable("L’acte ne rapporte pas le vote.", **facts)


def _most_against(item: Item) -> int | None:
    """Votes against that the room still allows, when the act prints the other votes only."""
    if item.voters is None or item.votes_for is None or item.votes_against is not None:
        return None
    cast = item.votes_for + (item.abstentions or 0) + (item.blank or 0)
    return max(item.voters.high - cast, 0)


def tie(item: Item) -> Verdict:
    """T2. CGCT L2121-20, third paragraph: the president's vote prevails, except in secret ballot.

    A president who abstained has no casting vote: rejected, by general knowledge only.
    """
    if item.postponed:
        return not_applicable(_POSTPONED, **_inputs(item, None))
    if not tied(item):
        return not_applicable(
            "L’acte ne fait pas état d’un partage égal des voix.", **_inputs(item, None)
        )
    if item.nature is MatterNature.ACCOUNTS:
        return not_applicable(
            "Le vote des comptes suit sa propre majorité (règle T9).", **_inputs(item, None)
        )
    facts = {"mode": item.vote.mode, "president_vote": item.president_vote}
    why = f"Partage égal des voix ({_counted(item)})"
    if item.is_nomination or item.mixes_accounts:
        return unverifiable(
            f"{why} : pour une nomination ou un vote de comptes, la voix du président n’est pas "
            "toujours prépondérante. Précisez la nature du vote.",
            **_inputs(item, None),
            **facts,
        )
    verdict = _break_tie(item, why)
    return Verdict(verdict.status, verdict.explanation, {**verdict.inputs, **facts})


def _break_tie(item: Item, why: str) -> Verdict:
    if item.vote.mode is VoteMode.SECRET:
        return _compare(item, Outcome.REJECTED, f"{why} au scrutin secret")
    president = item.president_vote
    if president == "for":
        return _compare(item, Outcome.ADOPTED, f"{why}, le président ayant voté pour")
    if president == "against":
        return _compare(item, Outcome.REJECTED, f"{why}, le président ayant voté contre")
    if president in ("abstention", "not_voting"):
        if item.vote.outcome is Outcome.ADOPTED:
            return unverifiable(
                f"{why}, le président s’étant abstenu : aucune voix ne serait prépondérante, alors "
                "que l’acte dit la délibération adoptée. Vérifiez comment le président a voté.",
                **_inputs(item, Outcome.REJECTED),
            )
        return _compare(item, Outcome.REJECTED, f"{why}, le président s’étant abstenu")
    also = ", ni si le scrutin était secret" if item.vote.mode is None else ""
    return unverifiable(
        f"{why} : l’acte ne dit pas comment le président a voté{also}.",
        **_inputs(item, None),
    )


def accounts(item: Item) -> Verdict:
    """T9. CGCT L1612-12: accounts are adopted unless a majority votes against, even in a tie."""
    if item.nature is not MatterNature.ACCOUNTS:
        return not_applicable("La délibération n’arrête pas les comptes.")
    if item.postponed:
        return not_applicable(_POSTPONED, **_inputs(item, None))
    votes_for, votes_against = item.votes_for, item.votes_against
    if votes_for is None or votes_against is None:
        return _without_counts(item)
    computed = Outcome.REJECTED if votes_against > votes_for else Outcome.ADOPTED
    return _compare(item, computed, f"Vote des comptes : {_counted(item)}")


_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")

RULES = (
    Rule(
        id="T1",
        article="CGCT L2121-20",
        title="Majorité des suffrages exprimés",
        description=(
            "La délibération est adoptée si les voix pour dépassent les voix contre ; "
            "abstentions et bulletins blancs ne sont pas des suffrages exprimés."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].vote.for",
            "deliberations[].vote.against",
            "deliberations[].vote.outcome",
            "deliberations[].vote.unanimous",
            "deliberations[].subject",
            "deliberations[].nature",
        ),
        source="legif LEGIARTI000006389878 ; mc85",
        versions=(_CODIFICATION,),
        judge_item=majority,
    ),
    Rule(
        id="T2",
        article="CGCT L2121-20",
        title="Partage égal des voix",
        description="La voix du président est prépondérante, sauf au scrutin secret.",
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].vote.for",
            "deliberations[].vote.against",
            "deliberations[].vote.mode",
            "deliberations[].vote.president_vote",
            "deliberations[].vote.outcome",
        ),
        source="legif LEGIARTI000006389878",
        versions=(_CODIFICATION,),
        judge_item=tie,
    ),
    Rule(
        id="T9",
        article="CGCT L1612-12",
        title="Arrêté des comptes",
        description=(
            "Les comptes sont arrêtés si une majorité des voix ne s’est pas dégagée contre."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "deliberations[].vote.for",
            "deliberations[].vote.against",
            "deliberations[].vote.outcome",
            "deliberations[].subject",
            "deliberations[].nature",
        ),
        source="senat-08561 ; qe-47837",
        versions=(_CODIFICATION,),
        judge_item=accounts,
    ),
)
