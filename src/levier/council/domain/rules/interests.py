"""Interested members: what they must not do in the item (CGCT L2131-11, L1111-6, L1524-5)."""

from __future__ import annotations

from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, fold
from levier.council.domain.parameters import (
    CODIFIED_ON,
    INTEREST_REFORM_ON,
    PRESENCE_REFORM_ON,
)
from levier.council.domain.record import (
    BallotChoice,
    MatterNature,
    Participation,
    Recusal,
    RecusalGround,
    name_key,
)
from levier.council.domain.rules.attendance import sorted_names
from levier.council.domain.rules.facts import NOMINATIONS, Item
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

_DID = {
    Participation.REPORTED: "a rapporté l’affaire",
    Participation.PRESIDED: "a présidé l’affaire",
    Participation.DEBATED: "a pris part au débat",
    Participation.VOTED: "a voté",
    Participation.USED_PROXY: "a voté au titre d’une procuration",
}
_NOT_VOTES = (BallotChoice.NOT_VOTING,)
_MUST_KEEP_OUT = NOMINATIONS | {
    MatterNature.PUBLIC_CONTRACT,
    MatterNature.PUBLIC_SERVICE_CONTRACT,
    MatterNature.LOAN_GUARANTEE,
    MatterNature.BUSINESS_AID,
}
"""Matters of L1111-6, II, in which the representative of another body keeps out."""

_BODIES_LEFT_OUT = (
    "ccas",
    "cias",
    "centre communal d action sociale",
    "centre intercommunal d action sociale",
    "caisse des ecoles",
    "communaute",
    "metropole",
    "syndicat mixte",
    "syndicat intercommunal",
    "groupement",
)
"""Bodies of L1111-6, III: their representatives take part as the others."""

_MIXED_COMPANIES = ("sem", "spl", "sempi", "societe d economie mixte", "societe publique locale")


def took_part(item: Item, recusal: Recusal) -> tuple[Participation, ...]:
    """What the interested member did in the item, told by the record or by the roll call."""
    identify = item.case.attendance.identify
    member, _ = identify(recusal.member)
    president = item.deliberation.president
    shown = set(recusal.took_part)
    if president and identify(president)[0] == member:
        shown.add(Participation.PRESIDED)
    for ballot in item.vote.ballots:
        if ballot.choice in _NOT_VOTES:
            continue
        if identify(ballot.member)[0] == member:
            shown.add(Participation.VOTED)
        elif ballot.cast_by and identify(ballot.cast_by)[0] == member:
            shown.add(Participation.USED_PROXY)
    return tuple(what for what in Participation if what in shown)


def no_participation(item: Item) -> Verdict:
    """I1. CGCT L2131-11: a deliberation in which an interested member took part is illegal.

    Reporting, presiding, debating, voting or using a procuration is taking part; presence alone is
    not since loi n° 2025-1249. Case law asks for a distinct interest and an influence (AN 20278).
    """
    recusals = _named(item)
    if not recusals:
        return not_applicable("L’acte ne signale aucun membre intéressé à l’affaire.")
    acts = [
        f"{one.member} {_DID[what]}"
        for one in recusals
        for what in took_part(item, one)
        if what in _DID
    ]
    facts: dict[str, Any] = {
        "recused": sorted_names(one.member for one in recusals),
        "took_part": sorted_names(acts),
    }
    if acts:
        return irregular(
            f"Participation d’un membre intéressé : {enumerate_in_words(sorted_names(acts))}. "
            "Risque : annulation de la délibération, si l’intérêt est distinct de l’intérêt "
            "général et si cette participation a pesé.",
            **facts,
        )
    reporters = [one.member for one in recusals if _reports(item, one)]
    if reporters:
        return at_risk(
            f"Rapporteur tenu à l’écart du vote : {enumerate_in_words(reporters)}. Rapporter "
            "l’affaire, c’est y prendre part. Risque : annulation de la "
            "délibération.",
            **facts,
        )
    return _presence(item, recusals, facts)


