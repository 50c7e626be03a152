"""Starts Django for a command, and keeps the embedded database present and up to date."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from levier.common.domain.errors import LevierError


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

    with database_faults(), FileLock(settings.LEVIER_HOME / "upgrade.lock", timeout=120):
        if pending_migrations():
            call_command("migrate", interactive=False, verbosity=0)


def open_database() -> None:
    """Make the database usable by the command that asks.

    The embedded file is created or upgraded at once. A shared server is never migrated by the way:
    its administrator says when, with `levier upgrade`.
    """
    start_django()
    from django.db import connection

    with database_faults():
        pending = pending_migrations()
    if not pending:
        return
    if connection.vendor == "sqlite":
        upgrade_database()
        return
    raise LevierError(
        "La base de données partagée n'est pas à jour : lancez « levier upgrade » une fois."
    )


@contextmanager
def database_faults() -> Iterator[None]:
    """Put what a database refuses to open into a French sentence; its own words go to the log."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import DatabaseError

    try:
        yield
    except (DatabaseError, ImproperlyConfigured) as error:
        logging.getLogger(__name__).warning("database does not open: %s", error)
        raise LevierError(
            "La base de données ne répond pas, ou n'est pas celle de Levier. Vérifiez DATABASE_URL "
            "ou le dossier de données ; la réponse de la base est dans « levier.log »."
        ) from None
