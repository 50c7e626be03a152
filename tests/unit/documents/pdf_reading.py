"""What a PDF really holds, read by tools that know nothing of how it was made."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2


def printed_text(pdf: bytes) -> str:
    """Text of all pages on one line; words divided at the end of a line are joined again."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    text = "\n".join(pages)
    for mark in ("\ufffe", "\x02", "\u00ad"):
        text = text.replace(f"{mark}\r\n", "").replace(mark, "")
    return " ".join(text.replace("\u200b", "").split())


def structure_types(pdf: bytes) -> Counter[str]:
    """How many elements of each type the logical structure holds: H1, Table, TH…"""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return Counter(_types(document.Root.StructTreeRoot.K))


def _types(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _types(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/")
        if "/K" in node:
            yield from _types(node.K)
