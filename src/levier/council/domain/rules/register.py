"""The register of deliberations and of delegated decisions (CGCT L2121-23, R2121-9, L2122-23)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from levier.common.domain.dates import add_months
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words, plural
from levier.council.domain.circumstances import DelegatedDecision, RegisterVolume
from levier.council.domain.minutes_content import ranges
from levier.council.domain.parameters import (
    PUBLICITY_REFORM_ON,
    SMALL_REGISTER,
    SMALL_REGISTER_YEARS,
)
from levier.council.domain.record import AssemblyKind, DocumentKind, name_key
from levier.council.domain.rules.facts import Case, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    at_risk,
    irregular,
    not_applicable,
    nothing_known,
    ok,
    unverifiable,
)
from levier.council.domain.rules.wordings import CODIFICATION, PUBLICITY_DECREE, PUBLICITY_REFORM

_MOST_GAPS = 50  # Beyond, the numbers are not those of the sitting.


def signed(case: Case) -> Verdict:
    """R4. CGCT L2121-23, wording of 1 July 2022: signed by the mayor and the secretary.

    Before, by all the members present. The want of a signature does not suspend the act (Senate
    answer 02858). Signatures stand in the register: an extract never settles the rule.
    """
    signatory, president = case.record.signatory, case.sitting.president
    facts = {"signatory": signatory, "signed_on": plausible(case.record.signed_on)}
    formalities = case.sitting.formalities
    signatures = (
        formalities.register_signed_by_president,
        formalities.register_signed_by_secretary,
    )
    if False in signatures:
        who = enumerate_in_words(
            name
            for name, is_there in zip(
                ("du maire", "du secrétaire de séance"), signatures, strict=True
            )
            if is_there is False
        )
        return irregular(
            f"La signature {who} manque au registre. C’est un vice de forme, qui n’ôte pas aux "
            "actes leur caractère exécutoire.",
            **facts,
        )
    if all(signatures) and case.law_date >= PUBLICITY_REFORM_ON:
        return ok("Le maire et le secrétaire de séance ont signé au registre.", **facts)
    if not signatory or not name_key(signatory):
        return unverifiable(
            "L’acte ne nomme pas de signataire ; vérifiez les signatures portées au registre.",
            **facts,
        )
    also = ""
    if president and name_key(president) == name_key(signatory):
        also = ", qui a présidé la séance"
    if case.law_date < PUBLICITY_REFORM_ON:
        return unverifiable(
            f"Signataire : {signatory}{also}. À cette date, les membres présents signaient aussi "
            "au registre : vérifiez-le.",
            **facts,
        )
    return unverifiable(
        f"Signataire : {signatory}{also}. La signature du secrétaire de séance, au registre, est à "
        "vérifier.",
        **facts,
    )


def volume_of(case: Case) -> RegisterVolume | None:
    """The register of the year of the sitting, when the record tells of it."""
    return next(
        (
            volume
            for volume in case.record.circumstances.registers
            if case.held_on and volume.year == case.held_on.year
        ),
        None,
    )


def binding_due_on(case: Case) -> date | None:
    """Last day on which the sheets of the sitting's year are bound; None when nothing dates it.

    The end of the year; every five years below 1 000 inhabitants (R2121-9).
    """
    if case.held_on is None or case.kind is None or case.law_date < PUBLICITY_REFORM_ON:
        return None
    if case.kind is AssemblyKind.COMMUNE and case.population is None:
        return None
    small = case.kind is AssemblyKind.COMMUNE and (case.population or 0) < SMALL_REGISTER.at(
        case.law_date
    )
    later = SMALL_REGISTER_YEARS.at(case.law_date) - 1 if small else 0
    return date(case.held_on.year + later, 12, 31)


def register_kept(case: Case) -> Verdict:
    """R5. CGCT R2121-9: numbers in order, initialled sheets, closing sheet, tables, paper."""
    volume, numbers = volume_of(case), _numbers(case)
    due_on = binding_due_on(case)
    bound_on = plausible(volume.bound_on) if volume else None
    repeated = tuple(sorted(number for number, times in Counter(numbers).items() if times > 1))
    gaps = _gaps(case, numbers)
    facts: dict[str, Any] = {
        "numbers": numbers,
        "numbers_repeated": repeated,
        "numbers_missing": gaps,
        "due_on": due_on,
        "done_on": bound_on,
    }
    checks = _checks(case, volume, is_bound=bound_on is not None)
    if broken := [breach for breach, _, is_so in checks if is_so is False]:
        return irregular(f"Registre à régulariser : {enumerate_in_words(broken)}.", **facts)
    if badly_numbered := _numbering(case, facts):
        return badly_numbered
    if bound_on and due_on and bound_on > due_on:
        return at_risk(
            f"Le registre a été relié le {date_in_words(bound_on)}, pour le "
            f"{date_in_words(due_on)} au plus tard.",
            **facts,
        )
    unknown = [kept for _, kept, is_so in checks if is_so is None]
    if len(unknown) == len(checks):
        if len(numbers) < 2:
            return nothing_known("la tenue du registre", "la fiche de l’assemblée")
        return unverifiable(
            "Les numéros des délibérations se suivent ; la tenue du registre (feuillets paraphés, "
            "feuillet de clôture, tables) est à vérifier.",
            **facts,
        )
    if unknown or bound_on is None:
        left = [*unknown, *([] if bound_on else ["le registre est relié, avec ses deux tables"])]
        by = (
            f" ; reliure au plus tard le {date_in_words(due_on)}" if due_on and not bound_on else ""
        )
        return unverifiable(f"Reste à vérifier que {enumerate_in_words(left)}{by}.", **facts)
    return ok(
        "Le registre est sur papier, paraphé, relié, et porte ses deux tables ; les numéros de la "
        "séance se suivent.",
        **facts,
    )


def _checks(
    case: Case, volume: RegisterVolume | None, *, is_bound: bool
) -> list[tuple[str, str, bool | None]]:
    """Each formality of R2121-9: what breaks it, what keeps it, and whether it is kept."""
    formalities = case.sitting.formalities
    of_sheets = [
        (
            "les feuillets de la séance ne sont pas paraphés",
            "les feuillets de la séance sont paraphés",
            formalities.register_sheets_initialled,
        ),
        (
            "le feuillet de clôture manque",
            "le feuillet de clôture existe",
            formalities.register_closing_sheet,
        ),
    ]
    if volume is None:
        return of_sheets
    of_volume = [
        ("il n’est pas tenu sur papier", "le registre est tenu sur papier", volume.on_paper),
        ("il n’est pas coté ni paraphé", "le registre est coté et paraphé", volume.initialled),
    ]
    tables = [
        ("la table par date manque", "la table par date existe", volume.table_by_date),
        ("la table par objet manque", "la table par objet existe", volume.table_by_subject),
    ]
    return [*of_sheets, *of_volume, *(tables if is_bound else [])]


def _numbers(case: Case) -> tuple[int, ...]:
    return tuple(
        deliberation.number
        for deliberation in case.record.deliberations
        if deliberation.number is not None
    )


def _gaps(case: Case, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Numbers skipped between the first and the last one of the sitting."""
    if case.record.document_kind is DocumentKind.EXTRACT or len(numbers) < 2:
        return ()
    low, high = min(numbers), max(numbers)
    if high - low > len(numbers) + _MOST_GAPS:
        return ()
    return tuple(sorted(set(range(low, high + 1)) - set(numbers)))


