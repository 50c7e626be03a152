"""Commands of the council room: the State's packages and answers, and open data."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from levier.common.arguments import iso_date, told_by_option, whole_number
from levier.common.domain.errors import LevierError
from levier.common.domain.french import plural
from levier.common.faults import reason
from levier.common.french_help import FrenchCommand, french_app
from levier.common.output import say
from levier.council.commands.acts import STDOUT, JsonOption, app

actes_app = french_app(help="Préparer et contrôler un paquet ACTES, lire une réponse de l'État.")
scdl_app = french_app(help="Écrire et contrôler le fichier ouvert des délibérations (SCDL).")
app.add_typer(actes_app, name="actes")
app.add_typer(scdl_app, name="scdl")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Numéro de la délibération.")]
OutputOption = Annotated[
    str, typer.Option("-o", "--output", metavar="FILE", help="Fichier ; « - » pour la sortie.")
]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="Fichier à lire.")]
_OPTIONS = {
    "emails": "--email",
    "contact": "--contact",
    "telephone": "--phone",
    "third_party": "--third-party",
    "subject": "--subject",
    "rank": "--rank",
    "classification_dated_on": "--classification",
}


@actes_app.command(cls=FrenchCommand)
def build(
    identifier: IdArgument,
    output: OutputOption,
    email: Annotated[
        list[str] | None,
        typer.Option(metavar="ADRESSE", help="Adresse de retour ; l'option se répète."),
    ] = None,
    contact: Annotated[str, typer.Option(metavar="NOM", help="Personne à joindre.")] = "",
    phone: Annotated[str, typer.Option(metavar="NUMÉRO", help="Son téléphone.")] = "",
    third_party: Annotated[
        str, typer.Option(metavar="ABC", help="Trigramme de l'opérateur de transmission.")
    ] = "",
    subject: Annotated[
        str, typer.Option(metavar="TEXTE", help="Objet transmis, à la place de celui de l'acte.")
    ] = "",
    annex: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="Annexe ; l'option se répète.")
    ] = None,
    classification: Annotated[
        str | None,
        typer.Option(metavar="AAAA-MM-JJ", help="Date de la nomenclature de la préfecture."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="AAAA-MM-JJ", help="Jour de l'envoi ; aujourd'hui.")
    ] = None,
    rank: Annotated[
        str | None, typer.Option(metavar="N", help="Numéro de l'enveloppe dans la journée.")
    ] = None,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Paquet d'annulation d'un acte déjà reçu.")
    ] = False,
) -> None:
    """Écrit le paquet ACTES d'une délibération. Levier ne l'envoie pas."""
    from levier.council.domain.transmission import Attachment

    key = whole_number("ID", identifier)
    given: dict[str, Any] = {
        "emails": tuple(email or ()),
        "contact": contact,
        "telephone": phone,
        "third_party": third_party.upper(),
        "subject": subject,
        "annexes": tuple(
            Attachment(_read(path), Path(path).suffix.lower().lstrip("."), label=path)
            for path in annex or ()
        ),
        "classification_dated_on": (
            iso_date("--classification", classification) if classification else None
        ),
        "rank": whole_number("--rank", rank) if rank is not None else None,
    }
    day = iso_date("--on", on) if on else datetime.now().astimezone().date()
    from levier.common.bootstrap import open_database

    open_database()
    from levier.accounts.actors import OPERATOR
    from levier.council.services.exchange import (
        SendingOptions,
        build_act_package,
        build_cancellation,
    )

    make = build_cancellation if cancel else build_act_package
    with told_by_option(_OPTIONS):
        package = make(OPERATOR, key, SendingOptions(**given), on=day)
    _write(output, package.content)
    if output != STDOUT:
        say(f"Paquet écrit : {output}")
        if Path(output).name != package.name:
            say(f"Nom attendu par l'État : {package.name}")
        say("Levier n'envoie rien : confiez ce paquet à votre opérateur de transmission.")


@actes_app.command("check", cls=FrenchCommand)
def check_actes(
    file: FileArgument,
    schemas: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Dossier qui contient actesv1_1.xsd.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Contrôle un paquet : noms, enveloppe, message, fichiers. Statut 1 si quelque chose cloche."""
    from levier.council.readers.actes_package import check_package

    report = check_package(_read(file), file, Path(schemas) if schemas else None)
    if as_json:
        _say_json(
            {
                "faults": [
                    {"file": fault.field, "message": fault.sentence} for fault in report.faults
                ],
                "unverifiable": list(report.unverifiable),
            }
        )
    else:
        for fault in report.faults:
            say(f"{fault.field} : {fault.sentence}")
        for sentence in report.unverifiable:
            say(f"Invérifiable : {sentence}")
        if not report.faults:
            say("Aucun défaut trouvé dans ce paquet.")
    if report.faults:
        raise typer.Exit(1)


