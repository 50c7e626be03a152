"""The second convocation after a missed quorum, which dispenses with it (CGCT L2121-17)."""

from __future__ import annotations

from typing import Any

from levier.common.domain.dates import clear_days
from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.formalities import FirstConvocation
from levier.council.domain.parameters import CLEAR_DAYS_SECOND, CODIFIED_ON, QUORUM_DIVISOR
from levier.council.domain.rules.agenda import announces, is_housekeeping
from levier.council.domain.rules.assembly_facts import ordinary_notice
from levier.council.domain.rules.attendance import known_count
from levier.council.domain.rules.facts import Case, plausible
from levier.council.domain.rules.quorum import majority_in_office, required_present
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


def second_convocation(case: Case) -> Verdict:
    """Q5. CGCT L2121-17, second sentence; CE, 16 June 1997, Pfister: three clear days.

    They run from the sending of the second convocation; the dispensation covers only the items of
    the first agenda. A shorter delay for urgency makes it a new sitting, where quorum is due.
    """
    if not case.sitting.second_convocation:
        return not_applicable("L’acte ne fait pas état d’une seconde convocation.")
    required = CLEAR_DAYS_SECOND.at(case.law_date)
    days = case.clear_days
    facts = {
        "clear_days": days,
        "clear_days_required": required,
        "convocation_date": case.convoked_on,
        "sitting_date": case.held_on,
    }
    if days is None:
        return unverifiable(
            "Les dates de la seconde convocation et de la séance manquent ou se contredisent : "
            "trois jours francs doivent les séparer.",
            **facts,
        )
    counted = plural(days, "jour franc", "jours francs")
    if days >= required:
        return _first_time(case, f"{counted} depuis la seconde convocation", facts)
    if case.sitting.urgency:
        return at_risk(
            f"{counted} depuis la seconde convocation : abrégée pour urgence, elle ouvre une "
            "nouvelle séance, où le quorum est exigé.",
            **facts,
        )
    return irregular(
        f"{counted} depuis la seconde convocation, pour {required} exigés : la dispense de quorum "
        "ne joue pas. Risque : annulation des délibérations.",
        **facts,
    )


def _first_time(case: Case, counted: str, facts: dict[str, Any]) -> Verdict:
    """Enough clear days: what the first convocation must show for the dispensation to hold."""
    first = case.sitting.formalities.convocation.first
    if first is None:
        return unverifiable(
            f"{counted}, pour {facts['clear_days_required']} exigés. Vérifiez que chaque affaire "
            "figurait au premier ordre du jour et que la première convocation était régulière.",
            **facts,
        )
    required = _needed_the_first_time(case, first)
    facts = {
        **facts,
        "first_sitting_date": first.sitting_date,
        "first_present": first.present_count,
        "first_quorum_required": required,
    }
    if required is not None and (first.present_count or 0) >= required:
        return irregular(
            f"La première séance réunissait {first.present_count} membres présents pour {required} "
            "requis : le quorum n’y manquait pas et la dispense ne joue pas. Risque : annulation "
            "des délibérations prises sans quorum.",
            **facts,
        )
    if _quorum_is_met(case):
        return ok(f"{counted} ; le quorum est d’ailleurs atteint à chaque affaire.", **facts)
    problems, unknown = _first_convocation(case, first)
    if required is None:
        unknown.append("l’effectif et les présents de la première séance")
    if problems:
        return at_risk(
            f"{counted}, mais {enumerate_in_words(problems)} : la dispense de quorum peut ne pas "
            "jouer. Risque : annulation des délibérations prises sans quorum.",
            **facts,
            problems=problems,
        )
    if unknown:
        return unverifiable(
            f"{counted}. Pour juger la dispense, il manque {enumerate_in_words(unknown)}.",
            **facts,
        )
    return ok(
        f"{counted}, quorum manqué à la première séance régulièrement convoquée, affaires déjà à "
        "l’ordre du jour : la dispense de quorum joue. Rappelez-le sur les actes.",
        **facts,
    )


def _needed_the_first_time(case: Case, first: FirstConvocation) -> int | None:
    """Members who had to be present at the first sitting; None when a number lacks."""
    if not first.in_office or known_count(first.present_count) is None or first.in_office < 1:
        return None
    day = plausible(first.sitting_date) or case.law_date
    return required_present(first.in_office, QUORUM_DIVISOR.at(max(day, CODIFIED_ON)))


def _quorum_is_met(case: Case) -> bool:
    if case.in_office is None or not case.items:
        return False
    needed = majority_in_office(case.in_office)
    return all(item.present is not None and item.present.low >= needed for item in case.items)


def _first_convocation(case: Case, first: FirstConvocation) -> tuple[list[str], list[str]]:
    """(what is wrong with the first convocation, what lacks to judge it)."""
    problems, unknown = [], []
    sent, held = first.sent_on, first.sitting_date
    if sent is None or held is None or sent > held:
        unknown.append("les dates de la première convocation et de la première séance")
    else:
        days, (least, most) = clear_days(sent, held), ordinary_notice(case)
        if days < least:
            problems.append(
                "la première convocation laissait "
                f"{plural(days, 'jour franc', 'jours francs')} pour {least} exigés"
            )
        elif days < most:
            unknown.append("la population ou la nature de l’assemblée")
    if held is not None and case.convoked_on is not None and case.convoked_on < held:
        problems.append("la seconde convocation est partie avant la première séance")
    if not first.subjects:
        unknown.append("le premier ordre du jour")
    elif added := [
        item.scope
        for item in case.items
        if not is_housekeeping(item.deliberation.subject)
        and not announces(first.subjects, item.deliberation.subject)
    ]:
        verb = "ne se retrouve" if len(added) == 1 else "ne se retrouvent"
        shown = [*added[:3], *(["d’autres"] if len(added) > 3 else [])]
        problems.append(f"{enumerate_in_words(shown)} {verb} pas au premier ordre du jour")
    return problems, unknown


RULES: tuple[Rule, ...] = (
    Rule(
        id="Q5",
        article="CGCT L2121-17",
        title="Seconde convocation",
        description=(
            "Sans quorum, le conseil délibère à une seconde séance convoquée trois jours francs "
            "avant, sur les affaires du premier ordre du jour."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        source="cdm-62823 (CE, 16 juin 1997, Pfister, n° 142691) ; mc85",
        versions=(Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)"),),
        facts=(
            "sitting.second_convocation",
            "sitting.convocation_date",
            "sitting.formalities.convocation.first",
        ),
        local_law=True,
        judge_sitting=second_convocation,
    ),
)
