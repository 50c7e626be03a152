"""Where an installation keeps its data: LEVIER_HOME, or the platform's user data folder."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from levier.common.domain.errors import LevierError
from levier.common.faults import reason


def levier_home() -> Path:
    """The data folder, created on first use and readable by its owner only."""
    named = os.environ.get("LEVIER_HOME", "").strip()
    if named:
        folder = Path(named).expanduser()
    else:
        from platformdirs import user_data_path

        folder = user_data_path("levier", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LevierError(
            f"Le dossier de données « {folder} » ne peut pas être créé ({reason(error)}). "
            "Indiquez-en un autre par la variable LEVIER_HOME."
        ) from None
    return folder


def secret_key() -> str:
    """LEVIER_SECRET_KEY, or a key drawn once and kept in the data folder."""
    given = os.environ.get("LEVIER_SECRET_KEY", "")
    if given:
        return given
    path = levier_home() / "secret_key"
    try:
        if not path.exists():
            _draw_key(path)
        kept = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise LevierError(
            f"La clé secrète « {path} » ne peut être ni lue ni écrite : {reason(error)}."
        ) from None
    if not kept:
        raise LevierError(
            f"La clé secrète « {path} » est vide : supprimez ce fichier, une autre sera tirée."
        )
    return kept


def _draw_key(path: Path) -> None:
    """Put a whole key at this path at once; of processes that start together, one draws it."""
    from filelock import FileLock

    with FileLock(path.with_name("secret_key.lock"), mode=0o600, timeout=60):
        if path.exists():
            return
        descriptor, name = tempfile.mkstemp(prefix="secret_key.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            os.unlink(name)
            raise
