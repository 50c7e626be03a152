"""Every document of the largest sitting: 69 members, 200 items. `python -m bench.papers`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.measure import HEADING, Timing, timed


def papers_timings() -> Iterator[Timing]:
    """One document at a time, then all of them as one ZIP."""
    from levier.council.domain.record import AgendaItem
    from levier.council.writers.bundle import documents_zip
    from levier.council.writers.papers import PAPERS, PaperKind, extract_pdf, paper_pdf
    from tests.unit.council.records import BIG

    items = BIG.deliberations
    record = replace(
        BIG,
        sitting=replace(
            BIG.sitting,
            agenda=tuple(AgendaItem(rank, f"Affaire {rank}") for rank in range(1, 201)),
        ),
        deliberations=tuple(
            replace(items[(rank - 1) % len(items)], number=rank) for rank in range(1, 201)
        ),
    )
    yield timed("un extrait, 200 affaires", lambda: extract_pdf(record, 120), runs=20, goal=100)
    for kind in PaperKind:
        yield timed(
            f"{PAPERS[kind].label}, 200 affaires",
            lambda kind=kind: paper_pdf(kind, record),
            runs=3,
        )
    yield timed(
        "tous les documents (69 membres, 200 affaires)",
        lambda: documents_zip(record),
        runs=3,
        goal=5000,
    )


if __name__ == "__main__":
    print(HEADING)
    for timing in papers_timings():
        print(timing.line(), flush=True)
