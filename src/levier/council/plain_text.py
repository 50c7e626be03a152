"""What the commands print: a record and its findings as lines of French text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from levier.common.domain.findings import Finding, Status
from levier.common.domain.french import date_in_words, plural, time_in_words
from levier.council.domain.gaps import missing_facts
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    MovementEvent,
    Outcome,
    Record,
    Sitting,
    Vote,
    deliberation_names,
)

UNKNOWN = "non trouvé"
KIND_WORDS = {AssemblyKind.COMMUNE: "commune", AssemblyKind.EPCI: "EPCI"}
OUTCOME_WORDS = {
    Outcome.ADOPTED: "adoptée",
    Outcome.REJECTED: "rejetée",
    Outcome.POSTPONED: "reportée",
}
_STATUS_SIGNS = {
    Status.OK: "✓",
    Status.IRREGULAR: "✗",
    Status.AT_RISK: "!",
    Status.UNVERIFIABLE: "?",
    Status.NOT_APPLICABLE: "–",
}


def record_in_lines(record: Record) -> Iterator[str]:
    """The record, then what was not found, then what was not understood."""
    kind = f" ({KIND_WORDS[record.assembly_kind]})" if record.assembly_kind else ""
    yield f"Assemblée : {record.assembly or UNKNOWN}{kind}"
    yield from _sitting_lines(record.sitting)
    for name, deliberation in zip(deliberation_names(record), record.deliberations, strict=True):
        yield ""
        yield from _deliberation_lines(deliberation, name)
    yield ""
    signed = date_in_words(record.signed_on) if record.signed_on else UNKNOWN
    yield f"Signé : {signed}, par {record.signatory or UNKNOWN}"
    missing = missing_facts(record)
    if missing:
        yield f"L'acte ne dit pas : {', '.join(missing)}."
    if record.unread:
        yield ""
        yield f"{plural(len(record.unread), 'passage')} à relire, non compris :"
        for passage in record.unread:
            yield f"  « {passage} »"


def findings_in_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings grouped by what they examine, and a count of each status."""
    counts: dict[Status, int] = dict.fromkeys(Status, 0)
    scope = ""
    for finding in findings:
        if finding.scope != scope:
            if scope:
                yield ""
            scope = finding.scope
            yield scope[:1].upper() + scope[1:]
        counts[finding.status] += 1
        yield (
            f"  {_STATUS_SIGNS[finding.status]} {finding.status.label:<12} "
            f"{finding.rule:<8} {finding.article} : {finding.explanation}"
        )
    yield ""
    yield " · ".join(f"{status.label} : {count}" for status, count in counts.items() if count)


def _sitting_lines(sitting: Sitting) -> Iterator[str]:
    held = date_in_words(sitting.date, weekday=True) if sitting.date else UNKNOWN
    hour = f" à {time_in_words(sitting.opens_at)}" if sitting.opens_at else ""
    yield f"Séance : {held}{hour}"
    called = date_in_words(sitting.convocation_date) if sitting.convocation_date else UNKNOWN
    posted = {True: ", affichée", False: ", non affichée", None: ""}[sitting.convocation_posted]
    yield f"Convocation : {called}{posted}"
    yield f"Présidence : {sitting.president or UNKNOWN}"
    yield f"Secrétaire de séance : {sitting.secretary or UNKNOWN}"
    yield f"Membres en exercice : {UNKNOWN if sitting.in_office is None else sitting.in_office}"
    if sitting.all_present_except_absent:
        yield "Présents : tous les membres en exercice, sauf les absents nommés"
    else:
        yield _names("Présents", sitting.present)
    yield _names("Absents ou excusés", sitting.absent)
    for proxy in sitting.proxies:
        yield f"Procuration : {proxy.giver} à {proxy.holder}"
    for movement in sitting.movements:
        verb = "arrive" if movement.event is MovementEvent.ARRIVES else "part"
        moment = f" à {time_in_words(movement.at)}" if movement.at else ""
        item = f" avant la question {movement.before_item}" if movement.before_item else ""
        yield f"Mouvement : {movement.member} {verb}{moment}{item}"


def _names(label: str, names: Sequence[str]) -> str:
    return f"{label} ({len(names)}) : {', '.join(names)}" if names else f"{label} : {UNKNOWN}"


def _deliberation_lines(deliberation: Deliberation, name: str) -> Iterator[str]:
    yield f"{name.capitalize()} : {deliberation.subject}"
    if deliberation.rapporteur:
        yield f"  Rapporteur : {deliberation.rapporteur}"
    visas, recitals = len(deliberation.visas), len(deliberation.recitals)
    yield f"  {plural(visas, 'visa')}, {plural(recitals, 'motif')}"
    for article, decision in enumerate(deliberation.decisions, start=1):
        yield f"  Décision {article} : {decision}"
    yield f"  Vote : {vote_in_words(deliberation.vote)}"


def vote_in_words(vote: Vote) -> str:
    """« adoptée à l'unanimité », « rejetée : 5 pour, 6 contre » or « non trouvé »."""
    outcome = OUTCOME_WORDS[vote.outcome] if vote.outcome else "issue non trouvée"
    unanimity = " à l'unanimité" if vote.unanimous else ""
    counts = [
        f"{count} {word}"
        for count, word in (
            (vote.in_favour, "pour"),
            (vote.against, "contre"),
            (vote.abstentions, "abstention" if (vote.abstentions or 0) < 2 else "abstentions"),
            (vote.blank, "blanc ou nul" if (vote.blank or 0) < 2 else "blancs ou nuls"),
        )
        if count is not None
    ]
    return f"{outcome}{unanimity}{' : ' if counts else ''}{', '.join(counts)}"
