"""Files of acts: what is read out of them, and each refusal in one French sentence."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.reading import read_text
from levier.council.readers.texts import MAX_BYTES, read_bytes, read_document, text_of
from levier.council.record_json import dump_record

ACT = """Commune de Villebrune
Procès-verbal du conseil municipal du 7 avril 2022
Étaient présents : Élie FORT, Zoé N'DIAYE, Gaël HUBERT
Absente excusée : Ida JOUVE (procuration à Élie FORT)
Secrétaire de séance : Zoé N'DIAYE
"""
PRESENT = ("Élie FORT", "Zoé N'DIAYE", "Gaël HUBERT")


def pdf_of(text: str, **saving: object) -> bytes:
    """A PDF of one page with a text layer in Helvetica (none when the text is empty)."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    if text:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        lines = (line.replace("(", r"\(").replace(")", r"\)") for line in text.splitlines())
        content = "BT /F1 10 Tf 14 TL 40 800 Td " + " ".join(f"({line}) Tj T*" for line in lines)
        page.Contents = pdf.make_stream((content + " ET").encode("cp1252"))
    stream = io.BytesIO()
    pdf.save(stream, **saving)
    return stream.getvalue()


def docx_of(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def refusal(data: bytes, name: str = "") -> str:
    with pytest.raises(UnreadableInput) as caught:
        read_bytes(data, name)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith((".", ".)"))
    return message


@pytest.mark.parametrize(
    "data",
    [
        ACT.encode(),
        ACT.encode("utf-8-sig"),
        ACT.encode("latin-1"),
        ACT.encode("cp1252"),
        ACT.encode("utf-16"),
        ACT.encode("utf-16-le"),
        ACT.encode("utf-16-be"),
        ACT.replace("\n", "\r\n").encode(),
        pdf_of(ACT),
        docx_of(ACT),
    ],
    ids=[
        "utf8",
        "utf8-bom",
        "latin1",
        "cp1252",
        "utf16",
        "utf16le",
        "utf16be",
        "crlf",
        "pdf",
        "docx",
    ],
)
def test_one_act_in_any_container_is_one_record(data: bytes) -> None:
    record = read_bytes(data)
    assert record == read_text(ACT)
    assert record.sitting.present == PRESENT


def test_typographic_signs_of_windows_are_kept() -> None:
    text = ACT.replace("N'DIAYE", "N’DIAYE").replace("Ida", "Cœlia")
    record = read_bytes(text.encode("cp1252"))
    assert record.sitting.present[1] == "Zoé N’DIAYE"
    assert record.sitting.absent == ("Cœlia JOUVE",)


def test_the_kind_is_told_by_the_content(tmp_path: Path) -> None:
    path = tmp_path / "acte.txt"
    path.write_bytes(pdf_of(ACT))
    assert read_document(str(path)) == read_text(ACT)


def test_a_dash_is_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ACT.encode())))
    assert read_document("-") == read_text(ACT)


def test_tables_of_a_docx_stand_in_their_place() -> None:
    document = docx.Document()
    document.add_paragraph("Procès-verbal du conseil municipal du 7 avril 2022")
    rows = (
        ("Nom", "Prénom", "Présent", "Absent", "Pouvoir à"),
        ("FORT", "Élie", "X", "", ""),
        ("HUBERT", "Gaël", "X", "", ""),
        ("JOUVE", "Ida", "", "X", "Élie FORT"),
    )
    table = document.add_table(rows=0, cols=5)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("Secrétaire de séance : Gaël HUBERT")
    stream = io.BytesIO()
    document.save(stream)
    sitting = read_bytes(stream.getvalue()).sitting
    assert sitting.present == ("Élie FORT", "Gaël HUBERT")
    assert sitting.absent == ("Ida JOUVE",)
    assert [(p.giver, p.holder) for p in sitting.proxies] == [("Ida JOUVE", "Élie FORT")]
    assert sitting.secretary == "Gaël HUBERT"


