"""Many documents at once, on several processors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from levier.documents.typesetting import render

# Starting a process takes as long as some ten pages.
_WORTH_A_PROCESS = 40
_MOST_PROCESSES = 4
_LENGTH_BYTES = 8

Documents = Sequence[Mapping[str, Any]]


def render_all(documents: Documents) -> list[bytes]:
    """The PDF of each document, in order; each mapping holds the arguments of `render`.

    Typesetting keeps one processor busy whatever the threads: a long batch is shared among
    processes, and gives the same bytes. Where no process can be started, it is done here.
    """
    processes = min(_processors(), len(documents) // _WORTH_A_PROCESS + 1, _MOST_PROCESSES)
    shares = [documents[turn::processes] for turn in range(processes)]
    with ThreadPoolExecutor(max(processes - 1, 1)) as waiting:
        elsewhere = [waiting.submit(_render_elsewhere, share) for share in shares[1:]]
        done = [_render_here(shares[0])] + [future.result() for future in elsewhere]
    return [done[rank % processes][rank // processes] for rank in range(len(documents))]


def _render_here(documents: Documents) -> list[bytes]:
    # Short ones first: the typesetter's caches, grown by a long one, slow down all that follow.
    sizes = [len(json.dumps(document["data"])) for document in documents]
    pdfs = {
        rank: render(**documents[rank])
        for rank in sorted(range(len(documents)), key=sizes.__getitem__)
    }
    return [pdfs[rank] for rank in range(len(documents))]


def _render_elsewhere(documents: Documents) -> list[bytes]:
    """The same in a process of its own; here when it fails, so that errors are told here."""
    asked = [{**document, "date": _iso(document["date"])} for document in documents]
    try:
        answer = subprocess.run(  # noqa: S603 (this very module, by this very interpreter)
            [sys.executable, "-m", __name__],
            input=json.dumps(asked).encode(),
            capture_output=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return _render_here(documents)
    pdfs = list(_unpacked(answer))
    return pdfs if len(pdfs) == len(documents) else _render_here(documents)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _unpacked(answer: bytes) -> list[bytes]:
    pdfs, start = [], 0
    while start < len(answer):
        first = start + _LENGTH_BYTES
        start = first + int.from_bytes(answer[start:first], "big")
        pdfs.append(answer[first:start])
    return pdfs


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def main() -> None:
    """Render the documents that standard input asks for, each after its length."""
    documents = [
        {**asked, "date": date.fromisoformat(asked["date"]) if asked["date"] else None}
        for asked in json.loads(sys.stdin.buffer.read())
    ]
    for pdf in _render_here(documents):
        sys.stdout.buffer.write(len(pdf).to_bytes(_LENGTH_BYTES, "big") + pdf)


if __name__ == "__main__":
    main()