@actes_app.command("read", cls=FrenchCommand)
def read_actes(file: FileArgument, as_json: JsonOption = False) -> None:
    """Dit ce que contient un message ou un paquet, et ce qu'il y a à faire. N'enregistre rien."""
    from levier.council.domain.state_messages import TITLES, said, to_do
    from levier.council.readers.actes import read_messages

    messages = read_messages(_read(file), file)
    if as_json:
        _say_json({"messages": [_message_json(message) for message in messages]})
        return
    for message in messages:
        say(TITLES[message.kind])
        say(f"  {said(message)}")
        say(f"  À faire : {to_do(message)}")


@actes_app.command("file", cls=FrenchCommand)
def file_answer(file: FileArgument) -> None:
    """Enregistre un accusé de réception sur la délibération qu'il concerne."""
    from levier.common.bootstrap import open_database

    data = _read(file)
    open_database()
    from levier.accounts.actors import OPERATOR
    from levier.council.domain.state_messages import said, to_do
    from levier.council.services.exchange import record_acknowledgement

    for filed in record_acknowledgement(OPERATOR, data, file):
        say(said(filed.message))
        named = f" (délibération {filed.act.pk})" if filed.act else ""
        say(f"  {filed.sentence}{named}")
        say(f"  À faire : {to_do(filed.message)}")


@scdl_app.command(cls=FrenchCommand)
def export(
    output: OutputOption,
    assembly: Annotated[str | None, typer.Option(metavar="ID", help="Une seule assemblée.")] = None,
) -> None:
    """Écrit le CSV des délibérations des séances publiques, et dit ce qui n'y est pas."""
    from levier.common.bootstrap import open_database

    key = whole_number("--assembly", assembly) if assembly is not None else None
    open_database()
    from levier.council.services.open_data import open_data

    written = open_data(key)
    _write(output, written.content)
    if output != STDOUT:
        say(f"Fichier écrit : {output} ({plural(written.rows, 'ligne')})")
    for why, count in written.left_out.items():
        typer.echo(f"Hors du fichier : {plural(count, 'délibération')}, {why}.", err=True)


@scdl_app.command("check", cls=FrenchCommand)
def check_scdl(file: FileArgument, as_json: JsonOption = False) -> None:
    """Contrôle un CSV de délibérations, cellule par cellule. Statut 1 si quelque chose cloche."""
    from levier.council.readers.scdl import SCHEMA_VERSION, check_open_data

    report = check_open_data(_read(file), file)
    if as_json:
        _say_json(
            {
                "rows": report.rows,
                "remarks": [
                    {
                        "row": remark.row,
                        "column": remark.column,
                        "value": remark.value,
                        "expected": remark.expected,
                        "level": remark.level.value,
                    }
                    for remark in report.remarks
                ],
            }
        )
    else:
        for remark in report.remarks:
            say(f"{file} : {remark.sentence} ({remark.level.value})")
        if not report.remarks:
            rows = plural(report.rows, "ligne conforme", "lignes conformes")
            say(f"{rows} à SCDL Délibérations {SCHEMA_VERSION}.")
    if report.remarks:
        raise typer.Exit(1)


def _message_json(message: Any) -> dict[str, Any]:
    from levier.council.domain.state_messages import TITLES, said, to_do

    act = message.act
    return {
        "kind": message.kind.value,
        "title": TITLES[message.kind],
        "says": said(message),
        "to_do": to_do(message),
        "identifier": message.identifier or None,
        "date": message.on.isoformat() if message.on else None,
        "anomaly": message.anomaly or None,
        "detail": message.detail or None,
        "siren": message.siren or None,
        "act": {
            "date": act.decided_on.isoformat() if act.decided_on else None,
            "number": act.number,
            "nature": act.nature.value if act.nature else None,
            "matter_code": act.matter_code,
            "subject": act.subject,
        }
        if act
        else None,
        "files": list(message.forms),
        "matters": {matter.code: matter.label for matter in message.classification.matters}
        if message.classification
        else None,
    }


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == STDOUT else Path(file).read_bytes()
    except OSError as error:
        raise LevierError(f"« {file} » ne peut pas être lu : {reason(error)}.") from None


def _write(output: str, content: bytes) -> None:
    if output == STDOUT:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise LevierError(f"« {output} » ne peut pas être écrit : {reason(error)}.") from None


def _say_json(value: object) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=2))
