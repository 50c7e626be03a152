"""Runs a piece of work many times and keeps what a reader of timings needs."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: median and 95th percentile of the runs, and the goal when there is one."""

    what: str
    median: float
    p95: float
    goal: float | None = None

    def line(self) -> str:
        """One row of the table; the ratio says how many times the goal is met."""
        shown = f"{self.what:<58} {self.median:>9.1f} {self.p95:>9.1f}"
        if self.goal is None:
            return shown
        verdict = "tenu" if self.p95 <= self.goal else "MANQUÉ"
        return f"{shown} {self.goal:>9.0f} {self.goal / self.p95:>7.1f}x  {verdict}"


HEADING = f"{'':<58} {'médiane':>9} {'95e c.':>9} {'but (ms)':>9} {'marge':>8}"


def timed(what: str, work: Callable[[], object], *, runs: int, goal: float | None = None) -> Timing:
    """Median and 95th percentile of `runs` runs, after one run that warms caches."""
    work()
    durations = []
    for _ in range(runs):
        start = perf_counter()
        work()
        durations.append((perf_counter() - start) * 1000)
    ordered = sorted(durations)
    return Timing(what, statistics.median(ordered), ordered[math.ceil(runs * 0.95) - 1], goal)
