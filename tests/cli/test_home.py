"""The data folder and its secret key, when several processes start together."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

PROCESSES, ROUNDS = 6, 20
# Each round has a folder of its own; the processes wait for one another before they ask.
_ASK = """
import os, sys, time
from levier.common.domain.errors import LevierError
from levier.site.home import secret_key
base, start = sys.argv[1], float(sys.argv[2])
for rank in range(int(sys.argv[3])):
    os.environ["LEVIER_HOME"] = f"{base}/{rank}"
    while time.time() < start + rank * 0.05:
        pass
    try:
        print(secret_key(), flush=True)
    except LevierError as error:
        print(f"refus : {error}", flush=True)
"""


def test_processes_that_start_together_read_one_whole_key(tmp_path: Path) -> None:
    inherited = {key: value for key, value in os.environ.items() if key != "LEVIER_SECRET_KEY"}
    start = time.time() + 2
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _ASK, str(tmp_path), str(start), str(ROUNDS)],
            stdout=subprocess.PIPE,
            text=True,
            env=inherited,
        )
        for _ in range(PROCESSES)
    ]
    answers = [process.communicate(timeout=120)[0].split("\n")[:ROUNDS] for process in processes]
    for rank, keys in enumerate(zip(*answers, strict=True)):
        assert len(set(keys)) == 1, keys
        assert len(keys[0]) == 64
        key = tmp_path / str(rank) / "secret_key"
        assert key.read_text() == keys[0]
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        left = {path.name for path in key.parent.iterdir()}
        assert left <= {"secret_key", "secret_key.lock"}
