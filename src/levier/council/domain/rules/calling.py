"""When the council must meet, where, who may ask for it, and what its first sitting holds."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words, fold, plural
from levier.council.domain.circumstances import MeetingRequest
from levier.council.domain.parameters import (
    CLEAR_DAYS_INSTALLATION,
    CODIFIED_ON,
    NEW_COMMUNE_SITTINGS,
    QUORUM_DIVISOR,
    REQUESTED_SITTING_DAYS,
    RULED_COMMUNE,
)
from levier.council.domain.record import AssemblyKind
from levier.council.domain.rules.assembly_facts import (
    has_minutes,
    installation_window,
    is_installation,
    previous_sitting,
    reaches,
)
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
_CHARTER_ON = date(2015, 4, 2)
_PUT_OFF_IN_2020 = date(2020, 3, 15)
_SITTING_PAGE = "la fiche de la séance"
_ELECTION_RISK = "Risque : annulation de l’élection du maire."
_USUAL_PLACE = re.compile(r"\blieu (?:ordinaire|habituel)\b")
_TOWN_HALL = ("mairie", "hotel de ville", "maison commune", "salle du conseil", "mairies")


def _quarter(day: date) -> int:
    """Civil quarters counted from year 0."""
    return day.year * 4 + (day.month - 1) // 3


def _quarter_in_words(quarter: int) -> str:
    year, rank = divmod(quarter, 4)
    return f"{('1er', '2e', '3e', '4e')[rank]} trimestre {year}"


def one_sitting_a_quarter(case: Case) -> Verdict:
    """K1. CGCT L2121-7: the council meets at least once a quarter.

    Judged from the last sitting known before this one. For an EPCI (L5211-11) the wording was not
    read: the rule informs only.
    """
    previous = previous_sitting(case)
    if previous is None or case.held_on is None:
        return nothing_known("les séances précédentes de l’assemblée", "la liste des séances")
    empty = range(_quarter(previous) + 1, _quarter(case.held_on))
    missed = [_quarter_in_words(quarter) for quarter in empty]
    facts = {"previous_sitting": previous, "sitting_date": case.held_on, "empty_quarters": missed}
    if not missed:
        return ok(
            f"Séance précédente connue : {date_in_words(previous)} ; aucun trimestre ne s’est "
            "écoulé sans séance depuis.",
            **facts,
        )
    shown = enumerate_in_words(missed[:4]) + (" et d’autres" if len(missed) > 4 else "")
    conclude = unverifiable if case.kind is AssemblyKind.EPCI else at_risk
    return conclude(
        f"Levier ne connaît aucune séance entre le {date_in_words(previous)} et le "
        f"{date_in_words(case.held_on)}, donc aucune au {shown}. Enregistrez les séances qui "
        "manquent ; à défaut, la réunion trimestrielle n’a pas eu lieu.",
        **facts,
    )


def installation_day(case: Case) -> Verdict:
    """K2. CGCT L2121-7: the first sitting is held from Friday to Sunday after the last round.

    Its convocation leaves three clear days before, whatever the population. An EPCI follows
    L5211-6 and five clear days.
    """
    if case.kind is AssemblyKind.EPCI:
        return not_applicable(
            "L’installation d’un conseil communautaire suit l’article L5211-6, avec cinq jours "
            "francs de convocation (règle K8)."
        )
    installation = is_installation(case)
    if installation is False:
        return not_applicable("La séance n’est pas celle de l’installation du conseil.")
    round_on, held = plausible(case.record.circumstances.election_round_on), case.held_on
    if round_on is None or held is None or installation is None:
        return unverifiable(
            "Si cette séance installe le conseil, indiquez dans la fiche de l’assemblée la date du "
            "tour de scrutin et celle de l’installation.",
            sitting_date=held,
            election_round_on=round_on,
        )
    if round_on == _PUT_OFF_IN_2020:
        return not_applicable(
            "Les conseils élus le 15 mars 2020 ont été installés plus tard par l’effet de la loi "
            "n° 2020-290."
        )
    return _installed_on_time(case, round_on, held)


def _installed_on_time(case: Case, round_on: date, held: date) -> Verdict:
    first, last = installation_window(round_on)
    days, required = case.clear_days, CLEAR_DAYS_INSTALLATION.at(case.law_date)
    facts = {
        "election_round_on": round_on,
        "sitting_date": held,
        "earliest_day": first,
        "latest_day": last,
        "clear_days": days,
        "clear_days_required": required,
    }
    day = f"Séance d’installation du {date_in_words(held, weekday=True)}"
    window = (
        f"du {date_in_words(first, weekday=True)} au {date_in_words(last, weekday=True)}, après le "
        f"tour du {date_in_words(round_on)}"
    )
    if not first <= held <= last:
        return irregular(
            f"{day}, alors qu’elle se tient {window}. {_ELECTION_RISK}",
            **facts,
        )
    if days is None:
        return unverifiable(
            f"{day}, possible {window} ; sans la date de la convocation, le délai de trois jours "
            "francs ne peut pas être compté.",
            **facts,
        )
    counted = plural(days, "jour franc", "jours francs")
    if days >= required:
        return ok(f"{day}, possible {window}, avec {counted} pour {required} exigés.", **facts)
    if case.sitting.urgency:
        return unverifiable(
            f"Convocation {counted} avant la séance d’installation, pour {required} exigés : "
            "vérifiez l’urgence, que le juge apprécie strictement.",
            **facts,
        )
    return irregular(
        f"Convocation {counted} avant la séance d’installation, pour {required} exigés. "
        f"{_ELECTION_RISK}",
        **facts,
    )


def charter(case: Case) -> Verdict:
    """K3. CGCT L2121-7, third paragraph: the charter is read and a copy handed.

    Right after the election of the mayor and deputies, since loi n° 2015-366. A duty to inform:
    its breach annuls nothing.
    """
    formalities = case.sitting.formalities
    read, handed = formalities.charter_read, formalities.charter_handed
    facts = {"charter_read": read, "charter_handed": handed}
    if case.law_date < _CHARTER_ON:
        return not_applicable("La charte de l’élu local n’existait pas encore.")
    told = read is not None or handed is not None
    installs = case.installation if case.kind is AssemblyKind.EPCI else is_installation(case)
    if not installs and not (told and installs is None):
        return not_applicable("La séance n’est pas celle de l’installation du conseil.")
    if not told and not has_minutes(case):
        return nothing_known("la lecture et la remise de la charte de l’élu local", _SITTING_PAGE)
    missed = [
        words
        for words, done in (("n’a pas été lue", read), ("n’a pas été remise aux élus", handed))
        if done is False
    ]
    if missed:
        return irregular(
            f"La charte de l’élu local {enumerate_in_words(missed)} : faites-le à la prochaine "
            "séance. Cette omission n’expose pas les délibérations.",
            **facts,
        )
    if read and handed:
        return ok("La charte de l’élu local a été lue et remise aux élus.", **facts)
    return unverifiable(
        "Indiquez si la charte de l’élu local a été lue après l’élection du maire et des adjoints, "
        "et remise avec le chapitre du code sur l’exercice des mandats.",
        **facts,
    )


def place(case: Case) -> Verdict:
    """K4. CGCT L2121-7, fourth and fifth paragraphs: at the mairie, or in another permanent place.

    That place stands in the commune, is neutral, accessible, safe, and open to the public. In the
    annexes of a commune nouvelle, two sittings a year at least stay at the mairie.
    """
    where, permanent = case.sitting.place, case.sitting.formalities.place_is_permanent
    facts: dict[str, Any] = {"place": where, "place_is_permanent": permanent}
    if case.kind is AssemblyKind.EPCI:
        return not_applicable(
            "Un conseil communautaire se réunit au siège ou dans un lieu qu’il choisit dans une "
            "commune membre (L5211-11)."
        )
    if where and _at_town_hall(where):
        return ok("La séance se tient à la mairie.", **facts)
    if where and _USUAL_PLACE.search(fold(where)) and permanent is not False:
        return ok("La séance se tient au lieu habituel des séances, d’après l’acte.", **facts)
    if where is None and permanent is None:
        if has_minutes(case):
            return unverifiable("Le procès-verbal ne dit pas le lieu de la séance.", **facts)
        return nothing_known("le lieu de la séance", _SITTING_PAGE)
    if case.record.circumstances.is_new_commune:
        return _in_an_annex(case, facts)
    if permanent:
        return ok("La séance se tient dans le lieu fixé à titre définitif par le conseil.", **facts)
    if permanent is False and QUORUM_DIVISOR.at(case.law_date) == 2:
        return at_risk(
            "La séance se tient hors de la mairie, dans un lieu qui n’est pas fixé à titre "
            "définitif : gardez la preuve des circonstances. Risque : séance irrégulière.",
            **facts,
        )
    return unverifiable(
        "L’acte ne dit pas que la séance se tient à la mairie. Ailleurs, vérifiez que le conseil a "
        "fixé ce lieu à titre définitif et qu’il est neutre, accessible, sûr et ouvert au public.",
        **facts,
    )


def _at_town_hall(where: str) -> bool:
    text = f" {fold(where)} "
    return any(f" {words} " in text for words in _TOWN_HALL)


def _in_an_annex(case: Case, facts: dict[str, Any]) -> Verdict:
    """A commune nouvelle meets in an annex: counts the sittings of the year at the mairie."""
    required = NEW_COMMUNE_SITTINGS.at(case.law_date)
    this_year = [
        other
        for other in case.record.circumstances.other_sittings
        if other.date.year == case.law_date.year
    ]
    at_seat = sum(1 for other in this_year if other.at_main_seat)
    facts = {**facts, "sittings_at_main_seat": at_seat, "sittings_required": required}
    told = (
        f"{plural(at_seat, 'séance')} à la mairie en {case.law_date.year}, pour {required} exigées"
    )
    if at_seat >= required:
        return ok(f"Séance dans une annexe de la commune nouvelle ; {told}.", **facts)
    return unverifiable(
        f"Séance dans une annexe de la commune nouvelle ; {told} : complétez les séances de "
        "l’année, et vérifiez que le public a été informé quinze jours avant.",
        **facts,
    )


def requested_sittings(case: Case) -> Verdict:
    """K5. CGCT L2121-9: after a reasoned request the sitting is held within thirty days.

    From the prefect, or from a third of the members in office (a majority below 1 000
    inhabitants). The thirty days run to the sitting itself (CE, Soldani).
    """
    previous, held = previous_sitting(case), case.held_on
    requests = case.record.circumstances.requests
    if not requests:
        return not_applicable("Levier ne connaît aucune demande de réunion du conseil.")
    if held is None:
        return unverifiable("Sans la date de la séance, le délai des demandes est inconnu.")
    renewed_on = case.record.circumstances.election_round_on
    pending = [
        one
        for one in requests
        if not (renewed_on and one.received_on <= renewed_on <= held)  # Made to another council.
        and one.received_on < held
        and (previous is None or previous <= one.received_on)
    ]
    if not pending:
        return _awaiting(case, requests, held)
    first = min(pending, key=lambda one: (_binds(case, one) is not True, one.received_on))
    return _answered(case, first, held)


def _binds(case: Case, request: MeetingRequest) -> bool | None:
    """Whether the request obliges to convene; None when it cannot be told."""
    if request.by_prefect:
        return request.reasoned
    if request.reasoned is False:
        return False
    if request.signatories is None or case.in_office is None:
        return None
    third = request.signatories * 3 >= case.in_office
    majority = request.signatories * 2 > case.in_office
    large = reaches(case, RULED_COMMUNE)
    enough = (third if large else majority) if large is not None else (majority or None)
    if not third:
        enough = False
    return enough if request.reasoned or enough is False else None


def _due_on(case: Case, request: MeetingRequest) -> date:
    return request.received_on + timedelta(days=REQUESTED_SITTING_DAYS.at(case.law_date))


def _awaiting(case: Case, requests: tuple[MeetingRequest, ...], held: date) -> Verdict:
    """A request received since the last sitting known, which no sitting has answered yet."""
    last = max((held, *(other.date for other in case.record.circumstances.other_sittings)))
    waiting = [
        one for one in requests if last == held <= one.received_on and plausible(one.received_on)
    ]
    if not waiting:
        return not_applicable("Aucune demande de réunion n’attendait cette séance.")
    first = min(waiting, key=lambda one: one.received_on)
    due_on = _due_on(case, first)
    facts = {"request_received_on": first.received_on, "due_on": due_on}
    told = f"Demande de réunion reçue le {date_in_words(first.received_on)} après cette séance"
    if case.as_of <= due_on:
        return not_applicable(
            f"{told} : le conseil est à réunir au plus tard le {date_in_words(due_on)}.", **facts
        )
    return unverifiable(
        f"{told} ; Levier ne connaît aucune réunion depuis, alors qu’elle était à tenir au plus "
        f"tard le {date_in_words(due_on)} : enregistrez-la.",
        **facts,
    )


def _answered(case: Case, request: MeetingRequest, held: date) -> Verdict:
    due_on = _due_on(case, request)
    facts = {
        "request_received_on": request.received_on,
        "due_on": due_on,
        "sitting_date": held,
        "signatories": request.signatories,
        "in_office": case.in_office,
        "population": case.population,
        "by_prefect": request.by_prefect,
    }
    told = (
        f"Demande de réunion reçue le {date_in_words(request.received_on)} : la séance était à "
        f"tenir au plus tard le {date_in_words(due_on)}"
    )
    binds = _binds(case, request)
    if binds is False:
        return not_applicable(
            "La demande de réunion n’est pas motivée ou n’a pas réuni assez de signataires : elle "
            "n’oblige pas à convoquer.",
            **facts,
        )
    if held <= due_on:
        return ok(f"{told}, et l’a été le {date_in_words(held)}.", **facts)
    if binds is None:
        return unverifiable(
            f"{told} si la demande oblige à convoquer : indiquez si elle est motivée, le nombre de "
            "ses signataires, l’effectif en exercice et la population.",
            **facts,
        )
    return irregular(
        f"{told} ; elle ne l’a été que le {date_in_words(held)}. Risque : refus illégal de "
        "convoquer.",
        **facts,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        id="K1",
        article="CGCT L2121-7",
        title="Réunion trimestrielle",
        description="Le conseil se réunit au moins une fois par trimestre.",
        severity=Severity.DEADLINE,
        mark=Mark.READ,
        source="fbl-L2121-7 ; doctrine",
        facts=("sitting.date", "circumstances.other_sittings"),
        versions=(_CODIFICATION,),
        judge_sitting=one_sitting_a_quarter,
    ),
    Rule(
        id="K2",
        article="CGCT L2121-7",
        title="Séance d’installation",
        description=(
            "La première séance se tient du vendredi au dimanche après le tour décisif, convoquée "
            "trois jours francs avant."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="fbl-L2121-7 ; doctrine ; env-mag-2015 pour les EPCI",
        facts=(
            "sitting.date",
            "sitting.convocation_date",
            "circumstances.election_round_on",
            "circumstances.installed_on",
        ),
        versions=(_CODIFICATION,),
        judge_sitting=installation_day,
    ),
    Rule(
        id="K3",
        article="CGCT L2121-7, L1111-13",
        title="Charte de l’élu local",
        description=(
            "Après l’élection du maire et des adjoints, la charte de l’élu local est lue et remise."
        ),
        severity=Severity.INFO,
        mark=Mark.READ,
        source="fbl-L2121-7 ; amf15",
        facts=("sitting.formalities.charter_read", "sitting.formalities.charter_handed"),
        versions=(
            _CODIFICATION,
            Version(_CHARTER_ON, "Loi n° 2015-366 du 31 mars 2015"),
        ),
        judge_sitting=charter,
    ),
    Rule(
        id="K4",
        article="CGCT L2121-7",
        title="Lieu de la séance",
        description=(
            "Le conseil se réunit à la mairie, ou dans un autre lieu de la commune fixé à titre "
            "définitif."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="fbl-L2121-7 ; doctrine",
        facts=(
            "sitting.place",
            "sitting.formalities.place_is_permanent",
            "circumstances.is_new_commune",
        ),
        versions=(_CODIFICATION,),
        judge_sitting=place,
    ),
    Rule(
        id="K5",
        article="CGCT L2121-9",
        title="Réunion demandée",
        description=(
            "À la demande motivée du préfet ou d’assez de membres, le conseil se réunit dans les "
            "trente jours."
        ),
        severity=Severity.DEADLINE,
        mark=Mark.READ,
        source="lexbase ; neuville (CE, Soldani) ; landot-2019-05-28",
        facts=("circumstances.requests", "sitting.in_office", "population"),
        versions=(
            _CODIFICATION,
            Version(date(2020, 3, 1), "Loi n° 2015-991 du 7 août 2015, art. 82, au renouvellement"),
        ),
        local_law=True,
        judge_sitting=requested_sittings,
    ),
)
