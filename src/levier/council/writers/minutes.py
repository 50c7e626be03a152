"""The minutes of a sitting, and the list of the deliberations examined."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from levier.council.domain.minutes_content import missing_elements, references
from levier.council.domain.outcome import outcome_of
from levier.council.domain.record import Record
from levier.council.writers.view import paper_arguments, sitting_view
from levier.council.writers.wording import Plain
from levier.documents.typesetting import render

PARTICULAR_BALLOTS = "les demandes de scrutin particulier"


def minutes_pdf(record: Record) -> bytes:
    """Minutes of the sitting with every element of CGCT L2121-15, as PDF/UA-1.

    They say that they are a draft until the sitting that adopts them is known. An element that the
    record does not hold is printed « non renseigné » and, in a draft, listed at the end.
    """
    return render(**minutes_arguments(record, sitting_view(record)))


def minutes_arguments(record: Record, view: Plain) -> Plain:
    """The arguments of `render` for the minutes, from the whole view of the sitting."""
    silent = [not item["debate"] for item in view["deliberations"]]
    missing = missing_from_minutes(record)
    data = view | {
        "missing": missing,
        "requests_known": not any(words.startswith(PARTICULAR_BALLOTS) for words in missing),
        "has_debates": not all(silent),
        "without_debate": references(record.deliberations, silent) if any(silent) else None,
    }
    heading = f"Procès-verbal de la séance {view['of_body']}"
    return paper_arguments("council_minutes", record, data, heading)


def deliberation_list_pdf(record: Record) -> bytes:
    """List of the deliberations examined, posted within a week (CGCT L2121-25), as PDF/UA-1."""
    return render(**deliberation_list_arguments(record, sitting_view(record)))


def deliberation_list_arguments(record: Record, view: Plain) -> Plain:
    """The arguments of `render` for the list, from the whole view of the sitting."""
    heading = f"Liste des délibérations examinées par {view['body']}"
    return paper_arguments("council_deliberation_list", record, view, heading)


def missing_from_minutes(record: Record) -> list[str]:
    """What lacks before the minutes may be adopted, in French; empty when nothing does.

    The elements of CGCT L2121-15, then the results that the counts contradict.
    """
    as_of = record.sitting.date or date.max
    contradicted, told = [], []
    for position, item in enumerate(record.deliberations):
        computed = outcome_of(record, position, as_of=as_of).outcome
        stated = item.vote.outcome
        contradicted.append(None not in (computed, stated) and computed is not stated)
        told.append(replace(item, vote=replace(item.vote, outcome=stated or computed)))
    missing = list(missing_elements(replace(record, deliberations=tuple(told))))
    if any(contradicted):
        concerned = references(record.deliberations, contradicted)
        missing.append(f"l’accord du résultat énoncé et du décompte des voix : {concerned}")
    return missing
