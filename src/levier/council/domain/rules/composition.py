"""Who sits: council deemed complete, members in office, resignations, order of the table."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import (
    date_in_words,
    enumerate_in_words,
    fold,
    group_thousands,
    plural,
)
from levier.council.domain.circumstances import Seat
from levier.council.domain.parameters import (
    CODIFIED_ON,
    COMPLETE_COUNCIL_REFORM_ON,
    COMPLETE_COUNCILS,
    DEPUTIES_PERCENT,
    deemed_complete_from,
    legal_council_size,
)
from levier.council.domain.record import AssemblyKind, MatterNature, name_key
from levier.council.domain.rules.assembly_facts import (
    elections,
    is_installation,
    seats_on,
    size_facts_missing,
    size_rule_apart,
)
from levier.council.domain.rules.facts import Case
from levier.council.domain.rules.quorum import majority_in_office
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
_RENEWAL_2026 = COMPLETE_COUNCILS[-1][0]
_SEATS = "les mandats des membres du conseil"


def council_complete(case: Case) -> Verdict:
    """C2. CGCT L2121-2-1, L2122-8: the council is complete before it elects mayor or deputies.

    Right after a general renewal the election may go on with vacant seats (CE, 19 January 1990,
    n° 108778). New vacancies after complementary elections do not prevent it, unless a third of the
    seats is lost.
    """
    if not elections(case):
        return not_applicable("La séance n’élit ni le maire ni d’adjoint.")
    if (apart := size_rule_apart(case)) is not None:
        return not_applicable(apart)
    if case.population is None or case.in_office is None or case.kind is None:
        missing = size_facts_missing(case)
        return unverifiable(
            "Le conseil doit être complet avant d’élire le maire ou un adjoint ; il manque "
            f"{enumerate_in_words(missing)}.",
            in_office=case.in_office,
            population=case.population,
        )
    return _complete_for_election(case, case.population, case.in_office)


def _complete_for_election(case: Case, population: int, in_office: int) -> Verdict:
    legal = legal_council_size(population)
    enough = deemed_complete_from(population, case.law_date)
    facts = {
        "in_office": in_office,
        "population": population,
        "legal_size": legal,
        "deemed_complete_from": enough,
    }
    words = (
        f"{plural(in_office, 'membre')} en exercice sur {legal} sièges pour "
        f"{group_thousands(population)} habitants"
    )
    if in_office >= legal:
        return ok(f"{words} : le conseil est complet pour élire le maire ou un adjoint.", **facts)
    if enough is not None and in_office >= enough:
        return ok(f"{words} : le conseil est réputé complet à partir de {enough}.", **facts)
    installation = is_installation(case)
    if installation:
        return not_applicable(
            f"{words}. La séance d’installation peut élire le maire avec des sièges vacants "
            "(CE, 19 janvier 1990, n° 108778).",
            **facts,
        )
    later = deemed_complete_from(population, _RENEWAL_2026)
    between = COMPLETE_COUNCIL_REFORM_ON <= case.law_date < _RENEWAL_2026
    if installation is None or (between and later is not None and in_office >= later):
        return unverifiable(
            f"{words}. Hors de la séance d’installation, un conseil incomplet doit d’abord être "
            "complété : vérifiez de quelle séance il s’agit et le texte alors applicable.",
            **facts,
        )
    if (legal - in_office) * 3 >= legal:
        return irregular(
            f"{words} : le conseil a perdu le tiers de ses membres et doit être complété avant "
            "d’élire le maire ou un adjoint. Risque : annulation de l’élection.",
            **facts,
        )
    return at_risk(
        f"{words} : des élections complémentaires doivent précéder l’élection, sauf vacances "
        "survenues après de telles élections, ou élection d’un seul adjoint. Risque : annulation "
        "de l’élection.",
        **facts,
    )


def members_in_office(case: Case) -> Verdict:
    """C3. The number in office is that of the seats filled, the basis of the quorum (L2121-17).

    Resignations and ended mandates are deducted; the legal number does not count.
    """
    around = case.record.circumstances
    if not around.seats:
        return nothing_known(_SEATS)
    if case.held_on is None:
        return unverifiable("Sans la date de la séance, les mandats en cours sont inconnus.")
    filled = len({name_key(seat.member) for seat in seats_on(case, case.held_on)})
    facts = {
        "in_office": case.in_office,
        "seats_filled": filled,
        "seats_are_complete": around.seats_are_complete,
    }
    seats = f"{plural(filled, 'mandat')} en cours le {date_in_words(case.held_on)} d’après la fiche"
    if case.in_office is None:
        return unverifiable(
            f"L’acte ne dit pas combien de membres sont en exercice ; {seats}.", **facts
        )
    printed = f"L’acte compte {plural(case.in_office, 'membre')} en exercice"
    if case.in_office == filled:
        return ok(f"{printed}, comme la fiche de l’assemblée.", **facts)
    if not around.seats_are_complete and filled < case.in_office:
        return unverifiable(
            f"{printed} ; {seats}, qui n’est pas déclarée complète : complétez-la.", **facts
        )
    required = (majority_in_office(case.in_office), majority_in_office(filled))
    change = (
        f"Le quorum passe de {required[0]} à {required[1]} présents. "
        if required[0] != required[1]
        else ""
    )
    return at_risk(
        f"{printed} ; {seats}, démissions déduites. {change}Corrigez l’un des deux. Risque : "
        "quorum compté sur un effectif inexact.",
        **facts,
        quorum_required=required[1],
    )


def resignations(case: Case) -> Verdict:
    """C4. CGCT L2121-4 (L5211-1 for EPCI): a resignation is definitive on receipt.

    From that day the member is no longer in office and cannot take part. The wording was read for
    EPCI; for a commune this rule informs only.
    """
    around = case.record.circumstances
    if not around.resignations:
        return not_applicable("Levier ne connaît aucune démission.")
    if case.held_on is None:
        return unverifiable("Sans la date de la séance, l’effet des démissions est inconnu.")
    received = [one for one in around.resignations if one.received_on <= case.held_on]
    if not received:
        return not_applicable("Les démissions connues ont été reçues après la séance.")
    facts = {"resignations": [f"{one.member} : {one.received_on}" for one in received]}
    back = _seats_begun_after(case, {name_key(one.member): one.received_on for one in received})
    acting = sorted(
        one.member
        for one in received
        if name_key(one.member) not in back and name_key(one.member) in _taking_part(case)
    )
    if not acting:
        return ok(
            "Les membres dont la démission a été reçue avant la séance n’y figurent pas ; "
            "l’effectif en exercice doit être diminué d’autant.",
            **facts,
        )
    conclude = at_risk if case.kind is AssemblyKind.EPCI else unverifiable
    return conclude(
        "Démission reçue avant la séance, donc définitive, de membres que l’acte compte encore : "
        f"{enumerate_in_words(acting)}. Vérifiez la date de réception et l’effectif en exercice.",
        **facts,
        still_listed=acting,
    )


def _seats_begun_after(case: Case, received: dict[frozenset[str], date]) -> set[frozenset[str]]:
    """Members who resigned and hold a later mandate."""
    return {
        key
        for seat in case.record.circumstances.seats
        if (key := name_key(seat.member)) in received
        and seat.starts_on is not None
        and case.held_on is not None
        and received[key] < seat.starts_on <= case.held_on
    }


def _taking_part(case: Case) -> set[frozenset[str]]:
    """Whoever the act counts as a member: present, excused, giver or holder of a procuration."""
    sitting = case.sitting
    listed = (*sitting.present, *sitting.absent)
    proxies = [name for one in sitting.proxies for name in (one.giver, one.holder)]
    return {name_key(name) for name in (*listed, *proxies)}


_RANKS = {"mayor": 0, "deputy_mayor": 1}


def _rank(seat: Seat) -> tuple[Any, ...]:
    """Mayor, deputies by rank, then seniority of election, votes, age (CGCT L2121-1)."""
    group = _RANKS.get(seat.function or "", 2)
    within: tuple[Any, ...] = (
        (seat.rank or 0,)
        if group == 1
        else (seat.elected_on or date.max, -(seat.votes or 0), seat.born_on or date.max)
    )
    return (group, *within, fold(seat.member))


def _unranked(seats: tuple[Seat, ...]) -> list[str]:
    """Members whose place lacks a fact: a deputy's rank, a councillor's election, votes or age."""
    councillors = [seat for seat in seats if seat.function not in _RANKS]
    deputies = [seat for seat in seats if seat.function == "deputy_mayor"]
    lacking = [seat.member for seat in deputies if seat.rank is None and len(deputies) > 1]
    lacking += [
        seat.member
        for seat in councillors
        if len(councillors) > 1 and None in (seat.elected_on, seat.votes, seat.born_on)
    ]
    return lacking


def order_of_the_table(case: Case) -> Verdict:
    """C5. CGCT L2121-1: the ordre du tableau, computed from the mandates.

    It ranks the members who replace the mayor. No text asks to print the names in that order: a
    list in another order is no defect.
    """
    if case.kind is AssemblyKind.EPCI:
        return not_applicable("L’ordre du tableau de l’article L2121-1 est celui des communes.")
    if not case.record.circumstances.seats or case.held_on is None:
        return nothing_known("les mandats qui font l’ordre du tableau")
    seats = tuple(sorted(seats_on(case, case.held_on), key=_rank))
    if lacking := _unranked(seats):
        shown = enumerate_in_words(lacking[:3]) + (" et d’autres" if len(lacking) > 3 else "")
        return unverifiable(
            "Pour établir l’ordre du tableau, il manque la date d’élection, les suffrages ou la "
            f"date de naissance (le rang pour un adjoint) : {shown}.",
            order_unknown_for=lacking,
        )
    order = [seat.member for seat in seats]
    places = {name_key(name): place for place, name in enumerate(order)}
    printed = [
        place for name in case.sitting.present if (place := places.get(name_key(name))) is not None
    ]
    follows = printed == sorted(printed)
    how = (
        "Les présents sont nommés dans l’ordre du tableau"
        if printed and follows
        else "Ordre du tableau établi d’après la fiche"
        if follows
        else "Les présents sont nommés dans un autre ordre que celui du tableau, ce que la loi "
        "n’interdit pas"
    )
    conclude = ok if follows else not_applicable
    return conclude(f"{how}.", table_order=order)


def deputies_number(case: Case) -> Verdict:
    """C6. CGCT L2122-2: deputies are at most 30 % of the legal council, rounded down. Informs."""
    if (apart := size_rule_apart(case)) is not None:
        return not_applicable(apart)
    deputies = _deputies(case)
    if not deputies:
        return nothing_known("le nombre d’adjoints")
    if case.population is None or case.kind is None:
        return unverifiable(
            "Pour comparer le nombre d’adjoints à la limite, il manque la nature de l’assemblée "
            "ou la population municipale.",
            deputies=deputies,
        )
    legal = legal_council_size(case.population)
    most = legal * DEPUTIES_PERCENT.at(case.law_date) // 100
    facts = {"deputies": deputies, "deputies_allowed": most, "legal_size": legal}
    words = f"{plural(deputies, 'adjoint')} pour {most} au plus (30 % de {legal} sièges)"
    if deputies <= most:
        return ok(f"{words}.", **facts)
    return unverifiable(f"{words} : vérifiez ce nombre et les dérogations applicables.", **facts)


def _deputies(case: Case) -> int:
    elected = {
        name_key(name)
        for deliberation in case.record.deliberations
        if deliberation.nature is MatterNature.DEPUTIES_ELECTION
        for name in deliberation.vote.elected
    }
    seats = seats_on(case, case.law_date)
    seated = {name_key(seat.member) for seat in seats if seat.function == "deputy_mayor"}
    return len(elected) if elected else len(seated)


RULES: tuple[Rule, ...] = (
    Rule(
        id="C2",
        article="CGCT L2121-2-1, L2122-8",
        title="Conseil complet avant une élection",
        description=(
            "Le conseil est complet, ou réputé complet, avant d’élire le maire ou un adjoint."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="juriblio-2025-444 ; landot-2020-02-07 ; fbl-L2122-8 ; atd31",
        facts=("population", "sitting.in_office", "deliberations.nature"),
        versions=(
            Version(CODIFIED_ON, "L2122-8 seul : tous les sièges sont pourvus"),
            Version(date(2019, 12, 28), "Loi n° 2019-1461 du 27 décembre 2019, art. 38"),
            Version(
                _RENEWAL_2026,
                "Loi n° 2025-444 du 21 mai 2025, art. 5, au renouvellement général de 2026",
            ),
        ),
        judge_sitting=council_complete,
    ),
    Rule(
        id="C3",
        article="CGCT L2121-17",
        title="Effectif en exercice",
        description=(
            "L’effectif en exercice est celui des sièges pourvus, démissions et décès déduits."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        source="atd31-quorum ; monalbiez",
        facts=("sitting.in_office", "circumstances.seats", "circumstances.resignations"),
        versions=(_CODIFICATION,),
        judge_sitting=members_in_office,
    ),
    Rule(
        id="C4",
        article="CGCT L2121-4, L5211-1",
        title="Démission d’un membre",
        description=(
            "La démission est définitive dès sa réception par le maire ou le président ; le membre "
            "n’est plus en exercice."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        source="legif LEGIARTI000031038607 pour les EPCI ; connaissance générale pour les communes",
        facts=("circumstances.resignations", "sitting.present", "sitting.absent"),
        versions=(_CODIFICATION,),
        judge_sitting=resignations,
    ),
    Rule(
        id="C5",
        article="CGCT L2121-1",
        title="Ordre du tableau",
        description=(
            "Après le maire et les adjoints, les conseillers prennent rang par ancienneté "
            "d’élection, suffrages et âge."
        ),
        severity=Severity.INFO,
        mark=Mark.READ,
        source="legif-2021-12",
        facts=("circumstances.seats", "sitting.present"),
        versions=(_CODIFICATION,),
        local_law=True,
        judge_sitting=order_of_the_table,
    ),
    Rule(
        id="C6",
        article="CGCT L2122-2",
        title="Nombre d’adjoints",
        description="Les adjoints ne dépassent pas 30 % de l’effectif légal du conseil.",
        severity=Severity.INFO,
        mark=Mark.GENERAL,
        source="connaissance générale",
        facts=("circumstances.seats", "population"),
        versions=(_CODIFICATION,),
        judge_sitting=deputies_number,
    ),
)
