"""Open data of deliberations: what is written, what is left out and why, what a check tells."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from datetime import date

import pytest

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.record import Deliberation, Outcome, Record, Vote
from levier.council.readers.scdl import NAMES, Level, check_open_data, is_siret
from levier.council.writers import scdl
from tests.unit.council.records import BIG, LOISON

SIRET = "21860194600013"  # The example of the schema: Ville de Poitiers.
GOOD = {
    "COLL_NOM": "Ville de Poitiers",
    "COLL_SIRET": SIRET,
    "DELIB_ID": "1DL15494",
    "DELIB_DATE": "2017-10-15",
    "DELIB_MATIERE_CODE": "8.4",
    "DELIB_MATIERE_NOM": "domaines de compétences par thèmes/aménagement du territoire",
    "DELIB_OBJET": "Lancement d'une démarche, partenariale",
    "BUDGET_ANNEE": "2017/2018",
    "BUDGET_NOM": "Budget annexe déchets",
    "PREF_ID": "PREF038",
    "PREF_DATE": "2017-10-16",
    "VOTE_EFFECTIF": "43",
    "VOTE_REEL": "40",
    "VOTE_POUR": "25",
    "VOTE_CONTRE": "10",
    "VOTE_ABSTENTION": "5",
    "DELIB_URL": "https://data.maville.fr/deliberations/files/200417_1.pdf",
}


def written(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, NAMES)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_examples_of_the_schema_pass() -> None:
    report = check_open_data(written(GOOD), "deliberations.csv")
    assert (report.rows, report.remarks) == (1, ())


@pytest.mark.parametrize(
    ("changes", "column", "level"),
    [
        ({"COLL_NOM": ""}, "COLL_NOM", Level.SCHEMA),
        ({"COLL_NOM": " "}, "COLL_NOM", Level.CHECK),
        ({"COLL_SIRET": "2.18601946E+13"}, "COLL_SIRET", Level.SCHEMA),
        ({"COLL_SIRET": "21860194600013.0"}, "COLL_SIRET", Level.SCHEMA),
        ({"COLL_SIRET": "21860194600014"}, "COLL_SIRET", Level.CHECK),
        ({"DELIB_DATE": "15/10/2017"}, "DELIB_DATE", Level.SCHEMA),
        ({"DELIB_DATE": "2017-02-30"}, "DELIB_DATE", Level.SCHEMA),
        ({"DELIB_DATE": "2017-9-5", "PREF_DATE": ""}, "DELIB_DATE", Level.CHECK),
        ({"DELIB_MATIERE_CODE": "84"}, "DELIB_MATIERE_CODE", Level.SCHEMA),
        ({"DELIB_MATIERE_CODE": "8.40"}, "DELIB_MATIERE_CODE", Level.CHECK),
        ({"DELIB_MATIERE_CODE": "7.1"}, "DELIB_MATIERE_NOM", Level.CHECK),
        ({"DELIB_MATIERE_NOM": "aménagement du territoire"}, "DELIB_MATIERE_NOM", Level.CHECK),
        ({"DELIB_MATIERE_NOM": "urbanisme / documents"}, "DELIB_MATIERE_NOM", Level.CHECK),
        ({"BUDGET_ANNEE": "2017-2018"}, "BUDGET_ANNEE", Level.SCHEMA),
        ({"BUDGET_ANNEE": "2018/2017"}, "BUDGET_ANNEE", Level.CHECK),
        ({"BUDGET_ANNEE": ""}, "BUDGET_ANNEE", Level.CHECK),
        ({"BUDGET_NOM": ""}, "BUDGET_NOM", Level.CHECK),
        ({"PREF_ID": "38"}, "PREF_ID", Level.CHECK),
        ({"PREF_DATE": "2017-10-14"}, "PREF_DATE", Level.CHECK),
        ({"VOTE_POUR": "vingt"}, "VOTE_POUR", Level.SCHEMA),
        ({"VOTE_CONTRE": "9"}, "VOTE_REEL", Level.CHECK),
        ({"VOTE_EFFECTIF": "39"}, "VOTE_EFFECTIF", Level.CHECK),
        ({"VOTE_ABSTENTION": ""}, "VOTE_ABSTENTION", Level.CHECK),
        ({"VOTE_ABSTENTION": "+5"}, "VOTE_ABSTENTION", Level.CHECK),
        ({"DELIB_URL": "data.maville.fr/1.pdf"}, "DELIB_URL", Level.SCHEMA),
        ({"DELIB_URL": "ftp://data.maville.fr/1.pdf"}, "DELIB_URL", Level.CHECK),
    ],
)
def test_each_fault_is_told_with_its_cell(
    changes: dict[str, str], column: str, level: Level
) -> None:
    report = check_open_data(written(GOOD | {"DELIB_ID": "a"}, GOOD | changes), "x.csv")
    (remark,) = report.remarks
    assert (remark.row, remark.column, remark.level) == (3, column, level)
    assert remark.value == (GOOD | changes)[column]
    assert f"Ligne 3, colonne {column} : " in remark.sentence
    assert "attendu" in remark.sentence


def test_line_of_a_row_after_a_cell_of_several_lines() -> None:
    several = GOOD | {"DELIB_OBJET": "un\ndeux\ntrois", "DELIB_ID": "a"}
    (remark,) = check_open_data(written(several, GOOD | {"COLL_NOM": ""}), "x.csv").remarks
    assert remark.row == 5


def test_identifier_twice() -> None:
    (remark,) = check_open_data(written(GOOD, GOOD), "x.csv").remarks
    assert (remark.row, remark.column) == (3, "DELIB_ID")
    assert "ligne 2" in remark.expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (written(GOOD).replace(b",VOTE_REEL", b""), "cette colonne"),
        (written(GOOD).replace(b"COLL_NOM", b"NOM"), "une colonne du schéma"),
        (written(GOOD).replace(b"PREF_ID,PREF_DATE", b"PREF_DATE,PREF_ID"), "l’ordre du schéma"),
        (";".join(NAMES).encode() + b"\n", "la virgule comme séparateur"),
        (written(GOOD) + b",,\n", "une délibération : retirez cette ligne vide"),
        (written(GOOD) + b"a,b\n", "autant de cellules que de colonnes"),
        (written(GOOD).rstrip() + b",x\n", "autant de cellules que de colonnes"),
    ],
)
def test_shape_of_the_file(data: bytes, expected: str) -> None:
    remarks = check_open_data(data, "x.csv").remarks
    assert expected in {remark.expected for remark in remarks}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "vide"),
        (written(GOOD).decode().encode("latin-1"), r"« x\.csv », ligne 2.*UTF-8"),
        (written(GOOD) + b'"a', "CSV lisible"),
    ],
)
def test_file_that_is_no_csv(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        check_open_data(data, "x.csv")


def test_ten_thousand_rows_are_checked_in_two_seconds() -> None:
    data = written(*(GOOD | {"DELIB_ID": str(rank)} for rank in range(10_000)))
    begun = time.process_time()
    assert check_open_data(data, "x.csv").remarks == ()
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("siret", "is_right"),
    [(SIRET, True), ("73282932000074", True), ("73282932000075", False), ("7328293200007", False)],
)
def test_key_of_a_siret(siret: str, is_right: bool) -> None:
    assert is_siret(siret) is is_right


def _row(record: Record, act: Deliberation) -> dict[str, str]:
    cells = scdl.open_data_row(
        act,
        held_on=record.sitting.date,
        in_office=record.sitting.in_office,
        name="Loison",
        siret=SIRET,
        number="20240611_1",
        url="https://l.fr/1",
    )
    return dict(zip(NAMES, cells, strict=True))


def test_row_of_an_act() -> None:
    act = replace(
        LOISON.deliberations[0],
        matter_code="8.5.1",
        received_on=date(2024, 6, 21),
        vote=Vote(Outcome.ADOPTED, in_favour=20, against=3, abstentions=2),
    )
    record = replace(LOISON, sitting=replace(LOISON.sitting, in_office=29))
    row = _row(record, act)
    assert row["DELIB_MATIERE_CODE"] == "8.5"
    assert row["PREF_DATE"] == "2024-06-21"
    assert [row[name] for name in NAMES[11:16]] == ["29", "25", "20", "3", "2"]
    assert check_open_data(scdl.open_data_csv([tuple(row.values())]), "x.csv").remarks == ()


@pytest.mark.parametrize(
    ("vote", "in_office"),
    [
        (Vote(Outcome.ADOPTED, unanimous=True), 29),
        (Vote(Outcome.ADOPTED, in_favour=20, against=3), 29),
        (Vote(Outcome.ADOPTED, in_favour=20, against=3, abstentions=0), None),
        (Vote(Outcome.ADOPTED, in_favour=20, against=3, abstentions=0, blank=1), 29),
        (Vote(Outcome.ADOPTED, in_favour=20, against=3, abstentions=7), 29),
    ],
)
def test_votes_that_are_not_all_known_are_not_written(vote: Vote, in_office: int | None) -> None:
    record = replace(LOISON, sitting=replace(LOISON.sitting, in_office=in_office))
    row = _row(record, replace(LOISON.deliberations[0], matter_code="8.5", vote=vote))
    assert {row[name] for name in NAMES[11:16]} == {""}


@pytest.mark.parametrize(
    ("changes", "siret", "reason"),
    [
        ({}, "", scdl.NO_SIRET),
        ({}, "21860194600014", scdl.NOT_A_SIRET),
        ({"matter_code": None}, SIRET, scdl.NO_MATTER),
        ({"matter_code": "8.77"}, SIRET, scdl.UNKNOWN_MATTER),
        ({"vote": Vote(Outcome.REJECTED)}, SIRET, scdl.NOT_ADOPTED),
        ({"vote": Vote(Outcome.POSTPONED)}, "", scdl.NOT_ADOPTED),
        ({"vote": Vote()}, SIRET, scdl.NO_OUTCOME),
        ({}, SIRET, None),
    ],
)
def test_why_an_act_is_left_out(changes: dict[str, object], siret: str, reason: str | None) -> None:
    act = replace(LOISON.deliberations[0], **({"matter_code": "8.5"} | changes))  # type: ignore[arg-type]
    assert scdl.obstacle(act, siret, date(2024, 6, 11)) == reason


def test_big_council_is_written_and_passes() -> None:
    rows = [
        scdl.open_data_row(
            act,
            held_on=BIG.sitting.date,
            in_office=BIG.sitting.in_office,
            name="Agglo",
            siret=SIRET,
            number=f"20250321_{act.number}",
        )
        for act in (replace(act, matter_code="7.5") for act in BIG.deliberations)
        if scdl.obstacle(act, SIRET, BIG.sitting.date) is None
    ]
    assert len(rows) == 16
    assert check_open_data(scdl.open_data_csv(rows), "x.csv").remarks == ()
