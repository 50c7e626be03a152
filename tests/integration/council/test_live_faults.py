"""Two windows of one sitting, and a process killed in the middle of a vote.

Each test runs the product in processes of its own, on a database of its own.
"""

from __future__ import annotations

import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.integration.test_faults import SERVER, Installation, finished

ENTRIES = 15
# A vote takes some fifteen milliseconds: these fall in different moments of one.
PAUSES = (0.0, 0.004, 0.011, 0.037)
# Opening, roll call and first item follow the preparation.
PREPARED = 4


def process(installation: Installation, *arguments: str) -> subprocess.Popen[str]:
    return installation.start("tests.integration.council.live_competing", *arguments)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """One sitting being held."""
    name = f"levier_{uuid.uuid4().hex}"
    url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")) if SERVER else ""
    if url:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
    installation = Installation(tmp_path, url)
    try:
        finished(installation.start("levier", "upgrade"))
        finished(process(installation, "prepare"))
        yield installation
    finally:
        if url:
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_two_windows_lose_no_entry_and_the_second_is_told(installation: Installation) -> None:
    windows = [process(installation, "compete", label, str(ENTRIES)) for label in ("un", "deux")]
    told = 0
    for window in windows:
        output, errors = window.communicate(timeout=300)
        assert window.returncode == 0, errors
        told += int(output)
    assert installation.one("SELECT version FROM council_sitting") == PREPARED + 2 * ENTRIES
    entries = "SELECT count(*) FROM council_liveentry WHERE kind = 'debate'"
    assert installation.one(entries) == 2 * ENTRIES
    lines = "SELECT count(*) FROM accounts_auditentry WHERE action = 'live.debate'"
    assert installation.one(lines) == 2 * ENTRIES
    assert told > 0, "les deux fenêtres ne se sont jamais croisées : l’essai ne prouve rien"


def test_a_kill_during_a_vote_leaves_it_whole_or_absent(installation: Installation) -> None:
    for pause in PAUSES:
        writer = process(installation, "forever")
        assert writer.stdout is not None
        first = int(writer.stdout.readline())
        time.sleep(pause)
        writer.kill()
        rest, _ = writer.communicate(timeout=60)
        installation.settle()
        assert_whole(installation, last=max([first, *map(int, rest.split())]))


def assert_whole(installation: Installation, *, last: int) -> None:
    """Each vote announced is there; the one under way is there too, or it never happened."""
    one = installation.one
    votes = one("SELECT count(*) FROM council_liveentry WHERE kind = 'roll_call'")
    assert votes in (last + 1, last + 2)
    version = PREPARED + int(str(votes))
    assert one("SELECT version FROM council_sitting") == version
    assert one("SELECT count(*) FROM council_historicalsitting") == version
    lines = "SELECT count(*) FROM accounts_auditentry WHERE action = 'live.roll_call'"
    assert one(lines) == votes
    # The tallies, the names and the outcome are of one and the same vote.
    in_favour = one("SELECT count(*) FROM council_ballot WHERE choice = 'for'")
    against = one("SELECT count(*) FROM council_ballot WHERE choice = 'against'")
    assert (in_favour, against) in {(12, 0), (0, 12)}
    act = "(SELECT id FROM council_deliberation WHERE position = 0)"
    assert one(f"SELECT in_favour FROM council_vote WHERE deliberation_id = {act}") == in_favour  # noqa: S608
    outcome = one(f"SELECT outcome FROM council_vote WHERE deliberation_id = {act}")  # noqa: S608
    assert outcome == ("adopted" if in_favour else "rejected")
