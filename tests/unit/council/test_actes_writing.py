"""The ACTES package: valid by the State's schema for any act, the same bytes, faults by field."""

from __future__ import annotations

import io
import tarfile
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.common.domain.errors import Invalid
from levier.council.domain.matters import MATTERS, ActNature
from levier.council.domain.transmission import (
    ActToSend,
    Attachment,
    Dispatch,
    Sender,
    faults,
    internal_number,
    transmissible,
)
from levier.council.readers.actes_package import check_package
from levier.council.writers.actes import act_package, cancellation_package
from tests.shared_data import SHARED, needs_shared

SCHEMAS = SHARED / "data/schemas/actes"
PDF = b"%PDF-1.7\n%%EOF\n"
SENDER = Sender("216205237", "62", "2", "31", ("actes@loison.example.fr",))
ACT = ActToSend(
    SENDER,
    date(2024, 6, 11),
    "20240611_1",
    "Signature du Contrat de Ville 2024-2030",
    Attachment(PDF, file_type="99_DE"),
    matter_code="8.5",
    classification_dated_on=date(2017, 4, 19),
)
DISPATCH = Dispatch(date(2024, 6, 20), 1)


@cache
def _schema() -> Any:
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(SCHEMAS / "actesv1_1.xsd")))


def _is_valid(content: bytes) -> bool:
    from lxml import etree

    return bool(_schema().validate(etree.fromstring(content)))


def test_names_hold_the_date_of_the_decision() -> None:
    package = act_package(ACT, replace(DISPATCH, third_party="SIC"))
    assert package.name == "SIC-EACT--216205237--20240620-1.tar.gz"
    assert [name for name, _ in package.files] == [
        "EACT--216205237--20240620-1.xml",
        "062-216205237-20240611-20240611_1-DE-1-1_0.xml",
        "99_DE-062-216205237-20240611-20240611_1-DE-1-1_1.pdf",
    ]


def test_archive_holds_the_files_and_nothing_of_the_machine() -> None:
    package = act_package(ACT, DISPATCH)
    with tarfile.open(fileobj=io.BytesIO(package.content)) as archive:
        entries = archive.getmembers()
        read = {entry.name: archive.extractfile(entry).read() for entry in entries}  # type: ignore[union-attr]
    assert read == dict(package.files)
    assert {(entry.uid, entry.gid, entry.uname, entry.mode) for entry in entries} == {
        (0, 0, "", 0o644)
    }
    assert act_package(ACT, DISPATCH).content == package.content
    assert act_package(ACT, replace(DISPATCH, on=date(2024, 6, 21))).content != package.content


@needs_shared
def test_package_with_annexes_is_valid_by_the_schema_of_the_state() -> None:
    act = replace(
        ACT,
        annexes=(
            Attachment(PDF, file_type="21_DA"),
            Attachment(b"\x89PNG\r\n\x1a\n", "png"),
        ),
        previous_identifier="062-216205237-20240409-20240409_2-DE",
        has_paper_annex=True,
        sender=replace(SENDER, contact="Anne Leroy", telephone="03 21 00 00 00"),
    )
    package = act_package(act, DISPATCH)
    report = check_package(package.content, package.name, SCHEMAS)
    assert report.faults == ()
    assert report.unverifiable == ()
    assert all(_is_valid(content) for name, content in package.files if name.endswith(".xml"))


@needs_shared
def test_cancellation_is_valid_by_the_schema_of_the_state() -> None:
    package = cancellation_package(SENDER, ACT.identifier, DISPATCH)
    assert package.files[1][0] == f"{ACT.identifier}-6-1_0.xml"
    assert all(_is_valid(content) for _, content in package.files)
    assert check_package(package.content, package.name, SCHEMAS).faults == ()


def test_cancellation_of_another_collectivite_is_refused() -> None:
    with pytest.raises(Invalid, match="n’est pas l’identifiant"):
        cancellation_package(SENDER, "044-214400152-20181106-TEST_DGCL_4-DE", DISPATCH)


_SUBJECTS = st.text(
    st.characters(max_codepoint=0xFF, exclude_categories=["C"]), min_size=1, max_size=500
).filter(lambda text: bool(text.strip()))
_FILES = st.builds(
    Attachment, st.binary(max_size=40).map(PDF.__add__), st.just("pdf"), st.just("99_DE")
)
_ACTS = st.builds(
    ActToSend,
    st.builds(
        Sender,
        st.from_regex(r"[0-9]{9}", fullmatch=True),
        st.sampled_from(["01", "62", "2A", "2B", "95", "971", "976"]),
        st.from_regex(r"[0-9]", fullmatch=True),
        st.from_regex(r"[0-9]{2}", fullmatch=True),
        st.lists(st.just("a.b-c@mairie-de-x.fr"), min_size=1, max_size=3).map(tuple),
        st.sampled_from(["", "Zoé L’Œuvre"]),
    ),
    st.dates(date(1990, 1, 1), date(2199, 12, 31)),
    st.from_regex(r"[A-Z0-9_]{1,15}", fullmatch=True),
    _SUBJECTS,
    _FILES,
    st.sampled_from([matter.code for matter in MATTERS] + ["1.1.2", "3.5.1.2.9"]),
    st.sampled_from(ActNature),
    st.lists(_FILES, max_size=3).map(tuple),
    st.dates(date(2004, 1, 1), date(2099, 12, 31)),
)


