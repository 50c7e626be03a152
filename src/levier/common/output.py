"""Lines for a terminal whose reader may leave before the end (`levier … | head`)."""

from __future__ import annotations

import os
import sys

import typer


def say(line: str) -> None:
    """Print a line; when nobody reads any more, work goes on in silence."""
    try:
        typer.echo(line)
    except BrokenPipeError:
        silence()


def silence() -> None:
    """Send what is still to be printed nowhere, so that nothing fails at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