def _presence(item: Item, recusals: tuple[Recusal, ...], facts: dict[str, Any]) -> Verdict:
    """Where nothing shows more than presence: it matters before loi n° 2025-1249 only."""
    attendance, place = item.case.attendance, item.place
    chairs = item.case.sitting.president
    presiding = [
        one.member
        for one in recusals
        if chairs
        and not item.deliberation.president
        and attendance.identify(chairs)[0] == attendance.identify(one.member)[0]
        and attendance.here(attendance.identify(one.member)[0], place) is not False
    ]
    if presiding:
        return unverifiable(
            f"Un membre intéressé, {enumerate_in_words(presiding)}, préside la séance : indiquez "
            "qui a présidé cette affaire.",
            **facts,
        )
    kept_out = f"{enumerate_in_words(facts['recused'])} n’y {_take(recusals)} pas part"
    if item.case.law_date >= PRESENCE_REFORM_ON:
        return ok(
            f"Rien dans l’acte ne montre la participation d’un membre intéressé : {kept_out}, et "
            "la seule présence n’est pas une participation.",
            **facts,
        )
    stayed = [one.member for one in recusals if Participation.PRESENT in one.took_part]
    if stayed:
        return at_risk(
            f"Présence d’un membre intéressé : {enumerate_in_words(sorted_names(stayed))}. "
            "Avant le 24 décembre 2025, la présence pouvait valoir participation. Risque : "
            "annulation de la délibération.",
            **facts,
        )
    return ok(
        f"Rien dans l’acte ne montre la participation d’un membre intéressé : {kept_out}.", **facts
    )


def _take(recusals: tuple[Recusal, ...]) -> str:
    return "prend" if len({name_key(one.member) for one in recusals}) == 1 else "prennent"


def _named(item: Item) -> tuple[Recusal, ...]:
    """The déports of the item, by name, in an order that does not depend on the record's."""
    recusals = (one for one in item.deliberation.recused if name_key(one.member))
    return tuple(sorted(recusals, key=lambda one: (fold(one.member), one.member, one.ground)))


def _reports(item: Item, recusal: Recusal) -> bool:
    rapporteur, identify = item.deliberation.rapporteur, item.case.attendance.identify
    return bool(rapporteur) and identify(rapporteur or "")[0] == identify(recusal.member)[0]


def representatives(item: Item) -> Verdict:
    """I2. CGCT L1111-6: who represents the council in another body is not interested for that.

    But keeps out (II) of its contracts, loan guarantees, aids, and of their own designation or pay;
    the budget and compulsory expenditure are left out of II, and so are groupings, the CCAS and the
    caisse des écoles (III).
    """
    recusals = tuple(one for one in _named(item) if one.ground is RecusalGround.L1111_6_II)
    if not recusals:
        return not_applicable(
            "L’acte ne signale aucun représentant du conseil dans un autre organisme."
        )
    if item.case.law_date < INTEREST_REFORM_ON:
        return not_applicable(
            "L’article L1111-6 ne s’applique que depuis le 23 février 2022 : l’intérêt du "
            "représentant s’apprécie selon l’article L2131-11 (règle I1)."
        )
    who = enumerate_in_words(sorted_names(one.member for one in recusals))
    bodies = sorted_names(one.body for one in recusals if one.body)
    facts: dict[str, Any] = {
        "representatives": sorted_names(one.member for one in recusals),
        "bodies": bodies,
        "nature": item.deliberation.nature,
    }
    left_out = [body for body in bodies if _is_one_of(body, _BODIES_LEFT_OUT)]
    if left_out:
        return at_risk(
            f"Déport de {who} : il n’était pas exigé pour {enumerate_in_words(left_out)} (L1111-6, "
            "III), et ce membre compte parmi les membres en exercice. Risque : quorum mal calculé.",
            **facts,
        )
    if item.deliberation.nature is MatterNature.BUDGET:
        return at_risk(
            f"Déport de {who} : il n’était pas exigé pour le budget (L1111-6, II), et ce "
            "membre compte parmi les membres en exercice. Risque : quorum mal calculé.",
            **facts,
        )
    if item.nature in _MUST_KEEP_OUT:
        return ok(
            f"Déport de {who}, représentant d’un autre organisme, tenu de se retirer d’une affaire "
            "de cette nature (L1111-6, II).",
            **facts,
        )
    return unverifiable(
        f"Déport de {who} : vérifiez que l’affaire relève des cas de l’article L1111-6, II "
        "(contrat de la commande publique, garantie d’emprunt, aide, désignation, rémunération) ; "
        "sinon, le représentant n’est pas intéressé du seul fait de sa désignation.",
        **facts,
    )


