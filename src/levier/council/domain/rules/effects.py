"""From the vote to a final act: list, register, executory date, challenges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from levier.common.domain.dates import court_deadline
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words
from levier.council.domain.parameters import (
    CHALLENGE_MONTHS,
    CODIFIED_ON,
    LIST_POSTING_DAYS,
    PREFECT_MONTHS,
    PUBLICITY_REFORM_ON,
)
from levier.council.domain.record import Outcome, name_key
from levier.council.domain.rules.facts import Case, Item, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    not_applicable,
    ok,
    unverifiable,
)

_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")
_REFORM = Version(PUBLICITY_REFORM_ON, "Ordonnance n° 2021-1310 du 7 octobre 2021")
_NO_DECISION = "L’affaire a été ajournée : il n’y a pas encore de décision."


def list_posted(case: Case) -> Verdict:
    """R1. CGCT L2121-25, wording of 1 July 2022: list of deliberations posted within a week."""
    if case.held_on is None:
        return unverifiable(
            "Il manque la date de la séance pour dire quand la liste des délibérations est due.",
            due_on=None,
        )
    due_on = case.held_on + timedelta(days=LIST_POSTING_DAYS.at(case.law_date))
    when = "doit être affichée" if case.as_of <= due_on else "devait être affichée"
    return unverifiable(
        f"La liste des délibérations {when} en mairie, et mise en ligne s’il existe un site, au "
        f"plus tard le {date_in_words(due_on)} ; l’acte n’en porte pas la preuve.",
        due_on=due_on,
    )


def signed(case: Case) -> Verdict:
    """R4. CGCT L2121-23, wording of 1 July 2022: signed by the mayor and the secretary.

    Before, by all the members present. The want of a signature does not suspend the act (Senate
    answer 02858). Signatures stand in the register: an extract never settles the rule.
    """
    signatory, president = case.record.signatory, case.sitting.president
    facts = {"signatory": signatory, "signed_on": plausible(case.record.signed_on)}
    if not signatory or not name_key(signatory):
        return unverifiable(
            "L’acte ne nomme pas de signataire ; vérifiez les signatures portées au registre.",
            **facts,
        )
    also = ""
    if president and name_key(president) == name_key(signatory):
        also = ", qui a présidé la séance"
    if case.law_date < PUBLICITY_REFORM_ON:
        return unverifiable(
            f"Signataire : {signatory}{also}. À cette date, les membres présents signaient aussi "
            "au registre : vérifiez-le.",
            **facts,
        )
    return unverifiable(
        f"Signataire : {signatory}{also}. La signature du secrétaire de séance, au registre, est à "
        "vérifier.",
        **facts,
    )


def _decision_dates(item: Item) -> dict[str, date | None]:
    deliberation = item.deliberation
    return {
        "published_on": plausible(deliberation.published_on),
        "received_on": plausible(deliberation.received_on),
        "transmitted_on": plausible(deliberation.transmitted_on),
    }


def _too_early(item: Item, *days: date | None) -> Verdict | None:
    """A decision is neither published nor received before it is taken."""
    held_on = item.case.held_on
    early = sorted(day for day in days if day is not None and held_on is not None and day < held_on)
    if not early or held_on is None:
        return None
    return unverifiable(
        f"Une date de transmission ou de publication ({date_in_words(early[0])}) précède la séance "
        f"({date_in_words(held_on)}) : corrigez-la.",
        **_decision_dates(item),
    )


def executory(item: Item) -> Verdict:
    """X1. CGCT L2131-1: executory once published and received by the State's representative.

    The later of both dates; where no reception is known, the date of transmission stands for it.
    """
    dates = _decision_dates(item)
    facts: dict[str, Any] = {"executory_on": None, **dates}
    if item.postponed:
        return not_applicable(_NO_DECISION, **facts)
    if item.vote.outcome is Outcome.REJECTED:
        return not_applicable("La proposition est rejetée : il n’y a rien à exécuter.", **facts)
    published, reached = dates["published_on"], dates["received_on"] or dates["transmitted_on"]
    if published is None or reached is None:
        missing = [
            words
            for words, day in (
                ("la date de publication", published),
                ("la date de réception par le représentant de l’État", reached),
            )
            if day is None
        ]
        return unverifiable(
            f"Il manque {enumerate_in_words(missing)} : l’acte ne peut pas être tenu pour "
            "exécutoire.",
            **facts,
        )
    if early := _too_early(item, *dates.values()):
        return Verdict(early.status, early.explanation, facts)
    executory_on = max(published, reached)
    facts["executory_on"] = executory_on
    verb = "est exécutoire depuis" if executory_on <= item.case.as_of else "sera exécutoire"
    how = "réception par l’État" if dates["received_on"] else "envoi à l’État"
    caution = "" if dates["received_on"] else " (l’accusé de réception manque)"
    return ok(
        f"L’acte {verb} le {date_in_words(executory_on)} : publication le "
        f"{date_in_words(published)}, {how} le {date_in_words(reached)}{caution}.",
        **facts,
    )


def _deadline(item: Item, start: date, months: int, who: str, starts: str) -> Verdict:
    last_day = court_deadline(start, months, alsace_moselle=item.case.alsace_moselle)
    facts = {
        "challenge_deadline": last_day,
        "starts_on": start,
        "open": item.case.as_of <= last_day,
    }
    state = "reste possible jusqu’au" if facts["open"] else "était possible jusqu’au"
    return ok(
        f"{who} {state} {date_in_words(last_day, weekday=True)} inclus ({starts} le "
        f"{date_in_words(start)}), sauf prorogation par un recours gracieux.",
        **facts,
    )


def prefect_window(item: Item) -> Verdict:
    """X10. CGCT L2131-6: the prefect may refer the act to the court within two months of reception.

    A délai franc (CE, 5 June 2009, n° 312682).
    """
    dates = _decision_dates(item)
    if item.postponed:
        return not_applicable(_NO_DECISION, challenge_deadline=None)
    start = dates["received_on"] or dates["transmitted_on"]
    if start is None:
        return unverifiable(
            "Il manque la date de réception par le représentant de l’État : le délai du déféré ne "
            "peut pas être compté.",
            challenge_deadline=None,
        )
    if early := _too_early(item, start):
        return early
    return _deadline(
        item,
        start,
        PREFECT_MONTHS.at(item.case.law_date),
        "Le déféré du préfet",
        "réception" if dates["received_on"] else "envoi",
    )


def third_party_window(item: Item) -> Verdict:
    """X11. CJA R421-1: third parties may act within two months of publication, a délai franc."""
    if item.postponed:
        return not_applicable(_NO_DECISION, challenge_deadline=None)
    published = _decision_dates(item)["published_on"]
    if published is None:
        return unverifiable(
            "Il manque la date de publication : le délai de recours des tiers ne peut pas être "
            "compté, et il ne court pas tant que l’acte n’est pas publié.",
            challenge_deadline=None,
        )
    if early := _too_early(item, published):
        return early
    return _deadline(
        item,
        published,
        CHALLENGE_MONTHS.at(item.case.law_date),
        "Le recours des tiers",
        "publication",
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
        source="cdg77 ; paysdolmes ; maires63",
        versions=(_REFORM,),
        judge_sitting=list_posted,
    ),
    Rule(
        id="R4",
        article="CGCT L2121-23",
        title="Signature des délibérations",
        description="Le maire et le secrétaire de séance signent les délibérations au registre.",
        severity=Severity.FORM,
        mark=Mark.SECONDARY,
        source="atd31-sign ; hanffou",
        versions=(_CODIFICATION, _REFORM),
        judge_sitting=signed,
    ),
    Rule(
        id="X1",
        article="CGCT L2131-1",
        title="Caractère exécutoire",
        description=(
            "L’acte est exécutoire quand il a été publié et reçu par le représentant de l’État."
        ),
        severity=Severity.EFFECT,
        mark=Mark.READ,
        source="doctrine ; legif JORFARTI000044177150",
        versions=(_CODIFICATION, _REFORM),
        judge_item=executory,
    ),
    Rule(
        id="X10",
        article="CGCT L2131-6",
        title="Délai du déféré préfectoral",
        description="Le préfet peut déférer l’acte dans les deux mois de sa réception.",
        severity=Severity.EFFECT,
        mark=Mark.SECONDARY,
        source="coussy ; rjc ; fbl ; CE, 5 juin 2009, n° 312682",
        versions=(_CODIFICATION,),
        judge_item=prefect_window,
    ),
    Rule(
        id="X11",
        article="CJA R421-1",
        title="Délai de recours des tiers",
        description="Les tiers peuvent agir dans les deux mois de la publication, délai franc.",
        severity=Severity.EFFECT,
        mark=Mark.READ,
        source="tricoteuses ; icard",
        versions=(
            Version(date(2001, 1, 1), "Code de justice administrative (décret n° 2000-389)"),
        ),
        judge_item=third_party_window,
    ),
)
