"""How the sitting is held: before the public or not, in one place or several."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.formalities import InCamera
from levier.council.domain.parameters import (
    CODIFIED_ON,
    IN_CAMERA_REQUEST,
    IN_CAMERA_REQUEST_EPCI,
    REMOTE_EMERGENCY,
    REMOTE_MEETINGS_ON,
)
from levier.council.domain.record import AssemblyKind, MatterNature, VoteMode
from levier.council.domain.rules.attendance import Span, known_count
from levier.council.domain.rules.ballots import secret_requested
from levier.council.domain.rules.facts import NOMINATIONS, Case, Item
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    Version,
    at_risk,
    irregular,
    not_applicable,
    ok,
    unverifiable,
)


def in_camera(case: Case) -> Verdict:
    """S5. CGCT L2121-18: the sitting is public; three members or the mayor may ask otherwise.

    In an EPCI, five members or the president (L5211-11). The council decides without debate, at the
    absolute majority of the members present or represented.
    """
    asked = case.sitting.formalities.in_camera
    if asked is None:
        return not_applicable("L’acte ne fait pas état d’un huis clos : la séance est publique.")
    epci = case.kind is AssemblyKind.EPCI
    least = (IN_CAMERA_REQUEST_EPCI if epci else IN_CAMERA_REQUEST).at(case.law_date)
    enough = IN_CAMERA_REQUEST_EPCI.at(case.law_date) if case.kind is None else least
    voters = _voters_at_opening(case)
    facts: dict[str, Any] = {
        "requested_by": asked.requested_by,
        "requests_required": least,
        "by_president": asked.by_president,
        "for": asked.in_favour,
        "against": asked.against,
        "debated": asked.debated,
        "present_or_represented": None if voters is None else voters.low,
    }
    breaches = _in_camera_breaches(asked, least, voters)
    if breaches:
        return irregular(
            f"Le huis clos n’est pas régulier : {enumerate_in_words(breaches)}. Risque : "
            "annulation des délibérations prises à huis clos.",
            **facts,
        )
    missing = _in_camera_gaps(asked, enough, voters)
    if missing:
        return unverifiable(
            f"Pour vérifier le huis clos, il manque {enumerate_in_words(missing)}.", **facts
        )
    who = "le président" if asked.by_president else plural(asked.requested_by or 0, "membre")
    return ok(
        f"Huis clos demandé par {who} et décidé sans débat par {asked.in_favour} voix, à la "
        "majorité absolue des membres présents ou représentés.",
        **facts,
    )


def _voters_at_opening(case: Case) -> Span | None:
    present = case.attendance.count(1, case.in_office)
    if present is None:
        return None
    used = case.attendance.proxies_used(1, frozenset(), case.proxies_per_holder)
    return present.shifted(used.low, used.high)


def _in_camera_breaches(asked: InCamera, least: int, voters: Span | None) -> list[str]:
    found = []
    requests, in_favour = known_count(asked.requested_by), known_count(asked.in_favour)
    if asked.by_president is False and requests is not None and requests < least:
        found.append(f"{plural(requests, 'membre')} l’ont demandé, pour {least} requis")
    if asked.debated:
        found.append("il a été débattu avant d’être décidé")
    if in_favour is not None and voters is not None and in_favour * 2 <= voters.low:
        found.append(
            f"{in_favour} voix ne font pas la majorité absolue des {voters.low} présents ou "
            "représentés"
        )
    return found


def _in_camera_gaps(asked: InCamera, least: int, voters: Span | None) -> list[str]:
    requests, in_favour = known_count(asked.requested_by), known_count(asked.in_favour)
    decided = voters is not None and in_favour is not None and in_favour * 2 > voters.high
    return [
        words
        for words, known in (
            (
                f"qui l’a demandé ({least} membres au moins, ou le président)",
                asked.by_president or (requests is not None and requests >= least),
            ),
            ("le fait que le conseil a décidé sans débat", asked.debated is False),
            ("le nombre de voix pour, et celui des présents et représentés", decided),
        )
        if not known
    ]


_NEVER_REMOTE = frozenset({*NOMINATIONS, MatterNature.BUDGET})
"""Matters that L5211-11-1 keeps for a sitting in one place: elections, delegates, budget."""


def several_places(case: Case) -> Verdict:
    """Q6. CGCT L5211-11-1: an EPCI's organ may meet by video in several places; a commune may not.

    Public ballot only; not for the election of the president and bureau, the budget, nor the naming
    of delegates; the convocation says so; one sitting per half-year is held in one place.
    """
    places = case.sitting.formalities.remote_places
    if not places:
        return not_applicable("La séance se tient en un seul lieu, d’après l’acte.")
    facts: dict[str, Any] = {
        "places": list(places),
        "remote_mention": case.sitting.formalities.convocation.remote_mention,
    }
    if refusal := _unjudged_remote(case, facts):
        return refusal
    if case.kind is AssemblyKind.COMMUNE:
        return irregular(
            "Un conseil municipal ne se réunit pas en visioconférence dans plusieurs lieux. Risque "
            ": annulation des délibérations.",
            **facts,
        )
    breaches = [words for item in case.items for words in _remote_breaches(item)]
    if facts["remote_mention"] is False:
        breaches.append("la convocation n’en fait pas mention")
    if breaches:
        return irregular(
            f"Réunion en plusieurs lieux irrégulière : {enumerate_in_words(breaches)}. Risque : "
            "annulation des délibérations concernées.",
            **facts,
            problems=breaches,
        )
    return _half_year(case, facts)


def _unjudged_remote(case: Case, facts: dict[str, Any]) -> Verdict | None:
    first, last = REMOTE_EMERGENCY
    if first <= case.law_date <= last:
        return unverifiable(
            "La séance s’est tenue en visioconférence pendant l’état d’urgence sanitaire, sous des "
            "règles que Levier ne juge pas.",
            **facts,
        )
    if case.kind is None:
        return unverifiable(
            "Indiquez si l’assemblée est un conseil municipal ou celui d’un EPCI : seul le second "
            "peut se réunir en plusieurs lieux.",
            **facts,
        )
    if case.kind is AssemblyKind.EPCI and case.law_date < REMOTE_MEETINGS_ON:
        return unverifiable(
            "Levier ne détient pas la rédaction de l’article L5211-11-1 antérieure au 1er août "
            "2022.",
            **facts,
        )
    return None


def _remote_breaches(item: Item) -> list[str]:
    if item.postponed:
        return []
    found = []
    if item.deliberation.nature in _NEVER_REMOTE:
        found.append(f"la {item.scope} ne peut être prise qu’en un seul lieu")
    if item.vote.mode is VoteMode.SECRET:
        found.append(f"la {item.scope} est votée au scrutin secret")
    elif item.vote.secret_requests and secret_requested(item):
        found.append(f"la {item.scope}, pour laquelle le scrutin secret est demandé, n’est pas "
                     "reportée")  # fmt: skip
    return found


def _half_year(case: Case, facts: dict[str, Any]) -> Verdict:
    """The convocation's mention, and one sitting in one place in the half-year."""
    if facts["remote_mention"] is None:
        return unverifiable(
            "Vérifiez que la convocation annonce la réunion en plusieurs lieux.", **facts
        )
    held = case.law_date
    others = case.record.circumstances.other_sittings
    same = [one for one in others if _half(one.date) == _half(held)]
    in_one_place = [one.date for one in same if not one.remote]
    facts = {**facts, "sittings_in_one_place": sorted(in_one_place)}
    if in_one_place:
        return ok(
            "Réunion en plusieurs lieux annoncée par la convocation, au scrutin public, pour des "
            "affaires qui le permettent ; une autre séance du semestre s’est tenue en un lieu.",
            **facts,
        )
    if same and _half(case.as_of) > _half(held):
        return at_risk(
            "Aucune séance du semestre ne s’est tenue en un seul lieu, d’après les séances "
            "connues. Risque : contestation des délibérations.",
            **facts,
        )
    return unverifiable(
        "Vérifiez qu’au moins une séance du semestre se tient en un seul lieu.", **facts
    )


