"""How the council votes: public ballot with names, secret ballot with numbers (L2121-21)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.parameters import CODIFIED_ON, ROLL_CALL_DIVISOR, SECRET_DIVISOR
from levier.council.domain.record import VoteMode
from levier.council.domain.rules.attendance import known_count, sorted_names
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

_POSTPONED = "L’affaire a été ajournée : il n’y a pas eu de vote."


def _enough(requests: int | None, divisor: int, item: Item) -> bool | None:
    """Whether that many requests make the share of the members present; None when unknown."""
    count = known_count(requests)
    if count is None or item.present is None:
        return None if count else False
    if count and count * divisor >= item.present.high:
        return True
    return False if count * divisor < item.present.low or not count else None


def secret_requested(item: Item) -> bool | None:
    """Whether a third of the members present asked for a secret ballot; None when unknown."""
    return _enough(item.vote.secret_requests, SECRET_DIVISOR.values[-1][1], item)


def roll_call(item: Item) -> Verdict:
    """T4. CGCT L2121-21: a quarter of the members present may ask for a public ballot.

    The register then holds the name of each voter and their vote. A secret ballot, when it is also
    asked for, prevails (Senate answer 08312).
    """
    vote = item.vote
    facts: dict[str, Any] = {
        "mode": vote.mode,
        "roll_call_requests": vote.roll_call_requests,
        "names_listed": len(vote.ballots),
        "quorum_present": None if item.present is None else item.present.low,
    }
    if item.postponed:
        return not_applicable(_POSTPONED, **facts)
    if vote.mode is VoteMode.SECRET:
        return not_applicable("Le vote est secret : il ne porte aucun nom (règle T5).", **facts)
    asked = _enough(vote.roll_call_requests, ROLL_CALL_DIVISOR.at(item.case.law_date), item)
    if vote.mode is VoteMode.ROLL_CALL or (vote.ballots and asked):
        return _names_and_votes(item, facts)
    if vote.ballots:
        return _some_names(item, facts)
    if asked is False or secret_requested(item):
        return not_applicable(
            "Le quart des membres présents n’a pas demandé de scrutin public nominal, d’après "
            "l’acte.",
            **facts,
        )
    requests = plural(vote.roll_call_requests or 0, "membre demande", "membres demandent")
    if asked is None or vote.mode is None:
        return unverifiable(
            f"{requests} un scrutin public nominal : indiquez le nombre de présents et le mode du "
            "vote pour vérifier s’il était dû.",
            **facts,
        )
    return irregular(
        f"{requests} un scrutin public nominal, soit au moins le quart des présents, et l’acte ne "
        "donne ni les noms ni les votes. Risque : annulation de la délibération.",
        **facts,
    )


def _names_and_votes(item: Item, facts: dict[str, Any]) -> Verdict:
    ballots = item.vote.ballots
    if not ballots:
        return unverifiable(
            "Le vote est nominal, mais l’acte ne donne pas le nom et le vote de chacun : le "
            "registre doit les porter.",
            **facts,
        )
    contradictions, missing = _contradictions(item), _missing(item)
    facts = {**facts, "problems": [*contradictions, *missing]}
    if contradictions:
        return at_risk(
            f"Les noms et les votes se contredisent : {enumerate_in_words(contradictions)}. "
            "Corrigez le relevé du scrutin.",
            **facts,
        )
    if missing:
        return irregular(
            f"Le relevé du scrutin nominal est incomplet : {enumerate_in_words(missing)}. Le "
            "registre doit porter le nom et le vote de chacun. Risque : contestation du vote.",
            **facts,
        )
    return ok(
        f"Scrutin nominal : {plural(len(ballots), 'nom')} et autant de votes, conformes aux "
        "nombres annoncés.",
        **facts,
    )


def _some_names(item: Item, facts: dict[str, Any]) -> Verdict:
    """Names given without a roll call, often those who voted against: they need not be all."""
    contradictions = _contradictions(item)
    facts = {**facts, "problems": contradictions}
    if contradictions:
        return at_risk(
            f"Les noms et les votes se contredisent : {enumerate_in_words(contradictions)}. "
            "Corrigez l’acte.",
            **facts,
        )
    return not_applicable(
        "L’acte nomme des votants sans scrutin nominal : il peut n’en nommer que certains.", **facts
    )


def _contradictions(item: Item) -> list[str]:
    """Names called twice, votes of members out of the room, names more numerous than the votes."""
    attendance = item.case.attendance
    voters = Counter(attendance.identify(ballot.member)[0] for ballot in item.vote.ballots)
    twice = sorted_names(attendance.name_of(one) for one, n in voters.items() if n > 1 and one)
    found = [f"{name} vote deux fois" for name in twice]
    for ballot in item.vote.ballots:
        who = ballot.cast_by or ballot.member
        member, certain = attendance.identify(who)
        if certain and attendance.here(member, item.place) is False:
            found.append(f"{who} vote sans être dans la salle")
    return sorted_names(found) + [
        f"{called} noms votent {words} pour {printed} voix annoncées"
        for words, called, printed in item.called_and_printed
        if called > printed
    ]


def _missing(item: Item) -> list[str]:
    called = len(item.vote.ballots)
    missing = [
        f"{plural(listed, 'nom')} pour {printed} voix {words}"
        for words, listed, printed in item.called_and_printed
        if listed < printed
    ]
    if not missing and item.voters is not None and called < item.voters.low - (item.blank or 0):
        missing.append(
            f"{plural(called, 'nom')} pour {item.voters.low} votants (présents et procurations "
            "utilisables)"
        )
    return missing


def secret_ballot(item: Item) -> Verdict:
    """T5. CGCT L2121-21: secret at the request of a third of those present, or to name someone.

    A secret ballot leaves numbers only: no vote can be linked to a person.
    """
    vote = item.vote
    facts: dict[str, Any] = {
        "mode": vote.mode,
        "secret_requests": vote.secret_requests,
        "quorum_present": None if item.present is None else item.present.low,
    }
    if item.postponed:
        return not_applicable(_POSTPONED, **facts)
    asked = secret_requested(item)
    if vote.mode is VoteMode.SECRET:
        return _secret_held(item, asked, facts)
    if item.is_nomination and not vote.secret_requests:
        return not_applicable(
            "Le scrutin d’une nomination est jugé par les règles T7 et T8.", **facts
        )
    if asked is False:
        return not_applicable(
            "Le tiers des membres présents n’a pas demandé de scrutin secret, d’après l’acte.",
            **facts,
        )
    requests = plural(vote.secret_requests or 0, "membre demande", "membres demandent")
    if asked is None or vote.mode is None:
        return unverifiable(
            f"{requests} le scrutin secret : indiquez le nombre de présents et le mode du vote "
            "pour vérifier s’il était dû.",
            **facts,
        )
    return irregular(
        f"{requests} le scrutin secret, soit au moins le tiers des présents, et le vote n’a pas "
        "été secret. Risque : annulation de la délibération.",
        **facts,
    )


def _secret_held(item: Item, asked: bool | None, facts: dict[str, Any]) -> Verdict:
    vote = item.vote
    if vote.ballots:
        return irregular(
            f"Le vote est secret, et l’acte donne le vote de {plural(len(vote.ballots), 'nom')} : "
            "un scrutin secret ne laisse que des nombres. Risque : annulation de la délibération.",
            **facts,
        )
    if vote.president_vote:
        return at_risk(
            "Le vote est secret, et l’acte dit comment le président a voté : un scrutin secret ne "
            "laisse que des nombres, et le président n’y a pas voix prépondérante.",
            **facts,
        )
    if item.is_nomination or asked:
        asked_for = "le tiers des présents l’a demandé"
        why = "une nomination l’exige" if item.is_nomination else asked_for
        return ok(f"Le vote est secret, comme {why} ; l’acte ne donne que des nombres.", **facts)
    if known_count(vote.secret_requests) is not None and asked is False:
        return at_risk(
            "Le vote est secret, alors que moins du tiers des membres présents l’a demandé et que "
            "l’affaire ne nomme personne. Risque : contestation du vote.",
            **facts,
        )
    return unverifiable(
        "Le vote est secret : indiquez combien de membres présents l’ont demandé (le tiers au "
        "moins), ou que l’affaire nomme quelqu’un.",
        **facts,
    )


_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")

RULES: tuple[Rule, ...] = (
    Rule(
        id="T4",
        article="CGCT L2121-21",
        title="Scrutin public nominal",
        description=(
            "Le quart des membres présents peut demander un scrutin public : le registre porte "
            "alors le nom et le vote de chacun."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].vote.mode",
            "deliberations[].vote.roll_call_requests",
            "deliberations[].vote.ballots",
            "sitting.present",
        ),
        source="idcite ; senat ; senat-08312",
        versions=(_CODIFICATION,),
        judge_item=roll_call,
    ),
    Rule(
        id="T5",
        article="CGCT L2121-21",
        title="Scrutin secret",
        description=(
            "Le vote est secret si le tiers des membres présents le demande ou s’il s’agit d’une "
            "nomination ; il ne laisse que des nombres, et prévaut sur le scrutin public."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].vote.mode",
            "deliberations[].vote.secret_requests",
            "deliberations[].vote.ballots",
            "deliberations[].nature",
            "sitting.present",
        ),
        source="idcite ; senat ; senat-08312",
        versions=(_CODIFICATION,),
        judge_item=secret_ballot,
    ),
)
