"""On the embedded database: competing writers wait for each other, and a kill loses nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SAVES = 50


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own, on the database of `home`."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.competing", *arguments],
        cwd=REPOSITORY,
        env={**inherited, "LEVIER_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def one(home: Path, query: str) -> object:
    """The single value that the query finds in the file, read without Levier."""
    connection = sqlite3.connect(home / "levier.sqlite3")
    try:
        return connection.execute(query).fetchone()[0]
    finally:
        connection.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with one sitting."""
    prepared = start(tmp_path, "prepare")
    _, errors = prepared.communicate(timeout=120)
    assert prepared.returncode == 0, errors
    return tmp_path


def test_two_processes_that_save_the_same_sitting_lose_nothing(home: Path) -> None:
    writers = [start(home, "compete", label, str(SAVES)) for label in ("salle", "mairie")]
    for writer in writers:
        _, errors = writer.communicate(timeout=300)
        assert writer.returncode == 0, errors
    assert one(home, "SELECT version FROM council_sitting") == 1 + 2 * SAVES
    changed = "SELECT count(*) FROM accounts_auditentry WHERE action = 'sitting.changed'"
    assert one(home, changed) == 2 * SAVES
    assert one(home, "SELECT count(*) FROM council_historicalsitting") == 1 + 2 * SAVES


@pytest.mark.parametrize("saves_seen", [1, 12])
def test_a_killed_process_leaves_each_save_whole_or_absent(home: Path, saves_seen: int) -> None:
    writer = start(home, "forever")
    assert writer.stdout is not None
    for _ in range(saves_seen):
        last = int(writer.stdout.readline())
    writer.kill()
    rest, _ = writer.communicate(timeout=60)
    last = max([last, *(int(line) for line in rest.split())])
    assert one(home, "PRAGMA integrity_check") == "ok"
    version = one(home, "SELECT version FROM council_sitting")
    place = one(home, "SELECT place FROM council_sitting")
    # Each save announced is there; the one under way is there too, or it never happened.
    assert (version, place) in {(last + 2, f"salle {last}"), (last + 3, f"salle {last + 1}")}
    lines = "SELECT count(*) FROM accounts_auditentry WHERE object_type = 'council.sitting'"
    assert one(home, lines) == version
    assert one(home, "SELECT count(*) FROM council_historicalsitting") == version
    again = start(home, "compete", "reprise", "1")
    _, errors = again.communicate(timeout=120)
    assert again.returncode == 0, errors
    assert one(home, "SELECT place FROM council_sitting") == "reprise 0"
