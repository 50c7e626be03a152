"""Whole numbers as French acts print them: in figures or in words."""

from __future__ import annotations

import re

_UNITS = {
    "zero": 0,
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
}
_HUNDREDS = ("cent", "cents")
_THOUSANDS = ("mil", "mille", "milles")
_WORD = (
    r"(?:c(?:ents?|inq(?:uante)?)|d(?:eux|ix|ouze)|huit|mil(?:les?)?|neuf|onze"
    r"|qu(?:a(?:tre|torze|rante)|inze)|s(?:eize|ept|ix|oixante)|tr(?:e(?:nte|ize)|ois)|une?"
    r"|vingts?|zero)"
)
NUMBER_IN_WORDS = rf"(?=[a-z])(?:(?:[\s-]{{1,3}}(?:et[\s-]{{1,3}})?)?\b{_WORD}\b){{1,10}}"
NUMBER = rf"(?:\d{{1,4}}|{NUMBER_IN_WORDS})"
_ROMAN = re.compile(r"^(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def read_number(flat: str) -> int | None:
    """Value of a number printed in figures or in words; None when it is neither.

    >>> read_number("deux mil vingt quatre"), read_number("quatre-vingt-dix-neuf")
    (2024, 99)
    """
    if flat.isdecimal():
        return int(flat)
    total = current = 0
    words = [word for word in re.findall(r"[a-z]+", flat) if word != "et"]
    for word in words:
        if word in _THOUSANDS:
            total, current = total + max(current, 1) * 1000, 0
        elif word in _HUNDREDS:
            current = max(current, 1) * 100
        elif word in ("vingt", "vingts") and current % 100 == 4:
            current += 76
        elif word in _UNITS:
            current += _UNITS[word]
        else:
            return None
    return total + current if words else None


def read_roman(flat: str) -> int | None:
    """Value of a Roman numeral up to 89, in lower case; None when it is none.

    >>> read_roman("iv"), read_roman("xii"), read_roman("vi l")
    (4, 12, None)
    """
    if not flat or not _ROMAN.match(flat):
        return None
    values = [_ROMAN_VALUES[letter] for letter in flat]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
