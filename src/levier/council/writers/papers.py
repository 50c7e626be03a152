"""The papers of a sitting: what each is for, which can be made, and what they still lack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from levier.council.domain.minutes_content import missing_elements
from levier.council.domain.record import Record
from levier.council.writers.convocation import (
    agenda_arguments,
    attendance_sheet_arguments,
    convocation_arguments,
    note_arguments,
    procuration_arguments,
    subjects_called,
)
from levier.council.writers.extracts import extract_pdf
from levier.council.writers.minutes import (
    deliberation_list_arguments,
    deliberation_list_pdf,
    minutes_arguments,
    minutes_pdf,
    missing_from_minutes,
)
from levier.council.writers.register import (
    certificate_arguments,
    closing_sheet_arguments,
    register_sheets_arguments,
)
from levier.council.writers.view import sitting_view
from levier.council.writers.wording import Plain, known_text

__all__ = [
    "PAPERS",
    "PREPARING",
    "Options",
    "Paper",
    "PaperKind",
    "deliberation_list_pdf",
    "extract_pdf",
    "minutes_pdf",
    "missing_from_minutes",
    "paper_pdf",
    "sitting_view",
]


class PaperKind(StrEnum):
    """The papers of a sitting, by the name that addresses and commands give them."""

    CONVOCATION = "convocation"
    AGENDA = "ordre-du-jour"
    NOTE = "note"
    PROCURATION = "procuration"
    ATTENDANCE = "emargement"
    MINUTES = "proces-verbal"
    LIST = "liste"
    REGISTER = "feuillets"
    CLOSING = "cloture"
    CERTIFICATE = "certificat"


PREPARING = frozenset(
    {
        PaperKind.CONVOCATION,
        PaperKind.AGENDA,
        PaperKind.NOTE,
        PaperKind.PROCURATION,
        PaperKind.ATTENDANCE,
    }
)
"""The papers that are of use before the sitting; the others follow it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may add: the member addressed, the members in office, the first sheet."""

    member: str | None = None
    members: Sequence[str] = ()
    first_sheet: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: its name, its use, its article, how it is made, what of the record it lacks.

    `for_everyone` tells that the paper of a public sitting is public too. `for_a_member` tells that
    it may be addressed to one. `needs_deliberations` tells that nothing can be printed without.
    """

    kind: PaperKind
    label: str
    file_name: str
    purpose: str
    article: str
    arguments: Callable[[Record, Plain, Options], Plain]
    lacks: Callable[[Record], list[str]]
    needs_deliberations: bool = False
    for_everyone: bool = False
    for_a_member: bool = False

    def can_be_made(self, record: Record) -> bool:
        """Whether there is anything to print: after the sitting, at least one deliberation."""
        return bool(record.deliberations) or not self.needs_deliberations


def paper_pdf(kind: PaperKind, record: Record, options: Options | None = None) -> bytes:
    """The paper of that kind, as PDF/UA-1, and PDF/A-3a when the sitting is dated."""
    from levier.documents.typesetting import render

    paper = PAPERS[kind]
    view = sitting_view(record) if paper.needs_deliberations else {}
    return render(**paper.arguments(record, view, options or Options()))


def _lacking(*checks: tuple[str, Callable[[Record], object]]) -> Callable[[Record], list[str]]:
    def lacks(record: Record) -> list[str]:
        return [words for words, is_held in checks if not is_held(record)]

    return lacks


_DATE = ("la date de la séance", lambda record: record.sitting.date)
_HOUR = ("l’heure de la séance", lambda record: record.sitting.opens_at is not None)
_PLACE = ("le lieu de la séance", lambda record: known_text(record.sitting.place))
_AGENDA = ("l’ordre du jour", subjects_called)
_SENT = ("la date d’envoi", lambda record: record.sitting.convocation_date)
_SIGNATORY = ("le nom du signataire", lambda record: known_text(record.signatory))
_SECRETARY = ("le nom du secrétaire de séance", lambda record: known_text(record.sitting.secretary))
_PRESENT = (
    "les noms des membres présents",
    lambda record: record.sitting.present or record.sitting.all_present_except_absent,
)
_REPORTS = (
    "l’exposé des motifs de chaque affaire",
    lambda record: record.deliberations and all(one.recitals for one in record.deliberations),
)
_DRAFTS = (
    "le texte des décisions proposées",
    lambda record: record.deliberations and all(one.decisions for one in record.deliberations),
)
_OUTCOMES = (
    "le résultat de chaque vote",
    lambda record: all(
        one.vote.outcome or one.vote.elected or one.vote.rounds for one in record.deliberations
    ),
)
_LIST_POSTED = (
    "la date d’affichage de la liste",
    lambda record: record.sitting.formalities.list_posted_on,
)

