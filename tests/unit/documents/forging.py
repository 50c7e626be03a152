"""A forger's tool, which knows the format of a PDF and nothing of Levier."""

from __future__ import annotations

import io

import pikepdf


def rewritten(pdf: bytes) -> bytes:
    """The page shows something else, by an incremental update as a forger would append it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        number, generation = document.pages[0].Contents.objgen
        root = document.Root.objgen[0]
        size = int(document.trailer.Size)
    previous = pdf.rindex(b"startxref")
    previous_table = int(pdf[previous:].split()[1])
    stream = b"BT ET"
    place = len(pdf)
    body = b"%d %d obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        *(number, generation, len(stream)),
        stream,
    )
    table = b"xref\n%d 1\n%010d %05d n \n" % (number, place, generation)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        *(size, root, previous_table),
        place + len(body),
    )
    return pdf + body + table + trailer
