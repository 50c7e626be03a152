"""Competing writers wait for each other, and a kill leaves each save whole or absent.

Each test runs the product in processes of its own, on a database of its own: a SQLite file, or a
PostgreSQL database beside the one of DATABASE_URL.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("DATABASE_URL", "")
SAVES = 50


@dataclass(frozen=True)
class Installation:
    """A data folder, and the database that goes with it; `url` is empty for the embedded one."""

    home: Path
    url: str

    def start(self, *command: str) -> subprocess.Popen[str]:
        """A process of the product."""
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=REPOSITORY,
            env={**os.environ, "LEVIER_HOME": str(self.home), "DATABASE_URL": self.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def save(self, *arguments: str) -> subprocess.Popen[str]:
        """A process of `tests.integration.competing`."""
        return self.start("tests.integration.competing", *arguments)

    def one(self, query: str) -> object:
        """The single value that the query finds, read without Levier."""
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(query).fetchone()[0]
        with closing(sqlite3.connect(self.home / "levier.sqlite3")) as connection:
            return connection.execute(query).fetchone()[0]

    def settle(self) -> None:
        """Wait for the server to notice that its client died, or have the file checked."""
        if not self.url:
            assert self.one("PRAGMA integrity_check") == "ok"
            return
        others = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
        """
        deadline = time.monotonic() + 30
        while self.one(others) and time.monotonic() < deadline:
            time.sleep(0.05)


def finished(process: subprocess.Popen[str]) -> None:
    """Wait for the process, which must succeed."""
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """One commune, one assembly, one sitting."""
    name = f"levier_{uuid.uuid4().hex}"
    url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")) if SERVER else ""
    if url:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
    installation = Installation(tmp_path, url)
    try:
        finished(installation.start("levier", "upgrade"))
        finished(installation.save("prepare"))
        yield installation
    finally:
        if url:
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_two_processes_that_save_the_same_sitting_lose_nothing(installation: Installation) -> None:
    writers = [installation.save("compete", label, str(SAVES)) for label in ("salle", "mairie")]
    for writer in writers:
        finished(writer)
    assert installation.one("SELECT version FROM council_sitting") == 1 + 2 * SAVES
    changed = "SELECT count(*) FROM accounts_auditentry WHERE action = 'sitting.changed'"
    assert installation.one(changed) == 2 * SAVES
    assert installation.one("SELECT count(*) FROM council_historicalsitting") == 1 + 2 * SAVES


@pytest.mark.parametrize("saves_seen", [1, 12])
def test_a_killed_process_leaves_each_save_whole_or_absent(
    installation: Installation, saves_seen: int
) -> None:
    writer = installation.save("forever")
    assert writer.stdout is not None
    seen = [int(writer.stdout.readline()) for _ in range(saves_seen)]
    writer.kill()
    rest, _ = writer.communicate(timeout=60)
    last = max([*seen, *map(int, rest.split())])
    installation.settle()
    version = installation.one("SELECT version FROM council_sitting")
    place = installation.one("SELECT place FROM council_sitting")
    # Each save announced is there; the one under way is there too, or it never happened.
    assert (version, place) in {(last + 2, f"salle {last}"), (last + 3, f"salle {last + 1}")}
    lines = "SELECT count(*) FROM accounts_auditentry WHERE object_type = 'council.sitting'"
    assert installation.one(lines) == version
    assert installation.one("SELECT count(*) FROM council_historicalsitting") == version
    finished(installation.save("compete", "reprise", "1"))
    assert installation.one("SELECT place FROM council_sitting") == "reprise 0"
