"""Papers of the register: sheets, closing sheet, and the certificate of posting.

The register is on paper, numbered and initialled by the mayor, and signed by hand (CGCT L2121-23,
R2121-9): these sheets are printed to be bound, and leave room for the pen.
"""

from __future__ import annotations

from levier.common.domain.french import enumerate_in_words
from levier.council.domain.minutes_content import ranges
from levier.council.domain.record import Record
from levier.council.writers.view import paper_arguments, sitting_view
from levier.council.writers.wording import Plain, day_text, sentence
from levier.documents.typesetting import render


def register_sheets_pdf(record: Record, first_sheet: int | None = None) -> bytes:
    """The sheets of the register for this sitting (CGCT R2121-9), as PDF/UA-1.

    `first_sheet` is the number of the first one in the register; without it, each sheet has a place
    for its number, to be written by hand.
    """
    return render(**register_sheets_arguments(record, sitting_view(record), first_sheet))


def register_sheets_arguments(record: Record, view: Plain, first_sheet: int | None = None) -> Plain:
    """The arguments of `render` for the sheets, from the whole view of the sitting."""
    heading = f"Registre des délibérations {view['of_body']}"
    data = view | {"agenda": [], "first_sheet": first_sheet}
    return paper_arguments("council_register", record, data, heading)


def closing_sheet_pdf(record: Record) -> bytes:
    """The closing sheet of the sitting: its deliberations, who was present, both signatures."""
    return render(**closing_sheet_arguments(record, sitting_view(record)))


def closing_sheet_arguments(record: Record, view: Plain) -> Plain:
    """The arguments of `render` for the closing sheet (CGCT R2121-9)."""
    orders = sorted({int(item["order"]) for item in view["deliberations"]})
    data = view | {"agenda": [], "numbers": enumerate_in_words(ranges(orders)) if orders else None}
    heading = f"Feuillet de clôture de la séance {view['of_body']}"
    return paper_arguments("council_closing", record, data, heading)


def certificate_pdf(record: Record) -> bytes:
    """The certificate that convocation and list were posted; unknown dates are left to the pen."""
    return render(**certificate_arguments(record))


def certificate_arguments(record: Record) -> Plain:
    """The arguments of `render` for the certificate of posting (CGCT L2121-10 and L2121-25)."""
    view = sitting_view(record, only=())
    sitting, known = record.sitting, record.sitting.formalities
    data = view | {
        "agenda": [],
        "convocation_sent_on": day_text(sitting.convocation_date),
        "convocation_posted": sitting.convocation_posted,
        "list_posted_on": day_text(known.list_posted_on),
        "list_online_on": day_text(known.list_online_on),
        "head_name": view["signatures"][0]["name"],
        "head_word": view["head"].removeprefix("Le ").removeprefix("L’"),
        "signatures": [{"label": f"{sentence(view['head'])},", "name": None}],
    }
    return paper_arguments("council_certificate", record, data, "Certificat d’affichage")