def _numbering(case: Case, facts: dict[str, Any]) -> Verdict | None:
    """What the numbers of the sitting show against them; a text that was read may be misread."""
    repeated, gaps = facts["numbers_repeated"], facts["numbers_missing"]
    said = []
    if repeated:
        noun = "le numéro" if len(repeated) == 1 else "chacun des numéros"
        said.append(f"{noun} {enumerate_in_words(map(str, repeated))} sert plusieurs fois")
    if gaps:
        noun = "le numéro" if len(gaps) == 1 else "les numéros"
        said.append(f"il manque {noun} {enumerate_in_words(ranges(gaps))}")
    if not said:
        return None
    words = f"Dans les numéros d’ordre de la séance, {enumerate_in_words(said)}"
    on_agenda = {item.number for item in case.sitting.agenda}
    was_read = case.record.document_kind is not None
    if was_read or (not repeated and on_agenda.issuperset(gaps)):
        return unverifiable(f"{words} ; vérifiez s’il s’agit de points sans délibération.", **facts)
    return at_risk(f"{words} : corrigez la numérotation.", **facts)


def decisions_entered(case: Case) -> Verdict:
    """R6. CGCT R2122-7-1: decisions taken by delegation stand in the same register, by date."""
    decisions = _decisions_until(case)
    if not decisions:
        return nothing_known("les décisions prises par délégation du conseil")
    absent = [one.taken_on for one in decisions if one.entered_in_register is False]
    unknown = [one.taken_on for one in decisions if one.entered_in_register is None]
    facts = {"decisions": len(decisions), "not_entered": absent}
    if absent:
        return irregular(
            f"{_decisions_in_words(absent)} : l’inscription au registre manque, alors que les "
            "décisions prises par délégation y figurent par ordre de date.",
            **facts,
        )
    if unknown:
        return unverifiable(
            f"{_decisions_in_words(unknown)} : vérifiez l’inscription au registre.", **facts
        )
    return ok(
        f"{plural(len(decisions), 'décision prise', 'décisions prises')} par délégation, au "
        "registre.",
        **facts,
    )


