"""Who presides: the mayor or a replacement, and another member for the accounts (L2121-14)."""

from __future__ import annotations

from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words
from levier.council.domain.parameters import CODIFIED_ON
from levier.council.domain.record import name_key
from levier.council.domain.rules.attendance import Identity
from levier.council.domain.rules.facts import Case, Item
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

_DEPUTIES = ("deputy_mayor", "vice_president")


def president_named(case: Case) -> Verdict:
    """S1. CGCT L2121-14: the mayor, or the one who replaces the mayor (L2122-17), presides.

    Names alone never settle it; the mandates, when they are known, do.
    """
    president = case.sitting.president
    if not president or not name_key(president):
        return unverifiable("L’acte ne nomme pas le président de séance.", president=None)
    facts = {"president": president}
    if case.attendance.ever_here(president) is False:
        return at_risk(
            f"{president} préside d’après l’acte, qui le compte aussi parmi les absents : corrigez "
            "l’une des deux mentions. Risque : contestation de la présidence.",
            **facts,
        )
    if case.head is not None:
        return _against_the_mandates(case, president, facts)
    # The record holds names, not capacities: who signs is no proof of being mayor or replacement.
    signatory = case.record.signatory
    signs = bool(signatory) and name_key(signatory or "") == name_key(president)
    return unverifiable(
        f"L’acte nomme {president} comme président de séance{', qui l’a signé' if signs else ''} ; "
        "vérifiez qu’il s’agit du maire (du président pour un EPCI) ou de la personne qui le "
        "remplace.",
        **facts,
    )


def _against_the_mandates(case: Case, president: str, facts: dict[str, Any]) -> Verdict:
    attendance, seat = case.attendance, case.head_seat
    head = seat.member if seat else ""
    facts = {**facts, "head": head}
    chair, _ = attendance.identify(president)
    if chair == case.head:
        return ok(
            f"La séance est présidée par {president}, maire ou président en exercice.", **facts
        )
    if attendance.ever_here(head) and not attendance.moves(head):
        return unverifiable(
            f"L’acte nomme {president} comme président de séance, alors que {head}, maire ou "
            "président en exercice, figure parmi les présents : indiquez qui a présidé chaque "
            "affaire.",
            **facts,
        )
    deputies = {
        attendance.identify(one.member)[0]
        for one in case.record.circumstances.seats
        if one.function in _DEPUTIES
    }
    if chair in deputies:
        return ok(
            f"La séance est présidée par {president}, adjoint ou vice-président, en remplacement "
            f"de {head}.",
            **facts,
        )
    return unverifiable(
        f"L’acte nomme {president} comme président de séance : vérifiez que cette personne "
        f"remplaçait régulièrement {head} (L2122-17).",
        **facts,
    )


def accounts_presided_by_another(item: Item) -> Verdict:
    """S2. CGCT L2121-14: for the accounts the council elects its president; the mayor leaves.

    The mayor may attend the debate but leaves at the vote, is not counted as present or voting, and
    gives no procuration (Senate answers 11090 and 08561). An EPCI's president likewise.
    """
    if not item.about_accounts:
        return not_applicable("La délibération n’arrête pas les comptes.")
    if item.postponed:
        return not_applicable("L’affaire a été ajournée : il n’y a pas eu de vote.")
    head, presumed = _mayor_of(item)
    facts: dict[str, Any] = {"president": item.deliberation.president, "head": head}
    breaches = _breaches(item, head)
    if breaches:
        accuse = at_risk if presumed else irregular
        whether = f" (si {head} est le maire ou le président dont ce sont les comptes)"
        return accuse(
            f"Vote des comptes : {enumerate_in_words(breaches)}{whether if presumed else ''}. "
            "Risque : annulation de la délibération.",
            **facts,
        )
    missing = _unknown(item, head)
    if missing:
        return unverifiable(
            f"Vote des comptes : vérifiez {enumerate_in_words(missing)}. Le maire ne compte ni "
            "parmi les présents ni parmi les votants.",
            **facts,
        )
    return ok(
        f"Vote des comptes présidé par {item.deliberation.president}, en l’absence du maire ou du "
        "président dont ce sont les comptes.",
        **facts,
    )


def _mayor_of(item: Item) -> tuple[str | None, bool]:
    """Whose accounts they are: by the mandates, else presumed to be the sitting's president."""
    case = item.case
    if item.withdrawn_head is not None and case.head_seat is not None:
        return case.head_seat.member, False
    chair, elected = case.sitting.president, item.deliberation.president
    if chair and elected and name_key(chair) != name_key(elected):
        return chair, True
    return None, True


def _breaches(item: Item, head: str | None) -> list[str]:
    if head is None:
        return []
    identify, elected = item.case.attendance.identify, item.deliberation.president
    mayor = identify(head)[0]
    found = []
    if elected and identify(elected)[0] == mayor:
        found.append(f"{head} préside cette affaire")
    for ballot in item.vote.ballots:
        if identify(ballot.member)[0] == mayor:
            found.append(
                f"une procuration de {head} est utilisée" if ballot.cast_by else f"{head} vote"
            )
        elif ballot.cast_by and identify(ballot.cast_by)[0] == mayor:
            found.append(f"{head} vote au titre d’une procuration")
    return found


def _unknown(item: Item, head: str | None) -> list[str]:
    missing = []
    if not item.deliberation.president:
        missing.append("que le conseil a élu un président pour cette affaire")
    if head is None or not _out_of_the_vote(item, item.case.attendance.identify(head)[0]):
        missing.append(f"que {head or 'le maire ou le président'} s’est retiré au moment du vote")
    return missing


def _out_of_the_vote(item: Item, mayor: Identity) -> bool:
    """Whether the record shows that the mayor was out: absent, gone, recused, or not called."""
    attendance, ballots = item.case.attendance, item.vote.ballots
    called = {attendance.identify(ballot.member)[0] for ballot in ballots}
    return (
        mayor in item.recused
        or attendance.here(mayor, item.place) is False
        or (bool(ballots) and mayor not in called)
    )


_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")

RULES: tuple[Rule, ...] = (
    Rule(
        id="S1",
        article="CGCT L2121-14, L2122-17",
        title="Présidence de la séance",
        description="Le maire, ou à défaut celui qui le remplace, préside la séance.",
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "sitting.president",
            "sitting.present",
            "sitting.movements",
        ),
        source="senat-11090",
        versions=(_CODIFICATION,),
        judge_sitting=president_named,
    ),
    Rule(
        id="S2",
        article="CGCT L2121-14",
        title="Présidence du vote des comptes",
        description=(
            "Le conseil élit un président pour le vote des comptes ; le maire se retire au vote, "
            "ne compte ni comme présent ni comme votant, et ne donne pas procuration."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "deliberations[].nature",
            "deliberations[].subject",
            "deliberations[].president",
            "sitting.president",
            "sitting.proxies",
            "deliberations[].vote.ballots",
        ),
        source="senat-11090 ; senat-08561 ; apgl64 ; cotes-darmor",
        versions=(_CODIFICATION,),
        judge_item=accounts_presided_by_another,
    ),
)
