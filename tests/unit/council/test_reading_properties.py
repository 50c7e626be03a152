"""Whatever the text: a record or one French sentence, no invented name, and back from JSON."""

from __future__ import annotations

import json
import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from levier.common.domain.errors import UnreadableInput
from levier.common.domain.french import fold
from levier.council.domain.reading import read_text
from levier.council.domain.reading.printed import clean, flatten
from levier.council.domain.record import Record
from levier.council.readers.texts import read_bytes
from levier.council.record_json import dump_record, load_record
from tests.shared_data import SHARED
from tests.unit.council.reading_cases.lists import LISTS
from tests.unit.council.reading_cases.matters import MATTERS
from tests.unit.council.reading_cases.procurations import PROCURATIONS

OWN_TEXTS = [case.text for case in (*LISTS, *PROCURATIONS, *MATTERS)]
REAL_TEXTS = [
    path.read_text(encoding="utf-8")
    for path in (
        *sorted((SHARED / "data/deliberations/pages").glob("*.txt")),
        *sorted((SHARED / "data/deliberations/couthenans").glob("*.txt")),
        SHARED / "reference/loison-2024-06-11.txt",
    )
    if path.is_file()
]
TEXTS = OWN_TEXTS + REAL_TEXTS
WORDS = [
    *"""Présents :
Absents excusés
Étaient
procuration à
donne pouvoir à
représenté par
M.
Mme
Mmes et MM.
Jean DUPONT
LE GALL Anne
née
Zoé
KERN
,
;
-
/
(
)
et
tous les conseillers sauf
à l'exception de
arrivé à 19 h 30
au point 3
Ordre du jour
1.
2)
III -
Objet :
Vu la loi,
CONSIDÉRANT que
décide :
D'APPROUVER
Article 1er
Adopté à l'unanimité
Pour : 12
Contre : 3
abstention
L'an deux mille vingt, le 3 mai
le 31 février 2021
séance du 05/06/2024
18 h 30
convocation
affichée
Maire
le Maire,
Secrétaire de séance :
conseil municipal de Villebrune
Fait à Villebrune, le 12 juin 2024
en exercice : 15
Reçu en préfecture le
*
(Pr*)
|
Page 2/6""".splitlines(),
    "\t",
    "\n",
    "\n\n",
    "\f",
]
ACT = "Procès-verbal du conseil municipal. Séance publique. Secrétaire : A. Vote.\n"


def assert_one_sentence(refusal: UnreadableInput) -> None:
    assert str(refusal).endswith(".")
    assert "\n" not in str(refusal)


def read(text: str) -> Record | None:
    try:
        record = read_text(text)
    except UnreadableInput as refusal:
        assert_one_sentence(refusal)
        return None
    assert load_record(json.dumps(dump_record(record))) == record
    return record


def assert_no_invented_name(record: Record, text: str) -> None:
    """Each word of each name is a word of the text."""
    printed = clean(text)
    known = set(fold(printed.text).split()) | set(fold(" ".join(printed.running_heads)).split())
    sitting = record.sitting
    people = [*sitting.present, *sitting.absent]
    people += [name for proxy in sitting.proxies for name in (proxy.giver, proxy.holder)]
    people += [move.member for move in sitting.movements]
    people += [name for name in (sitting.president, sitting.secretary, record.signatory) if name]
    people += [d.rapporteur for d in record.deliberations if d.rapporteur]
    for name in people:
        assert name.strip()
        assert set(fold(name).split()) <= known, name


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def mutated(text: str, seed: int) -> str:
    """The text after a few accidents of the kinds that scanners, sites and people cause."""
    chance = random.Random(seed)  # noqa: S311 (a reproducible accident, not a secret)
    for _ in range(chance.randint(1, 4)):
        size = len(text) or 1
        at, length = chance.randrange(size), chance.randint(1, max(1, size // 3))
        lines = text.split("\n")
        kind = chance.randrange(10)
        if kind == 0:
            text = text[:at] + text[at + length :]
        elif kind == 1:
            text = text[:at] + text[at : at + length] * 2 + text[at + length :]
        elif kind == 2:
            text = text[:at] + text[at : at + length].swapcase() + text[at + length :]
        elif kind == 3:
            text = without_accents(text)
        elif kind == 4:
            chance.shuffle(lines)
            text = "\n".join(lines)
        elif kind == 5:
            text = text[:at]
        elif kind == 6:
            text = text.replace("\n", chance.choice((" ", "\r\n", "\n\n", "\f", "   ")))
        elif kind == 7:
            text = text.replace(chance.choice("eéaà'-,:()"), chance.choice(("", " ", "?", "1")))
        elif kind == 8:
            text = text[:at] + chance.choice(WORDS) + text[at:]
        else:
            text = text.encode("utf-8").decode("latin-1", errors="replace")
    return text


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    record = read(text)
    if record:
        assert_no_invented_name(record, text)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60))
def test_any_order_of_formulas_is_read_or_refused(words: list[str]) -> None:
    text = ACT + " ".join(words)
    record = read(text)
    assert record is not None
    assert_no_invented_name(record, text)


@settings(max_examples=200)
@given(st.sampled_from(TEXTS), st.integers(0, 2**32))
def test_accidents_invent_no_name(text: str, seed: int) -> None:
    text = mutated(text, seed)
    record = read(text)
    if record:
        assert_no_invented_name(record, text)


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_bytes(data, "essai")
    except UnreadableInput as refusal:
        assert_one_sentence(refusal)


@settings(max_examples=60)
@given(
    st.sampled_from(TEXTS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.integers(0, 2**32),
)
def test_damaged_encodings_are_read_or_refused(text: str, encoding: str, seed: int) -> None:
    data = bytearray(text.encode(encoding))
    chance = random.Random(seed)  # noqa: S311
    for _ in range(chance.randint(0, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        read_bytes(bytes(data))
    except UnreadableInput as refusal:
        assert_one_sentence(refusal)


@given(st.text(max_size=300))
def test_the_flat_twin_keeps_every_place(text: str) -> None:
    printed = clean(text)
    assert len(printed.flat) == len(printed.text)
    assert len(flatten(text)) == len(text)


@given(st.sampled_from(TEXTS))
def test_reading_twice_gives_the_same_record(text: str) -> None:
    assert read(text) == read(text)


@given(st.sampled_from(OWN_TEXTS))
def test_windows_line_ends_change_nothing(text: str) -> None:
    assert read(text.replace("\n", "\r\n")) == read(text)
