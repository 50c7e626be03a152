"""Quorum, item by item, and the second convocation (CGCT L2121-17)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from levier.common.domain.findings import GRAVITY_ORDER, Severity
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.parameters import (
    CLEAR_DAYS_SECOND,
    CODIFIED_ON,
    INTEREST_REFORM_ON,
    PRESENCE_REFORM_ON,
    QUORUM_DIVISOR,
)
from levier.council.domain.record import RecusalGround, name_key
from levier.council.domain.rules.attendance import Span, known_count, sorted_names
from levier.council.domain.rules.facts import Case, Item
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

_PROXIES_DO_NOT_COUNT = "les procurations ne comptent pas"


def majority_in_office(in_office: int) -> int:
    """Smallest number of members that is more than half of those in office.

    >>> majority_in_office(11), majority_in_office(8)
    (6, 5)
    """
    return in_office // 2 + 1


def required_present(in_office: int, divisor: int) -> int:
    """Members who must be present: the majority, or a third during the health emergency."""
    return majority_in_office(in_office) if divisor == 2 else -(-in_office // divisor)


@dataclass(frozen=True, slots=True)
class _Count:
    """What is known of the quorum at one moment of the sitting."""

    case: Case
    present: Span | None
    in_office: int | None
    recused: tuple[str, ...] = ()

    @property
    def divisor(self) -> int:
        return QUORUM_DIVISOR.at(self.case.law_date)

    @property
    def required(self) -> int | None:
        return None if self.in_office is None else majority_in_office(self.in_office)

    @property
    def inputs(self) -> dict[str, Any]:
        sitting = self.case.sitting
        facts: dict[str, Any] = {
            "in_office": self.case.in_office,
            "quorum_required": self.required,
            "quorum_present": self.counted,
        }
        if self.present is not None and not self.present.exact:
            facts["quorum_present_at_least"] = self.present.low
            facts["quorum_present_at_most"] = self.present.high
        if sitting.present and known_count(sitting.present_count) is not None:
            facts["present_listed"] = len(sitting.present)
            facts["present_stated"] = sitting.present_count
        if self.in_office != self.case.in_office:
            facts["in_office_counted"] = self.in_office
        if self.recused:
            facts["recused"] = list(self.recused)
        return facts

    @property
    def counted(self) -> int | None:
        """Members present: the number that the act states when its list says otherwise."""
        if self.present is None:
            return None
        stated = known_count(self.case.sitting.present_count)
        listed = self.case.attendance.listed_span()
        if stated is None or listed is None or listed.low <= stated <= listed.high:
            return self.present.low
        return max(self.present.low, min(stated - len(self.recused), self.present.high))

    @property
    def words(self) -> str:
        """« 16 membres présents »."""
        if self.present is None:
            return "nombre de membres présents inconnu"
        if self.present.exact:
            return plural(self.present.low, "membre présent", "membres présents")
        return f"entre {self.present.low} et {self.present.high} membres présents"


def quorum_of_item(item: Item) -> Verdict:
    """Q1. CGCT L2121-17: the majority of the members in office is present when the item opens.

    Only members physically present count (AN 2026), item by item (CAA Nantes, 00NT00977). Members
    of L1111-6, II are no members in office for the item (L2131-11, since 23 February 2022); other
    recused members are taken off those present alone (Senate answer 24626).
    """
    return _judge(_count_of(item))


def _count_of(item: Item) -> _Count:
    case = item.case
    in_office = None if case.in_office is None else case.in_office - item.outside_in_office
    recused = tuple(sorted_names(one.member for one in item.deliberation.recused))
    return _Count(case, item.present, in_office, recused)


def quorum_at_opening(case: Case) -> Verdict:
    """Q1 when the first item opens, for a record without deliberations."""
    return _judge(_Count(case, case.attendance.count(1, case.in_office), case.in_office))


def _judge(count: _Count) -> Verdict:
    required, present, case = count.required, count.present, count.case
    if required is None or count.in_office is None:
        return _without_members_in_office(count)
    if present is None:
        return unverifiable(
            f"L’acte ne dit pas combien de membres étaient présents ; il en fallait {required} "
            f"pour {count.in_office} en exercice.",
            **count.inputs,
        )
    away = len(case.attendance.absent)
    if present.low > count.in_office or away > (case.in_office or 0) or count.in_office < 1:
        return unverifiable(
            f"{count.words.capitalize()} et {plural(away, 'absent nommé', 'absents nommés')} pour "
            f"{count.in_office} en exercice : ces nombres se contredisent, corrigez-les.",
            **count.inputs,
        )
    against = f"{required} requis pour {count.in_office} en exercice"
    if present.low >= required:
        return ok(
            f"Quorum atteint : {count.words}, {against} ; {_PROXIES_DO_NOT_COUNT}.", **count.inputs
        )
    lenient = required_present(count.in_office, count.divisor)
    if lenient < required and present.low >= lenient:
        return replace(
            ok(
                f"Quorum atteint : {count.words}, {lenient} requis (le tiers des {count.in_office} "
                "en exercice, règle de l’état d’urgence sanitaire).",
                **{**count.inputs, "quorum_required": lenient},
            ),
            version=QUORUM_DIVISOR.entry_into_force(case.law_date),
        )
    if case.alsace_moselle and (verdict := _local_dispensation(count, against)):
        return verdict
    if case.sitting.second_convocation and (verdict := _second_time(count, against)):
        return verdict
    return _missed_or_unknown(count, min(lenient, required), against)


def _local_dispensation(count: _Count, against: str) -> Verdict | None:
    """CGCT L2541-4: in Alsace-Moselle a second convocation, or a council half of which is
    interested, deliberates without quorum, under conditions that are not judged here."""
    half_interested = len(count.recused) * 2 >= (count.case.in_office or 0)
    if not (count.case.sitting.second_convocation or half_interested):
        return None
    return unverifiable(
        f"{count.words.capitalize()}, {against}. En Moselle, Bas-Rhin et Haut-Rhin, l’article "
        "L2541-4 dispense de quorum après une seconde convocation qui le rappelle, ou "
        "quand la moitié du conseil est intéressée : vérifiez-en les conditions.",
        **count.inputs,
    )


def _second_time(count: _Count, against: str) -> Verdict | None:
    """A second sitting needs no quorum when three clear days separate it from its convocation."""
    days = count.case.clear_days
    if days is None:
        return unverifiable(
            f"{count.words.capitalize()}, {against}. Sans la date de la seconde convocation, on ne "
            "sait pas si la séance était dispensée de quorum.",
            **count.inputs,
        )
    if days < CLEAR_DAYS_SECOND.at(count.case.law_date):
        return None
    return not_applicable(
        f"Seconde convocation : le quorum n’est pas exigé ({count.words}, {against}), pour les "
        "seules affaires déjà inscrites au premier ordre du jour (règle Q5).",
        **count.inputs,
        clear_days=days,
    )


def _missed_or_unknown(count: _Count, needed: int, against: str) -> Verdict:
    present, case = count.present, count.case
    if present is None or present.high >= needed:
        return unverifiable(
            f"{count.words.capitalize()}, {against} : l’acte ne permet pas de trancher. Précisez "
            "la liste des présents, les arrivées et les départs.",
            **count.inputs,
        )
    if case.record.unread and known_count(case.sitting.present_count) is None:
        return unverifiable(
            f"{count.words.capitalize()} d’après ce qui a été lu, {against}. Des passages de "
            "l’acte n’ont pas été compris : complétez la liste des présents.",
            **count.inputs,
        )
    return irregular(
        f"Quorum non atteint : {count.words}, {against} ; {_PROXIES_DO_NOT_COUNT}. Risque : "
        "annulation de la délibération ; convoquez de nouveau le conseil.",
        **count.inputs,
    )


def _without_members_in_office(count: _Count) -> Verdict:
    """The members in office are unknown: a hypothesis from the names printed, never a verdict."""
    case, attendance = count.case, count.case.attendance
    missing = "L’acte ne dit pas combien de membres sont en exercice"
    named = set(attendance.present) | attendance.absent
    if not attendance.present or not attendance.absent or count.present is None:
        seen = f" ({count.words})" if count.present is not None else ""
        return unverifiable(
            f"{missing}{seen} : indiquez cet effectif pour vérifier le quorum.", **count.inputs
        )
    supposed = majority_in_office(len(named))
    third = required_present(len(named), count.divisor)
    lenient = f" ({third} pendant l’état d’urgence sanitaire)" if third < supposed else ""
    return unverifiable(
        f"{missing}. Il nomme {len(named)} membres, présents ou absents : si tel est l’effectif, "
        f"il fallait {supposed} présents{lenient} ; {count.words}, {_PROXIES_DO_NOT_COUNT}.",
        **count.inputs,
        members_named=len(named),
        quorum_required_if_complete=supposed,
        second_convocation=case.sitting.second_convocation,
    )


def quorum_after_suspensions(case: Case) -> Verdict:
    """Q2. CGCT L2121-17, case law: quorum is counted again after each suspension.

    Each item has its own verdict by Q1; a later departure is no loss of quorum for the item begun
    (CAA Nantes, 00NT00977).
    """
    suspensions = case.sitting.formalities.suspensions
    if not suspensions:
        return not_applicable("L’acte ne fait pas état d’une suspension de séance.")
    judged = []
    for one in suspensions:
        stated = known_count(one.present_count)
        present = case.attendance.count(one.before_item, case.in_office)
        span = present if stated is None else Span(stated, stated)
        judged.append((one.before_item, _judge(_Count(case, span, case.in_office))))
    before, worst = next(
        pair
        for status in GRAVITY_ORDER
        for pair in sorted(judged, key=lambda pair: pair[0])
        if pair[1].status is status
    )
    return replace(
        worst,
        explanation=f"À la reprise, avant l’affaire n° {before} : {_lowered(worst.explanation)}",
        inputs={**worst.inputs, "suspensions": len(suspensions), "before_item": before},
    )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def representatives_out_of_office(item: Item) -> Verdict:
    """Q3. CGCT L2131-11: representatives of L1111-6, II are no members in office for the item."""
    members = _recused_for(item, RecusalGround.L1111_6_II)
    if not members:
        return not_applicable("Aucun déport au titre de l’article L1111-6, II.")
    who = enumerate_in_words(members)
    if item.case.law_date < INTEREST_REFORM_ON:
        return not_applicable(
            f"Avant le 23 février 2022, un représentant qui se retire ({who}) compte toujours "
            "parmi les membres en exercice.",
            members=members,
        )
    if item.case.in_office is None:
        return unverifiable(
            f"Hors des membres en exercice pour cette affaire : {who} ; mais l’acte ne dit pas "
            "combien ils sont.",
            members=members,
        )
    counted = item.case.in_office - item.outside_in_office
    required = majority_in_office(max(counted, 0))
    return ok(
        f"Hors des membres en exercice pour cette affaire (L1111-6, II) : {who} ; le quorum se "
        f"calcule sur {counted} au lieu de {item.case.in_office}, soit {required} présents requis.",
        members=members,
        in_office=item.case.in_office,
        in_office_counted=counted,
        quorum_required=required,
    )


def interested_out_of_present(item: Item) -> Verdict:
    """Q4. Case law: other interested members are taken off those present, never off the office."""
    members = _recused_for(item, RecusalGround.PERSONAL)
    if not members:
        return not_applicable("Aucun membre personnellement intéressé ne se retire.")
    who = enumerate_in_words(members)
    if item.present is None:
        return unverifiable(
            f"Hors des présents pour cette affaire : {who} ; mais l’acte ne dit pas combien ils "
            "sont.",
            members=members,
        )
    count = _count_of(item)
    return ok(
        f"Hors des présents pour cette affaire : {who} ; il reste {count.words}, et le nombre de "
        "membres en exercice ne change pas.",
        members=members,
        in_office=item.case.in_office,
        quorum_present=count.counted,
    )


def _recused_for(item: Item, ground: RecusalGround) -> list[str]:
    return sorted_names(
        one.member
        for one in item.deliberation.recused
        if one.ground is ground and name_key(one.member)
    )


RULES = (
    Rule(
        id="Q1",
        article="CGCT L2121-17",
        title="Quorum",
        description=(
            "La majorité des membres en exercice est physiquement présente à l’ouverture de "
            "chaque affaire ; les procurations ne comptent pas."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "sitting.in_office",
            "sitting.present",
            "sitting.absent",
            "sitting.all_present_except_absent",
            "sitting.present_count",
            "sitting.movements",
            "deliberations[].present_changes",
            "deliberations[].recused",
            "sitting.second_convocation",
        ),
        source="AN-2026 ; atd31-quorum ; landot-2023 ; senat-24626 ; V tric-32, fbl-L1111-6",
        versions=(
            Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)"),
            Version(
                INTEREST_REFORM_ON,
                "Loi n° 2022-217 du 21 février 2022 : les représentants visés à l’article "
                "L1111-6, II ne comptent pas parmi les membres en exercice (L2131-11)",
            ),
        ),
        judge_item=quorum_of_item,
        judge_without_item=quorum_at_opening,
    ),
    Rule(
        id="Q2",
        article="CGCT L2121-17 (jurisprudence)",
        title="Quorum après une suspension",
        description=(
            "Le quorum est vérifié à l’ouverture, à la reprise après chaque suspension et au début "
            "de chaque affaire, non au moment du vote."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "sitting.in_office",
            "sitting.present",
            "sitting.absent",
            "sitting.all_present_except_absent",
            "sitting.present_count",
            "sitting.movements",
            "deliberations[].present_changes",
            "sitting.formalities.suspensions",
        ),
        source="landot-2023 ; CAA Nantes, 00NT00977",
        versions=(Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)"),),
        judge_sitting=quorum_after_suspensions,
    ),
    Rule(
        id="Q3",
        article="CGCT L2131-11 et L1111-6, II",
        title="Représentants hors des membres en exercice",
        description=(
            "Pour l’affaire dont ils se retirent, les représentants visés à l’article L1111-6, II "
            "ne comptent pas parmi les membres en exercice."
        ),
        severity=Severity.NULLITY,
        mark=Mark.READ,
        facts=(
            "sitting.in_office",
            "deliberations[].recused",
        ),
        source="tric-32 ; fbl-L1111-6",
        versions=(
            Version(CODIFIED_ON, "Avant la loi n° 2022-217 : l’effectif ne change pas"),
            Version(INTEREST_REFORM_ON, "Loi n° 2022-217 du 21 février 2022"),
            Version(PRESENCE_REFORM_ON, "Loi n° 2025-1249 du 22 décembre 2025, art. 32"),
        ),
        judge_item=representatives_out_of_office,
    ),
    Rule(
        id="Q4",
        article="CGCT L2121-17 (jurisprudence)",
        title="Membres intéressés hors des présents",
        description=(
            "Les autres membres intéressés ne comptent pas parmi les présents pour l’affaire, mais "
            "restent membres en exercice."
        ),
        severity=Severity.NULLITY,
        mark=Mark.SECONDARY,
        facts=(
            "sitting.present",
            "deliberations[].recused",
        ),
        source="senat-24626 ; cotes-darmor (CE, 22 mai 1896, La Teste-de-Buch)",
        versions=(Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)"),),
        judge_item=interested_out_of_present,
    ),
)
