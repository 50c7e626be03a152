"""A town starts without the demonstration: organisation, assembly, account, role, server."""

from __future__ import annotations

import http.cookiejar
import os
import pty
import re
import sqlite3
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.cli.running import REPOSITORY, levier

PASSWORD = "marronnier-en-fleur-62"
ORGANISATION = ("organisation", "add", "--kind", "commune", "--name", "Avion", "--insee", "62065")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which a town has set itself up."""
    folder = tmp_path_factory.mktemp("town")
    for arguments, stdin in (
        (ORGANISATION, b""),
        (("assembly", "add", "1", "--name", "Avion"), b""),
        (
            ("person", "add", "Lea@avion.fr", "--name", "Léa PETIT", "--password-stdin"),
            f"{PASSWORD}\n".encode(),
        ),
        (("role", "add", "lea@avion.fr", "secretary", "1", "--from", "2024-01-01"), b""),
    ):
        done = levier(*arguments, home=folder, stdin=stdin)
        assert (done.returncode, done.stderr) == (0, ""), arguments
    return folder


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(home / "levier.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_each_list_shows_what_was_added(home: Path) -> None:
    lists = {name: levier(name, "list", home=home).stdout for name in LISTED}
    assert lists == LISTED


LISTED = {
    "organisation": "1\tcommune\tAvion\t62065\t\n",
    "assembly": "1\tcommune\tAvion\t62\t\t\n",
    "person": "lea@avion.fr\tLéa PETIT\touvert\n",
    "role": "lea@avion.fr\tsecretary\t1\tAvion\t2024-01-01\t\n",
}


def test_an_empty_installation_is_told_what_to_do(tmp_path: Path) -> None:
    for name in LISTED:
        done = levier(name, "list", home=tmp_path)
        assert done.returncode == 0
        assert f"levier {name} add --help" in done.stdout


def test_the_population_has_its_source_its_history_and_its_line(home: Path) -> None:
    for number in ("17000", "17100"):
        done = levier(
            "assembly", "population", "1", number, "--vintage", "population légale 2017",
            "--publisher", "INSEE", home=home,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
    stored = rows(
        home,
        "SELECT population, population_vintage, publisher FROM council_assembly a "
        "JOIN common_source s ON s.id = a.population_source_id",
    )
    assert stored == [(17100, "population légale 2017", "INSEE")]
    versions = rows(home, "SELECT population FROM council_historicalassembly ORDER BY history_id")
    assert versions == [(None,), (17000,), (17100,)]
    lines = rows(
        home,
        "SELECT actor_label, changes FROM accounts_auditentry WHERE action = "
        "'assembly.population' ORDER BY id",
    )
    assert [actor for actor, _ in lines] == ["poste d'administration"] * 2
    assert lines[1][1] == '{"population": [17000, 17100]}'


def test_the_password_is_kept_as_a_hash_only(home: Path) -> None:
    for path in home.iterdir():
        assert PASSWORD.encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (ORGANISATION, "porte déjà ce nom"),
        (("organisation", "add", "--kind", "commune"), "« --name »"),
        (("organisation", "add", "--kind", "pays", "--name", "X"), "attendu commune ou epci"),
        ((*ORGANISATION[:5], "X", "--siren", "12"), "--siren : Le numéro SIREN"),
        ((*ORGANISATION[:5], " "), "--name : "),
        (("assembly", "add", "9", "--name", "X"), "Aucun organisme ne porte l'identifiant 9"),
        (("assembly", "add", "un", "--name", "X"), "nombre entier"),
        (("assembly", "add", "1", "--name", "X", "--population", "12"), "ensemble"),
        (("assembly", "add", "1", "--name", "X", "--department", "6"), "--department : "),
        (
            ("assembly", "population", "1", "0", "--vintage", "x", "--publisher", "y"),
            "nombre d’habitants",
        ),
        (
            ("assembly", "population", "7", "5", "--vintage", "x", "--publisher", "y"),
            "n’existe pas",
        ),
        (("assembly", "population", "1", "5", "--vintage", " ", "--publisher", "y"), "millésime"),
        (("person", "add", "x", "--name", "X", "--password-stdin"), "EMAIL : "),
        (("person", "add", "x@avion.fr", "--name", "X"), "--password-stdin"),
        (("person", "password", "x@avion.fr", "--password-stdin"), "Aucun compte"),
        (("role", "add", "lea@avion.fr", "reine", "1"), "attendu secretary ou mayor"),
        (("role", "add", "lea@avion.fr", "mayor", "1", "--from", "hier"), "AAAA-MM-JJ"),
        (
            ("role", "add", "lea@avion.fr", "mayor", "1", "--from", "2024-02-01", "--until",
             "2024-01-01"),
            "avant d’avoir commencé",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_french_sentence(
    home: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = rows(home, "SELECT count(*) FROM accounts_auditentry")
    done = levier(*arguments, home=home, stdin=PASSWORD.encode())
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert rows(home, "SELECT count(*) FROM accounts_auditentry") == before


@pytest.mark.parametrize("weak", ["court", "123456789012", "motdepasse", ""])
def test_a_weak_password_opens_no_account(home: Path, weak: str) -> None:
    done = levier(
        "person", "add", "neuf@avion.fr", "--name", "Léa Avion", "--password-stdin",
        home=home, stdin=weak.encode(),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("Mot de passe : ")
    assert "mot de passe" in done.stderr
    assert rows(home, "SELECT 1 FROM accounts_person WHERE email = 'neuf@avion.fr'") == []


@pytest.mark.parametrize(
    ("second", "status", "sentence"),
    [(PASSWORD, 0, "Compte ouvert"), ("autre-marronnier", 2, "Les deux saisies diffèrent")],
)
def test_a_password_typed_twice_is_never_shown(
    tmp_path: Path, second: str, status: int, sentence: str
) -> None:
    levier("upgrade", home=tmp_path)
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["LEVIER_HOME"] = str(tmp_path)
        os.environ.pop("DATABASE_URL", None)
        os.execv(  # noqa: S606
            sys.executable,
            [
                sys.executable,
                *["-X", "utf8", "-m", "levier", "person", "add", "a@avion.fr", "--name", "Anne"],
            ],
        )
    shown = b""
    for typed in (PASSWORD, second):
        while not shown.endswith(b": "):
            shown += os.read(terminal, 1024)
        os.write(terminal, f"{typed}\n".encode())
        shown += b"|"
    try:
        while piece := os.read(terminal, 1024):
            shown += piece
    except OSError:
        pass  # The terminal closes with the command.
    _, code = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(code) == status
    assert sentence in shown.decode()
    assert PASSWORD.encode() not in shown


def test_the_demonstration_and_a_town_never_mix(home: Path, tmp_path: Path) -> None:
    assert levier("demo", "--no-serve", home=home).returncode == 2
    assert levier("demo", "--no-serve", home=tmp_path).returncode == 0
    for arguments in (ORGANISATION, ("person", "add", "x@y.fr", "--name", "X", "--password-stdin")):
        refused = levier(*arguments, home=tmp_path, stdin=PASSWORD.encode())
        assert refused.returncode == 2
        assert "LEVIER_HOME" in refused.stderr
    assert rows(tmp_path, "SELECT count(*) FROM accounts_person WHERE NOT is_demo") == [(0,)]


def test_the_site_is_served_and_the_new_account_signs_in(home: Path) -> None:
    new = "chataignier-en-hiver-63"
    changed = levier(
        "person", "password", "lea@avion.fr", "--password-stdin", home=home, stdin=new.encode()
    )
    assert (changed.returncode, changed.stderr) == (0, "")
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    server = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "levier", "serve", "--port", "0"],
        cwd=REPOSITORY,
        env={**inherited, "LEVIER_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS},
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
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = browser.open(f"{address}/connexion", timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        form = {"username": "lea@avion.fr", "password": new, "csrfmiddlewaretoken": token[1]}
        form["next"] = "/compte"
        answer = browser.open(
            f"{address}/connexion", urllib.parse.urlencode(form).encode(), timeout=30
        )
        page = answer.read().decode()
        assert answer.url == f"{address}/compte"
        assert "secrétariat général" in page
        assert "démonstration" not in page
    finally:
        server.terminate()
        server.communicate(timeout=30)


SETTINGS = "levier.site.settings"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--port", "-1"), "n'est pas un port"),
        (("--host", "203.0.113.7", "--port", "0"), "n'est pas une adresse de cette machine"),
        (("--host", "é..é", "--port", "0"), "n'est pas une adresse de cette machine"),
    ],
)
def test_an_address_that_cannot_be_served_is_told(
    home: Path, arguments: tuple[str, ...], words: str
) -> None:
    refused = levier("serve", *arguments, home=home)
    assert refused.returncode == 2
    assert words in refused.stderr
    assert refused.stderr.count("\n") == 1
