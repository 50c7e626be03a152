"""`levier upgrade`: the database up to date, and rid of the sessions that ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.running import levier


def test_sessions_that_ended_are_removed(tmp_path: Path) -> None:
    assert levier("upgrade", home=tmp_path).returncode == 0
    with closing(sqlite3.connect(tmp_path / "levier.sqlite3")) as database, database:
        database.executemany(
            "INSERT INTO django_session VALUES (?, '', ?)",
            [("finie", "2020-01-01 00:00:00"), ("ouverte", "2100-01-01 00:00:00")],
        )
    done = levier("upgrade", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "à jour" in done.stdout
    with closing(sqlite3.connect(tmp_path / "levier.sqlite3")) as database:
        kept = database.execute("SELECT session_key FROM django_session").fetchall()
    assert kept == [("ouverte",)]
