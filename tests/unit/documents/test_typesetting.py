"""Typesetting: conformance, fixed bytes, literal text, odd characters, several threads."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.documents import typesetting
from levier.documents.typesetting import render
from tests.unit.documents.pdf_reading import edges, lines, printed_text, structure_types

_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_DAY = date(2024, 6, 20)


def _data(subject: str = "Budget", assembly: str = "Loison-sous-Lens") -> dict[str, Any]:
    return {
        "assembly": assembly,
        "heading": "Liste",
        "date": "11 juin 2024",
        "short_date": "11 juin 2024",
        "deliberations": [{"number": "1", "subject": subject, "outcome": None}],
    }


def _render(subject: str = "Budget", *, day: date | None = _DAY, title: str = "Un titre") -> bytes:
    return render("council_deliberation_list", _data(subject), title=title, date=day)


def test_the_file_declares_the_standards_of_accessibility_and_archives() -> None:
    with pikepdf.open(io.BytesIO(_render())) as document:
        metadata = document.open_metadata()
        assert metadata[f"{_PDFUA}part"] == "1"
        assert metadata[f"{_PDFA}part"] == "3"
        assert metadata[f"{_PDFA}conformance"] == "A"
        assert metadata["dc:title"] == "Un titre"
        assert document.Root.MarkInfo.Marked is True
        assert str(document.Root.Lang) == "fr"
        assert document.Root.ViewerPreferences.DisplayDocTitle is True
        assert str(document.docinfo["/CreationDate"]).startswith("D:20240620")


def test_without_a_date_none_is_made_up() -> None:
    with pikepdf.open(io.BytesIO(_render(day=None))) as document:
        metadata = document.open_metadata()
        assert metadata[f"{_PDFUA}part"] == "1"
        assert f"{_PDFA}part" not in metadata
        assert "/CreationDate" not in document.docinfo


def test_every_font_is_embedded_with_its_unicode_map() -> None:
    with pikepdf.open(io.BytesIO(_render("Gras, italique ∮ ☐"))) as document:
        fonts = [item for item in document.objects if _is_font(item, "/Type0")]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
            assert "/ToUnicode" in font


def _is_font(item: Any, subtype: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype")) == subtype


def test_the_table_has_header_cells() -> None:
    types = structure_types(_render())
    assert types["H1"] == 1
    assert types["Table"] == 1
    assert types["TH"] == 3
    assert types["TD"] == 3


def test_the_same_data_give_the_same_bytes_in_another_process_and_time_zone() -> None:
    script = (
        "import sys; from tests.unit.documents.test_typesetting import _render;"
        "sys.stdout.buffer.write(_render())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[3],
        env=os.environ | {"TZ": "Pacific/Noumea", "SOURCE_DATE_EPOCH": "1"},
    )
    assert elsewhere.stdout == _render()


def test_threads_share_the_fonts_and_give_the_same_bytes() -> None:
    subjects = [f"Affaire {rank}" for rank in range(24)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(_render, subjects)) == [_render(subject) for subject in subjects]


@pytest.mark.parametrize(
    "text",
    [
        "#let x = 1",
        "*gras* et _italique_ = titre",
        "$a^2$ @ref <label> // commentaire /* et */",
        r"\u{41} \n C:\dossier\fichier",
        """L'apostrophe, "les guillemets" et `le code`""",
        "- tiret + plus ~ tilde -- --- ... #panic()",
        "</script> & {{ data }} {% x %} %d ${HOME}",
        "Œuvre, cœur, 12 €, l’État, « N° 5 », ½, É, ÿ, Ÿ",
    ],
)
def test_text_is_printed_as_it_is_written(text: str) -> None:
    assert text in printed_text(_render(text))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Fête 🎉 de la ville", "Fête [U+1F389] de la ville"),
        ("Jumelage avec 東京", "Jumelage avec [U+6771][U+4EAC]"),
        ("👩‍👧 famille", "[U+1F469][U+1F467] famille"),
        ("usage privé \ue000", "usage privé [U+E000]"),
        ("non-caractère \uffff", "non-caractère [U+FFFF]"),
        ("substitut \ud800 seul", "substitut \ufffd seul"),
        ("cloche\x07 et nul\x00", "cloche et nul"),
        ("ordre \u202einversé\u202c", "ordre inversé"),
        ("tabulation\tet\u2028ligne", "tabulation et ligne"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_characters_without_a_glyph_are_numbered_and_invisible_ones_dropped(
    written: str, printed: str
) -> None:
    assert printed in printed_text(_render(written))


def test_the_title_is_tidied_like_the_text() -> None:
    with pikepdf.open(io.BytesIO(_render(title="Un\x00 titre 🎉"))) as document:
        assert document.open_metadata()["dc:title"].startswith("Un titre")


def test_line_ends_are_kept() -> None:
    printed = lines(_render("première ligne\r\nseconde ligne"))
    assert any(line.endswith("première ligne") for line in printed)
    assert any(line.startswith("seconde ligne") for line in printed)


@pytest.mark.parametrize("word", ["x" * 400, "." * 400, "é" * 400, "W" * 400])
def test_an_endless_word_stays_between_the_margins(word: str) -> None:
    pdf = _render(word)
    left, right = edges(pdf, word[0])
    # A4 is 595 points wide, with margins of 25 mm.
    assert 70 < left < right < 595 - 70
    assert word in printed_text(pdf).replace(" ", "")


def test_spaces_before_high_signs_do_not_break_the_line_and_none_is_added() -> None:
    tidied = typesetting._tidy_french("Objet : « a » ; 5 % de 3 € ? non! a:b")
    assert tidied == ("Objet\u202f: «\u202fa\u202f»\u202f; 5\u202f% de 3\u202f€\u202f? non! a:b")


def test_a_wrong_template_is_a_programming_error() -> None:
    with pytest.raises(typst.TypstError):
        render("council_deliberation_list", {}, title="Sans données", date=_DAY)


def test_only_the_known_embedded_fonts_are_used() -> None:
    assert set(typesetting._embedded_fonts().families()) == {
        "DejaVu Sans Mono",
        "Libertinus Serif",
        "New Computer Modern",
        "New Computer Modern Math",
    }
    notice = (Path(typesetting.__file__).parent / "FONTS.md").read_text(encoding="utf-8")
    assert all(family in notice for family in typesetting._embedded_fonts().families())


@given(st.text(st.characters(), max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_typeset_and_the_same_twice(text: str) -> None:
    assert _render(text) == _render(text)
