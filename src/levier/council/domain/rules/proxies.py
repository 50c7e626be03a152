"""Procurations: one per holder, and a holder who is in the room (CGCT L2121-20)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.parameters import CODIFIED_ON, PROXIES_PER_HOLDER
from levier.council.domain.record import Proxy, name_key
from levier.council.domain.rules.attendance import Identity, sorted_names
from levier.council.domain.rules.facts import Case
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
    """P1. CGCT L2121-20, first paragraph: a member holds one procuration only.

    Two were allowed during the health emergency of 2020 to 2022.
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
        "holders_in_excess": too_many,
    }
    away = sorted_names(
        proxy.holder for proxy in proxies if case.attendance.ever_here(proxy.holder) is False
    )
    if not too_many and away:
        return at_risk(
            f"Aucun membre ne porte plus de procurations que permis, mais "
            f"{enumerate_in_words(away)} figure{'nt' if len(away) > 1 else ''} parmi les absents "
            "(règle P2). Risque : ces procurations ne comptent pas dans le vote.",
            **facts,
            holders_absent=away,
        )
    if not too_many:
        verdict = ok(
            f"{plural(len(proxies), 'procuration')} ; aucun membre n’en porte plus "
            f"{'d’une' if limit == 1 else f'de {limit}'}.",
            **facts,
        )
        if limit > 1 and max(merged.values()) > 1:
            return replace(verdict, version=PROXIES_PER_HOLDER.entry_into_force(case.law_date))
        return verdict
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


def holder_attends(case: Case) -> Verdict:
    """P2. Case law on CGCT L2121-20: the holder is in the room, the giver is not, no chain.

    Read in general knowledge only, but for interested holders (AN 20278): it warns, never accuses.
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
        return at_risk(
            f"À corriger ou à expliquer : {enumerate_in_words(problems)}. Risque : ces "
            "procurations ne comptent pas dans le vote.",
            **facts,
        )
    if unknown:
        return unverifiable(
            "Porteurs de procuration dont la présence ne se lit pas dans l’acte : "
            f"{enumerate_in_words(unknown)}. Vérifiez la liste des présents.",
            **facts,
        )
    return ok("Chaque porteur d’une procuration est présent, et son mandant ne l’est pas.", **facts)


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


RULES = (
    Rule(
        id="P1",
        article="CGCT L2121-20",
        title="Une procuration par porteur",
        description="Un même membre ne porte qu’une procuration.",
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="legif LEGIARTI000006389878",
        versions=(Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)"),),
        judge_sitting=one_per_holder,
    ),
    Rule(
        id="P2",
        article="CGCT L2121-20 (jurisprudence)",
        title="Porteur présent, mandant absent",
        description=(
            "Le porteur d’une procuration est présent, son mandant ne l’est pas, et le porteur n’a "
            "pas lui-même donné procuration."
        ),
        severity=Severity.NULLITY,
        mark=Mark.GENERAL,
        source="AN-20278 pour le porteur intéressé",
        judge_sitting=holder_attends,
    ),
)
