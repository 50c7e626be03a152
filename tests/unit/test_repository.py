"""What the repository promises about itself."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "migrations")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_pin_hashes_and_name_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line)]
    assert requirements
    assert all("==" in line for line in requirements)
    assert text.count("--hash=sha256:") >= len(requirements)
    assert "://" not in text
    assert "index" not in text


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {
        re.split(r"==", line)[0].lower()
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        if re.match(r"^[a-z0-9]", line)
    }
    wanted = {re.split(r"[<>=\[;]", line)[0].strip().lower() for line in project["dependencies"]}
    assert wanted <= locked


def test_every_page_names_the_licence_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    foot = ROOT / "src/levier/site/templates/site/frame/foot.html"
    assert f"licence {project['license']}." in foot.read_text(encoding="utf-8")


def test_source_files_stay_under_500_lines() -> None:
    long_files = {
        str(path.relative_to(ROOT)): count
        for path in SOURCES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long_files == {}


def test_no_tracked_file_names_a_folder_of_one_machine() -> None:
    pattern = r"(^|[^A-Za-z0-9_.~-])/(home|root|mnt|Users|work)/[A-Za-z.]"
    try:
        found = subprocess.run(
            ["git", "grep", "-nIE", pattern, "--", ".", ":!tests/unit/test_repository.py"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("git n'est pas installé")
    if found.returncode == 128:
        pytest.skip("ce dossier n'est pas un dépôt git")
    assert found.stdout == ""
