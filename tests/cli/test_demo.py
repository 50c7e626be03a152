"""`levier demo`: loads the case once, changes nothing the second time, mixes with nothing real."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import tomllib
import urllib.request
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from levier.common.domain.french import fold
from tests.cli.running import REPOSITORY, levier
from tests.shared_data import SHARED, needs_shared

TABLES = """
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the case was loaded once."""
    folder = tmp_path_factory.mktemp("demo")
    done = levier("demo", "--no-serve", home=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Organisme : Loison-sous-Lens" in done.stdout
    return folder


def rows_of(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    connection = sqlite3.connect(home / "levier.sqlite3")
    try:
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()  # noqa: S608
            for (name,) in connection.execute(TABLES).fetchall()
        }
    finally:
        connection.close()


def one(home: Path, query: str) -> object:
    connection = sqlite3.connect(home / "levier.sqlite3")
    try:
        return connection.execute(query).fetchone()[0]
    finally:
        connection.close()


def accounts_in(output: str) -> dict[str, str]:
    """Password by address, as printed."""
    return dict(re.findall(r"^  (\S+@demo\.levier\.example) +([a-z2-7-]{17}) ", output, re.M))


def test_a_second_run_changes_nothing_and_prints_the_same_accounts(home: Path) -> None:
    before = rows_of(home)
    first = levier("demo", "--no-serve", home=home)
    assert first.returncode == 0
    assert "Organisme :" not in first.stdout
    assert rows_of(home) == before
    assert len(accounts_in(first.stdout)) == 4
    again = levier("demo", "--no-serve", home=home)
    assert accounts_in(again.stdout) == accounts_in(first.stdout)


def test_passwords_are_nowhere_in_the_data_folder(home: Path) -> None:
    passwords = accounts_in(levier("demo", "--no-serve", home=home).stdout).values()
    for path in home.iterdir():
        content = path.read_bytes()
        assert not [password for password in passwords if password.encode() in content], path


def test_each_installation_has_its_own_passwords(home: Path, tmp_path: Path) -> None:
    here = accounts_in(levier("demo", "--no-serve", home=home).stdout)
    there = accounts_in(levier("demo", "--no-serve", home=tmp_path).stdout)
    assert here.keys() == there.keys()
    assert not set(here.values()) & set(there.values())


def test_a_new_secret_key_gives_new_passwords_that_work(tmp_path: Path) -> None:
    levier("demo", "--no-serve", home=tmp_path)
    (tmp_path / "secret_key").unlink()
    renewed = levier("demo", "--no-serve", home=tmp_path)
    assert renewed.stdout.count("Mot de passe d'exemple renouvelé") == 4
    assert "renouvelé" not in levier("demo", "--no-serve", home=tmp_path).stdout


def test_the_first_act_has_identifier_1_and_its_extract(home: Path, tmp_path: Path) -> None:
    listed = levier("council", "list", home=home)
    assert listed.stdout.startswith(
        "1\t2024-06-11\tLoison-sous-Lens\tSignature du Contrat de Ville 2024-2030"
    )
    written = levier("council", "extract", "1", "-o", tmp_path / "F.pdf", home=home)
    assert written.returncode == 0, written.stderr
    assert (tmp_path / "F.pdf").read_bytes().startswith(b"%PDF-")


def test_the_case_is_public_marked_as_example_and_told_by_the_journal(home: Path) -> None:
    assert one(home, "SELECT is_public FROM council_sitting") == 1
    assert one(home, "SELECT count(*) FROM accounts_organisation WHERE is_demo") == 3
    assert one(home, "SELECT count(*) FROM accounts_person WHERE NOT is_demo") == 0
    written = one(home, "SELECT group_concat(DISTINCT action) FROM accounts_auditentry")
    assert set(str(written).split(",")) == {
        "organisation.added",
        "assembly.added",
        "sitting.added",
        "deliberation.stated",
        "sitting.published",
        "act.posted",
        "person.added",
        "appointment.added",
    }


def test_what_the_act_does_not_say_stays_unknown(home: Path) -> None:
    unknown = """
        SELECT count(*) FROM council_sitting s JOIN council_deliberation d ON d.sitting_id = s.id
        WHERE in_office IS NULL AND opens_at IS NULL AND present_count IS NULL
        AND urgency IS NULL AND received_on IS NULL AND published_on IS NULL
        AND transmitted_on IS NULL AND d.number IS NULL
    """
    assert one(home, unknown) == 1
    assert one(home, "SELECT count(*) FROM council_attendance WHERE state = 'present'") == 0


def test_real_data_are_left_alone(tmp_path: Path) -> None:
    assert levier("upgrade", home=tmp_path).returncode == 0
    connection = sqlite3.connect(tmp_path / "levier.sqlite3")
    connection.execute(
        "INSERT INTO accounts_organisation (kind, name, insee_code, siren, is_demo) "
        "VALUES ('commune', 'Avion', '', '', 0)"
    )
    connection.commit()
    connection.close()
    before = rows_of(tmp_path)
    refused = levier("demo", "--no-serve", home=tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "vraies données (1 organisme, 0 compte)" in refused.stderr
    assert rows_of(tmp_path) == before


def test_a_busy_port_is_one_french_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        refused = levier("demo", "--port", str(port), home=home)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"Le port {port} est déjà pris par un autre programme.")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_an_impossible_port_is_refused(home: Path, port: str) -> None:
    refused = levier("demo", f"--port={port}", home=home)
    assert refused.returncode == 2
    assert "n'est pas un port" in refused.stderr


def test_the_site_answers_on_the_address_printed(home: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "levier", "demo", "--port", "0"],
        cwd=REPOSITORY,
        env=levier_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        address = next(
            match[0]
            for line in server.stdout
            if (match := re.search(r"http://127\.0\.0\.1:\d+", line))
        )
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
            page = answer.read().decode()
        assert answer.status == 200
        assert '<html lang="fr"' in page
        assert "Server" not in answer.headers
    finally:
        server.terminate()
        server.communicate(timeout=30)


def levier_environment(home: Path) -> dict[str, str]:
    """The environment of a command that keeps its data in `home`, on the embedded database."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**inherited, "LEVIER_HOME": str(home)}


