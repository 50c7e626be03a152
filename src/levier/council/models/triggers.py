"""Triggers that keep what was voted as it was voted, whoever speaks to the database.

Two promises stand here and not in constraints, because each looks at two tables: a secret ballot
has no names (CGCT L2121-21), and an act voted in a closed sitting is never changed (the register,
R2121-9): a new act corrects it. SQLite drops triggers with a table that a migration rebuilds: a
migration that alters one of these tables ends with `install`. A test fails otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from levier.council.domain.coherence import ACT_IS_LOCKED, SITTING_IS_CLOSED, TALLIES_ONLY

FILE_IS_KEPT = (
    "Un fichier publié ne se modifie pas et ne s’efface pas : retirez-le, ou publiez-en un autre."
)
# What an act keeps once voted; its dates, its classification and its formalities stay open.
LOCKED_COLUMNS = (
    *("sitting_id", "position", "number", "subject", "rapporteur_id", "nature", "president_id"),
    *("corrects", "corrected_act_id", "locked_at"),
)
CLOSED_COLUMNS = (
    *("assembly_id", "date", "opens_at", "president_id", "secretary_id", "in_office"),
    *("all_present_except_absent", "present_count", "represented_count"),
)
# How a procuration was written and signed is a formality that may be completed later.
PROCURATION_COLUMNS = (*("sitting_id", "giver_id", "holder_id", "position", "revoked_before_item"),)
# A published file is what anyone downloaded: only its withdrawal is written, once (R2131-1).
PUBLISHED_COLUMNS = (
    *("id", "deliberation_id", "content", "sha256", "size", "posted_on", "author_name"),
    *("author_capacity", "is_signed", "created_at", "created_by_id"),
)
_OF_THE_ACT = ("vote", "ballot", "clause", "recusal")
_WRITES = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


class Refusal(NamedTuple):
    """One write refused: in SQL, `DIFFERS` stands for the comparison that each database has."""

    name: str
    table: str
    event: str
    when: str
    sentence: str


def refusals() -> Iterator[Refusal]:
    """Every write that the database refuses."""
    for event in ("INSERT", "UPDATE"):
        yield _refusal(
            "ballot",
            f"secret_{event}",
            event,
            "EXISTS (SELECT 1 FROM council_vote WHERE deliberation_id = NEW.deliberation_id "
            "AND mode = 'secret')",
            TALLIES_ONLY,
        )
        yield _refusal(
            "vote",
            f"secret_{event}",
            event,
            "NEW.mode = 'secret' AND EXISTS (SELECT 1 FROM council_ballot "
            "WHERE deliberation_id = NEW.deliberation_id)",
            TALLIES_ONLY,
        )
    for table in _OF_THE_ACT:
        for event, rows in _WRITES.items():
            condition = " OR ".join(_is_locked(f"id = {row}.deliberation_id") for row in rows)
            yield _refusal(table, f"locked_{event}", event, condition, ACT_IS_LOCKED)
    changed = _any_differs(LOCKED_COLUMNS)
    is_locked = "OLD.locked_at IS NOT NULL"
    yield _refusal(
        "deliberation", "locked_UPDATE", "UPDATE", f"{is_locked} AND ({changed})", ACT_IS_LOCKED
    )
    yield _refusal("deliberation", "locked_DELETE", "DELETE", is_locked, ACT_IS_LOCKED)
    yield _refusal(
        "sitting",
        "closed_UPDATE",
        "UPDATE",
        f"({_any_differs(CLOSED_COLUMNS)}) AND {_is_locked('sitting_id = OLD.id')}",
        SITTING_IS_CLOSED,
    )
    for table in ("attendance", "movement", "procuration"):
        for event, rows in _WRITES.items():
            condition = " OR ".join(_is_locked(f"sitting_id = {row}.sitting_id") for row in rows)
            if (table, event) == ("procuration", "UPDATE"):
                condition = f"({_any_differs(PROCURATION_COLUMNS)}) AND ({condition})"
            yield _refusal(table, f"closed_{event}", event, condition, SITTING_IS_CLOSED)
    changed = f"OLD.withdrawn_on IS NOT NULL OR {_any_differs(PUBLISHED_COLUMNS)}"
    yield _refusal("publishedfile", "kept_UPDATE", "UPDATE", changed, FILE_IS_KEPT)
    yield _refusal("publishedfile", "kept_DELETE", "DELETE", "1 = 1", FILE_IS_KEPT)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse them."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for refusal in refusals():
            cursor.execute(
                (_ON_SQLITE if is_sqlite else _ON_POSTGRESQL).format(
                    **refusal._asdict()
                    | {"when": refusal.when.replace("DIFFERS", _DIFFERS[connection.vendor])}
                )
            )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Undo `install`: used when the migration is reversed, and by tests that empty a database."""
    with connection.cursor() as cursor:
        for refusal in refusals():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {refusal.name}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {refusal.name} ON {refusal.table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {refusal.name}()")


_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_ON_SQLITE = """
    CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when}
    BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
_ON_POSTGRESQL = """
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {when} THEN
            RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER {name} BEFORE {event} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def _refusal(noun: str, suffix: str, event: str, when: str, sentence: str) -> Refusal:
    table = f"council_{noun}"
    return Refusal(f"{table}_{suffix.lower()}", table, event, when, sentence)


def _is_locked(which: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM council_deliberation WHERE {which} "  # noqa: S608 (names of ours)
        "AND locked_at IS NOT NULL)"
    )


def _any_differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} DIFFERS NEW.{column}" for column in columns)
