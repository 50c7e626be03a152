"""Calling the sitting: sending, posting, clear days, note (CGCT L2121-10 to L2121-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.dates import latest_sending_day
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words, plural
from levier.council.domain import calling_dates
from levier.council.domain.formalities import Channel
from levier.council.domain.parameters import (
    CLEAR_DAYS_INSTALLATION,
    CLEAR_DAYS_LARGE,
    CLEAR_DAYS_SMALL,
    CLEAR_DAYS_URGENT,
    CODIFIED_ON,
)
from levier.council.domain.record import AssemblyKind, MatterNature
from levier.council.domain.rules.assembly_facts import is_installation
from levier.council.domain.rules.facts import Case
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    irregular,
    not_applicable,
    ok,
    unverifiable,
)

_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")
_LONGEST_NOTICE = 366  # Beyond a year, the year of one of the two dates is a slip.
_ELECTRONIC_ON = date(2019, 12, 28)
_RISK = "Risque : annulation des délibérations de la séance."


def convocation_posted(case: Case) -> Verdict:
    """K6. CGCT L2121-10, wording of 28 December 2019: the convocation is posted or published.

    It is entered in the register, and sent by electronic means, on paper to members who ask.
    """
    convocation = case.sitting.formalities.convocation
    posted, entered = case.sitting.convocation_posted, convocation.entered_in_register
    facts = {
        "convocation_posted": posted,
        "entered_in_register": entered,
        "channel": convocation.channel,
        "sent_by": convocation.sent_by,
    }
    missed = [
        words
        for words, done in (("n’a été ni affichée ni publiée", posted),
                            ("n’est pas mentionnée au registre des délibérations", entered))
        if done is False
    ]  # fmt: skip
    if missed:
        told = "L’acte dit que" if entered is not False else "D’après le relevé,"
        return irregular(f"{told} la convocation {enumerate_in_words(missed)}. {_RISK}", **facts)
    if posted is None:
        return unverifiable(
            "L’acte ne dit pas si la convocation a été affichée ou publiée ; joignez-en la preuve.",
            **facts,
        )
    if convocation.channel is Channel.PAPER and case.law_date >= _ELECTRONIC_ON:
        return unverifiable(
            "La convocation a été affichée ou publiée, et envoyée sur papier : depuis le "
            f"{date_in_words(_ELECTRONIC_ON)} elle part par voie électronique, sauf pour les "
            "membres qui demandent le papier. Conservez leurs demandes.",
            **facts,
        )
    noted = " et mentionnée au registre" if entered else ""
    return ok(f"L’acte dit que la convocation a été affichée ou publiée{noted}.", **facts)


def follows_large_rule(case: Case) -> bool | None:
    """Whether five clear days and the note are due; None when the record does not tell."""
    return calling_dates.follows_large_rule(case.kind, case.population, case.law_date)


def _classified_site(case: Case) -> bool:
    return case.classified_site or any(
        deliberation.nature is MatterNature.CLASSIFIED_SITE
        for deliberation in case.record.deliberations
    )


def _what_is_unknown(case: Case) -> str:
    if case.kind is AssemblyKind.EPCI:
        return "la population des communes membres"
    if case.kind is None and case.population is not None:
        return "la nature de l’assemblée (commune ou EPCI)"
    return "la population municipale"


def _inputs(case: Case, required: int) -> dict[str, Any]:
    held_on = case.held_on
    return {
        "clear_days": case.clear_days,
        "clear_days_required": required,
        "convocation_date": case.convoked_on,
        "sitting_date": held_on,
        "latest_sending_day": _latest(held_on, required),
        "population": case.population,
        "urgency": case.sitting.urgency,
    }


def _latest(held_on: date | None, required: int) -> date | None:
    if held_on is None or held_on.toordinal() <= required + 1:
        return None
    return latest_sending_day(held_on, required)


def _undated(case: Case) -> str | None:
    """Why the delay cannot be computed; None when it can."""
    missing = [
        words
        for words, day in (
            ("la date de la convocation", case.convoked_on),
            ("la date de la séance", case.held_on),
        )
        if day is None
    ]
    if missing:
        return (
            f"Il manque {enumerate_in_words(missing)} : le délai de convocation "
            "ne peut pas être compté."
        )
    if case.convoked_on and case.held_on and (case.clear_days or 0) > _LONGEST_NOTICE:
        slip = "antérieure de plus d’un an"
    elif case.convoked_on and case.held_on and case.clear_days is None:
        slip = "postérieure"
    else:
        return None
    return (
        f"La convocation porte une date ({date_in_words(case.convoked_on)}) {slip} à la séance "
        f"({date_in_words(case.held_on)}) : l’une des deux est à corriger."
    )


def _counted(case: Case, days: int) -> str:
    sent, held = case.convoked_on, case.held_on
    if sent is None or held is None:
        return plural(days, "jour franc", "jours francs")
    return (
        f"Convocation du {date_in_words(sent)} pour une séance du {date_in_words(held)} : "
        f"{plural(days, 'jour franc', 'jours francs')}"
    )


def _too_short(case: Case, days: int, required: int) -> Verdict:
    """The delay is shorter than the law asks, and the rule applies."""
    inputs = _inputs(case, required)
    urgent = CLEAR_DAYS_URGENT.at(case.law_date)
    if case.sitting.urgency and days >= urgent:
        return _urgency(case, days, inputs)
    asked = urgent if case.sitting.urgency else required
    why = " même en cas d’urgence" if case.sitting.urgency else ""
    hint = "" if case.sitting.urgency else " L’acte ne mentionne pas l’urgence."
    latest = _latest(case.held_on, asked)
    before = f" Il fallait l’envoyer au plus tard le {date_in_words(latest)}." if latest else ""
    return irregular(
        f"{_counted(case, days)}, pour {asked} exigé{'s' if asked > 1 else ''}{why}."
        f"{hint}{before} {_RISK}",
        **inputs,
    )


def _urgency(case: Case, days: int, inputs: dict[str, Any]) -> Verdict:
    """A shorter delay holds when the mayor reported on it and the council approved."""
    convocation = case.sitting.formalities.convocation
    reported, approved = convocation.urgency_reported, convocation.urgency_approved
    facts = {**inputs, "urgency_reported": reported, "urgency_approved": approved}
    counted = f"{_counted(case, days)}, délai admis en cas d’urgence seulement"
    if approved is False:
        return irregular(
            f"{counted}, et le conseil n’a pas approuvé l’urgence. Renvoyez les affaires à une "
            f"séance convoquée dans le délai ordinaire. {_RISK}",
            **facts,
        )
    if reported is False:
        return irregular(
            f"{counted}, et il n’en a pas été rendu compte à l’ouverture de la séance. {_RISK}",
            **facts,
        )
    if reported and approved:
        return ok(
            f"{counted} ; il en a été rendu compte à l’ouverture et le conseil l’a approuvée.",
            **facts,
        )
    return unverifiable(
        f"{counted}. Vérifiez que le maire en a rendu compte à l’ouverture et que le conseil s’est "
        "prononcé sur l’urgence.",
        **facts,
    )


def _within(case: Case, days: int, required: int) -> Verdict:
    return ok(
        f"{_counted(case, days)}, pour {required} exigés ; le délai est respecté.",
        **_inputs(case, required),
    )


def _second_convocation(case: Case, required: int) -> Verdict:
    return not_applicable(
        "Seconde convocation après défaut de quorum : le délai est celui de l’article L2121-17 "
        "(règle Q5).",
        **_inputs(case, required),
    )


def small_delay(case: Case) -> Verdict:
    """K7. CGCT L2121-11: below 3 500 inhabitants, three clear days at least; one when urgent.

    Fewer than three are too few whatever the population.
    """
    required = CLEAR_DAYS_SMALL.at(case.law_date)
    if case.kind is AssemblyKind.EPCI and follows_large_rule(case):
        return not_applicable(
            "Un EPCI suit le délai de cinq jours francs (règle K8).", **_inputs(case, required)
        )
    if follows_large_rule(case):
        return not_applicable(
            "La population atteint 3 500 habitants : le délai est de cinq jours francs (règle K8).",
            **_inputs(case, required),
        )
    if case.sitting.second_convocation:
        return _second_convocation(case, required)
    undated = _undated(case)
    days = case.clear_days
    if undated or days is None:
        return unverifiable(undated or "", **_inputs(case, required))
    if days < required:
        return _too_short(case, days, required)
    if follows_large_rule(case) is None and days < CLEAR_DAYS_LARGE.at(case.law_date):
        return unverifiable(
            f"{_counted(case, days)} : c’est assez sous 3 500 habitants, mais il manque "
            f"{_what_is_unknown(case)} pour savoir si cette règle s’applique.",
            **_inputs(case, required),
        )
    return _within(case, days, required)


def large_delay(case: Case) -> Verdict:
    """K8. CGCT L2121-12: from 3 500 inhabitants, and in every EPCI (L5211-1), five clear days.

    One when urgent. The first sitting after a general renewal of a municipal council may be called
    three clear days before (L2121-7).
    """
    required = CLEAR_DAYS_LARGE.at(case.law_date)
    large = follows_large_rule(case)
    if large is False and not _classified_site(case):
        return not_applicable(
            "La commune compte moins de 3 500 habitants : le délai est de trois jours francs "
            "(règle K7).",
            **_inputs(case, required),
        )
    if case.sitting.second_convocation:
        return _second_convocation(case, required)
    undated = _undated(case)
    days = case.clear_days
    if undated or days is None:
        return unverifiable(undated or "", **_inputs(case, required))
    if days >= required:
        return _within(case, days, required)
    return _short_of_five(case, days, required, large)


def _short_of_five(case: Case, days: int, required: int, large: bool | None) -> Verdict:
    if large is False:
        return unverifiable(
            f"{_counted(case, days)}. Si une affaire concerne une installation classée, cinq jours "
            "francs peuvent être exigés : vérifiez-le.",
            **_inputs(case, required),
        )
    if large is None:
        return unverifiable(
            f"{_counted(case, days)}. Il manque {_what_is_unknown(case)} pour savoir si cinq jours "
            "francs étaient exigés.",
            **_inputs(case, required),
        )
    installation = CLEAR_DAYS_INSTALLATION.at(case.law_date)
    if days >= installation and (installing := is_installation(case)) is not False:
        if installing:
            return ok(
                f"{_counted(case, days)}, pour {installation} exigés avant la séance "
                "d’installation (L2121-7) ; le délai est respecté.",
                **_inputs(case, installation),
            )
        return unverifiable(
            f"{_counted(case, days)}. Trois suffisent pour la séance qui suit le renouvellement "
            "général (L2121-7), cinq sont exigés sinon : vérifiez de quelle séance il s’agit.",
            **_inputs(case, required),
        )
    return _too_short(case, days, required)


def explanatory_note(case: Case) -> Verdict:
    """K8-note. CGCT L2121-12: from 3 500 inhabitants, a note goes with the convocation.

    An extract or minutes do not hold the note: a person says whether it was enclosed.
    """
    large = follows_large_rule(case)
    enclosed = case.sitting.formalities.convocation.note_enclosed
    facts = {"population": case.population, "note_enclosed": enclosed}
    if large is False and not _classified_site(case):
        return not_applicable(
            "La note explicative de synthèse n’est pas exigée sous 3 500 habitants.", **facts
        )
    if enclosed:
        return ok(
            "La note explicative de synthèse a été adressée avec la convocation ; conservez-en "
            "la preuve.",
            **facts,
        )
    if large and enclosed is False:
        return irregular(
            "La convocation est partie sans note explicative de synthèse. Risque : annulation des "
            "délibérations, car les membres n’ont pas été informés.",
            **facts,
        )
    if large:
        return unverifiable(
            "L’acte ne contient pas la note explicative de synthèse : conservez la preuve qu’elle "
            "a été adressée avec la convocation. Risque : annulation si elle manquait.",
            **facts,
        )
    without = "La convocation est partie sans note. " if enclosed is False else ""
    return unverifiable(
        f"{without}La note explicative de synthèse est exigée à partir de 3 500 habitants, dans "
        "les EPCI et pour une installation classée : vérifiez si elle devait accompagner la "
        "convocation.",
        **facts,
    )


RULES = (
    Rule(
        id="K6",
        article="CGCT L2121-10",
        title="Publicité de la convocation",
        description=(
            "La convocation est mentionnée au registre, affichée ou publiée, et envoyée par voie "
            "électronique ou sur papier aux membres qui le demandent."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "sitting.convocation_posted",
            "sitting.formalities.convocation.sent_by",
            "sitting.formalities.convocation.channel",
            "sitting.formalities.convocation.entered_in_register",
        ),
        source="fbl ; juriblio loi 2019-1461 art. 9 ; doctrine L121-10",
        versions=(
            _CODIFICATION,
            Version(_ELECTRONIC_ON, "Loi n° 2019-1461 du 27 décembre 2019, art. 9"),
        ),
        local_law=True,
        judge_sitting=convocation_posted,
    ),
    Rule(
        id="K7",
        article="CGCT L2121-11",
        title="Délai de convocation sous 3 500 habitants",
        description=(
            "La convocation part au moins trois jours francs avant la séance, un en cas d’urgence."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "assembly_kind",
            "population",
            "sitting.date",
            "sitting.convocation_date",
            "sitting.urgency",
        ),
        source="senat-00343 ; doctrine L121-10",
        versions=(_CODIFICATION,),
        local_law=True,
        judge_sitting=small_delay,
    ),
    Rule(
        id="K8",
        article="CGCT L2121-12",
        title="Délai de convocation à partir de 3 500 habitants et dans les EPCI",
        description=(
            "La convocation part au moins cinq jours francs avant la séance, un en cas d’urgence."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "assembly_kind",
            "population",
            "sitting.date",
            "sitting.convocation_date",
            "sitting.urgency",
            "sitting.formalities.convocation.urgency_reported",
            "sitting.formalities.convocation.urgency_approved",
        ),
        source="admi ; fbl ; legif LEGIARTI000031038607 pour les EPCI",
        versions=(_CODIFICATION,),
        judge_sitting=large_delay,
    ),
    Rule(
        id="K8-note",
        article="CGCT L2121-12",
        title="Note explicative de synthèse",
        description=(
            "Une note explicative accompagne la convocation à partir de 3 500 habitants et dans "
            "les EPCI."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "assembly_kind",
            "population",
            "sitting.formalities.convocation.note_enclosed",
            "deliberations[].nature",
        ),
        source="admi ; fbl",
        versions=(_CODIFICATION,),
        judge_sitting=explanatory_note,
    ),
)
