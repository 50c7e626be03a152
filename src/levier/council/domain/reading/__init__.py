"""Reading an act: from the text of an extract or of minutes to the record of a sitting.

Each file reads one thing. None of them knows a town: they recognise the formulas of the trade and
the shape of names, and what is in doubt is kept as unread rather than guessed.
"""

from __future__ import annotations

from levier.council.domain.reading.act import read_text

__all__ = ["read_text"]