PAPERS: dict[PaperKind, Paper] = {
    paper.kind: paper
    for paper in (
        Paper(
            kind=PaperKind.CONVOCATION,
            label="Convocation",
            file_name="01-convocation",
            purpose="À envoyer à chaque membre du conseil, avec l’ordre du jour.",
            article="CGCT L2121-10 à L2121-12",
            arguments=lambda record, _, options: convocation_arguments(record, options.member),
            lacks=_lacking(_DATE, _HOUR, _PLACE, _AGENDA, _SENT, _SIGNATORY),
            for_a_member=True,
        ),
        Paper(
            kind=PaperKind.AGENDA,
            label="Ordre du jour à afficher",
            file_name="02-ordre-du-jour",
            purpose="À afficher ou à publier en même temps que part la convocation.",
            article="CGCT L2121-10",
            arguments=lambda record, *_: agenda_arguments(record),
            lacks=_lacking(_DATE, _HOUR, _PLACE, _AGENDA, _SENT),
            for_everyone=True,
        ),
        Paper(
            kind=PaperKind.NOTE,
            label="Note explicative de synthèse",
            file_name="03-note-explicative",
            purpose="À joindre à la convocation à partir de 3 500 habitants et dans tout EPCI : "
            "une section par affaire.",
            article="CGCT L2121-12",
            arguments=lambda record, *_: note_arguments(record),
            lacks=_lacking(_DATE, _AGENDA, _REPORTS, _DRAFTS),
        ),
        Paper(
            kind=PaperKind.PROCURATION,
            label="Formulaire de procuration",
            file_name="04-procuration",
            purpose="À remplir et à signer par un membre empêché ; il rappelle les limites "
            "de la loi.",
            article="CGCT L2121-20",
            arguments=lambda record, _, options: procuration_arguments(record, options.member),
            lacks=_lacking(_DATE),
            for_a_member=True,
        ),
        Paper(
            kind=PaperKind.ATTENDANCE,
            label="Feuille d’émargement",
            file_name="05-emargement",
            purpose="À faire signer à l’entrée : elle prouve la présence, donc le quorum.",
            article="CGCT L2121-17",
            arguments=lambda record, _, options: attendance_sheet_arguments(
                record, options.members
            ),
            lacks=_lacking(_DATE),
        ),
        Paper(
            kind=PaperKind.MINUTES,
            label="Procès-verbal",
            file_name="06-proces-verbal",
            purpose="Arrêté au début de la séance suivante, puis publié dans la semaine.",
            article="CGCT L2121-15",
            arguments=lambda record, view, _: minutes_arguments(record, view),
            lacks=lambda record: list(missing_elements(record)),
            needs_deliberations=True,
        ),
        Paper(
            kind=PaperKind.LIST,
            label="Liste des délibérations examinées",
            file_name="07-liste-des-deliberations",
            purpose="À afficher et à mettre en ligne dans la semaine qui suit la séance.",
            article="CGCT L2121-25",
            arguments=lambda record, view, _: deliberation_list_arguments(record, view),
            lacks=_lacking(_DATE, _OUTCOMES),
            needs_deliberations=True,
            for_everyone=True,
        ),
        Paper(
            kind=PaperKind.REGISTER,
            label="Feuillets du registre",
            file_name="08-feuillets-du-registre",
            purpose="À imprimer, à signer à la main et à relier : le registre papier reste "
            "obligatoire.",
            article="CGCT L2121-23 et R2121-9",
            arguments=lambda record, view, options: register_sheets_arguments(
                record, view, options.first_sheet
            ),
            lacks=_lacking(_DATE, _OUTCOMES, _SIGNATORY, _SECRETARY),
            needs_deliberations=True,
        ),
        Paper(
            kind=PaperKind.CLOSING,
            label="Feuillet de clôture",
            file_name="09-feuillet-de-cloture",
            purpose="Dernier feuillet de la séance : numéros des délibérations, membres présents, "
            "signatures.",
            article="CGCT R2121-9",
            arguments=lambda record, view, _: closing_sheet_arguments(record, view),
            lacks=_lacking(_DATE, _PRESENT, _SIGNATORY, _SECRETARY),
            needs_deliberations=True,
        ),
        Paper(
            kind=PaperKind.CERTIFICATE,
            label="Certificat d’affichage",
            file_name="10-certificat-d-affichage",
            purpose="Atteste l’affichage de la convocation et de la liste des délibérations.",
            article="CGCT L2121-10 et L2121-25",
            arguments=lambda record, *_: certificate_arguments(record),
            lacks=_lacking(_DATE, _SENT, _LIST_POSTED, _SIGNATORY),
        ),
    )
}
