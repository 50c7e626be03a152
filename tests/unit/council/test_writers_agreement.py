"""Extracts, list, minutes and register of one record never disagree, whatever the record."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.council.domain.record import (
    AssemblyKind,
    Ballot,
    BallotChoice,
    Deliberation,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Sitting,
    Vote,
    VoteMode,
)
from levier.council.writers.bundle import documents_zip, sitting_documents
from levier.council.writers.extracts import extract_pdf
from levier.council.writers.minutes import deliberation_list_pdf, minutes_pdf
from levier.council.writers.papers import PaperKind, paper_pdf
from levier.documents import batches
from levier.documents.typesetting import render
from tests.unit.council.records import LOISON
from tests.unit.documents.pdf_reading import printed_text

_PEOPLE = ("Anne ALFA", "Luc BRAVO", "Zoé CHARLIE", "Éric DELTA", "Léa ÉCHO", "Paul FOXTROT")
_BALLOT = re.compile(r"Vote : (.*?) (?=Le conseil municipal|Proposition soumise)")
_PRESENT = re.compile(
    r"Étaient présents :(.*?)(?=Étaient absents|Avaient donné|Arrivées et départs|Secrétaire|"
    r"Objet|Délibération|Signatures|Le maire)"
)
_FOOTER = re.compile(r"Rivenotte · séance du .*? page \d+ / \d+ ?")
_counts = st.none() | st.integers(0, 40)


def _votes() -> st.SearchStrategy[Vote]:
    ballots = st.lists(
        st.builds(Ballot, st.sampled_from(_PEOPLE), st.sampled_from(BallotChoice)),
        max_size=3,
        unique_by=lambda ballot: ballot.member,
    ).map(tuple)
    return st.builds(
        Vote,
        outcome=st.none() | st.sampled_from(Outcome),
        unanimous=st.none() | st.booleans(),
        in_favour=_counts,
        against=_counts,
        abstentions=_counts,
        blank=_counts,
        mode=st.none() | st.sampled_from(VoteMode),
        president_vote=st.none() | st.sampled_from(("for", "against", "abstention")),
        ballots=ballots,
    )


@st.composite
def _records(draw: st.DrawFn) -> Record:
    present = draw(st.lists(st.sampled_from(_PEOPLE[:4]), min_size=1, unique=True))
    return Record(
        assembly="Rivenotte",
        assembly_kind=AssemblyKind.COMMUNE,
        sitting=Sitting(
            date=date(2025, 3, 4),
            in_office=draw(st.none() | st.integers(1, 9)),
            present=tuple(present),
            proxies=draw(st.sampled_from([(), (Proxy(_PEOPLE[4], present[0]),)])),
            movements=draw(
                st.sampled_from([(), (Movement(present[0], MovementEvent.LEAVES, before_item=2),)])
            ),
        ),
        deliberations=tuple(
            Deliberation(
                f"Objet n{rank}z",
                draw(st.sampled_from([None, rank])),
                decisions=("Décide.",),
                vote=draw(_votes()),
            )
            for rank in range(1, draw(st.integers(1, 3)) + 1)
        ),
    )


def _body(pdf: bytes) -> str:
    """The text of all pages without their footers, which may fall within a passage."""
    return _FOOTER.sub("", printed_text(pdf) + " ")


def _present(text: str) -> set[str]:
    found = _PRESENT.search(text)
    return {name for name in _PEOPLE if found and name in found[1]}


@given(_records())
@settings(max_examples=25, deadline=None)
def test_every_document_tells_the_same_votes_and_the_same_presence(record: Record) -> None:
    minutes = _body(minutes_pdf(record))
    register = _body(paper_pdf(PaperKind.REGISTER, record))
    closing = _body(paper_pdf(PaperKind.CLOSING, record))
    posted = _body(deliberation_list_pdf(record))
    positions = range(len(record.deliberations))
    extracts = [_body(extract_pdf(record, position)) for position in positions]

    ballots = [_BALLOT.findall(text) for text in extracts]
    assert [len(found) for found in ballots] == [1] * len(extracts)
    together = [found[0] for found in ballots]
    assert _BALLOT.findall(minutes) == together
    assert _BALLOT.findall(register) == together

    for item, ballot in zip(record.deliberations, together, strict=True):
        outcome = re.match(r"Adoptée|Rejetée|Reportée|non renseigné", ballot)
        assert outcome
        assert f"{item.subject} {outcome[0]}" in posted
        assert f"{item.subject} {outcome[0]}" in closing

    named = set(record.sitting.present)
    for text in (minutes, register, closing, *extracts):
        assert _present(text) == named


def test_the_archive_of_a_sitting_is_stable_and_sorts_as_it_goes() -> None:
    content = documents_zip(LOISON)
    assert documents_zip(LOISON) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)
    folder = "2024-06-11-loison-sous-lens"
    assert names[0] == f"{folder}/01-convocation.pdf"
    assert names[-1] == f"{folder}/extraits/001-signature-du-contrat-de-ville-2024-2030.pdf"
    assert len(names) == 11
    assert all(name.isascii() for name in names)


def test_a_sitting_that_is_only_prepared_has_its_papers() -> None:
    record = replace(LOISON, deliberations=())
    assert [name for name, _ in sitting_documents(record)] == [
        "01-convocation.pdf",
        "02-ordre-du-jour.pdf",
        "03-note-explicative.pdf",
        "04-procuration.pdf",
        "05-emargement.pdf",
        "10-certificat-d-affichage.pdf",
    ]


def test_the_papers_of_the_archive_are_those_made_one_by_one() -> None:
    made = dict(sitting_documents(LOISON))
    assert made["06-proces-verbal.pdf"] == minutes_pdf(LOISON)
    assert made["07-liste-des-deliberations.pdf"] == deliberation_list_pdf(LOISON)
    assert made["08-feuillets-du-registre.pdf"] == paper_pdf(PaperKind.REGISTER, LOISON)
    extracts = [pdf for name, pdf in made.items() if name.startswith("extraits/")]
    assert extracts == [extract_pdf(LOISON, 0)]


@pytest.mark.parametrize("interpreter", [None, "/nowhere/python"])
def test_a_batch_shared_among_processes_gives_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, interpreter: str | None
) -> None:
    monkeypatch.setattr(batches, "_WORTH_A_PROCESS", 2)
    monkeypatch.setattr(batches, "_processors", lambda: 2)
    if interpreter:
        monkeypatch.setattr(batches.sys, "executable", interpreter)
    asked = [
        {
            "template": "council_tables",
            "data": {
                "assembly": f"Rivenotte {rank}",
                "heading": "Tables",
                "short_date": None,
                "year": "2025",
                "by_date": [],
                "by_subject": [],
            },
            "title": "Tables",
            "date": date(2025, 1, 1) if rank % 2 else None,
        }
        for rank in range(5)
    ]
    assert batches.render_all(asked) == [render(**one) for one in asked]
