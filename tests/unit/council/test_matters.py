"""The classification of matters, against the State's own example file and the SCDL list."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from levier.common.domain.french import fold
from levier.council.domain.matters import MATTERS, NATIONAL, matter
from tests.shared_data import SHARED, needs_shared

EXAMPLE = SHARED / "data/schemas/actes/examples/codes_matieres.xml"
NAMESPACE = "{http://www.interieur.gouv.fr/ACTES#v1.1-20040216}"

# Last code of each first level, as the SCDL schema lists them: 1.1 to 1.7, 2.1 to 2.3…
LAST_OF_EACH = {1: 7, 2: 3, 3: 6, 4: 5, 5: 8, 6: 5, 7: 10, 8: 9, 9: 4}


def test_codes_are_those_that_the_open_data_schema_lists() -> None:
    expected = [
        f"{first}.{second}" for first, last in LAST_OF_EACH.items() for second in range(1, last + 1)
    ]
    assert [known.code for known in MATTERS] == expected


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("8.4", "domaines de compétences par thèmes/aménagement du territoire"),
        ("7.10", "finances locales/divers"),
        ("7.9", "finances locales/prise de participation"),
        ("9.4", "autres domaines de compétences/vœux et motions"),
    ],
)
def test_open_data_label(code: str, label: str) -> None:
    found = matter(code)
    assert found is not None
    assert found.scdl_label == label


def test_open_data_labels_have_no_comma_parenthesis_nor_capital() -> None:
    for known in MATTERS:
        assert not re.search(r"[,()]", known.scdl_label)
        assert known.scdl_label == known.scdl_label.lower()
    assert len({known.scdl_label for known in MATTERS}) == len(MATTERS)


@pytest.mark.parametrize("code", [None, "", "7", "7.11", "10.1", "7.1 "])
def test_unknown_code(code: str | None) -> None:
    assert matter(code) is None


@needs_shared
def test_labels_are_those_of_the_public_example() -> None:
    root = ElementTree.parse(EXAMPLE).getroot()  # noqa: S314 -- a file of the reference folder
    date = root.findtext(f"{NAMESPACE}DateClassification")
    assert date == NATIONAL.dated_on.isoformat()
    published = {
        f"{first.get(f'{NAMESPACE}CodeMatiere')}.{second.get(f'{NAMESPACE}CodeMatiere')}": (
            str(first.get(f"{NAMESPACE}Libelle")),
            str(second.get(f"{NAMESPACE}Libelle")),
        )
        for first in root.iter(f"{NAMESPACE}Matiere1")
        for second in first.iter(f"{NAMESPACE}Matiere2")
    }
    assert published.keys() == {known.code for known in MATTERS}
    for known in MATTERS:
        heading, label = published[known.code]
        # The example writes "pourvoirs" for "pouvoirs", and leaves apostrophes out.
        assert _letters(known.heading) == _letters(heading.replace("pourvoirs", "pouvoirs"))
        assert _letters(known.label) == _letters(label), known.code


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", fold(text))
