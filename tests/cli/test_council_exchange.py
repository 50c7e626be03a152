"""`levier council actes …` and `levier council scdl …` as a person or a script runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import levier
from tests.shared_data import SHARED, needs_shared
from tests.unit.council.test_actes_writing import ACT, DISPATCH
from tests.unit.council.test_scdl import GOOD, written

SCHEMAS = SHARED / "data/schemas/actes"


def _package(folder: Path) -> Path:
    from levier.council.writers.actes import act_package

    package = act_package(ACT, DISPATCH)
    path = folder / package.name
    path.write_bytes(package.content)
    return path


def test_package_is_checked_without_the_schema(tmp_path: Path) -> None:
    done = levier("council", "actes", "check", _package(tmp_path), home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Invérifiable" in done.stdout
    assert "Aucun défaut" in done.stdout


@needs_shared
def test_package_is_checked_with_the_schema(tmp_path: Path) -> None:
    path = _package(tmp_path)
    done = levier("council", "actes", "check", path, "--schemas", SCHEMAS, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"faults": [], "unverifiable": []}


def test_package_with_a_fault(tmp_path: Path) -> None:
    path = _package(tmp_path).rename(tmp_path / "EACT--216205237--20240621-1.tar.gz")
    done = levier("council", "actes", "check", path, home=tmp_path)
    assert done.returncode == 1
    assert "ne portent pas le même nom" in done.stdout


@needs_shared
def test_answer_of_the_state_is_read(tmp_path: Path) -> None:
    path = SCHEMAS / "examples/006-210600235-20180522-684-AI-1-2_5279.xml"
    done = levier("council", "actes", "read", path, "--json", home=tmp_path)
    (message,) = json.loads(done.stdout)["messages"]
    assert (message["kind"], message["date"]) == ("1-2", "2018-05-28")
    assert message["identifier"] == "006-210600235-20180522-684-AI"
    assert "À faire" in levier("council", "actes", "read", path, home=tmp_path).stdout


def test_open_data_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "deliberations.csv"
    path.write_bytes(written(GOOD))
    done = levier("council", "scdl", "check", path, home=tmp_path)
    assert (done.returncode, "ligne conforme à SCDL" in done.stdout) == (0, True)
    path.write_bytes(written(GOOD | {"DELIB_DATE": "15/10/2017"}))
    done = levier("council", "scdl", "check", path, "--json", home=tmp_path)
    assert done.returncode == 1
    (remark,) = json.loads(done.stdout)["remarks"]
    assert (remark["row"], remark["column"]) == (2, "DELIB_DATE")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("actes", "check", "absent.tar.gz"), "ne peut pas être lu"),
        (("actes", "read", "deliberations.csv"), "n’est pas du XML lisible"),
        (("scdl", "check", "absent.csv"), "ne peut pas être lu"),
        (("actes", "build", "x", "-o", "p.tar.gz"), "n'est pas un nombre entier"),
        (("actes", "build", "1", "-o", "p.tar.gz", "--on", "demain"), "n'est pas une date"),
        (("actes", "build", "99", "-o", "p.tar.gz"), "n’existe pas"),
        (("scdl", "export", "-o", "x.csv", "--assembly", "9"), "n’existe pas"),
    ],
)
def test_bad_input_is_told_with_status_2(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "deliberations.csv").write_bytes(b"a,b")
    done = levier("council", *arguments, home=tmp_path)
    assert done.returncode == 2, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_to_export_yet(tmp_path: Path) -> None:
    done = levier("council", "scdl", "export", "-o", tmp_path / "x.csv", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.csv").read_bytes().startswith(b"COLL_NOM,COLL_SIRET")
