"""The second convocation, after a sitting that lacked quorum (CGCT L2121-17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from levier.common.domain.dates import clear_days
from levier.common.domain.findings import Finding, Status
from levier.common.domain.french import date_in_words, plural
from levier.council.domain.formalities import Convocation, FirstConvocation, SittingFormalities
from levier.council.domain.parameters import CLEAR_DAYS_SECOND, CODIFIED_ON
from levier.council.domain.record import (
    AgendaItem,
    Deliberation,
    Record,
    Sitting,
    Vote,
    deliberation_names,
)

_QUORUM = "Q1"


def matters_without_quorum(record: Record, findings: Iterable[Finding]) -> tuple[AgendaItem, ...]:
    """The matters that may be called again: the quorum was missed when each was opened.

    `findings` are those of the record. A sitting that opened without quorum leaves its whole
    agenda; one that lost it later, the matters that came after. Empty when the quorum was there,
    when nothing tells, or when no quorum was needed.
    """
    if record.sitting.second_convocation:
        return ()
    missed = {
        finding.scope
        for finding in findings
        if finding.rule == _QUORUM and finding.status is Status.IRREGULAR
    }
    acts = list(zip(deliberation_names(record), record.deliberations, strict=True))
    lost = [AgendaItem(act.number, act.subject) for name, act in acts if name in missed]
    if missed and len(lost) == len(acts):
        return record.sitting.agenda or tuple(lost)
    return tuple(lost)


def refusal_of_dates(first: Sitting, held_on: date, sent_on: date) -> dict[str, str]:
    """What forbids these dates, by field; empty when the second sitting may be held so.

    Three clear days run from the sending of the second convocation (CE, 16 June 1997, Pfister).
    """
    if first.date is not None and sent_on < first.date:
        return {
            "sent_on": "La seconde convocation part après la séance qui n’a pas réuni le quorum, "
            f"donc pas avant le {date_in_words(first.date)}."
        }
    if held_on < sent_on or held_on < CODIFIED_ON:
        return {"date": "La séance ne peut pas précéder l’envoi de la convocation."}
    required = CLEAR_DAYS_SECOND.at(held_on)
    days = clear_days(sent_on, held_on)
    if days < required:
        return {
            "date": f"{plural(days, 'jour franc', 'jours francs')} depuis l’envoi, pour {required} "
            "exigés entre la seconde convocation et la séance sans condition de quorum "
            "(CGCT L2121-17)."
        }
    return {}


def second_sitting(
    record: Record,
    matters: tuple[AgendaItem, ...],
    *,
    held_on: date,
    opens_at: time | None,
    sent_on: date,
    present_count: int | None,
) -> Record:
    """The record of the second sitting: same matters, drafts unvoted, the facts of the first.

    `present_count` is the number of members present when the quorum was missed.
    """
    first = record.sitting
    subjects = {matter.subject for matter in matters}
    called = first.formalities.convocation
    return Record(
        assembly=record.assembly,
        assembly_kind=record.assembly_kind,
        population=record.population,
        department=record.department,
        sitting=Sitting(
            date=held_on,
            opens_at=opens_at,
            place=first.place,
            convocation_date=sent_on,
            second_convocation=True,
            in_office=first.in_office,
            agenda=matters,
            formalities=SittingFormalities(
                convocation=Convocation(
                    sent_by=called.sent_by,
                    first=FirstConvocation(
                        sent_on=first.convocation_date,
                        sitting_date=first.date,
                        in_office=first.in_office,
                        present_count=present_count,
                        subjects=tuple(item.subject for item in first.agenda)
                        or tuple(item.subject for item in matters),
                    ),
                ),
                place_is_permanent=first.formalities.place_is_permanent,
            ),
        ),
        deliberations=tuple(_draft(act) for act in record.deliberations if act.subject in subjects),
    )


def _draft(act: Deliberation) -> Deliberation:
    """The proposal alone: what was voted, said or sent stays with the first sitting."""
    kept = Deliberation(subject=act.subject, number=act.number, vote=Vote())
    return replace(
        kept,
        rapporteur=act.rapporteur,
        visas=act.visas,
        recitals=act.recitals,
        decisions=act.decisions,
        nature=act.nature,
        matter_code=act.matter_code,
    )
