"""Runs the real command in a process of its own, with a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def levier(
    *arguments: str | Path, home: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """The finished process, its output decoded as UTF-8."""
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "levier", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**inherited, "LEVIER_HOME": str(home), **environment},
        cwd=home,
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
