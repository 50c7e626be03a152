"""Commands of the installation itself."""

from __future__ import annotations

import typer


def upgrade() -> None:
    """Met la base de données à jour, embarquée ou partagée."""
    from levier.common.bootstrap import start_django, upgrade_database

    start_django()
    upgrade_database()
    typer.echo("La base de données est à jour.")


def manage(context: typer.Context) -> None:
    """Donne accès aux commandes de Django, pour les développeurs."""
    from levier.common.bootstrap import start_django

    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["levier manage", *context.args])
