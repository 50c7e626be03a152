"""Transmission of acts to the State's representative (CGCT L2131-2, L2131-13, R2131-3)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, fold
from levier.council.domain.formalities import Channel
from levier.council.domain.parameters import (
    CONTRACT_TRANSMISSION_DAYS,
    ELECTRONIC_TRANSMISSION,
    INDIVIDUAL_TRANSMISSION_DAYS,
)
from levier.council.domain.record import AssemblyKind, MatterNature
from levier.council.domain.rules.facts import Item, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    irregular,
    not_applicable,
    nothing_known,
    ok,
    unverifiable,
)
from levier.council.domain.rules.wordings import CODIFICATION

NO_DECISION = "L’affaire a été ajournée : il n’y a pas encore de décision."
_ACT_PAGE = "les formalités de l’acte"
_EXEMPT = {
    MatterNature.ROAD_TARIFF: "un tarif de voirie ou de stationnement",
    MatterNature.ROAD_STATUS: "le classement, l’alignement ou l’ouverture de voies",
    MatterNature.PROMOTION_RATIO: "un taux de promotion des agents",
    MatterNature.MANAGEMENT_CENTRE: "l’affiliation au centre de gestion ou ses missions",
}
_EXEMPT_WORDS = re.compile(
    r"\b(voirie|stationnement|voies?|alignement|(de)?classement|ratios?|taux de promotion"
    r"|centre de gestion)\b"
)
_CONTRACTS = (MatterNature.PUBLIC_CONTRACT, MatterNature.PUBLIC_SERVICE_CONTRACT)


def is_transmissible(item: Item) -> bool | None:
    """Whether the act must be sent to the State (L2131-2, I); None when its subject leaves a doubt.

    Deliberations are, except on the matters that the article lists.
    """
    nature = item.deliberation.nature
    if nature in _EXEMPT:
        return False
    if nature is None and _EXEMPT_WORDS.search(fold(item.deliberation.subject)):
        return None
    return True


def act_dates(item: Item) -> dict[str, date | None]:
    """When the act was published, received by the State and sent to it."""
    deliberation = item.deliberation
    return {
        "published_on": plausible(deliberation.published_on),
        "received_on": plausible(deliberation.received_on),
        "transmitted_on": plausible(deliberation.transmitted_on),
    }


def reached_state_on(item: Item) -> date | None:
    """Reception by the State; the sending stands for it while the acknowledgement is missing."""
    dates = act_dates(item)
    return dates["received_on"] or dates["transmitted_on"]


def too_early(item: Item, *days: date | None) -> Verdict | None:
    """A decision is neither published nor received before it is taken."""
    held_on = item.case.held_on
    early = sorted(day for day in days if day is not None and held_on is not None and day < held_on)
    if not early or held_on is None:
        return None
    return unverifiable(
        f"Une date de transmission ou de publication ({date_in_words(early[0])}) précède la séance "
        f"({date_in_words(held_on)}) : corrigez-la.",
        **act_dates(item),
    )


def transmissible(item: Item) -> Verdict:
    """X6. CGCT L2131-2, I: which deliberations are sent to the State."""
    if item.postponed:
        return not_applicable(NO_DECISION)
    answer, nature = is_transmissible(item), item.deliberation.nature
    facts = {"transmissible": answer, "transmitted_on": reached_state_on(item)}
    if answer is None:
        return unverifiable(
            "L’objet évoque une matière dispensée de transmission (voirie, stationnement, "
            "promotion des agents, centre de gestion) : précisez la nature de l’affaire.",
            **facts,
        )
    if answer is False and nature is not None:
        return ok(
            f"L’acte porte sur {_EXEMPT[nature]} : il est dispensé de transmission, et le préfet "
            "peut en demander communication.",
            **facts,
        )
    if facts["transmitted_on"]:
        return ok("L’acte est de ceux qui se transmettent, et il l’a été.", **facts)
    if nature is None:
        return not_applicable(
            "Rien ne range l’acte parmi ceux que la loi dispense de transmission ; la règle X1 en "
            "attend la réception par l’État.",
            **facts,
        )
    return unverifiable(
        "L’acte est de ceux qui se transmettent au représentant de l’État ; il manque la date de "
        "sa transmission, sans laquelle il n’a pas d’effet.",
        **facts,
    )


def individual_decision_sent(item: Item) -> Verdict:
    """X7. CGCT L2131-2, II: individual decisions within fifteen days; by electronic way or not.

    Rests on general knowledge for the wording in force: it informs only.
    """
    if item.postponed:
        return not_applicable(NO_DECISION)
    case, formalities = item.case, item.deliberation.formalities
    population = case.population
    large = population is not None and population > ELECTRONIC_TRANSMISSION.at(case.law_date)
    if formalities.channel is Channel.PAPER and (case.kind is AssemblyKind.EPCI or large):
        return unverifiable(
            "L’acte est transmis sur papier : la transmission électronique semble obligatoire pour "
            "cette assemblée, à vérifier auprès de la préfecture.",
            channel=formalities.channel.value,
        )
    if item.deliberation.nature is not MatterNature.INDIVIDUAL_DECISION:
        return not_applicable("Rien n’indique que l’acte soit une décision individuelle.")
    signed_on, sent_on = plausible(case.record.signed_on), reached_state_on(item)
    if signed_on is None:
        return unverifiable(
            "Il manque la date de signature : une décision individuelle se transmet dans les "
            "quinze jours qui la suivent.",
            due_on=None,
            done_on=sent_on,
        )
    due_on = signed_on + timedelta(days=INDIVIDUAL_TRANSMISSION_DAYS.at(case.law_date))
    facts = {"due_on": due_on, "done_on": sent_on, "signed_on": signed_on}
    if sent_on and sent_on <= due_on:
        return ok(f"Décision individuelle transmise le {date_in_words(sent_on)}, à temps.", **facts)
    told = f"transmise le {date_in_words(sent_on)}" if sent_on else "dont la transmission manque"
    return unverifiable(
        f"Décision individuelle {told} ; le délai de quinze jours après la signature va jusqu’au "
        f"{date_in_words(due_on)}.",
        **facts,
    )


def contract_sent(item: Item) -> Verdict:
    """X8. CGCT L2131-13 and L1411-9: contracts are sent within fifteen days of their signature."""
    signed_on = plausible(item.deliberation.formalities.contract_signed_on)
    if item.postponed:
        return not_applicable(NO_DECISION)
    if signed_on is None:
        if item.deliberation.nature in _CONTRACTS:
            return nothing_known("la signature du contrat", _ACT_PAGE)
        return not_applicable("Rien n’indique que l’acte autorise un contrat déjà signé.")
    due_on = signed_on + timedelta(days=CONTRACT_TRANSMISSION_DAYS.at(item.case.law_date))
    facts: dict[str, Any] = {"due_on": due_on, "done_on": None, "contract_signed_on": signed_on}
    held_on = item.case.held_on
    if held_on and signed_on < held_on:
        return unverifiable(
            f"Le contrat porte une signature du {date_in_words(signed_on)}, antérieure à la séance "
            "qui l’autorise : vérifiez cette date.",
            **facts,
        )
    verb = "se transmet" if item.case.as_of <= due_on else "devait être transmis"
    return unverifiable(
        f"Le contrat signé le {date_in_words(signed_on)} {verb} au représentant de l’État au plus "
        f"tard le {date_in_words(due_on)} ; Levier n’en suit que la délibération.",
        **facts,
    )


def convention_in_force(item: Item) -> Verdict:
    """X13. CGCT R2131-3 and R2131-4: the electronic way needs a convention in force."""
    formalities, circumstances = item.deliberation.formalities, item.case.record.circumstances
    sent_on = act_dates(item)["transmitted_on"] or act_dates(item)["received_on"]
    signed_on = plausible(circumstances.state_convention_on)
    suspended_on = plausible(circumstances.state_convention_suspended_on)
    facts = {
        "transmitted_on": sent_on,
        "convention_on": signed_on,
        "convention_suspended_on": suspended_on,
    }
    if item.postponed:
        return not_applicable(NO_DECISION)
    if formalities.channel is None:
        return nothing_known("la voie de transmission de l’acte", _ACT_PAGE)
    if formalities.channel is Channel.PAPER:
        return not_applicable("L’acte est transmis sur papier : aucune convention n’est requise.")
    if suspended_on and sent_on and sent_on >= suspended_on:
        return irregular(
            f"L’acte est transmis par voie électronique le {date_in_words(sent_on)}, alors que la "
            f"convention avec l’État est suspendue depuis le {date_in_words(suspended_on)} : "
            "transmettez-le sur papier.",
            **facts,
        )
    if signed_on is None or sent_on is None:
        what = "la convention avec l’État" if signed_on is None else "la transmission"
        return unverifiable(
            f"L’acte se transmet par voie électronique ; il manque la date de {what}.", **facts
        )
    if sent_on < signed_on:
        return irregular(
            f"L’acte est transmis par voie électronique le {date_in_words(sent_on)}, avant la "
            f"convention avec l’État, signée le {date_in_words(signed_on)}.",
            **facts,
        )
    return ok(
        f"La convention avec l’État, signée le {date_in_words(signed_on)}, permet la transmission "
        "électronique.",
        **facts,
    )


RULES = (
    Rule(
        id="X6",
        article="CGCT L2131-2",
        title="Actes à transmettre",
        description=(
            "Les délibérations sont transmises à l’État, sauf celles que la loi en dispense : "
            "voirie, promotion des agents, centre de gestion."
        ),
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "deliberations[].nature",
            "deliberations[].transmitted_on",
            "deliberations[].received_on",
        ),
        source="fbl ; doctrine",
        versions=(CODIFICATION,),
        judge_item=transmissible,
    ),
    Rule(
        id="X7",
        article="CGCT L2131-2",
        title="Transmission des décisions individuelles",
        description=(
            "Les décisions individuelles sont transmises dans les quinze jours de leur signature. "
            "Pour information."
        ),
        severity=Severity.EFFECT,
        mark=Mark.GENERAL,
        facts=(
            "deliberations[].nature",
            "signed_on",
            "deliberations[].transmitted_on",
            "deliberations[].formalities.channel",
        ),
        source="ancien L2131-1 ; place actuelle à confirmer",
        versions=(CODIFICATION,),
        judge_item=individual_decision_sent,
    ),
    Rule(
        id="X8",
        article="CGCT L2131-13, L1411-9",
        title="Transmission des contrats",
        description="Un contrat est transmis dans les quinze jours de sa signature.",
        severity=Severity.EFFECT,
        mark=Mark.SECONDARY,
        facts=(
            "deliberations[].nature",
            "deliberations[].formalities.contract_signed_on",
            "deliberations[].transmitted_on",
        ),
        source="hautes-pyrenees",
        versions=(CODIFICATION,),
        judge_item=contract_sent,
    ),
    Rule(
        id="X13",
        article="CGCT R2131-3, R2131-4",
        title="Convention de transmission électronique",
        description=(
            "La transmission électronique suppose une convention avec l’État ; suspendue, elle "
            "ramène au papier."
        ),
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "deliberations[].formalities.channel",
            "deliberations[].transmitted_on",
            "circumstances.state_convention_on",
            "circumstances.state_convention_suspended_on",
        ),
        source="juriblio R2131-4 ; puy-de-dome",
        judge_item=convention_in_force,
    ),
)
