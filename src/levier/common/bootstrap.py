"""Starts Django for a command, and keeps the embedded database present and up to date."""

from __future__ import annotations

import os


def start_django() -> None:
    """Load settings and applications; harmless when it was done already."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "levier.site.settings")
    django.setup()


def pending_migrations() -> int:
    """How many migrations the database still has to receive."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def upgrade_database() -> None:
    """Apply what is pending; two processes that start together do it once."""
    from django.conf import settings
    from django.core.management import call_command
    from filelock import FileLock

    with FileLock(settings.LEVIER_HOME / "upgrade.lock", timeout=120):
        if pending_migrations():
            call_command("migrate", interactive=False, verbosity=0)


def open_database() -> None:
    """Make the database usable by the command that asks.

    The embedded file is created or upgraded at once. A shared server is never migrated by the way:
    its administrator says when, with `levier upgrade`.
    """
    start_django()
    from django.db import connection
    from django.db.utils import DatabaseError

    from levier.common.domain.errors import LevierError

    try:
        if not pending_migrations():
            return
        if connection.vendor == "sqlite":
            upgrade_database()
            return
    except DatabaseError as error:
        raise LevierError(
            "La base de données ne répond pas ou n'est pas celle de Levier. Vérifiez DATABASE_URL "
            f"ou le dossier de données (réponse de la base : {str(error).strip()})."
        ) from None
    raise LevierError(
        "La base de données partagée n'est pas à jour : lancez « levier upgrade » une fois."
    )
