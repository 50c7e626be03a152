"""`levier council …` as a person or a script runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import levier
from tests.shared_data import SHARED, needs_shared

ACT = SHARED / "reference" / "loison-2024-06-11.txt"

RIVENOTTE = """EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL
Commune de Rivenotte
L'an deux mil vingt-trois, le quatorze novembre à dix-neuf heures, le conseil municipal s'est réuni
sous la présidence de Madame Odile FARGUES, Maire.
Date de la convocation : 13 novembre 2023
Nombre de conseillers en exercice : 5
Présents : Odile FARGUES, Hugo MASSON, Lina PERROT
Absents excusés : Éric VIDAL (pouvoir à Hugo MASSON), Zoé CARLIER
Secrétaire de séance : Lina PERROT
Objet : Réfection du préau
Le conseil municipal, après en avoir délibéré, par 4 voix pour,
DÉCIDE :
- d'approuver les travaux du préau ;
Fait à Rivenotte, le 15 novembre 2023
Le Maire,
Odile FARGUES
"""


def _findings(output: str) -> dict[str, dict[str, object]]:
    return {finding["rule"]: finding for finding in json.loads(output)["findings"]}


@needs_shared
def test_the_act_of_11_june_2024_is_read_as_printed(tmp_path: Path) -> None:
    done = levier("council", "read", ACT, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["assembly"] == "Loison-sous-Lens"
    assert record["assembly_kind"] == "commune"
    sitting = record["sitting"]
    assert sitting["date"] == "2024-06-11"
    assert sitting["convocation_date"] == "2024-06-05"
    assert sitting["convocation_posted"] is True
    assert sitting["president"] == "Daniel KRUSZKA"
    assert sitting["secretary"] == "Emmanuel DONDELA"
    assert sitting["in_office"] is None
    assert sitting["present"] == []
    assert sitting["all_present_except_absent"] is True
    assert [(proxy["giver"], proxy["holder"]) for proxy in sitting["proxies"]] == [
        ("Françoise TOULOUSE", "Jacky LELONG"),
        ("Catherine WILLE", "Sandrine WABLE"),
        ("Corinne LEFEBVRE", "Daniel KRUSZKA"),
        ("Robert UNTERFRANC", "Jean-Rémy FERRANT"),
        ("Naséra BENSLIMANE", "David GUIDE"),
        ("Dorine CORROYEZ", "David PENETTICOBRA"),
    ]
    assert sitting["absent"] == [proxy["giver"] for proxy in sitting["proxies"]]
    (deliberation,) = record["deliberations"]
    assert deliberation["subject"] == "Signature du Contrat de Ville 2024-2030"
    assert deliberation["rapporteur"] == "Khadija LANNABI"
    assert len(deliberation["decisions"]) == 3
    vote = deliberation["vote"]
    assert (vote["outcome"], vote["unanimous"]) == ("adopted", True)
    assert (vote["for"], vote["against"], vote["abstentions"]) == (None, None, None)
    assert record["signed_on"] == "2024-06-20"
    assert record["signatory"] == "Daniel KRUSZKA"
    assert record["unread"] == []


@needs_shared
def test_the_act_of_11_june_2024_has_its_five_clear_days(tmp_path: Path) -> None:
    done = levier("council", "check", ACT, "--population", "5169", "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    findings = _findings(done.stdout)
    assert findings["K8"]["status"] == "ok"
    assert findings["K8"]["inputs"]["clear_days"] == 5
    assert findings["Q1"]["status"] == "unverifiable"
    assert findings["X1"]["status"] == "unverifiable"
    assert set(findings["K8"]) >= {
        "rule",
        "article",
        "version",
        "status",
        "severity",
        "inputs",
        "explanation",
    }


def test_a_convocation_sent_the_day_before_is_irregular(tmp_path: Path) -> None:
    act = tmp_path / "rivenotte.txt"
    act.write_text(RIVENOTTE, encoding="utf-8")
    done = levier("council", "check", act, "--population", "412", "--json", home=tmp_path)
    assert done.returncode == 1, done.stderr
    findings = _findings(done.stdout)
    assert findings["K7"]["status"] == "irregular"
    assert findings["K7"]["inputs"]["clear_days"] == 0
    # 5 in office: 3 are needed and 3 are there; the procuration does not count.
    assert findings["Q1"]["status"] == "ok"
    assert findings["Q1"]["inputs"]["quorum_required"] == 3
    assert findings["Q1"]["inputs"]["quorum_present"] == 3


def test_check_takes_the_record_that_read_prints(tmp_path: Path) -> None:
    printed = levier("council", "read", "-", "--json", home=tmp_path, stdin=RIVENOTTE.encode())
    assert printed.returncode == 0, printed.stderr
    from_text = levier("council", "check", "-", "--json", home=tmp_path, stdin=RIVENOTTE.encode())
    from_record = levier(
        "council", "check", "-", "--json", home=tmp_path, stdin=printed.stdout.encode()
    )
    assert json.loads(from_record.stdout) == json.loads(from_text.stdout)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.txt", b"", "vide"),
        ("binaire.bin", bytes(range(256)) * 64, "texte"),
        ("recette.txt", "Battez les œufs, ajoutez le sucre, enfournez.".encode() * 20, "acte"),
        ("releve.json", b'{"sitting": {"in_office": "beaucoup"}}', "sitting.in_office"),
        ("casse.json", b'{"sitting": ', "JSON"),
    ],
)
def test_bad_input_is_one_french_sentence_and_status_2(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = levier("council", "check", file, home=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("council", "read"),
        ("council", "read", "absent.txt"),
        ("council", "read", "x.txt", "--inconnue"),
        ("council", "check", "x.txt", "--population", "-1"),
        ("council", "check", "x.txt", "--kind", "pays"),
        ("council", "check", "x.txt", "--as-of", "hier"),
        ("council", "extract", "un", "-o", "x.pdf"),
        ("conseil",),
    ],
)
def test_misuse_is_told_in_french(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = levier(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    for english in ("Usage", "Error", "Missing", "Invalid", "No such", "Traceback", "not"):
        assert english not in done.stderr


def test_reading_leaves_nothing_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    levier("council", "read", "-", home=home, stdin=RIVENOTTE.encode())
    levier("council", "check", "-", home=home, stdin=RIVENOTTE.encode())
    assert list(home.iterdir()) == []


def test_alsace_moselle_is_judged_apart_when_it_is_named(tmp_path: Path) -> None:
    act = tmp_path / "rivenotte.txt"
    act.write_text(RIVENOTTE, encoding="utf-8")
    common = ("council", "check", act, "--population", "412", "--json")
    general = levier(*common, "--department", "62", home=tmp_path)
    local = levier(*common, "--department", "67", home=tmp_path)
    assert _findings(general.stdout)["K7"]["status"] == "irregular"
    assert _findings(local.stdout)["K7"]["status"] == "unverifiable"


def test_a_slip_in_a_key_is_told(tmp_path: Path) -> None:
    slip = b'{"sitting": {"date": "2024-06-11", "convocation_dates": "2024-06-05"}}'
    done = levier("council", "check", "-", "--json", home=tmp_path, stdin=slip)
    assert done.returncode == 0
    assert done.stderr.strip() == "Clés du relevé qui ne servent pas : sitting.convocation_dates."
    assert json.loads(done.stdout)["findings"]


@pytest.mark.parametrize("address", ["nonsense", "mysql://a/b", "postgres://"])
@pytest.mark.parametrize("command", [("council", "list"), ("upgrade",)])
def test_a_database_address_that_cannot_be_read(
    tmp_path: Path, address: str, command: tuple[str, ...]
) -> None:
    done = levier(*command, home=tmp_path, DATABASE_URL=address)
    assert done.returncode == 2
    assert done.stderr.startswith("DATABASE_URL ne se lit pas")


@pytest.mark.parametrize("command", [("council", "list"), ("upgrade",)])
def test_a_database_that_does_not_answer(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = levier(*command, home=tmp_path, DATABASE_URL="postgres://x@127.0.0.1:1/base")
    assert done.returncode == 2
    assert done.stderr.startswith("La base de données ne répond pas")
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_extract_of_an_unknown_act_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "extrait.pdf"
    done = levier("council", "extract", "1", "-o", file, home=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not file.exists()


@pytest.mark.skipif(os.name == "nt", reason="un tuyau ne se ferme pas ainsi sous Windows")
def test_a_reader_who_leaves_does_not_make_an_act_irregular(tmp_path: Path) -> None:
    act = tmp_path / "rivenotte.txt"
    act.write_text(RIVENOTTE.replace("13 novembre", "6 novembre"), encoding="utf-8")
    command = [sys.executable, "-m", "levier", "council", "check", str(act), "--json"]
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    try:
        done = subprocess.run(
            command,
            stdout=writing_end,
            stderr=subprocess.PIPE,
            env={**os.environ, "LEVIER_HOME": str(tmp_path)},
            check=False,
            timeout=60,
        )
    finally:
        os.close(writing_end)
    assert done.returncode == 0
    assert done.stderr == b""
