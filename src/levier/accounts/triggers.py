"""Triggers that keep the audit journal append-only, whoever speaks to the database.

SQLite drops them with the table when a migration rebuilds it: a migration that alters AuditEntry
ends with `install`. A test fails otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

_MESSAGE = "Le journal ne se modifie pas et ne s''efface pas."
_REFUSE_ON_SQLITE = """
    CREATE TRIGGER accounts_auditentry_no_{event} BEFORE {event} ON accounts_auditentry
    BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_REFUSE_ON_POSTGRESQL = """
    CREATE FUNCTION accounts_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
    CREATE TRIGGER accounts_auditentry_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_auditentry_refuse()
"""
_INSTALL = {
    "sqlite": tuple(
        _REFUSE_ON_SQLITE.format(event=event, message=_MESSAGE) for event in ("update", "delete")
    ),
    "postgresql": (_REFUSE_ON_POSTGRESQL.format(message=_MESSAGE),),
}
_REMOVE = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS accounts_auditentry_no_update",
        "DROP TRIGGER IF EXISTS accounts_auditentry_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS accounts_auditentry_append_only ON accounts_auditentry",
        "DROP FUNCTION IF EXISTS accounts_auditentry_refuse()",
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Forbid UPDATE, DELETE and TRUNCATE on the journal."""
    _run(connection, _INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Undo `install`: used when the migration is reversed, and by tests that empty a database."""
    _run(connection, _REMOVE)


def _run(connection: BaseDatabaseWrapper, statements: Mapping[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
