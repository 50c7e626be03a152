"""Members in office, and the secretary of the sitting."""

from __future__ import annotations

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, group_thousands, plural
from levier.council.domain.parameters import CODIFIED_ON, PUBLICITY_REFORM_ON, legal_council_size
from levier.council.domain.record import name_key
from levier.council.domain.rules.assembly_facts import size_facts_missing, size_rule_apart
from levier.council.domain.rules.facts import Case
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    at_risk,
    not_applicable,
    ok,
    unverifiable,
)

_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")


def council_size(case: Case) -> Verdict:
    """C1. CGCT L2121-2: the members in office cannot outnumber the legal council.

    EPCI, communes nouvelles, Paris, Lyon and Marseille have their own sizes.
    """
    if (apart := size_rule_apart(case)) is not None:
        return not_applicable(apart)
    if case.population is None or case.in_office is None or case.kind is None:
        missing = size_facts_missing(case)
        return unverifiable(
            f"Pour comparer l’effectif au nombre légal de conseillers, il manque "
            f"{enumerate_in_words(missing)}.",
            in_office=case.in_office,
            population=case.population,
        )
    legal = legal_council_size(case.population)
    facts = {"in_office": case.in_office, "population": case.population, "legal_size": legal}
    words = (
        f"{plural(case.in_office, 'membre')} en exercice ; le conseil en compte au plus {legal} "
        f"pour {group_thousands(case.population)} habitants"
    )
    if case.in_office <= legal:
        return ok(f"{words}.", **facts)
    return unverifiable(
        f"{words}. Corrigez l’un des deux nombres"
        + (", sauf commune nouvelle." if case.record.circumstances.is_new_commune is None else "."),
        **facts,
    )


def secretary_named(case: Case) -> Verdict:
    """S3. CGCT L2121-15: one member at least is named secretary at the opening.

    Its breach does not usually annul (CAA Lyon, 21 November 2017).
    """
    secretary = case.sitting.secretary
    if not secretary or not name_key(secretary):
        return unverifiable(
            "L’acte ne nomme pas de secrétaire de séance ; le procès-verbal doit le faire.",
            secretary=None,
        )
    attendance = case.attendance
    facts = {"secretary": secretary, "listed": attendance.listed(secretary)}
    here = attendance.ever_here(secretary)
    if here is False:
        return at_risk(
            f"{secretary} est secrétaire de séance d’après l’acte, qui le compte aussi parmi les "
            "absents : corrigez l’une des deux mentions.",
            **facts,
        )
    if attendance.present and here is None:
        return unverifiable(
            f"{secretary} est secrétaire de séance mais ne se lit pas parmi les membres présents : "
            "vérifiez qu’il s’agit d’un membre du conseil.",
            **facts,
        )
    where = ", qui figure parmi les membres présents" if attendance.present else ""
    return ok(f"L’acte nomme {secretary} secrétaire de séance{where}.", **facts)


RULES = (
    Rule(
        id="C1",
        article="CGCT L2121-2",
        title="Effectif légal du conseil",
        description="L’effectif en exercice ne dépasse pas le nombre légal de conseillers.",
        severity=Severity.INFO,
        mark=Mark.READ,
        facts=(
            "assembly_kind",
            "population",
            "sitting.in_office",
            "circumstances.is_new_commune",
        ),
        source="fbl-L2121-2 ; legif-2021-12",
        versions=(_CODIFICATION,),
        judge_sitting=council_size,
    ),
    Rule(
        id="S3",
        article="CGCT L2121-15",
        title="Secrétaire de séance",
        description=(
            "Au début de la séance, le conseil nomme au moins un secrétaire parmi ses membres."
        ),
        severity=Severity.FORM,
        mark=Mark.READ,
        facts=(
            "sitting.secretary",
            "sitting.present",
        ),
        source="fbl ; atd31-sign",
        versions=(
            _CODIFICATION,
            Version(PUBLICITY_REFORM_ON, "Ordonnance n° 2021-1310 du 7 octobre 2021"),
        ),
        local_law=True,
        judge_sitting=secretary_named,
    ),
)