def mixed_companies(item: Item) -> Verdict:
    """I3. CGCT L1524-5: representatives in a mixed-economy company have their own rule.

    Its wording was not read: the rule points to it and judges nothing.
    """
    companies = sorted_names(
        one.body for one in _named(item) if one.body and _is_one_of(one.body, _MIXED_COMPANIES)
    )
    if not companies:
        return not_applicable(
            "L’acte ne signale aucun représentant dans une société d’économie mixte ou une société "
            "publique locale."
        )
    return unverifiable(
        f"Les représentants dans {enumerate_in_words(companies)} suivent l’article L1524-5, "
        " que Levier ne juge pas ; vérifiez si le déport était exigé.",
        bodies=companies,
    )


def _is_one_of(body: str, words: tuple[str, ...]) -> bool:
    return any(f" {word} " in f" {fold(body)} " for word in words)


_BEFORE_1111_6 = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")
_REPRESENTATIVES = Version(
    INTEREST_REFORM_ON,
    "Loi n° 2022-217 du 21 février 2022 : représentants du conseil dans un autre organisme",
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="I1",
        article="CGCT L2131-11",
        title="Membres intéressés",
        description=(
            "Un membre intéressé à l’affaire ne la rapporte pas, ne la préside pas, n’en débat "
            "pas, ne vote pas et n’use d’aucune procuration."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].recused",
            "deliberations[].rapporteur",
            "deliberations[].president",
            "sitting.president",
            "sitting.proxies",
            "deliberations[].vote.ballots",
        ),
        source="tric-32 ; S AN-20278",
        versions=(
            _BEFORE_1111_6,
            _REPRESENTATIVES,
            Version(
                PRESENCE_REFORM_ON,
                "Loi n° 2025-1249 du 22 décembre 2025, art. 32 : la seule présence n’est pas une "
                "participation",
            ),
        ),
        judge_item=no_participation,
    ),
    Rule(
        id="I2",
        article="CGCT L1111-6",
        title="Représentants dans un autre organisme",
        description=(
            "Le représentant du conseil dans un autre organisme ne se retire que des affaires du "
            "II : contrats, garanties d’emprunt, aides, désignation ou rémunération."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "deliberations[].recused",
            "deliberations[].nature",
        ),
        source="fbl ; doctrine",
        versions=(
            Version(CODIFIED_ON, "Avant la loi n° 2022-217 : aucun texte propre aux représentants"),
            _REPRESENTATIVES,
        ),
        judge_item=representatives,
    ),
    Rule(
        id="I3",
        article="CGCT L1524-5",
        title="Représentants dans une société d’économie mixte",
        description=(
            "Les représentants du conseil dans une société d’économie mixte ou une société "
            "publique locale suivent un texte propre, que Levier signale."
        ),
        severity=Severity.INFO,
        mark=Mark.SECONDARY,
        facts=("deliberations[].recused",),
        source="S amendement à l’article 32 de la loi n° 2025-1249",
        judge_item=mixed_companies,
    ),
)
