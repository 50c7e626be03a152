"""`levier council sign` and `levier council verify`, as a person or a script runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from levier.documents.typesetting import render
from tests.cli.running import levier
from tests.unit.documents.certificates import PASSPHRASE, Identity, authority, make

NOW = datetime.now(UTC)
SECRET = {"LEVIER_PASSPHRASE": PASSPHRASE}


@lru_cache(maxsize=1)
def mayor() -> Identity:
    """The command reads the clock: the certificate holds today."""
    valid = (NOW - timedelta(days=2), NOW + timedelta(days=300))
    return make("Daniel KRUSZKA", issuer=authority(), valid=valid)


@pytest.fixture
def act(tmp_path: Path) -> Path:
    data = {
        "assembly": "Loison-sous-Lens",
        "heading": "Liste",
        "date": "11 juin 2024",
        "short_date": "11 juin 2024",
        "deliberations": [{"number": "1", "subject": "Contrat de Ville", "outcome": None}],
    }
    path = tmp_path / "acte.pdf"
    path.write_bytes(render("council_deliberation_list", data, title="Un acte", date=None))
    return path


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "maire.p12"
    path.write_bytes(mayor().pkcs12)
    return path


@pytest.fixture
def signed(act: Path, certificate: Path, tmp_path: Path) -> Path:
    path = tmp_path / "signé.pdf"
    done = levier(
        *("council", "sign", "--file", act, "--certificate", certificate, "-o", path),
        home=tmp_path,
        **SECRET,
    )
    assert done.returncode == 0, done.stderr
    assert path.read_bytes().startswith(act.read_bytes())
    return path


def test_a_file_is_signed_then_verified_with_the_authority(signed: Path, tmp_path: Path) -> None:
    root = tmp_path / "autorite.pem"
    root.write_bytes(authority().pem)
    done = levier("council", "verify", signed, "--trust", root, "--json", home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["holds"], told["published"]) == (True, [])
    (signature,) = told["signatures"]
    assert (signature["signer"], signature["trusted"]) == ("Daniel KRUSZKA", True)


def test_a_changed_byte_and_an_unknown_authority_exit_with_one(
    signed: Path, tmp_path: Path
) -> None:
    content = signed.read_bytes()
    changed = tmp_path / "change.pdf"
    changed.write_bytes(content[:2_000] + bytes([content[2_000] ^ 1]) + content[2_001:])
    done = levier("council", "verify", changed, home=tmp_path)
    assert done.returncode == 1
    assert "elle ne vaut plus" in done.stdout
    other = tmp_path / "autre.pem"
    other.write_bytes(make("Autre autorité", is_authority=True, signs=False).pem)
    done = levier("council", "verify", signed, "--trust", other, home=tmp_path)
    assert done.returncode == 1
    assert "aucune des autorités" in done.stdout
    assert done.stderr == ""


def test_a_file_that_nothing_attests_exits_with_one(act: Path, tmp_path: Path) -> None:
    done = levier("council", "verify", act, home=tmp_path)
    assert done.returncode == 1
    assert "n'a pas été publié" in done.stdout
    assert "aucune signature" in done.stdout


def test_what_cannot_be_read_exits_with_two(act: Path, certificate: Path, tmp_path: Path) -> None:
    text = tmp_path / "acte.txt"
    text.write_text("Extrait du registre")
    for arguments in (
        ("verify", text),
        ("verify", tmp_path / "absent.pdf"),
        ("verify", act, "--trust", text),
        ("sign", "--file", text, "--certificate", certificate, "-o", "x.pdf"),
        ("sign", "--file", act, "--certificate", text, "-o", "x.pdf"),
        ("sign", "--certificate", certificate, "-o", "x.pdf"),
        ("sign", "999", "--certificate", certificate, "-o", "x.pdf"),
        ("sign", "--file", act, "--certificate", certificate, "-o", tmp_path / "non" / "x.pdf"),
    ):
        done = levier("council", *arguments, home=tmp_path, **SECRET)
        assert done.returncode == 2, (arguments, done.stdout, done.stderr)
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_the_passphrase_comes_by_the_standard_input_and_is_never_repeated(
    act: Path, certificate: Path, tmp_path: Path
) -> None:
    arguments = ("council", "sign", "--file", act, "--certificate", certificate, "-o", "-")
    good = levier(
        *arguments[:-1],
        tmp_path / "x.pdf",
        "--passphrase-stdin",
        home=tmp_path,
        stdin=f"{PASSPHRASE}\n".encode(),
    )
    assert good.returncode == 0, good.stderr
    wrong = levier(*arguments, "--passphrase-stdin", home=tmp_path, stdin=b"mal-tape\n")
    assert wrong.returncode == 2
    assert "n’ouvre pas" in wrong.stderr
    assert "mal-tape" not in wrong.stdout + wrong.stderr
    none = levier(*arguments, home=tmp_path)
    assert none.returncode == 2
    assert "--passphrase-stdin" in none.stderr


def test_the_act_of_the_demonstration_is_signed_and_what_is_published_is_known(
    certificate: Path, tmp_path: Path
) -> None:
    assert levier("demo", "--no-serve", home=tmp_path).returncode == 0
    listed = json.loads(levier("council", "list", "--json", home=tmp_path).stdout)
    number = str(listed[0]["id"])
    path = tmp_path / "extrait.pdf"
    done = levier(
        *("council", "sign", number, "--certificate", certificate, "-o", path),
        home=tmp_path,
        **SECRET,
    )
    assert done.returncode == 0, done.stderr
    done = levier("council", "verify", path, home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Le contenu signé est intact" in done.stdout
