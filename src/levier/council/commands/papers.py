"""Commands of the council room: the papers of a sitting, and the dates to call it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from levier.common.arguments import iso_date, one_of, whole_number
from levier.common.domain.errors import LevierError
from levier.common.faults import reason
from levier.common.french_help import FrenchCommand
from levier.common.output import say
from levier.council.commands.acts import STDOUT, app
from levier.council.domain.record import AssemblyKind

if TYPE_CHECKING:
    from levier.council.domain.record import Record

_KINDS = (
    "convocation, ordre-du-jour, note, procuration, emargement, proces-verbal, liste, feuillets, "
    "cloture, certificat"
)
RecordOption = Annotated[
    str | None,
    typer.Option(
        "--record", metavar="RELEVE.json", help="Relevé à éditer, au lieu d'une séance enregistrée."
    ),
]
SittingArgument = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="Numéro de la séance enregistrée.")
]


@app.command(cls=FrenchCommand)
def paper(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"Document : {_KINDS}.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PDF", help="Fichier ; « - » pour la sortie.")
    ],
    identifier: SittingArgument = None,
    record_file: RecordOption = None,
    member: Annotated[
        str | None,
        typer.Option(
            metavar="NOM", help="Membre à qui la convocation ou la procuration s'adresse."
        ),
    ] = None,
    first_sheet: Annotated[
        str | None, typer.Option(metavar="ENTIER", help="Numéro du premier feuillet du registre.")
    ] = None,
) -> None:
    """Écrit un document d'une séance en PDF accessible."""
    from levier.council.writers.papers import PAPERS, Options, PaperKind, paper_pdf

    wanted = one_of("KIND", kind, PaperKind)
    sheet = whole_number("--first-sheet", first_sheet) if first_sheet is not None else None
    record, members = _record(identifier, record_file)
    if not PAPERS[wanted].can_be_made(record):
        raise LevierError(
            "Cette séance n'a pas encore de délibération : il n'y a rien à éditer sous ce nom."
        )
    options = Options(member=member, members=members, first_sheet=sheet)
    _write(output, paper_pdf(wanted, record, options))
    if lacks := PAPERS[wanted].lacks(record):
        typer.echo(f"À compléter : {' ; '.join(lacks)}.", err=True)


@app.command(cls=FrenchCommand)
def papers(
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="DOSSIER|ZIP", help="Dossier, ou fichier .zip."),
    ],
    identifier: SittingArgument = None,
    record_file: RecordOption = None,
) -> None:
    """Écrit tous les documents d'une séance dans un dossier ou un fichier ZIP."""
    from levier.council.writers.bundle import documents_zip, sitting_documents
    from levier.council.writers.papers import Options

    record, members = _record(identifier, record_file)
    options = Options(members=members)
    if output.lower().endswith(".zip") or output == STDOUT:
        _write(output, documents_zip(record, options))
        return
    documents = sitting_documents(record, options)
    try:
        for name, content in documents:
            place = Path(output) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    except OSError as error:
        raise LevierError(
            f"Les documents ne peuvent pas être écrits dans « {output} » : {reason(error)}."
        ) from None
    say(f"{len(documents)} documents écrits : {output}")


@app.command(cls=FrenchCommand)
def dates(
    sitting: Annotated[
        str, typer.Option(metavar="AAAA-MM-JJ", help="Date de la séance à convoquer.")
    ],
    population: Annotated[
        str | None,
        typer.Option(metavar="ENTIER", help="Population municipale au dernier renouvellement."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="commune|epci", help="Assemblée qui délibère.")
    ] = None,
    department: Annotated[
        str | None, typer.Option(metavar="CODE", help="Département, comme 62.")
    ] = None,
    urgency: Annotated[bool, typer.Option("--urgency", help="Convocation en urgence.")] = False,
    second: Annotated[
        bool, typer.Option("--second", help="Seconde convocation, faute de quorum.")
    ] = False,
    installation: Annotated[
        bool, typer.Option("--installation", help="Première séance après le renouvellement.")
    ] = False,
) -> None:
    """Dit le dernier jour pour envoyer la convocation, et la séance possible dès aujourd'hui."""
    from levier.council.domain.calling_dates import earliest_sitting_day, latest_sending_day

    held_on = iso_date("--sitting", sitting)
    inhabitants = whole_number("--population", population) if population is not None else None
    assembly = one_of("--kind", kind, AssemblyKind) if kind is not None else None
    today = datetime.now().astimezone().date()
    for helper, day in ((latest_sending_day, held_on), (earliest_sitting_day, today)):
        told = helper(
            day,
            assembly,
            inhabitants,
            urgency=urgency,
            second=second,
            installation=installation,
            department=department,
        )
        say(told.sentence)


def _record(identifier: str | None, record_file: str | None) -> tuple[Record, tuple[str, ...]]:
    """The record asked for, and the members known to be in office on that day."""
    if (identifier is None) == (record_file is None):
        raise LevierError("Donnez le numéro d'une séance, ou un relevé avec --record.")
    if record_file is not None:
        from levier.council.intake import record_given
        from levier.council.readers.texts import bytes_of

        return record_given(bytes_of(record_file), record_file)[0], ()
    from levier.common.bootstrap import open_database

    open_database()
    from levier.accounts.actors import OPERATOR
    from levier.council.queries.papers import member_names_on
    from levier.council.queries.sittings import sitting_detail
    from levier.council.rebuilding import record_from

    shown = sitting_detail(OPERATOR, whole_number("ID", identifier or ""))
    return record_from(shown), member_names_on(OPERATOR, shown)


def _write(output: str, content: bytes) -> None:
    if output == STDOUT:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise LevierError(
            f"Le document ne peut pas être écrit dans « {output} » : {reason(error)}."
        ) from None
    say(f"Document écrit : {output}")
