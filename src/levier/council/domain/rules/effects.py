"""When an act takes effect (CGCT L2131-1), and the date of effect that it states itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words
from levier.council.domain.record import MatterNature, Outcome
from levier.council.domain.rules.facts import Item, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    at_risk,
    not_applicable,
    ok,
    unverifiable,
)
from levier.council.domain.rules.transmission import (
    NO_DECISION,
    act_dates,
    is_transmissible,
    reached_state_on,
    too_early,
)
from levier.council.domain.rules.wordings import CODIFICATION, PUBLICITY_REFORM

_REJECTED = "La proposition est rejetée : il n’y a rien à exécuter."


def known_to_people_on(item: Item) -> date | None:
    """When those concerned learn of it: notification of an individual act, else publication."""
    if item.deliberation.nature is MatterNature.INDIVIDUAL_DECISION:
        return plausible(item.deliberation.formalities.notified_on)
    return act_dates(item)["published_on"]


def executory_on(item: Item) -> date | None:
    """Day from which the act is executory; None while a date is missing, or is a slip.

    The later of publicity and reception by the State; publicity alone where the act is not one of
    those that are transmitted. Where no reception is known, the sending stands for it.
    """
    published, reached = known_to_people_on(item), reached_state_on(item)
    if item.postponed or item.vote.outcome is Outcome.REJECTED or published is None:
        return None
    if too_early(item, published, *act_dates(item).values()):
        return None
    if is_transmissible(item) is False:
        return published
    return None if reached is None else max(published, reached)


def executory(item: Item) -> Verdict:
    """X1. CGCT L2131-1: executory once made public and, where due, received by the State.

    Before 1 July 2022 too, under other ways of publicity.
    """
    dates = act_dates(item)
    start = executory_on(item)
    due = is_transmissible(item)
    facts: dict[str, Any] = {"executory_on": start, "transmissible": due, **dates}
    individual = item.deliberation.nature is MatterNature.INDIVIDUAL_DECISION
    if individual:
        facts["notified_on"] = known_to_people_on(item)
    if item.postponed:
        return not_applicable(NO_DECISION, **facts)
    if item.vote.outcome is Outcome.REJECTED:
        return not_applicable(_REJECTED, **facts)
    published, reached = known_to_people_on(item), reached_state_on(item)
    publicity = "notification" if individual else "publication"
    if published is None or (reached is None and due is not False):
        missing = [f"la date de {publicity}"] if published is None else []
        if reached is None and due is not False:
            missing.append("la date de réception par le représentant de l’État")
        doubt = ", sauf s’il est dispensé de transmission" if due is None else ""
        return unverifiable(
            f"Il manque {enumerate_in_words(missing)} : l’acte ne peut pas être tenu pour "
            f"exécutoire{doubt}.",
            **facts,
        )
    if early := too_early(item, published, *dates.values()):
        return Verdict(early.status, early.explanation, facts)
    if start is None:
        return unverifiable("Les dates de l’acte ne disent pas s’il est exécutoire.", **facts)
    verb = "est exécutoire depuis" if start <= item.case.as_of else "sera exécutoire"
    return ok(
        f"L’acte {verb} le {date_in_words(start)} : {publicity} le {date_in_words(published)}"
        f"{_state_part(due, dates, reached)}.",
        **facts,
    )


def _state_part(due: bool | None, dates: dict[str, date | None], reached: date | None) -> str:
    if due is False or reached is None:
        return ", sans transmission à l’État, dont il est dispensé"
    if dates["received_on"]:
        return f", réception par l’État le {date_in_words(reached)}"
    return f", envoi à l’État le {date_in_words(reached)} (l’accusé de réception manque)"


def not_retroactive(item: Item) -> Verdict:
    """X12. CE, 25 June 1948, L'Aurore: no effect before the day on which the act is executory."""
    effective_on = plausible(item.deliberation.formalities.effective_on)
    start, held_on = executory_on(item), item.case.held_on
    facts = {"effective_on": effective_on, "executory_on": start}
    if item.postponed:
        return not_applicable(NO_DECISION, **facts)
    if effective_on is None:
        return not_applicable("Aucune date d’effet n’est relevée dans l’acte.", **facts)
    stated = f"L’acte fixe sa date d’effet au {date_in_words(effective_on)}"
    earliest = start or held_on
    if earliest and effective_on < earliest:
        since = (
            f"exécutoire qu’à partir du {date_in_words(earliest)}"
            if start
            else f"adopté que le {date_in_words(earliest)}"
        )
        return at_risk(
            f"{stated}, alors qu’il n’est {since}. Risque : un acte n’a pas d’effet rétroactif, "
            "sauf si une loi le permet.",
            **facts,
        )
    if start is None:
        return unverifiable(
            f"{stated} ; la date à laquelle il devient exécutoire n’est pas encore connue.", **facts
        )
    return ok(f"{stated}, jour où il est exécutoire ou plus tard.", **facts)


RULES = (
    Rule(
        id="X1",
        article="CGCT L2131-1",
        title="Caractère exécutoire",
        description=(
            "L’acte est exécutoire quand il a été publié ou notifié et, s’il se transmet, reçu par "
            "le représentant de l’État."
        ),
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "deliberations[].transmitted_on",
            "deliberations[].received_on",
            "deliberations[].published_on",
            "deliberations[].nature",
            "deliberations[].formalities.notified_on",
        ),
        source="doctrine ; legif JORFARTI000044177150",
        versions=(CODIFICATION, PUBLICITY_REFORM),
        judge_item=executory,
    ),
    Rule(
        id="X12",
        article="CE, 25 juin 1948, Société du journal L’Aurore",
        title="Absence de rétroactivité",
        description="La date d’effet de l’acte ne précède pas le jour où il est exécutoire.",
        severity=Severity.EFFECT,
        mark=Mark.SECONDARY,
        facts=(
            "deliberations[].formalities.effective_on",
            "deliberations[].transmitted_on",
            "deliberations[].received_on",
            "deliberations[].published_on",
        ),
        source="vienne.gouv",
        judge_item=not_retroactive,
    ),
)
