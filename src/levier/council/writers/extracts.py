"""The extract of the register for one deliberation."""

from __future__ import annotations

from collections.abc import Iterator

from levier.council.domain.record import Record
from levier.council.writers.view import paper_arguments, sitting_view
from levier.council.writers.wording import Plain
from levier.documents.typesetting import render

_TEMPLATE = "council_extract"


def extract_pdf(record: Record, position: int) -> bytes:
    """Extract of the register for one deliberation (CGCT L2121-23 and R2121-9), as PDF/UA-1.

    `position` is the place of the deliberation in `record.deliberations`, from 0. Raises
    IndexError when there is none at that place.
    """
    if not 0 <= position < len(record.deliberations):
        raise IndexError(f"No deliberation at position {position}.")
    view = sitting_view(record, only=[position])
    return render(**paper_arguments(_TEMPLATE, record, view, _heading(view)))


def extract_arguments(record: Record, view: Plain) -> Iterator[Plain]:
    """The arguments of `render` for each extract of a sitting, from its whole view."""
    for item in view["deliberations"]:
        own = view | {"deliberations": [item], "agenda": []}
        yield paper_arguments(_TEMPLATE, record, own, _heading(view))


def _heading(view: Plain) -> str:
    return f"Extrait du registre des délibérations {view['of_body']}"