def _half(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 6


_CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")

RULES: tuple[Rule, ...] = (
    Rule(
        id="S5",
        article="CGCT L2121-18, L5211-11",
        title="Huis clos",
        description=(
            "La séance est publique ; trois membres ou le maire (cinq ou le président dans un "
            "EPCI) peuvent demander le huis clos, décidé sans débat à la majorité absolue."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "assembly_kind",
            "sitting.formalities.in_camera",
        ),
        source="doctrine ; S amf-40890 pour l’EPCI",
        versions=(_CODIFICATION,),
        judge_sitting=in_camera,
    ),
    Rule(
        id="Q6",
        article="CGCT L5211-11-1",
        title="Réunion en plusieurs lieux",
        description=(
            "L’organe d’un EPCI peut se réunir en visioconférence, au scrutin public, sauf pour "
            "les élections, le budget et les désignations, avec une séance par semestre en un lieu."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "assembly_kind",
            "sitting.formalities.remote_places",
            "sitting.formalities.convocation.remote_mention",
            "deliberations[].vote.mode",
            "deliberations[].nature",
            "circumstances.other_sittings",
        ),
        source="V doctrine (texte de 2019) ; atd31-visio (texte de 2022)",
        versions=(
            Version(CODIFIED_ON, "Avant la loi n° 2019-1461 : réunion en un seul lieu"),
            Version(REMOTE_MEETINGS_ON, "Loi n° 2022-217 du 21 février 2022"),
        ),
        judge_sitting=several_places,
    ),
)
