"""Until when an act may be challenged: by the prefect (L2131-3, L2131-6) and by third parties."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.dates import add_months, court_deadline
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words
from levier.council.domain.parameters import (
    CHALLENGE_MONTHS,
    PREFECT_MONTHS,
    SILENCE_MONTHS,
    STATE_REQUEST_MONTHS,
)
from levier.council.domain.record import MatterNature
from levier.council.domain.rules.effects import executory_on
from levier.council.domain.rules.facts import Item, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    not_applicable,
    nothing_known,
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
from levier.council.domain.rules.wordings import CODIFICATION


def _last_day(item: Item, start: date, months: int) -> date:
    return court_deadline(start, months, alsace_moselle=item.case.alsace_moselle)


def _extended(item: Item, last_day: date, months: int) -> tuple[date, str]:
    """The last day once a gracious appeal is taken into account, and what to say of it.

    An appeal lodged in time keeps the delay: it runs anew from the answer, or from the refusal that
    two months of silence make.
    """
    formalities = item.deliberation.formalities
    asked_on = plausible(formalities.gracious_appeal_on)
    answered_on = plausible(formalities.gracious_answer_on)
    if asked_on is None:
        return last_day, ", sauf prorogation par un recours gracieux"
    if asked_on > last_day:
        return last_day, f" ; le recours gracieux du {date_in_words(asked_on)} est tardif"
    silent_on = add_months(asked_on, SILENCE_MONTHS.at(max(item.case.law_date, _CJA.since)))
    after_silence = _last_day(item, silent_on, months)
    if answered_on and asked_on <= answered_on <= after_silence:
        told = f"réponse du {date_in_words(answered_on)}"
        new = _last_day(item, answered_on, months)
    else:
        told = f"silence valant rejet le {date_in_words(silent_on)}"
        new = after_silence
    # An early answer never takes away what is left of the first delay.
    return (
        max(last_day, new),
        f", après le recours gracieux du {date_in_words(asked_on)} ({told})",
    )


def _deadline(item: Item, start: date, months: int, who: str, starts: str) -> Verdict:
    last_day, reserve = _extended(item, _last_day(item, start, months), months)
    facts = {
        "challenge_deadline": last_day,
        "starts_on": start,
        "open": item.case.as_of <= last_day,
    }
    state = "reste possible jusqu’au" if facts["open"] else "était possible jusqu’au"
    return ok(
        f"{who} {state} {date_in_words(last_day, weekday=True)} inclus ({starts} le "
        f"{date_in_words(start)}){reserve}.",
        **facts,
    )


def requested_window(item: Item) -> Verdict:
    """X9. CGCT L2131-3: acts not transmitted, asked for within two months, then two months more."""
    if item.postponed:
        return not_applicable(NO_DECISION, challenge_deadline=None)
    formalities, start = item.deliberation.formalities, executory_on(item)
    asked_on = plausible(formalities.state_request_on)
    communicated_on = plausible(formalities.communicated_on)
    if is_transmissible(item) is not False:
        return not_applicable(
            "L’acte n’est pas connu comme dispensé de transmission : le contrôle suit la règle X10."
        )
    if asked_on is None:
        return nothing_known(
            "de demande du préfet sur cet acte non transmissible", "les formalités de l’acte"
        )
    months = STATE_REQUEST_MONTHS.at(item.case.law_date)
    facts: dict[str, Any] = {"asked_on": asked_on, "executory_on": start}
    if start is None:
        return unverifiable(
            "La date à laquelle l’acte est exécutoire manque : elle dit si la demande du préfet "
            "est venue à temps pour un déféré.",
            **facts,
        )
    if asked_on > add_months(start, months):
        return ok(
            f"Le préfet a demandé l’acte le {date_in_words(asked_on)}, plus de deux mois après le "
            f"{date_in_words(start)} : il ne peut plus le déférer de lui-même.",
            **facts,
        )
    if communicated_on is None:
        return unverifiable(
            f"Le préfet a demandé l’acte le {date_in_words(asked_on)} ; il manque la date de sa "
            "communication, d’où part le délai du déféré.",
            **facts,
        )
    return _deadline(item, communicated_on, months, "Le déféré du préfet", "communication")


def prefect_window(item: Item) -> Verdict:
    """X10. CGCT L2131-6: the prefect may refer the act to the court within two months of reception.

    A délai franc (CE, 5 June 2009, n° 312682). A request for missing pieces made in time has it run
    from their reception; a gracious appeal, from its answer.
    """
    if item.postponed:
        return not_applicable(NO_DECISION, challenge_deadline=None)
    if is_transmissible(item) is False:
        return not_applicable(
            "L’acte est dispensé de transmission : le contrôle suit la règle X9.",
            challenge_deadline=None,
        )
    start, formalities = reached_state_on(item), item.deliberation.formalities
    if start is None:
        return unverifiable(
            "Il manque la date de réception par le représentant de l’État : le délai du déféré ne "
            "peut pas être compté.",
            challenge_deadline=None,
        )
    if early := too_early(item, start):
        return early
    months = PREFECT_MONTHS.at(item.case.law_date)
    starts = "réception" if act_dates(item)["received_on"] else "envoi"
    asked_on = plausible(formalities.missing_pieces_asked_on)
    completed_on = plausible(formalities.completed_on)
    if asked_on and start <= asked_on <= _last_day(item, start, months):
        if completed_on is None or completed_on < asked_on:
            return unverifiable(
                f"Le préfet a demandé des pièces le {date_in_words(asked_on)} : le délai du déféré "
                "ne court qu’à compter de leur réception, dont la date manque.",
                challenge_deadline=None,
                starts_on=None,
                open=True,
            )
        start, starts = completed_on, "réception des pièces demandées"
    return _deadline(item, start, months, "Le déféré du préfet", starts)


def third_party_window(item: Item) -> Verdict:
    """X11. CJA R421-1: third parties may act within two months of publication, a délai franc.

    For the person whom an individual decision concerns, the delay runs from its notification.
    """
    if item.postponed:
        return not_applicable(NO_DECISION, challenge_deadline=None)
    published = act_dates(item)["published_on"]
    notified = plausible(item.deliberation.formalities.notified_on)
    individual = item.deliberation.nature is MatterNature.INDIVIDUAL_DECISION
    months = CHALLENGE_MONTHS.at(item.case.law_date)
    if individual and notified and published is None:
        if early := too_early(item, notified):
            return early
        return _deadline(
            item, notified, months, "Le recours de la personne concernée", "notification"
        )
    if published is None:
        return unverifiable(
            "Il manque la date de publication : le délai de recours des tiers ne peut pas être "
            "compté, et il ne court pas tant que l’acte n’est pas publié.",
            challenge_deadline=None,
        )
    if early := too_early(item, published):
        return early
    return _deadline(item, published, months, "Le recours des tiers", "publication")


_CJA = Version(date(2001, 1, 1), "Code de justice administrative (décret n° 2000-389)")

RULES = (
    Rule(
        id="X9",
        article="CGCT L2131-3",
        title="Contrôle des actes non transmissibles",
        description=(
            "Le préfet peut demander un acte non transmissible ; demandé dans les deux mois, il "
            "peut le déférer dans les deux mois de sa communication."
        ),
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "deliberations[].nature",
            "deliberations[].formalities.state_request_on",
            "deliberations[].formalities.communicated_on",
        ),
        source="fbl",
        versions=(CODIFICATION,),
        judge_item=requested_window,
    ),
    Rule(
        id="X10",
        article="CGCT L2131-6",
        title="Délai du déféré préfectoral",
        description="Le préfet peut déférer l’acte dans les deux mois de sa réception.",
        severity=Severity.EFFECT,
        mark=Mark.SECONDARY,
        facts=(
            "deliberations[].transmitted_on",
            "deliberations[].received_on",
            "deliberations[].formalities.missing_pieces_asked_on",
            "deliberations[].formalities.completed_on",
            "deliberations[].formalities.gracious_appeal_on",
            "deliberations[].formalities.gracious_answer_on",
        ),
        source="coussy ; rjc ; fbl ; CE, 5 juin 2009, n° 312682",
        versions=(CODIFICATION,),
        judge_item=prefect_window,
    ),
    Rule(
        id="X11",
        article="CJA R421-1",
        title="Délai de recours des tiers",
        description="Les tiers peuvent agir dans les deux mois de la publication, délai franc.",
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "deliberations[].published_on",
            "deliberations[].formalities.gracious_appeal_on",
            "deliberations[].formalities.gracious_answer_on",
        ),
        source="tricoteuses ; icard",
        versions=(_CJA,),
        judge_item=third_party_window,
    ),
)