def _act() -> dict[str, Any]:
    data = files("levier.demo").joinpath("data", "loison_2024_06_11.toml")
    return tomllib.loads(data.read_text(encoding="utf-8"))


@needs_shared
def test_names_of_the_case_are_those_of_the_act() -> None:
    act = (SHARED / "reference" / "loison-2024-06-11.txt").read_text(encoding="utf-8")
    sitting = _act()["record"]["sitting"]
    names = [sitting["president"], sitting["secretary"], *sitting["absent"]]
    names += [name for proxy in sitting["proxies"] for name in proxy.values()]
    names.append(_act()["record"]["deliberations"][0]["rapporteur"])
    assert len(sitting["proxies"]) == 6
    for name in names:
        assert name in act
    pairs = re.findall(
        r"(?:Madame|Monsieur) (.+) donne procuration à (?:Madame|Monsieur) (.+)", act
    )
    assert [(proxy["giver"], proxy["holder"]) for proxy in sitting["proxies"]] == pairs


@needs_shared
def test_no_sentence_of_the_act_is_copied() -> None:
    act = f" {fold((SHARED / 'reference' / 'loison-2024-06-11.txt').read_text('utf-8'))} "
    act_of_case = _act()["record"]["deliberations"][0]
    for text in [*act_of_case["recitals"], *act_of_case["decisions"]]:
        words = fold(text).split()
        # The longest names in common, such as that of the decree with its date, count nine words.
        for start in range(len(words) - 9):
            assert f" {' '.join(words[start : start + 10])} " not in act, text
