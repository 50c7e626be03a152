"""The papers around a sitting: calling it, signing in, the register, the certificate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import cache

import pytest

from levier.council.domain.circumstances import Circumstances, Seat
from levier.council.domain.formalities import (
    Convocation,
    FirstConvocation,
    MinutesStatus,
    SittingFormalities,
)
from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Ballot,
    BallotChoice,
    Candidate,
    Deliberation,
    MatterNature,
    Outcome,
    Record,
    Round,
    Sitting,
    Vote,
    VoteMode,
)
from levier.council.writers.minutes import minutes_pdf
from levier.council.writers.papers import PAPERS, Options, PaperKind, paper_pdf
from levier.council.writers.tables import RegisterLine, by_subject, year_tables_pdf
from tests.unit.council.records import BIG, LOISON
from tests.unit.documents.pdf_reading import printed_pages, printed_text, structure_types

PREPARED = Record(
    assembly="Rivenotte",
    assembly_kind=AssemblyKind.COMMUNE,
    population=812,
    department="62",
    sitting=Sitting(
        date=date(2026, 12, 15),
        opens_at=time(18, 30),
        place="mairie, salle du conseil",
        convocation_date=date(2026, 12, 10),
        in_office=15,
        agenda=(AgendaItem(1, "Réfection du préau"), AgendaItem(2, "Tarifs de la cantine")),
    ),
    deliberations=(
        Deliberation(
            "Tarifs de la cantine",
            2,
            rapporteur="Hugo MASSON",
            recitals=("Considérant le coût des repas,",),
            decisions=("Fixe le repas à trois euros.",),
        ),
    ),
    signatory="Odile FARGUES",
)


@cache
def _text(kind: PaperKind, record: Record, options: Options | None = None) -> str:
    return printed_text(paper_pdf(kind, record, options))


def _called(**changes: object) -> Record:
    formalities = SittingFormalities(convocation=Convocation(**changes))  # type: ignore[arg-type]
    return replace(PREPARED, sitting=replace(PREPARED.sitting, formalities=formalities))


@pytest.mark.parametrize("kind", list(PaperKind))
@pytest.mark.parametrize(
    "record", [PREPARED, LOISON, BIG, Record()], ids=["prepared", "loison", "big", "empty"]
)
def test_every_paper_is_tagged_and_has_one_title(kind: PaperKind, record: Record) -> None:
    pdf = paper_pdf(kind, record)
    assert structure_types(pdf)["H1"] == 1
    assert b"pdfuaid" in pdf
    assert "None" not in printed_text(pdf)
    assert paper_pdf(kind, record) == pdf


def test_the_convocation_gives_when_where_and_what() -> None:
    text = _text(PaperKind.CONVOCATION, PREPARED)
    for words in (
        "Rivenotte",
        "Convocation du conseil municipal",
        "Date : mardi 15 décembre 2026",
        "Heure : 18 h 30",
        "Lieu : mairie, salle du conseil",
        "1. Réfection du préau",
        "2. Tarifs de la cantine",
        "Envoyée le 10 décembre 2026",
        "Le maire,",
        "Odile FARGUES",
    ):
        assert words in text
    assert "note explicative" not in text  # not due below 3 500 inhabitants (L2121-12)
    assert "quorum" not in text


def test_the_convocation_is_addressed_to_a_member() -> None:
    text = _text(PaperKind.CONVOCATION, PREPARED, Options(member="Lina PERROT"))
    assert "Lina PERROT" in text
    assert "À :" not in text
    assert "À :" in _text(PaperKind.CONVOCATION, PREPARED)


def test_the_note_goes_with_the_convocation_from_3500_inhabitants() -> None:
    assert "synthèse" in _text(PaperKind.CONVOCATION, replace(PREPARED, population=3500))
    assert "synthèse" not in _text(PaperKind.CONVOCATION, replace(PREPARED, population=3499))
    epci = replace(PREPARED, assembly_kind=AssemblyKind.EPCI, population=None)
    assert "synthèse" in _text(PaperKind.CONVOCATION, epci)


def test_an_election_has_its_special_mention() -> None:
    # CGCT L2122-8.
    election = Deliberation("Élection du maire", nature=MatterNature.MAYOR_ELECTION)
    record = replace(PREPARED, deliberations=(election,))
    words = "Mention spéciale : il sera procédé à l’élection du maire"
    assert words in _text(PaperKind.CONVOCATION, record)
    assert "Mention spéciale" in _text(PaperKind.CONVOCATION, _called(special_mention=True))
    assert "Mention spéciale" not in _text(PaperKind.CONVOCATION, PREPARED)


def test_a_sitting_in_several_places_says_so() -> None:
    assert "dans plusieurs lieux" in _text(PaperKind.CONVOCATION, _called(remote_mention=True))
    assert "dans plusieurs lieux" not in _text(PaperKind.CONVOCATION, PREPARED)


def test_a_second_convocation_recalls_the_first_and_the_rule() -> None:
    first = FirstConvocation(sent_on=date(2026, 12, 3), sitting_date=date(2026, 12, 9))
    record = _called(first=first)
    again = replace(record, sitting=replace(record.sitting, second_convocation=True))
    text = _text(PaperKind.CONVOCATION, again)
    assert "séance du 9 décembre 2026, convoquée le 3 décembre 2026" in text
    assert "sans condition de quorum (article L2121-17" in text
    local = _text(PaperKind.CONVOCATION, replace(again, department="68"))
    assert "sans condition de quorum." in local
    assert "L2121" not in local  # Alsace-Moselle follows other articles


def test_the_note_has_one_section_for_each_matter() -> None:
    pdf = paper_pdf(PaperKind.NOTE, PREPARED)
    assert structure_types(pdf)["H2"] == 2
    text = printed_text(pdf)
    assert "1. Réfection du préau Exposé : non renseigné" in text
    assert "2. Tarifs de la cantine Rapporteur : Hugo MASSON" in text
    assert "Il est proposé au conseil : Article unique. Fixe le repas à trois euros." in text


def test_the_procuration_recalls_the_limits_of_the_law() -> None:
    # CGCT L2121-20: written, one for each holder, revocable, three sittings but for illness.
    text = _text(PaperKind.PROCURATION, PREPARED)
    for limit in ("écrite", "une seule procuration", "révocable", "trois séances consécutives"):
        assert limit in text
    filled = _text(PaperKind.PROCURATION, LOISON, Options(member="TOULOUSE Françoise"))
    assert "Jacky LELONG" in filled
    assert "Jacky LELONG" not in _text(PaperKind.PROCURATION, LOISON)


def test_the_attendance_sheet_has_a_line_for_each_member_in_office() -> None:
    seats = tuple(Seat(name) for name in ("Odile FARGUES", "Hugo MASSON"))
    gone = Seat("Zoé CARLIER", ends_on=date(2025, 1, 1))
    record = replace(PREPARED, circumstances=Circumstances(seats=(*seats, gone)))
    pdf = paper_pdf(PaperKind.ATTENDANCE, record)
    text = printed_text(pdf)
    assert structure_types(pdf)["TR"] == 1 + 15
    assert text.index("FARGUES") < text.index("MASSON")
    assert "CARLIER" not in text
    assert "Lina PERROT" in _text(PaperKind.ATTENDANCE, record, Options(members=("Lina PERROT",)))


def test_minutes_say_when_they_were_adopted() -> None:
    adopted = SittingFormalities(minutes=MinutesStatus(adopted_on=date(2024, 9, 24)))
    record = replace(LOISON, sitting=replace(LOISON.sitting, formalities=adopted))
    for page in printed_pages(minutes_pdf(record)):
        assert "Procès-verbal arrêté le 24 septembre 2024" in page
        assert "non arrêté" not in page
        assert "Éléments à compléter" not in page


def test_minutes_print_the_names_of_a_roll_call_and_the_discussion() -> None:
    vote = Vote(
        outcome=Outcome.ADOPTED,
        mode=VoteMode.ROLL_CALL,
        roll_call_requests=2,
        in_favour=2,
        against=1,
        ballots=(
            Ballot("Anne ALFA", BallotChoice.FOR),
            Ballot("Luc BRAVO", BallotChoice.FOR, cast_by="Anne ALFA"),
            Ballot("Zoé CARLIER", BallotChoice.AGAINST),
        ),
    )
    item = Deliberation("Objet", 1, vote=vote, debate="Zoé CARLIER demande un report.")
    text = printed_text(minutes_pdf(Record(deliberations=(item,))))
    assert "Pour (2) : Anne ALFA, Luc BRAVO (par Anne ALFA)." in text
    assert "Contre (1) : Zoé CARLIER." in text
    assert "appel nominal demandé par 2 membres." in text
    assert "Zoé CARLIER demande un report." in text
    assert "Elle est rapportée sous chaque affaire." in text


@pytest.mark.parametrize(
    ("mode", "words"),
    [(VoteMode.PUBLIC, "aucune"), (VoteMode.SECRET, "non renseigné"), (None, "non renseigné")],
)
def test_an_ordinary_ballot_tells_that_nobody_asked_for_another(
    mode: VoteMode | None, words: str
) -> None:
    item = Deliberation("Objet", 1, vote=Vote(outcome=Outcome.ADOPTED, unanimous=True, mode=mode))
    text = printed_text(minutes_pdf(Record(deliberations=(item,))))
    assert f"Demandes des membres : {words}" in text


def test_a_nomination_is_told_round_by_round() -> None:
    # CGCT L2121-21: absolute majority at the first rounds; 8 of 15 votes cast.
    rounds = (
        Round((Candidate("Anne ALFA", 7), Candidate("Luc BRAVO", 7), Candidate("X", 1)), blank=1),
        Round((Candidate("Anne ALFA", 8), Candidate("Luc BRAVO", 7))),
    )
    item = Deliberation(
        "Désignation d’un délégué",
        1,
        nature=MatterNature.NOMINATION,
        vote=Vote(mode=VoteMode.SECRET, rounds=rounds),
    )
    text = printed_text(minutes_pdf(Record(deliberations=(item,))))
    assert "Premier tour" in text
    assert "Suffrages exprimés : 15 ; majorité absolue : 8 ; blancs ou nuls : 1." in text
    assert "Est déclaré élu : Anne ALFA." in text
    assert "le résultat du scrutin" not in text
    assert "Vote : Adoptée (scrutin secret)" in text


def test_a_result_that_the_counts_contradict_is_to_be_settled() -> None:
    vote = Vote(outcome=Outcome.ADOPTED, in_favour=3, against=9, mode=VoteMode.PUBLIC)
    record = Record(deliberations=(Deliberation("Objet", 1, vote=vote),))
    words = "l’accord du résultat énoncé et du décompte des voix : délibération n° 1"
    assert words in printed_text(minutes_pdf(record))


def test_register_sheets_bear_commune_date_and_number() -> None:
    # CGCT R2121-9.
    pages = printed_pages(paper_pdf(PaperKind.REGISTER, BIG, Options(first_sheet=48)))
    for rank, page in enumerate(pages):
        assert "Deux Rivières" in page
        assert "séance du 21 mars 2025" in page
        assert f"feuillet n° {48 + rank} " in page
    by_hand = printed_pages(paper_pdf(PaperKind.REGISTER, BIG))
    assert all("feuillet n° ." in page for page in by_hand)
    text = " ".join(pages)
    assert all(f"Délibération n° d’ordre {number} :" in text for number in range(1, 41))
    assert text.count("Le secrétaire de séance,") == 40


def test_unnumbered_deliberations_take_their_rank_as_order_number() -> None:
    assert "Délibération n° d’ordre 1 :" in _text(PaperKind.REGISTER, LOISON)


def test_the_closing_sheet_holds_numbers_members_and_signatures() -> None:
    text = _text(PaperKind.CLOSING, BIG)
    assert "numéros d’ordre 1 à 40." in text
    assert all(name in text for name in BIG.sitting.present)
    assert "Le président," in text
    assert "Le secrétaire de séance," in text


def test_the_certificate_leaves_unknown_dates_to_the_pen() -> None:
    assert "a été affichée le ." in _text(PaperKind.CERTIFICATE, LOISON)
    posted = SittingFormalities(list_posted_on=date(2024, 6, 14), list_online_on=date(2024, 6, 15))
    record = replace(LOISON, sitting=replace(LOISON.sitting, formalities=posted))
    text = _text(PaperKind.CERTIFICATE, record)
    assert "a été affichée le 14 juin 2024 et mise en ligne le 15 juin 2024" in text


def test_the_repealed_summary_is_no_paper() -> None:
    # R2121-10 and R2121-11 were repealed on 1 July 2022.
    assert not any("compte rendu" in paper.label.lower() for paper in PAPERS.values())


def test_what_a_paper_lacks_is_named() -> None:
    assert PAPERS[PaperKind.CONVOCATION].lacks(PREPARED) == []
    assert PAPERS[PaperKind.CONVOCATION].lacks(LOISON) == [
        "l’heure de la séance",
        "le lieu de la séance",
    ]
    empty = replace(PREPARED, deliberations=())
    assert not PAPERS[PaperKind.MINUTES].can_be_made(empty)
    assert PAPERS[PaperKind.CONVOCATION].can_be_made(empty)


def test_the_tables_are_by_date_and_by_subject() -> None:
    lines = (
        RegisterLine(date(2025, 6, 1), 2, "Zone de stationnement"),
        RegisterLine(date(2025, 6, 1), 1, "Subvention au club", "7.5", Outcome.ADOPTED),
        RegisterLine(date(2025, 1, 9), 1, "Écoles : carte scolaire", "8.1", Outcome.REJECTED),
        RegisterLine(date(2025, 9, 9), 3, "Emprunt", "7.3"),
    )
    assert [
        (heading, [line.subject for line in group]) for heading, group in by_subject(lines)
    ] == [
        ("Finances locales", ["Emprunt", "Subvention au club"]),
        ("Domaines de compétences par thèmes", ["Écoles : carte scolaire"]),
        ("Matière non renseignée", ["Zone de stationnement"]),
    ]
    text = printed_text(year_tables_pdf("Rivenotte", AssemblyKind.COMMUNE, 2025, lines))
    first, second = text.split("Table par objet")
    order = ["Écoles", "Subvention", "Zone", "Emprunt"]
    assert [first.index(word) for word in order] == sorted(first.index(word) for word in order)
    assert all(line.subject.split()[0] in second for line in lines)
    assert "Aucune délibération" in printed_text(
        year_tables_pdf("Rivenotte", AssemblyKind.COMMUNE, 2025, ())
    )
