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
    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    for mark in ("\ufffe", "\x02", "\u00ad"):
        text = text.replace(f"{mark}\r\n", "").replace(mark, "")
    return " ".join(text.replace("\u200b", "").split())


def printed_pages(pdf: bytes) -> list[str]:
    """The text of each page, its spaces and line ends made one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def lines(pdf: bytes) -> list[str]:
    """Lines of the first page, as they are laid out."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [line.strip() for line in document[0].get_textpage().get_text_bounded().split("\n")]


def edges(pdf: bytes, char: str) -> tuple[float, float]:
    """Leftmost and rightmost points, from the left of the first page, where `char` is drawn."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        boxes = [
            page.get_charbox(index)
            for index in range(page.count_chars())
            if page.get_text_range(index, 1) == char
        ]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


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
