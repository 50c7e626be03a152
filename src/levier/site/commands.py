"""Commands of the installation itself."""

from __future__ import annotations

from typing import Annotated

import typer

from levier.common.serving import HOST, PORT, listen
from levier.common.serving import serve as serve_site


def upgrade() -> None:
    """Met la base de données à jour, embarquée ou partagée, et en retire les sessions finies."""
    from levier.common.bootstrap import start_django, upgrade_database

    start_django()
    from django.core.management import call_command

    upgrade_database()
    call_command("clearsessions")
    typer.echo("La base de données est à jour.")


def serve(
    port: Annotated[int, typer.Option(metavar="N", help="Port du site.")] = PORT,
    host: Annotated[
        str, typer.Option(metavar="ADRESSE", help="Adresse de cette machine où répondre.")
    ] = HOST,
) -> None:
    """Ouvre le site sur cette machine, avec les données de l'installation."""
    listener = listen(port, host=host, advice="« levier serve --port {port} »")
    from levier.common.bootstrap import open_database

    open_database()
    serve_site(listener)


def manage(context: typer.Context) -> None:
    """Donne accès aux commandes de Django, pour les développeurs."""
    from levier.common.bootstrap import start_django

    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["levier manage", *context.args])
