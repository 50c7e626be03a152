"""Data and a template in, an accessible PDF out.

The data are values, never markup: they reach the template as JSON and are shown as text, so a
subject such as « #let x » or « $a$ » is printed as it is written. Fonts are those that the `typst`
package carries (see FONTS.md): the same data give the same bytes on every machine.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import typst

from levier.common.domain.french import NARROW_SPACE

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_ACCESSIBLE: list[typst.PDFStandard] = ["ua-1"]
_ACCESSIBLE_ARCHIVE: list[typst.PDFStandard] = ["ua-1", "a-3a"]

# Latin, Greek and Cyrillic letters; punctuation, currencies, arrows, signs; Latin ligatures. The
# embedded fonts hold most of them. Other scripts need shaping that they cannot give.
_REPERTOIRE = (
    (0x20, 0x52F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x2BFF),
    (0xFB00, 0xFB06),
    (0xFFFD, 0xFFFD),
)
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# No word of French has thirty letters; a longer run would leave the page instead of breaking.
_ENDLESS_WORD = re.compile(r"[^\s/-]{30}(?=[^\s/-])")
_BEFORE_HIGH_SIGN = re.compile(r"(?<=\S) (?=[;:!?»%€])")
_AFTER_OPENING_QUOTE = re.compile(r"(?<=«) (?=\S)")
_REPORTED_TEXT = re.compile(r'(?:the text|contains the codepoint) `"(?P<text>.*?)"`', re.DOTALL)
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str = "fr",
    date: datetime.date | None,
) -> bytes:
    """Typeset `templates/<template>.typ` with `data` as a tagged PDF.

    The file conforms to PDF/UA-1 and, when `date` is known, to PDF/A-3a as well (archives demand
    a date; none is made up). `date` is the only clock: the same arguments give the same bytes.
    `title` names the document for the reader's window and for assistive technology.

    Characters that no embedded font can draw are printed as their number, « [U+1F600] », so
    that nothing disappears; invisible control characters are dropped. Safe to call from several
    threads at once. Raises typst.TypstError when the template itself is wrong.
    """
    content = _map_texts({"title": title, "data": data}, _tidy_for(language))
    shown_by_number: set[str] = set()
    while True:
        try:
            return _compile(template, content, language, date)
        except typst.TypstError as error:
            newly_found = _undrawable(error.diagnostic) - shown_by_number
            if not newly_found:
                raise
            shown_by_number |= newly_found
            numbers = str.maketrans({char: _by_number(char) for char in newly_found})
            content = _map_texts(content, partial(_translate, numbers))


def is_blank(text: str) -> bool:
    """Whether nothing of a text would be seen on the page: spaces and control characters only."""
    return not _tidy(text).strip()


def _compile(
    template: str, content: Mapping[str, Any], language: str, date: datetime.date | None
) -> bytes:
    # A compiler takes 0.2 ms to make and refuses a second thread; the fonts are what is costly.
    compiler = typst.Compiler(root=_TEMPLATES, font_paths=_embedded_fonts())
    pdf = compiler.compile(
        _TEMPLATES / f"{template}.typ",
        format="pdf",
        sys_inputs={
            "title": content["title"],
            "data": json.dumps(content["data"]),
            "language": language,
            "date": date.isoformat() if date else "",
        },
        pdf_standards=_ACCESSIBLE_ARCHIVE if date else _ACCESSIBLE,
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - a PDF without output path is always one bytes
    return pdf


@lru_cache(maxsize=1)
def _embedded_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _map_texts(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_map_texts(item, change) for item in value]
    return value


def _translate(table: Mapping[int, str], text: str) -> str:
    return text.translate(table)


class _PrintedCharacters(dict[int, int | str | None]):
    """Table for `str.translate`: what is printed for each character, found when first met."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = printed = _printed(code)
        return printed


def _printed(code: int) -> int | str | None:
    category = unicodedata.category(chr(code))
    if category in ("Cc", "Cf") or code in _VARIATION_SELECTORS:
        return None
    if category == "Cs":  # half of a character: there is nothing to name
        return 0xFFFD
    drawable = any(first <= code <= last for first, last in _REPERTOIRE)
    return code if drawable and category[0] != "M" else _by_number(chr(code))


def _by_number(char: str) -> str:
    return f"[U+{ord(char):04X}]"


_PRINTED_CHARACTERS = _PrintedCharacters({ord("\n"): ord("\n"), ord("\t"): ord(" ")})


def _tidy_for(language: str) -> Callable[[str], str]:
    return _tidy_french if language == "fr" else _tidy


@lru_cache(maxsize=4096)
def _tidy(text: str) -> str:
    lines = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return _ENDLESS_WORD.sub("\\g<0>\u200b", lines.translate(_PRINTED_CHARACTERS))


@lru_cache(maxsize=4096)
def _tidy_french(text: str) -> str:
    """Keep the spaces that stand before a high sign or inside « » from ending a line."""
    unbroken = _BEFORE_HIGH_SIGN.sub(NARROW_SPACE, _tidy(text))
    return _AFTER_OPENING_QUOTE.sub(NARROW_SPACE, unbroken)


def _undrawable(diagnostic: str) -> set[str]:
    reported = (match["text"] for match in _REPORTED_TEXT.finditer(diagnostic))
    return {char for text in reported for char in _RUST_ESCAPE.sub(_unescape, text)}


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]
