"""Calling the sitting: posting, clear days, explanatory note (CGCT L2121-10 to L2121-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.dates import latest_sending_day
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words, plural
from levier.council.domain.parameters import (
    CLEAR_DAYS_INSTALLATION,
    CLEAR_DAYS_LARGE,
    CLEAR_DAYS_SMALL,
    CLEAR_DAYS_URGENT,
    CODIFIED_ON,
    EVERY_EPCI_AS_LARGE_ON,
    LARGE_COMMUNE,
)
from levier.council.domain.record import AssemblyKind
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
_RISK = "Risque : annulation des délibérations de la séance."


def convocation_posted(case: Case) -> Verdict:
    """K6. CGCT L2121-10, wording of 28 December 2019: the convocation is posted or published."""
    posted = case.sitting.convocation_posted
    if posted is None:
        return unverifiable(
            "L’acte ne dit pas si la convocation a été affichée ou publiée ; joignez-en la preuve.",
            convocation_posted=None,
        )
    if posted:
        return ok(
            "L’acte dit que la convocation a été affichée ou publiée.", convocation_posted=True
        )
    return irregular(
        f"L’acte dit que la convocation n’a été ni affichée ni publiée. {_RISK}",
        convocation_posted=False,
    )


def follows_large_rule(case: Case) -> bool | None:
    """Whether five clear days and the note are due: communes from 3 500 inhabitants, and EPCI.

    None when the record does not tell (L2121-12; L5211-1 for EPCI, all of them since 2020).
    """
    if case.kind is AssemblyKind.EPCI:
        return True if case.law_date >= EVERY_EPCI_AS_LARGE_ON else None
    if case.population is None:
        return None
    if case.population >= LARGE_COMMUNE.at(case.law_date):
        return True
    return False if case.kind is AssemblyKind.COMMUNE else None


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
        return unverifiable(
            f"{_counted(case, days)}, délai admis en cas d’urgence seulement. Vérifiez que le "
            "maire en a rendu compte à l’ouverture et que le conseil s’est prononcé sur l’urgence.",
            **inputs,
        )
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
    if large is False and not case.classified_site:
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
    if case.kind is not AssemblyKind.EPCI and case.installation and days >= installation:
        return unverifiable(
            f"{_counted(case, days)}. Trois suffisent pour la séance qui suit le renouvellement "
            "général (L2121-7), cinq sont exigés sinon : vérifiez de quelle séance il s’agit.",
            **_inputs(case, required),
        )
    return _too_short(case, days, required)


def explanatory_note(case: Case) -> Verdict:
    """K8-note. CGCT L2121-12: from 3 500 inhabitants, a note goes with the convocation.

    An extract or minutes do not hold the note: the record never settles this rule.
    """
    large = follows_large_rule(case)
    facts = {"population": case.population}
    if large is False and not case.classified_site:
        return not_applicable(
            "La note explicative de synthèse n’est pas exigée sous 3 500 habitants.", **facts
        )
    if large:
        return unverifiable(
            "L’acte ne contient pas la note explicative de synthèse : conservez la preuve qu’elle "
            "a été adressée avec la convocation. Risque : annulation si elle manquait.",
            **facts,
        )
    return unverifiable(
        "La note explicative de synthèse est exigée à partir de 3 500 habitants, dans les EPCI et "
        "pour une installation classée : vérifiez si elle devait accompagner la convocation.",
        **facts,
    )


RULES = (
    Rule(
        id="K6",
        article="CGCT L2121-10",
        title="Publicité de la convocation",
        description="La convocation est affichée ou publiée.",
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="fbl ; juriblio loi 2019-1461 art. 9 ; doctrine L121-10",
        versions=(
            _CODIFICATION,
            Version(date(2019, 12, 28), "Loi n° 2019-1461 du 27 décembre 2019, art. 9"),
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
        source="admi ; fbl",
        versions=(_CODIFICATION,),
        judge_sitting=explanatory_note,
    ),
)
