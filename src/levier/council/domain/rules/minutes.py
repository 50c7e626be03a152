"""The list of deliberations and the minutes (CGCT L2121-15 and L2121-25)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words
from levier.council.domain.formalities import MinutesStatus
from levier.council.domain.minutes_content import missing_elements
from levier.council.domain.parameters import (
    LIST_POSTING_DAYS,
    MINUTES_PUBLICATION_DAYS,
    PUBLICITY_REFORM_ON,
)
from levier.council.domain.record import DocumentKind
from levier.council.domain.rules.facts import Case, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    at_risk,
    irregular,
    not_applicable,
    nothing_known,
    ok,
    unverifiable,
)
from levier.council.domain.rules.wordings import CODIFICATION, PUBLICITY_DECREE, PUBLICITY_REFORM

_FORMALITIES = "les formalités de la séance"
_BEFORE_REFORM = (
    "Avant le 1er juillet 2022, la loi ne fixait ni le contenu du procès-verbal ni le délai de sa "
    "publication."
)


def list_posted(case: Case) -> Verdict:
    """R1. CGCT L2121-25, wording of 1 July 2022: list of deliberations posted within a week.

    Posted at the seat, and online where there is a website.
    """
    if case.held_on is None:
        return unverifiable(
            "Il manque la date de la séance pour dire quand la liste des délibérations est due.",
            due_on=None,
        )
    due_on = case.held_on + timedelta(days=LIST_POSTING_DAYS.at(case.law_date))
    formalities, website = case.sitting.formalities, case.record.circumstances.website
    posted = plausible(formalities.list_posted_on)
    online = plausible(formalities.list_online_on)
    known = [
        (words, day) for words, day in (("affichée", posted), ("mise en ligne", online)) if day
    ]
    missing = [
        words
        for words, day in (
            ("son affichage", posted),
            ("sa mise en ligne", date.min if website is False else online),
        )
        if day is None
    ]
    done_on = None if missing else max(day for _, day in known)
    facts = {"due_on": due_on, "done_on": done_on, "posted_on": posted, "online_on": online}
    if any(day < case.held_on for _, day in known):
        return unverifiable(
            "La liste des délibérations porte une date d’affichage antérieure à la séance : "
            "corrigez l’une des deux.",
            **facts,
        )
    if late := [f"{words} le {date_in_words(day)}" for words, day in known if day > due_on]:
        return irregular(
            f"La liste des délibérations a été {enumerate_in_words(late)}, après le "
            f"{date_in_words(due_on)}, une semaine après la séance.",
            **facts,
        )
    if done_on:
        how = [f"{words} le {date_in_words(day)}" for words, day in known]
        return ok(
            f"La liste des délibérations a été {enumerate_in_words(how)}, pour le "
            f"{date_in_words(due_on)} au plus tard.",
            **facts,
        )
    when = "doit être affichée" if case.as_of <= due_on else "devait être affichée"
    proof = (
        f"il manque la date de {enumerate_in_words(missing)}"
        if known
        else "l’acte n’en porte pas la preuve"
    )
    return unverifiable(
        f"La liste des délibérations {when} en mairie, et mise en ligne s’il existe un site, au "
        f"plus tard le {date_in_words(due_on)} ; {proof}.",
        **facts,
    )


def minutes_complete(case: Case) -> Verdict:
    """R2. CGCT L2121-15, wording of 1 July 2022: what minutes hold, who adopts and signs them."""
    minutes, record = case.sitting.formalities.minutes, case.record
    if case.law_date < PUBLICITY_REFORM_ON:
        return not_applicable(_BEFORE_REFORM)
    if record.document_kind is DocumentKind.EXTRACT and minutes == MinutesStatus():
        return not_applicable(
            "Un extrait ne reprend pas le procès-verbal : le contrôle du contenu se fait sur le "
            "procès-verbal lui-même."
        )
    missing = () if record.document_kind is DocumentKind.EXTRACT else missing_elements(record)
    adopted = plausible(minutes.adopted_on)
    facts: dict[str, Any] = {"adopted_on": adopted, "missing": missing}
    if unsigned := [
        who
        for who, signed in (
            ("le maire ou la présidence", minutes.signed_by_president),
            ("le secrétaire de séance", minutes.signed_by_secretary),
        )
        if signed is False
    ]:
        return irregular(
            f"Le procès-verbal n’est pas signé par {enumerate_in_words(unsigned)}.", **facts
        )
    if risk := _adopted_badly(case, adopted):
        return at_risk(risk, **facts)
    if missing and adopted:
        return at_risk(
            f"Le procès-verbal a été arrêté le {date_in_words(adopted)} ; il manque pourtant au "
            f"relevé : {_listed(missing)}.",
            **facts,
        )
    if missing:
        where = (
            "Ne se lit pas dans ce procès-verbal"
            if record.document_kind is DocumentKind.MINUTES
            else "À compléter avant l’arrêté du procès-verbal"
        )
        return unverifiable(f"{where} : {_listed(missing)}.", **facts)
    if not (adopted and minutes.signed_by_president and minutes.signed_by_secretary):
        return unverifiable(
            "Le relevé contient chaque mention que le procès-verbal doit porter ; il reste à "
            "vérifier qu’il est arrêté au début de la séance suivante et signé du maire et du "
            "secrétaire.",
            **facts,
        )
    return ok(
        "Le procès-verbal porte chaque mention exigée, il a été arrêté le "
        f"{date_in_words(adopted)}, et le maire et le secrétaire l’ont signé.",
        **facts,
    )


def _listed(missing: tuple[str, ...]) -> str:
    return " ; ".join(missing)


def _adopted_badly(case: Case, adopted: date | None) -> str | None:
    """What the dates show against an adoption at the beginning of the next sitting."""
    if case.held_on is None:
        return None
    later = sorted(
        one.date
        for one in case.record.circumstances.other_sittings
        if plausible(one.date) and case.held_on < one.date <= case.as_of
    )
    if adopted and adopted <= case.held_on:
        return (
            f"Le procès-verbal aurait été arrêté le {date_in_words(adopted)}, jour de la séance ou "
            "avant elle ; il l’est au début de la séance suivante."
        )
    if adopted and later and adopted > later[0]:
        return (
            f"Le procès-verbal a été arrêté le {date_in_words(adopted)}, alors qu’il devait l’être "
            f"au début de la séance suivante, le {date_in_words(later[0])}."
        )
    return None


def minutes_published(case: Case) -> Verdict:
    """R3. CGCT L2121-15, wording of 1 July 2022: minutes online within a week, and on paper.

    The week follows the sitting that adopted them. Without a website, the paper copy is enough.
    """
    minutes, website = case.sitting.formalities.minutes, case.record.circumstances.website
    if case.law_date < PUBLICITY_REFORM_ON:
        return not_applicable(_BEFORE_REFORM)
    adopted, online = plausible(minutes.adopted_on), plausible(minutes.online_on)
    if adopted is None:
        if minutes == MinutesStatus():
            return nothing_known("l’arrêté du procès-verbal", _FORMALITIES)
        return unverifiable(
            "Il manque la date à laquelle le procès-verbal a été arrêté : sa publication est due "
            "dans la semaine qui suit.",
            due_on=None,
            done_on=online,
        )
    due_on = adopted + timedelta(days=MINUTES_PUBLICATION_DAYS.at(case.law_date))
    done_on = (adopted if minutes.paper_available else None) if website is False else online
    facts = {"due_on": due_on, "done_on": done_on, "adopted_on": adopted, "online_on": online}
    by = f"au plus tard le {date_in_words(due_on)}"
    if minutes.paper_available is False:
        return irregular(
            "Aucun exemplaire papier du procès-verbal n’est mis à la disposition du public.",
            **facts,
        )
    if website is False:
        if minutes.paper_available:
            return ok(
                "Il n’y a pas de site internet ; un exemplaire papier du procès-verbal est à la "
                "disposition du public.",
                **facts,
            )
        return unverifiable(
            "Sans site internet, un exemplaire papier du procès-verbal est mis à la disposition du "
            f"public {by} ; vérifiez-le.",
            **facts,
        )
    if online is None:
        verb = "doit être publié" if case.as_of <= due_on else "devait être publié"
        return unverifiable(
            f"Le procès-verbal arrêté le {date_in_words(adopted)} {verb} en ligne {by}, s’il "
            "existe un site ; il manque la date de sa publication.",
            **facts,
        )
    if online < adopted:
        return unverifiable(
            f"Le procès-verbal serait publié le {date_in_words(online)}, avant d’être arrêté le "
            f"{date_in_words(adopted)} : corrigez l’une des deux dates.",
            **facts,
        )
    if online > due_on:
        return irregular(
            f"Le procès-verbal a été publié le {date_in_words(online)} ; il devait l’être {by}.",
            **facts,
        )
    told = f"Le procès-verbal a été publié le {date_in_words(online)}, {by}"
    if minutes.paper_available is None:
        return unverifiable(
            f"{told} ; vérifiez qu’un exemplaire papier est aussi à la disposition du public.",
            **facts,
        )
    return ok(f"{told}, et un exemplaire papier est à la disposition du public.", **facts)


def documents_open(case: Case) -> Verdict:
    """R8. CGCT L2121-26: anyone may obtain minutes, budgets, accounts and orders; informs only."""
    return not_applicable(
        "Toute personne peut demander communication des procès-verbaux, des budgets, des comptes "
        "et des arrêtés ; aucune donnée d’un acte ne permet de le juger."
    )


def no_summary(case: Case) -> Verdict:
    """R9. CGCT R2121-10 and R2121-11, repealed on 1 July 2022; informs only."""
    if case.law_date < PUBLICITY_REFORM_ON:
        return not_applicable(
            "Avant le 1er juillet 2022, le compte rendu de la séance était affiché ; Levier ne "
            "détient pas la rédaction de ces articles et ne les juge pas."
        )
    return not_applicable(
        "Le compte rendu de séance et le recueil des actes administratifs sont supprimés depuis le "
        "1er juillet 2022 : la liste des délibérations et le procès-verbal les remplacent."
    )


RULES = (
    Rule(
        id="R1",
        article="CGCT L2121-25",
        title="Liste des délibérations",
        description=(
            "La liste des délibérations examinées est affichée en mairie et mise en ligne dans la "
            "semaine qui suit la séance."
        ),
        severity=Severity.DEADLINE,
        mark=Mark.SECONDARY,
        facts=(
            "sitting.date",
            "sitting.formalities.list_posted_on",
            "sitting.formalities.list_online_on",
            "circumstances.website",
        ),
        source="cdg77 ; paysdolmes ; maires63",
        versions=(PUBLICITY_REFORM,),
        judge_sitting=list_posted,
    ),
    Rule(
        id="R2",
        article="CGCT L2121-15",
        title="Contenu du procès-verbal",
        description=(
            "Le procès-verbal porte les mentions que la loi énumère ; il est arrêté au début de la "
            "séance suivante et signé du maire et du secrétaire."
        ),
        severity=Severity.FORM,
        mark=Mark.READ,
        facts=(
            "document_kind",
            "sitting.date",
            "sitting.opens_at",
            "sitting.president",
            "sitting.present",
            "sitting.proxies",
            "sitting.secretary",
            "sitting.agenda",
            "deliberations",
            "deliberations[].debate",
            "deliberations[].vote.ballots",
            "sitting.formalities.minutes",
        ),
        source="fbl-L2121-15 ; 123dok",
        versions=(CODIFICATION, PUBLICITY_REFORM),
        local_law=True,
        judge_sitting=minutes_complete,
    ),
    Rule(
        id="R3",
        article="CGCT L2121-15",
        title="Publication du procès-verbal",
        description=(
            "Le procès-verbal est publié sur le site, s’il existe, dans la semaine qui suit la "
            "séance qui l’a arrêté ; un exemplaire papier est à la disposition du public."
        ),
        severity=Severity.DEADLINE,
        mark=Mark.READ,
        facts=(
            "sitting.formalities.minutes.adopted_on",
            "sitting.formalities.minutes.online_on",
            "sitting.formalities.minutes.paper_available",
            "circumstances.website",
        ),
        source="fbl-L2121-15",
        versions=(CODIFICATION, PUBLICITY_REFORM),
        local_law=True,
        judge_sitting=minutes_published,
    ),
    Rule(
        id="R8",
        article="CGCT L2121-26",
        title="Communication des procès-verbaux, budgets et comptes",
        description=(
            "Toute personne peut obtenir les procès-verbaux, budgets, comptes et arrêtés. Pour "
            "information."
        ),
        severity=Severity.INFO,
        mark=Mark.READ,
        facts=("document_kind",),
        source="doctrine (rédaction antérieure à 2022)",
        versions=(CODIFICATION,),
        judge_sitting=documents_open,
    ),
    Rule(
        id="R9",
        article="CGCT R2121-10 et R2121-11 (abrogés)",
        title="Compte rendu et recueil supprimés",
        description=(
            "Le compte rendu de séance et le recueil des actes n’existent plus depuis le 1er "
            "juillet 2022. Pour information."
        ),
        severity=Severity.INFO,
        mark=Mark.READ,
        facts=("document_kind",),
        source="lexbase",
        versions=(CODIFICATION, PUBLICITY_DECREE),
        judge_sitting=no_summary,
    ),
)