def test_merged_cells_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Présents : Élie FORT, Gaël HUBERT"
    stream = io.BytesIO()
    document.save(stream)
    assert text_of(stream.getvalue()).count("Élie FORT") == 1


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 50])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "vide" in refusal(data, "acte.txt")


def test_a_scan_names_the_tool_that_would_read_it() -> None:
    message = refusal(pdf_of(""), "scan.pdf")
    assert "sans texte" in message
    assert "ocrmypdf" in message
    assert "scan.pdf" in message


def test_an_encrypted_pdf_is_refused() -> None:
    locked = pdf_of(ACT, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "mot de passe" in refusal(locked)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n" + b"\x00\x01garbage" * 40, pdf_of(ACT)[:200]],
    ids=["garbage", "truncated"],
)
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    assert "endommagé" in refusal(data)


def test_a_damaged_docx_is_refused() -> None:
    data = docx_of(ACT)
    assert "endommagé" in refusal(data[: len(data) // 2])
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("word/document.xml", "<no xml")
        archive.writestr("[Content_Types].xml", "")
    assert "endommagé" in refusal(broken.getvalue())


def test_another_archive_is_no_docx() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "bonjour")
    assert "archive" in refusal(stream.getvalue())


def test_a_docx_that_unpacks_without_measure_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(11):
            archive.writestr(f"word/{index}.xml", bytes(20 * 1024 * 1024))
        archive.writestr("word/document.xml", "<a/>")
    assert len(stream.getvalue()) < MAX_BYTES
    assert "20 Mo" in refusal(stream.getvalue())


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, ".docx"),
        (rb"{\rtf1\ansi Conseil municipal}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "n'est pas un texte"),
        (b"MZ\x90\x00" + bytes(200) + b"a", "n'est pas un texte"),
    ],
    ids=["doc", "rtf", "png", "exe"],
)
def test_other_formats_are_refused_by_name(data: bytes, word: str) -> None:
    assert word in refusal(data)


def test_a_record_in_json_is_sent_to_the_check() -> None:
    data = json.dumps(dump_record(read_text(ACT))).encode()
    assert "levier council check" in refusal(data, "seance.json")


@pytest.mark.parametrize(
    "text",
    [
        "Tarte aux pommes : étaler la pâte, éplucher six pommes, cuire quarante minutes à 180 °C.",
        (
            "Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte, "
            "mes yeux se fermaient si vite que je n'avais pas le temps de me dire : je m'endors."
        ),
        (
            "FACTURE n° 2024-118 Mairie de Villebrune, à l'attention du maire. Total : 125,30 € "
            "HT. Date : 3 mai 2024. Règlement à 30 jours. Merci de votre confiance."
        ),
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.",
    ],
    ids=["recipe", "novel", "invoice", "latin"],
)
def test_a_text_that_is_no_act_is_refused(text: str) -> None:
    assert "n'est pas un acte de conseil" in refusal(text.encode())


def test_more_than_two_million_characters_are_refused() -> None:
    assert "deux millions" in refusal((ACT + "Débats. " * 260_000).encode())


def test_a_file_over_twenty_megabytes_is_refused_before_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gros.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("le fichier a été ouvert"))
    with pytest.raises(UnreadableInput, match="20 Mo"):
        read_document(str(path))


def test_a_long_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    flood = io.BytesIO(b"a" * (MAX_BYTES + 10))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(flood))
    with pytest.raises(UnreadableInput, match="20 Mo"):
        read_document("-")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="n'existe pas"):
        read_document(str(tmp_path / "absent.txt"))
    with pytest.raises(UnreadableInput, match="dossier"):
        read_document(str(tmp_path))
    with pytest.raises(UnreadableInput, match="ne peut pas être lu"):
        read_document("nom\x00impossible")


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(ACT, encoding="utf-8")

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(UnreadableInput, match="refusée"):
        read_document(str(path))


def test_importing_the_reader_loads_no_heavy_library() -> None:
    import subprocess

    code = (
        "import sys, levier.council.readers.texts; "
        "sys.exit(any(m in sys.modules for m in ('pypdfium2', 'docx', 'lxml', 'django')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == 0