@needs_shared
@settings(max_examples=150, deadline=None)
@given(act=_ACTS, rank=st.integers(1, 9999))
def test_any_valid_act_makes_a_valid_package(act: ActToSend, rank: int) -> None:
    dispatch = Dispatch(date(2024, 6, 20), rank)
    assert faults(act, dispatch) == ()
    package = act_package(act, dispatch)
    assert all(_is_valid(content) for name, content in package.files if name.endswith(".xml"))
    report = check_package(package.content, package.name)
    assert report.faults == ()
    declared = next(message.act for message in report.messages if message.act)
    assert declared.decided_on == act.decided_on
    assert (declared.number, declared.matter_code) == (act.number, act.matter_code)
    assert declared.subject == transmissible(act.subject)[0]


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("siren", replace(ACT, sender=replace(SENDER, siren=""))),
        ("siren", replace(ACT, sender=replace(SENDER, siren="21620523"))),
        ("department", replace(ACT, sender=replace(SENDER, department=""))),
        ("district", replace(ACT, sender=replace(SENDER, district=""))),
        ("sender_nature", replace(ACT, sender=replace(SENDER, nature="3"))),
        ("emails", replace(ACT, sender=replace(SENDER, emails=()))),
        ("emails", replace(ACT, sender=replace(SENDER, emails=("mairie",)))),
        ("contact", replace(ACT, sender=replace(SENDER, contact="Ωmega"))),
        ("decided_on", replace(ACT, decided_on=None)),
        ("number", replace(ACT, number="2024-12")),
        ("number", replace(ACT, number="A" * 16)),
        ("matter_code", replace(ACT, matter_code="")),
        ("matter_code", replace(ACT, matter_code="8")),
        ("matter_code", replace(ACT, matter_code="8.77")),
        ("classification_dated_on", replace(ACT, classification_dated_on=None)),
        ("subject", replace(ACT, subject=" \n ")),
        ("subject", replace(ACT, subject="a" * 501)),
        ("subject", replace(ACT, subject="Jumelage avec Łódź")),
        ("subject", replace(ACT, subject="Tarifs\x00")),
        ("previous_identifier", replace(ACT, previous_identifier="062-1")),
        ("document", replace(ACT, document=None)),
        ("document", replace(ACT, document=Attachment(b"PK\x03\x04"))),
        ("document", replace(ACT, document=Attachment(b"\xff\xd8\xff", "jpg"))),
        ("document", replace(ACT, document=Attachment(PDF, file_type="delib"))),
        ("annexes[0]", replace(ACT, annexes=(Attachment(b"MZ", "exe"),))),
    ],
)
def test_each_fault_names_its_field(field: str, act: ActToSend) -> None:
    assert {fault.field for fault in faults(act)} == {field}
    with pytest.raises(Invalid) as refusal:
        act_package(act, DISPATCH)
    assert set(refusal.value.by_field) == {field}


@pytest.mark.parametrize(
    ("field", "dispatch"),
    [("rank", replace(DISPATCH, rank=0)), ("third_party", replace(DISPATCH, third_party="sic"))],
)
def test_faults_of_the_envelope(field: str, dispatch: Dispatch) -> None:
    assert [fault.field for fault in faults(ACT, dispatch)] == [field]


def test_typographic_signs_take_their_plain_form_and_are_told() -> None:
    plain, replaced = transmissible("Œuvres d’art :\n5 000 € — suite…")
    assert plain == "OEuvres d'art : 5 000 euros - suite..."
    assert replaced == ("Œ", "’", "€", "—", "…")
    plain.encode("iso-8859-1")


def test_accents_typed_apart_are_composed() -> None:
    assert transmissible("De\u0301libe\u0301ration") == ("Délibération", ())


@given(
    st.dates(date(1990, 1, 1), date(2199, 12, 31)),
    st.lists(
        st.tuples(st.none() | st.integers(0, 2_147_483_647), st.integers(1, 999_999_999)),
        unique_by=lambda pair: pair if pair[0] is None else pair[0],
        max_size=8,
    ),
)
def test_numbers_are_admitted_and_distinct(day: date, acts: list[tuple[int | None, int]]) -> None:
    numbers = [internal_number(day, number, key) for number, key in acts]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert not [
            fault for fault in faults(replace(ACT, number=number)) if fault.field == "number"
        ]
