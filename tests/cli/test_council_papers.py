"""`levier council paper`, `papers` and `dates`, as a person or a script runs them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from levier.council.record_json import dump_record
from tests.cli.running import levier
from tests.unit.council.records import LOISON
from tests.unit.documents.pdf_reading import printed_text

KINDS = (
    *("convocation", "ordre-du-jour", "note", "procuration", "emargement"),
    *("proces-verbal", "liste", "feuillets", "cloture", "certificat"),
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("releve") / "releve.json"
    path.write_text(json.dumps(dump_record(LOISON)), encoding="utf-8")
    return path


def test_one_paper_is_made_from_a_record(record: Path, tmp_path: Path) -> None:
    done = levier(
        "council", "paper", "cloture", "--record", record, "-o", "cloture.pdf", home=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "Document écrit" in done.stdout
    assert "Feuillet de clôture" in printed_text((tmp_path / "cloture.pdf").read_bytes())


def test_a_paper_says_what_it_lacks_and_is_made_all_the_same(record: Path, tmp_path: Path) -> None:
    done = levier(
        *("council", "paper", "convocation", "--record", record, "-o", "c.pdf"),
        *("--member", "Jacky LELONG"),
        home=tmp_path,
    )
    assert done.returncode == 0
    assert "l’heure de la séance" in done.stderr
    assert "Jacky LELONG" in printed_text((tmp_path / "c.pdf").read_bytes())


def test_all_papers_go_in_a_folder_or_an_archive(record: Path, tmp_path: Path) -> None:
    folder = levier("council", "papers", "--record", record, "-o", "tous", home=tmp_path)
    archive = levier("council", "papers", "--record", record, "-o", "tous.zip", home=tmp_path)
    assert (folder.returncode, archive.returncode) == (0, 0), folder.stderr + archive.stderr
    with zipfile.ZipFile(io.BytesIO((tmp_path / "tous.zip").read_bytes())) as content:
        packed = {name.split("/", 1)[1]: content.read(name) for name in content.namelist()}
    written = {
        path.relative_to(tmp_path / "tous").as_posix(): path.read_bytes()
        for path in (tmp_path / "tous").rglob("*.pdf")
    }
    assert written == packed
    assert len(packed) == 11


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("paper", "compte-rendu", "1"), "compte-rendu"),
        (("paper", "liste"), "--record"),
        (("paper", "liste", "un"), "nombre entier"),
        (("paper", "liste", "999"), "n’existe pas"),
    ],
)
def test_what_cannot_be_made_is_told_in_french(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    done = levier("council", *arguments, "-o", "x.pdf", home=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_the_help_names_every_kind(tmp_path: Path) -> None:
    told = " ".join(levier("council", "paper", "--help", home=tmp_path).stdout.split())
    assert all(kind in told for kind in KINDS)


def test_the_dates_of_a_convocation(tmp_path: Path) -> None:
    # A sitting on the 28th is called on the 24th below 3 500 inhabitants (touspolitiques).
    small = levier(
        *("council", "dates", "--sitting", "2024-06-28", "--population", "800"),
        *("--kind", "commune"),
        home=tmp_path,
    )
    assert "lundi 24 juin 2024 (3 jours francs" in small.stdout
    epci = levier("council", "dates", "--sitting", "2024-06-28", "--kind", "epci", home=tmp_path)
    assert "samedi 22 juin 2024 (5 jours francs" in epci.stdout
    assert levier("council", "dates", "--sitting", "demain", home=tmp_path).returncode == 2
