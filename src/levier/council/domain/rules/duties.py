"""What follows the installation and each sitting: commissions, own rules, information of others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from levier.common.domain.dates import add_months
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words, plural
from levier.council.domain.circumstances import Commission
from levier.council.domain.parameters import (
    CODIFIED_ON,
    COMMISSION_DAYS,
    LARGE_COMMUNE,
    MUNICIPAL_INFORMATION_MONTHS,
    PROCEDURE_RULES_MONTHS,
    PROPORTIONAL_COMMISSIONS,
    PUBLICITY_REFORM_ON,
    RULED_COMMUNE,
)
from levier.council.domain.record import AssemblyKind
from levier.council.domain.rules.assembly_facts import previous_sitting, reaches
from levier.council.domain.rules.facts import Case, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    at_risk,
    irregular,
    not_applicable,
    nothing_known,
    ok,
    unverifiable,
)

_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")
_NEIGHBOURS_INFORMED_ON = date(2019, 12, 28)


def commissions(case: Case) -> Verdict:
    """K13. CGCT L2121-22: a commission is convened within eight days of its appointment.

    From 1 000 inhabitants and in EPCI its composition follows proportional representation. Judged
    at the sitting that appoints it, or at the first one known after.
    """
    known = case.record.circumstances.commissions
    if not known:
        return not_applicable("Levier ne connaît aucune commission du conseil.")
    previous, held = previous_sitting(case), case.held_on
    if held is None:
        return unverifiable("Sans la date de la séance, les commissions ne peuvent être jugées.")
    concerned = [
        one
        for one in known
        if one.appointed_on is None
        or (one.appointed_on <= held and (previous is None or previous < one.appointed_on))
    ]
    if not concerned:
        return not_applicable("Aucune commission n’a été nommée depuis la séance précédente.")
    late = [one.name for one in concerned if _convened_in_time(case, one) is False]
    proportional_due = reaches(case, PROPORTIONAL_COMMISSIONS)
    skewed = [one.name for one in concerned if one.is_proportional is False and proportional_due]
    unknown = [
        one.name
        for one in concerned
        if _convened_in_time(case, one) is None
        or (one.is_proportional is not True and proportional_due is None)
        or (one.is_proportional is None and proportional_due)
    ]
    return _on_commissions(len(concerned), late, skewed, unknown)


def _convened_in_time(case: Case, commission: Commission) -> bool | None:
    """Whether it was convened in time; None when a date lacks and the delay is over."""
    if commission.appointed_on is None:
        return None
    due_on = commission.appointed_on + timedelta(days=COMMISSION_DAYS.at(case.law_date))
    if commission.first_convened_on is None:
        return None if case.as_of > due_on else True
    return commission.first_convened_on <= due_on


def _on_commissions(count: int, late: list[str], skewed: list[str], unknown: list[str]) -> Verdict:
    facts = {"commissions": count, "convened_late": late, "not_proportional": skewed}
    problems = []
    if late:
        problems.append(f"convoquée plus de huit jours après sa nomination : {', '.join(late)}")
    if skewed:
        problems.append(f"sans représentation proportionnelle : {', '.join(skewed)}")
    if problems:
        return irregular(
            f"Commission {' ; '.join(problems)}. Risque : commission irrégulière ; reprenez sa "
            "composition ou sa convocation.",
            **facts,
        )
    if unknown:
        return unverifiable(
            f"Complétez dans la fiche de l’assemblée {enumerate_in_words(unknown)} : date de "
            "nomination, première convocation, représentation proportionnelle, et la population.",
            **facts,
        )
    return ok(f"{plural(count, 'commission conforme', 'commissions conformes')}.", **facts)


def procedure_rules(case: Case) -> Verdict:
    """K14. CGCT L2121-8: the council adopts its own rules within six months of its installation.

    From 1 000 inhabitants, and in EPCI (3 500 before the renewal of 2020).
    """
    around = case.record.circumstances
    installed, adopted, held = around.installed_on, around.procedure_rules_on, case.held_on
    due = reaches(case, RULED_COMMUNE)
    if due is False:
        return not_applicable("Le règlement intérieur n’est pas exigé sous ce seuil de population.")
    if installed is None and adopted is None:
        return nothing_known(
            "la date d’installation du conseil et celle de son règlement intérieur"
        )
    if installed is None or due is None or held is None or _local_threshold(case):
        return unverifiable(
            "Indiquez la date d’installation du conseil, la population et la date de la séance : "
            "le règlement intérieur est dû dans les six mois au-dessus du seuil.",
            installed_on=installed,
            procedure_rules_on=adopted,
            population=case.population,
        )
    if held < installed:
        return not_applicable("La séance précède l’installation du conseil.")
    return _adopted_in_time(case, installed, adopted, held)


def _local_threshold(case: Case) -> bool:
    """L2541-5 keeps 3 500 inhabitants in Alsace-Moselle, against L2121-8: left open."""
    return (
        case.alsace_moselle
        and case.population is not None
        and case.population < LARGE_COMMUNE.at(case.law_date)
    )


def _adopted_in_time(case: Case, installed: date, adopted: date | None, held: date) -> Verdict:
    due_on = add_months(installed, PROCEDURE_RULES_MONTHS.at(case.law_date))
    facts = {"installed_on": installed, "procedure_rules_on": adopted, "due_on": due_on}
    limit = f"dû au plus tard le {date_in_words(due_on)}"
    if adopted is not None and installed <= adopted <= due_on:
        return ok(f"Règlement intérieur établi le {date_in_words(adopted)}, {limit}.", **facts)
    if adopted is not None and adopted > due_on:
        return irregular(
            f"Règlement intérieur établi le {date_in_words(adopted)}, alors qu’il était {limit}.",
            **facts,
        )
    if held <= due_on:
        return not_applicable(f"Le règlement intérieur est {limit} : le délai court.", **facts)
    if adopted is not None:
        return at_risk(
            f"Le règlement intérieur du {date_in_words(adopted)} précède l’installation ; le "
            f"nouveau conseil devait établir le sien, {limit}. Inscrivez-le à l’ordre du jour.",
            **facts,
        )
    return unverifiable(
        f"Le règlement intérieur était {limit} : indiquez la date de son établissement.",
        **facts,
    )


def municipal_councillors_informed(case: Case) -> Verdict:
    """K16. CGCT L5211-40-2: an EPCI informs the municipal councillors who do not sit in it.

    A copy of the convocation and of the note; since 1 July 2022, the list of the deliberations
    within a month of the sitting, and the minutes within a month of the sitting that adopted them.
    """
    if case.kind is not AssemblyKind.EPCI:
        return not_applicable("Cette information est due par les EPCI.")
    if case.law_date < _NEIGHBOURS_INFORMED_ON:
        return not_applicable("Cette information n’était pas encore due.")
    formalities, held = case.sitting.formalities, case.held_on
    told_on = formalities.convocation.municipal_councillors_informed_on
    list_on = formalities.list_sent_on
    minutes_on = formalities.minutes.sent_to_municipal_councillors_on
    if told_on is None and list_on is None and minutes_on is None:
        return nothing_known("l’information des conseillers municipaux", "la fiche de la séance")
    if held is None:
        return unverifiable("Sans la date de la séance, les délais d’envoi sont inconnus.")
    steps = [("la copie de la convocation", told_on, held)]
    if case.law_date >= PUBLICITY_REFORM_ON:
        months = MUNICIPAL_INFORMATION_MONTHS.at(case.law_date)
        steps.append(("la liste des délibérations", list_on, add_months(held, months)))
        if (adopted := plausible(formalities.minutes.adopted_on)) is not None:
            steps.append(("le procès-verbal", minutes_on, add_months(adopted, months)))
    return _steps_done(case, steps)


def _steps_done(case: Case, steps: list[tuple[str, date | None, date]]) -> Verdict:
    facts: dict[str, Any] = {
        "sent": [f"{what} : {sent_on}" for what, sent_on, _ in steps if sent_on],
        "due": [f"{what} : {due_on}" for what, _, due_on in steps],
    }
    late = [
        f"{what} (le {date_in_words(sent_on)}, au plus tard le {date_in_words(due_on)})"
        for what, sent_on, due_on in steps
        if sent_on is not None and sent_on > due_on
    ]
    if late:
        return irregular(
            f"Envoi tardif aux conseillers municipaux : {enumerate_in_words(late)}.", **facts
        )
    missing = [
        f"{what} (au plus tard le {date_in_words(due_on)})"
        for what, sent_on, due_on in steps
        if sent_on is None
    ]
    if missing:
        over = any(sent_on is None and case.as_of > due_on for _, sent_on, due_on in steps)
        advice = "indiquez la date d’envoi" if over else "le délai est ouvert"
        return unverifiable(
            f"Reste à adresser aux conseillers municipaux : {enumerate_in_words(missing)} ; "
            f"{advice}.",
            **facts,
        )
    return ok("Les conseillers municipaux ont reçu ce qui leur est dû dans les délais.", **facts)


RULES: tuple[Rule, ...] = (
    Rule(
        id="K13",
        article="CGCT L2121-22",
        title="Commissions",
        description=(
            "Une commission est convoquée dans les huit jours de sa nomination et, à partir de "
            "1 000 habitants et dans les EPCI, respecte la représentation proportionnelle."
        ),
        severity=Severity.DEADLINE,
        mark=Mark.SECONDARY,
        source="apgl64 ; svp-2014-04-11",
        facts=("circumstances.commissions", "population"),
        versions=(
            _CODIFICATION,
            Version(date(2014, 3, 23), "Seuil de 1 000 habitants, au renouvellement de 2014"),
        ),
        local_law=True,
        judge_sitting=commissions,
    ),
    Rule(
        id="K14",
        article="CGCT L2121-8",
        title="Règlement intérieur",
        description=(
            "Le conseil établit son règlement intérieur dans les six mois de son installation, à "
            "partir de 1 000 habitants et dans les EPCI."
        ),
        severity=Severity.DEADLINE,
        mark=Mark.READ,
        source="vendargues ; L5211-1 ; landot-2019-05-28",
        facts=("circumstances.installed_on", "circumstances.procedure_rules_on", "population"),
        versions=(
            _CODIFICATION,
            Version(date(2020, 3, 1), "Loi n° 2015-991 du 7 août 2015, art. 82, au renouvellement"),
        ),
        judge_sitting=procedure_rules,
    ),
    Rule(
        id="K16",
        article="CGCT L5211-40-2",
        title="Information des conseillers municipaux par l’EPCI",
        description=(
            "Les conseillers municipaux reçoivent copie de la convocation, puis la liste des "
            "délibérations et le procès-verbal dans le mois."
        ),
        severity=Severity.DEADLINE,
        mark=Mark.READ,
        source="tricoteuses a8a87a9",
        facts=(
            "sitting.formalities.convocation.municipal_councillors_informed_on",
            "sitting.formalities.list_sent_on",
            "sitting.formalities.minutes",
        ),
        versions=(
            Version(CODIFIED_ON, "Aucune information due avant la loi n° 2019-1461"),
            Version(_NEIGHBOURS_INFORMED_ON, "Loi n° 2019-1461 du 27 décembre 2019"),
            Version(PUBLICITY_REFORM_ON, "Ordonnance n° 2021-1310 du 7 octobre 2021"),
        ),
        judge_sitting=municipal_councillors_informed,
    ),
)
