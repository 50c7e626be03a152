"""Files in: the text of an act out of a TXT, PDF or DOCX file, and the record that it holds.

The kind of a file is told by its first bytes, never by its extension. Whatever cannot be read is
refused with one French sentence (UnreadableInput), and nothing of it is kept.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levier.common.domain.errors import UnreadableInput
from levier.common.faults import reason
from levier.council.domain.reading import read_text
from levier.council.domain.record import Record

if TYPE_CHECKING:
    from docx.document import Document

MAX_BYTES = 20 * 1024 * 1024
STDIN = "-"
_PACKED = b"PK\x03\x04"
_MOST_PAGES = 2_000
_MOST_UNPACKED = 200 * 1024 * 1024
_UTF16_ASCII_SHARE = 0.3
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1b\x1a\x85")


def read_document(path: str) -> Record:
    """The record of the act in the file at `path`; "-" reads the standard input.

    Raises UnreadableInput when the file is missing, too big, unreadable, or no act of a council.
    """
    return read_bytes(bytes_of(path), path)


def bytes_of(path: str) -> bytes:
    """What the file at `path` holds, or the standard input for "-", within MAX_BYTES + 1."""
    if path != STDIN:
        return _file_bytes(Path(path))
    if sys.stdin is None:
        raise UnreadableInput("L'entrée standard est fermée : il n'y a rien à lire.")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def json_text(data: bytes) -> str | None:
    """The text of `data` when it is meant as a JSON object, whatever its encoding; else None."""
    if len(data) > MAX_BYTES or b"%PDF-" in data[:1024] or data.startswith(_PACKED):
        return None
    try:
        text = _decoded(data, "").lstrip("\ufeff \t\r\n")
    except UnreadableInput:
        return None
    return text if text.startswith("{") or (text.startswith("[") and _is_json(text)) else None


def read_bytes(data: bytes, name: str = "") -> Record:
    """The record of the act that `data` holds; `name` is only used in messages."""
    return read_text(text_of(data, name))


def text_of(data: bytes, name: str = "") -> str:
    """The text of a TXT (any usual encoding), PDF or DOCX file.

    Raises UnreadableInput for anything else, for a scan, and for damaged or encrypted files.
    """
    label = "L'entrée standard" if name == STDIN else f"« {name} »" if name else "Ce fichier"
    if not data.strip(b"\x00\t\n\r\f \xef\xbb\xbf\xff\xfe"):
        raise UnreadableInput(f"{label} est vide : il n'y a rien à lire.")
    if len(data) > MAX_BYTES:
        raise UnreadableInput(_too_big(label))
    if b"%PDF-" in data[:1024]:
        return _pdf_text(data, label)
    if data.startswith(_PACKED):
        return _docx_text(data, label)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableInput(
            f"{label} est un ancien document Word (.doc) : enregistrez-le en .docx ou en PDF."
        )
    if data.startswith(b"{\\rtf"):
        raise UnreadableInput(f"{label} est un document RTF : enregistrez-le en .docx ou en PDF.")
    text = _decoded(data, label)
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")) and _is_json(text):
        raise UnreadableInput(
            f"{label} est du JSON : un relevé de séance se contrôle avec « levier council check »."
        )
    return text


def _file_bytes(path: Path) -> bytes:
    label = f"« {path} »"
    try:
        if path.is_dir():
            raise UnreadableInput(f"{label} est un dossier : indiquez un fichier TXT, PDF ou DOCX.")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableInput(_too_big(label))
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableInput(f"{label} n'existe pas.") from None
    except PermissionError:
        raise UnreadableInput(
            f"{label} ne peut pas être ouvert : la lecture est refusée."
        ) from None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "ce nom de fichier est impossible"
        raise UnreadableInput(f"{label} ne peut pas être lu : {why}.") from None


def _too_big(label: str) -> str:
    return f"{label} dépasse 20 Mo : donnez l'acte seul, sans ses annexes."


def _is_json(text: str) -> bool:
    import json

    try:
        return isinstance(json.loads(text.lstrip("\ufeff")), (dict, list))
    except (ValueError, RecursionError):
        return False


def _decoded(data: bytes, label: str) -> str:
    """Text in UTF-8, UTF-16 (with or without mark) or the Windows and ISO 8859-1 code pages."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data.decode("utf-16", errors="replace"), label)
    if encoding := _unmarked_utf16(data):
        return _checked(data.decode(encoding, errors="replace"), label)
    if any(byte < 32 and byte not in _TEXT_CONTROLS for byte in set(data)):
        raise UnreadableInput(_binary(label))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 shows itself by the zero bytes beside Latin letters."""
    sample = data[: 8_192 - len(data) % 2]
    pairs = max(1, len(sample) // 2)
    for encoding, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        empty = sample[zeros::2].count(0)
        if empty / pairs > 1 - _UTF16_ASCII_SHARE and sample[letters::2].count(0) / pairs < 0.02:
            return encoding
    return None


def _checked(text: str, label: str) -> str:
    strange = sum(
        char == "\ufffd" or (ord(char) < 32 and char not in "\t\n\r\f\x0b") for char in text
    )
    if strange > len(text) / 50:
        raise UnreadableInput(_binary(label))
    return text


def _binary(label: str) -> str:
    return f"{label} n'est pas un texte : attendu un fichier TXT, PDF ou DOCX."


def _pdf_text(data: bytes, label: str) -> str:
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableInput(
                f"{label} est un PDF protégé par un mot de passe : enregistrez-en une copie sans "
                "protection."
            ) from None
        raise UnreadableInput(
            f"{label} est un PDF endommagé : il ne peut pas être ouvert."
        ) from None
    try:
        pages = [_page_text(document, index) for index in range(min(len(document), _MOST_PAGES))]
    except (pypdfium2.PdfiumError, ValueError):
        raise UnreadableInput(
            f"{label} est un PDF endommagé : ses pages sont illisibles."
        ) from None
    finally:
        document.close()
    text = "\f".join(pages)
    if sum(char.isalpha() for char in text) < 20:
        raise UnreadableInput(
            f"{label} est un PDF sans texte, sans doute un scan : rendez-le lisible avec OCRmyPDF "
            "(« ocrmypdf -l fra entree.pdf sortie.pdf »), puis recommencez."
        )
    return text


def _page_text(document: Any, index: int) -> str:
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_range())
        finally:
            text_page.close()
    finally:
        page.close()


def _docx_text(data: bytes, label: str) -> str:
    damaged = f"{label} est un document DOCX endommagé : il ne peut pas être ouvert."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
                raise UnreadableInput(_too_big(label))
    except (zipfile.BadZipFile, OSError, ValueError):
        raise UnreadableInput(damaged) from None
    if "word/document.xml" not in names:
        raise UnreadableInput(
            f"{label} est une archive, pas un document DOCX : attendu un fichier TXT, PDF ou DOCX."
        )
    import docx

    try:
        lines = list(_docx_lines(docx.Document(io.BytesIO(data))))
    except Exception:  # a damaged archive raises whatever its XML and ZIP readers raise
        raise UnreadableInput(damaged) from None
    return "\n".join(lines)


def _docx_lines(document: Document) -> Iterator[str]:
    """Paragraphs and table rows in the order of the document."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _table_lines(block)
        else:
            yield block.text


def _table_lines(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[Any] = set()
        for cell in row.cells:
            if cell._tc not in seen:  # a merged cell is given once for each column that it spans
                seen.add(cell._tc)
                cells.append(cell.text.strip())
        yield " | ".join(cells) if len(cells) > 1 else "".join(cells)
