"""Commands that sign an act with one's own certificate, and verify a file that someone holds."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from levier.common.arguments import whole_number
from levier.common.domain.errors import LevierError
from levier.common.faults import reason as why
from levier.common.french_help import FrenchCommand
from levier.common.output import say
from levier.council.commands.acts import STDOUT, JsonOption, app

if TYPE_CHECKING:
    from levier.council.models import PublishedFile

# An argument would be seen by anyone who lists the processes of the machine.
PASSPHRASE_VARIABLE = "LEVIER_PASSPHRASE"  # noqa: S105 (the name of the variable)


@app.command(cls=FrenchCommand)
def sign(
    certificate: Annotated[
        str, typer.Option("--certificate", metavar="P12", help="Votre certificat et sa clé.")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PDF", help="Fichier ; « - » pour la sortie.")
    ],
    identifier: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Numéro de la délibération à signer.")
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", metavar="PDF", help="PDF à signer, au lieu d'un acte.")
    ] = None,
    name: Annotated[str, typer.Option(metavar="TEXTE", help="Nom écrit dans la signature.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXTE", help="Motif écrit (avec --file).")] = "",
    location: Annotated[str, typer.Option(metavar="TEXTE", help="Lieu écrit (avec --file).")] = "",
    passphrase_stdin: Annotated[
        bool,
        typer.Option("--passphrase-stdin", help="Lit la phrase secrète sur l'entrée standard."),
    ] = False,
) -> None:
    """Signe un extrait, ou un PDF, avec votre certificat (PAdES). La clé n'est pas gardée.

    La phrase secrète se tape sans s'afficher, ou vient de l'entrée standard, ou de la variable
    LEVIER_PASSPHRASE.
    """
    from levier.council.readers.texts import bytes_of

    if (identifier is None) == (file is None):
        raise LevierError("Indiquez le numéro d'une délibération, ou un PDF par --file.")
    signing: dict[str, Any] = {
        "pkcs12": bytes_of(certificate),
        "passphrase": _passphrase(from_stdin=passphrase_stdin),
        "signed_at": datetime.now().astimezone(),
    }
    if file is not None:
        from levier.documents.signature import sign_pdf

        content = sign_pdf(bytes_of(file), name=name, reason=reason, location=location, **signing)
    else:
        from levier.common.bootstrap import open_database

        open_database()
        from levier.accounts.actors import OPERATOR
        from levier.council.services.publication import sign_extract

        number = whole_number("ID", identifier or "")
        content = sign_extract(OPERATOR, number, author_name=name, **signing)
    _write(content, output)


@app.command(cls=FrenchCommand)
def verify(
    file: Annotated[str, typer.Argument(metavar="FILE", help="PDF ; « - » pour l'entrée.")],
    trust: Annotated[
        list[str] | None,
        typer.Option(metavar="CERT", help="Autorité de confiance (.pem, .crt) ; répétable."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Dit si un PDF a été publié ici, et si ses signatures tiennent.

    Statut 1 quand une signature ne tient pas, ou quand rien n'atteste le fichier.
    """
    import hashlib

    from levier.common.bootstrap import open_database
    from levier.council.readers.texts import bytes_of
    from levier.documents.signature import certificates_from, verify_pdf

    open_database()
    from levier.council.queries.publication import published_under

    roots = (
        [root for path in trust for root in certificates_from(bytes_of(path))] if trust else None
    )
    content = bytes_of(file)
    reports = verify_pdf(content, trusted=roots or None, at=datetime.now().astimezone())
    sha256 = hashlib.sha256(content).hexdigest()
    files = published_under(sha256)
    holds = all(report.holds for report in reports) and bool(reports or files)
    if as_json:
        told: dict[str, Any] = {
            "sha256": sha256,
            "published": [_published_as_json(one) for one in files],
            "signatures": [report.as_json() for report in reports],
            "holds": holds,
        }
        say(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        say(f"Empreinte SHA-256 : {sha256}")
        for one in files:
            say(_published_in_words(one))
        if not files:
            say("Ce fichier, à l'octet près, n'a pas été publié dans cette installation.")
        for rank, report in enumerate(reports, start=1):
            say(f"Signature {rank}")
            for sentence in report.sentences:
                say(f"  {sentence}")
        if not reports:
            say("Ce fichier ne porte aucune signature électronique.")
    if not holds:
        raise typer.Exit(1)


def _passphrase(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if (known := os.environ.get(PASSPHRASE_VARIABLE)) is not None:
        return known
    if not sys.stdin.isatty():
        raise LevierError(
            "La phrase secrète se tape au clavier, et il n'y en a pas ici : donnez-la sur "
            f"l'entrée standard avec --passphrase-stdin, ou par {PASSPHRASE_VARIABLE}."
        )
    from getpass import getpass

    return getpass("Phrase secrète du certificat (rien ne s'affiche) : ")


def _write(content: bytes, output: str) -> None:
    if output == STDOUT:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise LevierError(
            f"Le PDF signé ne peut pas être écrit dans « {output} » : {why(error)}."
        ) from None
    say(f"PDF signé écrit : {output}")


def _published_in_words(file: PublishedFile) -> str:
    from levier.common.domain.french import date_in_words

    act = file.deliberation
    until = f", retiré le {date_in_words(file.withdrawn_on)}" if file.withdrawn_on else ""
    return (
        f"Publié ici le {date_in_words(file.posted_on)}{until}, par {file.author_name}, "
        f"{file.author_capacity} : délibération {act.pk}, « {act.subject} » ({act.sitting})."
    )


def _published_as_json(file: PublishedFile) -> dict[str, Any]:
    act = file.deliberation
    return {
        "deliberation": act.pk,
        "subject": act.subject,
        "assembly": act.sitting.assembly.name,
        "sitting": act.sitting.date.isoformat(),
        "posted_on": file.posted_on.isoformat(),
        "withdrawn_on": file.withdrawn_on and file.withdrawn_on.isoformat(),
        "author": f"{file.author_name}, {file.author_capacity}",
    }
