"""`make bench`: every figure on this machine, in one run, on data loaded for the occasion."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.large_council import large_council_timings
from bench.measure import HEADING, Timing, timed
from bench.papers import papers_timings

ACT = Path(__file__).resolve().parents[2] / "shared" / "reference" / "loison-2024-06-11.txt"


def command_timings() -> Iterator[Timing]:
    """Whole processes, start-up included; a bare interpreter stands beside for comparison."""
    python = [sys.executable]
    yield timed("Python seul, pour comparaison", lambda: _run([*python, "-c", "pass"]), runs=10)
    yield timed(
        "levier --help (processus entier)",
        lambda: _run([*python, "-m", "levier", "--help"]),
        runs=10,
        goal=300,
    )
    if ACT.is_file():
        yield timed(
            "levier council read ACTE --json (processus entier)",
            lambda: _run([*python, "-m", "levier", "council", "read", str(ACT), "--json"]),
            runs=10,
        )


def council_timings() -> Iterator[Timing]:
    """Reading, checking, printing, and the pages as the server makes them."""
    from datetime import date

    from django.test import Client
    from django.urls import reverse

    from levier.accounts.actors import OPERATOR
    from levier.council.domain.reading import read_text
    from levier.council.domain.rules import check
    from levier.council.queries.sittings import deliberations_known, record_around
    from levier.council.writers.papers import extract_pdf

    if ACT.is_file():
        text = ACT.read_text(encoding="utf-8")
        yield timed("lire l'acte du 11 juin 2024", lambda: read_text(text), runs=50, goal=50)
        record_read = read_text(text)
        yield timed(
            "contrôler l'acte lu", lambda: check(record_read, as_of=date(2024, 7, 1)), runs=50
        )
    first = deliberations_known(OPERATOR)[0]
    record, position = record_around(OPERATOR, first.id)
    yield timed("extrait PDF", lambda: extract_pdf(record, position), runs=50, goal=100)
    client = Client(SERVER_NAME="127.0.0.1")
    for label, address in (
        ("page : tableau de bord", "/"),
        ("page : délibération", reverse("council:deliberation", args=[first.pk])),
        ("page : séance", reverse("council:sitting", args=[first.sitting_id])),
    ):
        yield timed(label, lambda address=address: _get(client, address), runs=100, goal=50)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _get(client: object, address: str) -> None:
    response = client.get(address)  # type: ignore[attr-defined]
    if response.status_code != 200:
        raise SystemExit(f"{address} répond {response.status_code}")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="levier-bench-") as home:
        os.environ["LEVIER_HOME"] = home
        _run([sys.executable, "-m", "levier", "demo", "--no-serve"])
        from levier.common.bootstrap import start_django

        start_django()
        from levier.common.serving import settle_memory

        settle_memory()  # as the server does
        print(HEADING)
        for timings in (
            command_timings(),
            council_timings(),
            papers_timings(),
            large_council_timings(),
        ):
            for timing in timings:
                print(timing.line(), flush=True)


if __name__ == "__main__":
    main()
