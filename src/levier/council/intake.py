"""What a person hands over: an act to read, or a record that was read before. Content decides."""

from __future__ import annotations

from levier.council.domain.reading import read_text
from levier.council.domain.record import Record
from levier.council.readers.texts import json_text, text_of
from levier.council.record_json import load_record


def record_given(data: bytes, name: str = "") -> tuple[Record, str]:
    """The record of an act, and the text it was read from.

    A record written as JSON is taken as it is, whatever the file is called. Raises
    UnreadableInput.
    """
    written = json_text(data)
    if written is not None:
        return load_record(written), written
    text = text_of(data, name)
    return read_text(text), text
