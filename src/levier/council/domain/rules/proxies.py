"""Procurations and substitutes: who may vote for whom, and for how long (L2121-20, L5211-6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.parameters import CODIFIED_ON, PROXIES_PER_HOLDER, SITTINGS_PER_PROXY
from levier.council.domain.record import AssemblyKind, Proxy, name_key
from levier.council.domain.rules.attendance import Identity, sorted_names, too_many_sittings
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


def _proxies(case: Case) -> tuple[Proxy, ...]:
    """Each procuration once, with both names."""
    named = (
        proxy for proxy in case.sitting.proxies if name_key(proxy.giver) and name_key(proxy.holder)
    )
    return tuple({(name_key(one.giver), name_key(one.holder)): one for one in named}.values())


def _without_names(case: Case) -> Verdict:
    represented = case.sitting.represented_count
    if represented and represented > 0:
        return unverifiable(
            f"L’acte compte {plural(represented, 'membre représenté', 'membres représentés')} sans "
            "qu’on y lise qui a donné procuration à qui : complétez la liste.",
            represented_stated=represented,
        )
    return not_applicable("L’acte ne mentionne aucune procuration.", proxies=0)


def one_per_holder(case: Case) -> Verdict:
    """P1. CGCT L2121-20, first paragraph: one written procuration per holder, for three sittings.

    Two were allowed during the health emergency of 2020 to 2022. The three sittings are counted on
    one document; a recorded illness lifts the limit (cdm-82038).
    """
    proxies = _proxies(case)
    if not proxies:
        return _without_names(case)
    limit = PROXIES_PER_HOLDER.at(case.law_date)
    printed = Counter(name_key(proxy.holder) for proxy in proxies)
    merged: Counter[Identity] = Counter()
    names: dict[Identity, list[str]] = defaultdict(list)
    for proxy in proxies:
        holder, _ = case.attendance.identify(proxy.holder)
        merged[holder] += 1
        names[holder].append(proxy.holder)
    too_many = sorted_names(sorted_names(names[key])[0] for key, n in merged.items() if n > limit)
    facts = {
        "proxies": len(proxies),
        "proxies_per_holder_allowed": limit,
        "sittings_allowed": SITTINGS_PER_PROXY.at(case.law_date),
        "holders_in_excess": too_many,
    }
    if not too_many:
        return _documents(case, proxies, facts) or _within_limit(case, max(merged.values()), facts)
    who = enumerate_in_words(too_many)
    sentence = f"{who} : plus {'d’une procuration' if limit == 1 else f'de {limit} procurations'}"
    allowed = "qu’une seule est permise" if limit == 1 else f"que {limit} sont permises"
    if max(printed.values()) > limit:
        return irregular(
            f"{sentence}, alors {allowed}. Risque : les voix en excédent ne comptent pas, ce qui "
            "expose la délibération si elles ont décidé du vote.",
            **facts,
        )
    return unverifiable(
        f"{sentence}, si les noms imprimés désignent la même personne : vérifiez-le.", **facts
    )


def _within_limit(case: Case, most: int, facts: dict[str, Any]) -> Verdict:
    limit = facts["proxies_per_holder_allowed"]
    verdict = ok(
        f"{plural(facts['proxies'], 'procuration')} ; aucun membre n’en porte plus "
        f"{'d’une' if limit == 1 else f'de {limit}'}.",
        **facts,
    )
    if limit > 1 and most > 1:
        return replace(verdict, version=PROXIES_PER_HOLDER.entry_into_force(case.law_date))
    return verdict


def _documents(case: Case, proxies: tuple[Proxy, ...], facts: dict[str, Any]) -> Verdict | None:
    """What the procurations themselves show: unwritten, late, or worn out; None when nothing."""
    breaches: list[str] = []
    doubts: list[str] = []
    for proxy in proxies:
        whose = f"celle de {proxy.giver}"
        if proxy.written is False:
            breaches.append(f"{whose} n’est pas écrite")
        if proxy.signed_on and case.held_on and proxy.signed_on > case.held_on:
            breaches.append(f"{whose} est datée d’après la séance")
        worn = too_many_sittings(proxy)
        if worn is not False:
            words = f"{whose} sert pour une {proxy.sittings_used}e séance de suite"
            (breaches if worn else doubts).append(words)
    if breaches:
        return irregular(
            f"Procurations sans valeur : {enumerate_in_words(sorted_names(breaches))}. Risque : "
            "ces voix ne comptent pas, ce qui expose la délibération si elles ont décidé du vote.",
            **facts,
            problems=sorted_names(breaches),
        )
    if doubts:
        return at_risk(
            f"Une procuration ne vaut que pour trois séances consécutives, sauf maladie constatée "
            f": {enumerate_in_words(sorted_names(doubts))}. Faites-en signer une nouvelle.",
            **facts,
            problems=sorted_names(doubts),
        )
    return None


def holder_attends(case: Case) -> Verdict:
    """P2 for the sitting. The holder is in the room, the giver is not, no procuration is passed on.

    Read in general knowledge only: it asks, never accuses. Rule T3 counts the votes so.
    """
    proxies = _proxies(case)
    if not proxies:
        return _without_names(case)
    givers = Counter(case.attendance.identify(proxy.giver)[0] for proxy in proxies)
    problems = sorted_names(
        problem for proxy in proxies for problem in _problems(case, proxy, givers)
    )
    unknown = sorted_names(
        proxy.holder for proxy in proxies if case.attendance.ever_here(proxy.holder) is None
    )
    facts = {"proxies": len(proxies), "problems": problems, "holders_not_found": unknown}
    if problems:
        return unverifiable(
            f"À corriger ou à expliquer : {enumerate_in_words(problems)}. Le décompte des voix "
            "(règle T3) ne retient pas ces procurations.",
            **facts,
        )
    if unknown:
        return unverifiable(
            "Porteurs de procuration dont la présence ne se lit pas dans l’acte : "
            f"{enumerate_in_words(unknown)}. Vérifiez la liste des présents.",
            **facts,
        )
    return ok("Chaque porteur d’une procuration est présent, et son mandant ne l’est pas.", **facts)


def interested_holder(item: Item) -> Verdict:
    """P2 for an item. An interested holder cannot use the procuration for it (AN 20278).

    What else suspends a procuration there (arrivals, departures, revocation) is told, and counted
    by rule T3.
    """
    case = item.case
    if not case.sitting.proxies:
        return not_applicable("L’acte ne mentionne aucune procuration.")
    uses = case.attendance.proxy_uses(item.place, item.excluded, case.proxies_per_holder)
    suspended = sorted_names(
        f"{use.proxy.giver} ({use.reason})" for use in uses if use.usable is False
    )
    facts = {
        "proxies": len(uses),
        "proxies_used": item.proxies_used.low,
        "proxies_suspended": suspended,
    }
    misused = sorted_names(
        ballot.cast_by
        for ballot in item.vote.ballots
        if ballot.cast_by and case.attendance.identify(ballot.cast_by)[0] in item.recused
    )
    if misused:
        return irregular(
            f"Procuration utilisée par un membre intéressé à l’affaire : "
            f"{enumerate_in_words(misused)}. Risque : annulation de la délibération.",
            **facts,
        )
    if suspended:
        return ok(
            f"{plural(len(suspended), 'procuration')} sans effet pour cette affaire, et non "
            f"comptée{'s' if len(suspended) > 1 else ''} : {enumerate_in_words(suspended)}.",
            **facts,
        )
    return not_applicable("Rien ne suspend une procuration pour cette affaire.", **facts)


def substitutes_sit(case: Case) -> Verdict:
    """P3. CGCT L5211-6: the substitute of a commune's only community councillor.

    Sits when the titular is absent and the president was told; only if both are prevented may the
    titular give a procuration.
    """
    substitutes = case.sitting.formalities.substitutes
    if not substitutes:
        return not_applicable("L’acte ne fait pas état d’un conseiller communautaire suppléant.")
    if case.kind is AssemblyKind.COMMUNE:
        return unverifiable(
            "Un conseil municipal n’a pas de suppléants : vérifiez la nature de l’assemblée."
        )
    breaches, unknown = [], []
    for one in substitutes:
        sits = case.attendance.ever_here(one.substitute)
        if not sits:
            continue
        if case.attendance.ever_here(one.titular) and not case.attendance.moves(one.titular):
            breaches.append(f"{one.substitute} siège en présence de {one.titular}")
        if _has_given(case, one.titular):
            breaches.append(f"{one.titular} donne procuration alors que {one.substitute} siège")
        if one.president_informed is False:
            breaches.append(f"le président n’a pas été informé pour {one.substitute}")
        elif one.president_informed is None:
            unknown.append(one.substitute)
    facts = {
        "substitutes": sorted_names(one.substitute for one in substitutes),
        "problems": sorted_names(breaches),
    }
    if breaches:
        return irregular(
            f"Suppléance irrégulière : {enumerate_in_words(sorted_names(breaches))}. Risque : "
            "présence et vote contestés.",
            **facts,
        )
    if unknown:
        return unverifiable(
            "Vérifiez que le président a été informé de l’absence du titulaire remplacé par "
            f"{enumerate_in_words(sorted_names(unknown))}.",
            **facts,
        )
    return ok("Chaque suppléant siège en l’absence de son titulaire, le président en étant "
              "informé.", **facts)  # fmt: skip


def _has_given(case: Case, titular: str) -> bool:
    member, _ = case.attendance.identify(titular)
    return any(case.attendance.identify(proxy.giver)[0] == member for proxy in _proxies(case))


def _problems(case: Case, proxy: Proxy, givers: Counter[Identity]) -> list[str]:
    attendance = case.attendance
    giver, _ = attendance.identify(proxy.giver)
    holder, _ = attendance.identify(proxy.holder)
    found = []
    if giver == holder:
        return [f"{proxy.giver} se donne procuration"]
    if attendance.ever_here(proxy.holder) is False:
        found.append(f"{proxy.holder}, qui porte une procuration, figure parmi les absents")
    if attendance.ever_here(proxy.giver) and not attendance.moves(proxy.giver):
        found.append(f"{proxy.giver}, qui a donné procuration, figure parmi les présents")
    if holder in givers and not attendance.moves(proxy.holder):
        found.append(f"{proxy.holder} porte une procuration et donne la sienne")
    if givers[giver] > 1:
        found.append(f"{proxy.giver} donne plusieurs procurations")
    return found


_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")

RULES = (
    Rule(
        id="P1",
        article="CGCT L2121-20",
        title="Procurations : une par porteur, trois séances",
        description=(
            "Un même membre ne porte qu’une procuration, écrite ; elle vaut pour trois séances "
            "consécutives au plus, sauf maladie constatée."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=("sitting.proxies",),
        source="legif LEGIARTI000006389878 ; cdm-82038",
        versions=(_CODIFICATION,),
        judge_sitting=one_per_holder,
    ),
    Rule(
        id="P2",
        article="CGCT L2121-20 (jurisprudence)",
        title="Usage des procurations",
        description=(
            "Un porteur intéressé à l’affaire n’use pas de sa procuration. Elle cesse aussi quand "
            "le mandant arrive ou que le porteur sort, et ne se transmet pas : Levier le signale."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "sitting.proxies",
            "sitting.in_office",
            "sitting.present",
            "sitting.absent",
            "sitting.all_present_except_absent",
            "sitting.present_count",
            "sitting.movements",
            "deliberations[].present_changes",
            "deliberations[].recused",
        ),
        source="AN-20278 pour le porteur intéressé ; connaissance générale pour le reste",
        judge_sitting=holder_attends,
        judge_item=interested_holder,
    ),
    Rule(
        id="P3",
        article="CGCT L5211-6",
        title="Suppléant d’un conseiller communautaire unique",
        description=(
            "Le suppléant siège en l’absence du titulaire, le président en étant informé ; le "
            "titulaire ne donne procuration que si tous deux sont empêchés."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "assembly_kind",
            "sitting.formalities.substitutes",
            "sitting.present",
        ),
        source="gaz-412518 ; nossen-12620",
        versions=(_CODIFICATION,),
        judge_sitting=substitutes_sit,
    ),
)