def decisions_reported(case: Case) -> Verdict:
    """R7. CGCT L2122-23: the mayor reports each delegated decision at the compulsory sittings.

    One sitting a quarter is compulsory (L2121-7): a decision is reported by the end of the quarter
    that follows its own.
    """
    if case.kind is AssemblyKind.EPCI:
        return not_applicable(
            "Les délégations d’un EPCI suivent l’article L5211-10, que Levier ne juge pas ici."
        )
    if not _decisions_until(case):
        return nothing_known("les décisions prises par délégation du conseil")
    waiting = [one for one in _decisions_until(case) if _awaits_report(case, one)]
    facts: dict[str, Any] = {"decisions": len(waiting)}
    if not waiting:
        return ok(
            "Toutes les décisions connues ont été rapportées au conseil avant cette séance.",
            **facts,
        )
    facts["due_on"] = min(end_of_next_quarter(one.taken_on) for one in waiting)
    reports = [plausible(one.reported_on) for one in waiting]
    facts["done_on"] = None if None in reports else max(day for day in reports if day)
    late = [
        one.taken_on
        for one in waiting
        if (day := plausible(one.reported_on)) and day > end_of_next_quarter(one.taken_on)
    ]
    if late:
        return irregular(
            f"{_decisions_in_words(late)} : le compte rendu au conseil n’a eu lieu qu’après la "
            "réunion obligatoire du trimestre suivant.",
            **facts,
        )
    silent = [one.taken_on for one in waiting if plausible(one.reported_on) is None]
    overdue = [day for day in silent if end_of_next_quarter(day) < case.as_of]
    if overdue:
        return at_risk(
            f"{_decisions_in_words(overdue)} : aucun compte rendu au conseil n’est enregistré, "
            "alors que la réunion obligatoire du trimestre suivant est passée.",
            **facts,
        )
    if silent:
        return unverifiable(
            f"{_decisions_in_words(silent)} : à rapporter au conseil au plus tard le "
            f"{date_in_words(facts['due_on'])}.",
            **facts,
        )
    return ok("Les décisions prises par délégation ont été rapportées à temps.", **facts)


def end_of_next_quarter(day: date) -> date:
    """Last day of the quarter that follows the one of that day: the next compulsory sitting's.

    >>> end_of_next_quarter(date(2024, 5, 6))
    datetime.date(2024, 9, 30)
    """
    quarter_start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date.fromordinal(add_months(quarter_start, 6).toordinal() - 1)


def _decisions_until(case: Case) -> list[DelegatedDecision]:
    last = case.held_on or case.as_of
    return sorted(
        (
            one
            for one in case.record.circumstances.delegated_decisions
            if plausible(one.taken_on) and one.taken_on <= last
        ),
        key=lambda one: one.taken_on,
    )


def _awaits_report(case: Case, one: DelegatedDecision) -> bool:
    """Not reported yet when the sitting opens."""
    reported = plausible(one.reported_on)
    return reported is None or case.held_on is None or reported >= case.held_on


def _decisions_in_words(days: list[date]) -> str:
    if len(days) == 1:
        return f"Décision du {date_in_words(days[0])}"
    first, last = date_in_words(days[0]), date_in_words(days[-1])
    return f"{len(days)} décisions (du {first} au {last})"


RULES = (
    Rule(
        id="R4",
        article="CGCT L2121-23",
        title="Signature des délibérations",
        description="Le maire et le secrétaire de séance signent les délibérations au registre.",
        severity=Severity.FORM,
        mark=Mark.SECONDARY,
        facts=(
            "signed_on",
            "signatory",
            "sitting.formalities.register_signed_by_president",
            "sitting.formalities.register_signed_by_secretary",
        ),
        source="atd31-sign ; hanffou",
        versions=(CODIFICATION, PUBLICITY_REFORM),
        judge_sitting=signed,
    ),
    Rule(
        id="R5",
        article="CGCT R2121-9",
        title="Tenue du registre",
        description=(
            "Numéros d’ordre sans doublon ni lacune, feuillets paraphés, feuillet de clôture, "
            "papier permanent, reliure avec tables par date et par objet."
        ),
        severity=Severity.FORM,
        mark=Mark.READ,
        facts=(
            "deliberations[].number",
            "sitting.formalities.register_sheets_initialled",
            "sitting.formalities.register_closing_sheet",
            "circumstances.registers",
            "population",
        ),
        source="juriblio ; fbl ; lexbase",
        versions=(PUBLICITY_DECREE,),
        judge_sitting=register_kept,
    ),
    Rule(
        id="R6",
        article="CGCT R2122-7-1",
        title="Décisions prises par délégation, au registre",
        description="Les décisions prises par délégation sont inscrites au registre, par date.",
        severity=Severity.FORM,
        mark=Mark.READ,
        facts=("circumstances.delegated_decisions",),
        source="fbl",
        versions=(PUBLICITY_DECREE,),
        judge_sitting=decisions_entered,
    ),
    Rule(
        id="R7",
        article="CGCT L2122-23",
        title="Compte rendu des décisions prises par délégation",
        description=(
            "Le maire rend compte de ces décisions à chaque réunion obligatoire du conseil, une "
            "par trimestre."
        ),
        severity=Severity.DEADLINE,
        mark=Mark.READ,
        facts=(
            "sitting.date",
            "circumstances.delegated_decisions",
        ),
        source="fbl ; doctrine ; AN-62980",
        versions=(CODIFICATION,),
        judge_sitting=decisions_reported,
    ),
)
