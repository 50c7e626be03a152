"""Commands of the council room: read a text, check it, list and print the recorded acts."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from levier.common.arguments import iso_date, one_of, whole_number
from levier.common.domain.errors import LevierError
from levier.common.faults import reason
from levier.common.french_help import FrenchCommand, french_app
from levier.common.output import say
from levier.council.domain.record import AssemblyKind

app = french_app(help="Lire, contrôler et publier les actes d'un conseil.")

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="Fichier texte, PDF ou DOCX ; « - » pour l'entrée.")
]
STDOUT = "-"
JsonOption = Annotated[bool, typer.Option("--json", help="Écrit le résultat en JSON.")]


@app.command(cls=FrenchCommand)
def read(file: FileArgument, as_json: JsonOption = False) -> None:
    """Lit un extrait ou un procès-verbal et dit ce qui n'y a pas été trouvé."""
    from levier.council.readers.texts import read_document

    record = read_document(file)
    if as_json:
        from levier.council.record_json import dump_record

        _echo_json(dump_record(record))
        return
    from levier.council.plain_text import record_in_lines

    for line in record_in_lines(record):
        say(line)


@app.command(cls=FrenchCommand)
def check(
    file: FileArgument,
    population: Annotated[
        str | None,
        typer.Option(
            metavar="ENTIER", help="Population municipale au dernier renouvellement du conseil."
        ),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="commune|epci", help="Assemblée qui délibère.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="AAAA-MM-JJ", help="Date à laquelle juger l'acte.")
    ] = None,
    department: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Département : l'Alsace-Moselle a ses propres règles."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Contrôle un acte, article par article. Statut 1 si quelque chose est irrégulier."""
    from levier.common.domain.findings import Status
    from levier.council.domain.rules import check as check_record
    from levier.council.intake import record_given
    from levier.council.readers.texts import bytes_of
    from levier.council.record_json import unused_keys

    judged_on = iso_date("--as-of", as_of) if as_of else datetime.now().astimezone().date()
    given: dict[str, Any] = {}
    if population is not None:
        given["population"] = whole_number("--population", population)
    if kind is not None:
        given["assembly_kind"] = one_of("--kind", kind, AssemblyKind)
    record, text = record_given(bytes_of(file), file)
    if unused := unused_keys(text):
        typer.echo(f"Clés du relevé qui ne servent pas : {', '.join(unused)}.", err=True)
    findings = check_record(replace(record, **given), as_of=judged_on, department=department)
    if as_json:
        _echo_json({"findings": [finding.as_json() for finding in findings]})
    else:
        from levier.council.plain_text import findings_in_lines

        for line in findings_in_lines(findings):
            say(line)
    if any(finding.status is Status.IRREGULAR for finding in findings):
        raise typer.Exit(1)


@app.command("list", cls=FrenchCommand)
def list_deliberations(as_json: JsonOption = False) -> None:
    """Liste les délibérations enregistrées, avec leur identifiant."""
    from levier.common.bootstrap import open_database

    open_database()
    from levier.accounts.actors import OPERATOR
    from levier.council.queries.sittings import deliberations_known

    rows = list(deliberations_known(OPERATOR))
    if as_json:
        _echo_json(
            [
                {
                    "id": row.id,
                    "date": row.sitting.date.isoformat(),
                    "assembly": row.sitting.assembly.name,
                    "subject": row.subject,
                }
                for row in rows
            ]
        )
        return
    if not rows:
        say(
            "Aucune délibération enregistrée. « levier demo --no-serve » charge le cas de "
            "démonstration ; sinon, déposez un acte depuis la page « Décider »."
        )
    for row in rows:
        say(f"{row.id}\t{row.sitting.date}\t{row.sitting.assembly.name}\t{row.subject}")


@app.command(cls=FrenchCommand)
def extract(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Numéro de la délibération.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PDF", help="Fichier ; « - » pour la sortie.")
    ],
) -> None:
    """Écrit l'extrait du registre en PDF accessible."""
    from levier.common.bootstrap import open_database

    open_database()
    from levier.accounts.actors import OPERATOR
    from levier.council.queries.sittings import record_around
    from levier.council.writers.papers import extract_pdf

    record, position = record_around(OPERATOR, whole_number("ID", identifier))
    content = extract_pdf(record, position)
    if output == STDOUT:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise LevierError(
            f"L'extrait ne peut pas être écrit dans « {output} » : {reason(error)}."
        ) from None
    say(f"Extrait écrit : {output}")


def _echo_json(value: object) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=2))
