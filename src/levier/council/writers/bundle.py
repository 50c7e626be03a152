"""All the documents of a sitting at once, from one view of its record: files, or one ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from levier.common.domain.french import fold
from levier.council.domain.record import Record
from levier.council.writers.extracts import extract_arguments
from levier.council.writers.papers import PAPERS, Options
from levier.council.writers.view import sitting_view
from levier.council.writers.wording import Plain
from levier.documents.batches import render_all

# The oldest date that a ZIP can hold: the same documents give the same archive on any day.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_MOST_LETTERS = 60


def sitting_documents(record: Record, options: Options | None = None) -> list[tuple[str, bytes]]:
    """(file name, PDF) of every document that the record allows, in the order of the sitting.

    Names are plain and sort as the sitting goes: « 06-proces-verbal.pdf »,
    « extraits/001-signature-du-contrat.pdf ».
    """
    named = list(_named_arguments(record, options or Options()))
    pdfs = render_all([arguments for _, arguments in named])
    return [(name, pdf) for (name, _), pdf in zip(named, pdfs, strict=True)]


def documents_zip(record: Record, options: Options | None = None) -> bytes:
    """The documents as one ZIP, under one folder; the same record gives the same bytes."""
    folder = folder_name(record)
    content = io.BytesIO()
    # PDFs are compressed already.
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, pdf in sitting_documents(record, options):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_DATE)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, pdf)
    return content.getvalue()


def folder_name(record: Record) -> str:
    """« 2024-06-11-loison-sous-lens »."""
    day = record.sitting.date.isoformat() if record.sitting.date else "seance"
    return _plain(f"{day} {record.assembly or ''}")


def _named_arguments(record: Record, options: Options) -> Iterator[tuple[str, Plain]]:
    view = sitting_view(record)
    for paper in PAPERS.values():
        if paper.can_be_made(record):
            yield f"{paper.file_name}.pdf", paper.arguments(record, view, options)
    for rank, arguments in enumerate(extract_arguments(record, view), start=1):
        item = view["deliberations"][rank - 1]
        subject = _plain(item["subject"] or "deliberation")
        yield f"extraits/{rank:03}-{subject}.pdf", arguments


def _plain(text: str) -> str:
    words = fold(text).replace(" ", "-")
    if len(words) > _MOST_LETTERS:
        words = words[:_MOST_LETTERS].rsplit("-", 1)[0]
    return words or "document"
