"""Starts `levier demo` as a person would, in its own data folder and its own database."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

START_SECONDS = 120
_OPEN = re.compile(r"http://127\.0\.0\.1:\d+")
_ACCOUNT = re.compile(r"^ {2}(\S+@\S+) +(\S+) +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Account:
    """An example account, as the command prints it."""

    email: str
    password: str
    title: str


@dataclass(frozen=True)
class Product:
    """A running server, and what its command printed."""

    address: str
    printed: str

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The example accounts."""
        return tuple(Account(*found) for found in _ACCOUNT.findall(self.printed))

    def account(self, email_start: str) -> Account:
        """The account whose address starts so."""
        return next(item for item in self.accounts if item.email.startswith(email_start))


@contextmanager
def running_product() -> Iterator[Product]:
    """The server of the demonstration, stopped by its own process id at the end."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="levier-e2e-")))
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
            and not name.startswith("LEVIER_")
        }
        environment |= {"LEVIER_HOME": str(home / "data"), "PYTHONUNBUFFERED": "1"}
        if url := os.environ.get("DATABASE_URL"):
            environment["DATABASE_URL"] = stack.enter_context(_own_database(url))
            subprocess.run(
                [sys.executable, "-m", "levier", "upgrade"],
                env=environment,
                check=True,
                capture_output=True,
            )
        output = home / "printed"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "levier", "demo", "--port", "0"],
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        try:
            yield _opened(process, output)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _opened(process: subprocess.Popen[bytes], output: Path) -> Product:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        printed = output.read_text(encoding="utf-8")
        if found := _OPEN.search(printed):
            return Product(found[0], printed)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"levier demo n’a pas ouvert le site :\n{output.read_text()}")


@contextmanager
def _own_database(url: str) -> Iterator[str]:
    """A database beside the one that DATABASE_URL names, dropped at the end."""
    import psycopg

    name = f"levier_e2e_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
