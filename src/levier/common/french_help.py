"""The command line's own words in French: its library only speaks English."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_WORDS = (
    ("Usage:", "Utilisation :"),
    ("Options:", "Options :"),
    ("Arguments:", "Arguments :"),
    ("Commands:", "Commandes :"),
    ("Show this message and exit.", "Affiche cette aide."),
    ("COMMAND [ARGS]...", "COMMANDE …"),
    ("[required]", "[obligatoire]"),
    ("[default: ", "[par défaut : "),
    ("<int>", "<entier>"),
    ("<str>", "<texte>"),
    ("<path>", "<fichier>"),
)


def _in_french(text: str) -> str:
    for english, french in _WORDS:
        text = text.replace(english, french)
    return text


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def get_help(self, ctx: Any) -> str:
        return _in_french(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """A group of commands whose help is in French."""

    def get_help(self, ctx: Any) -> str:
        return _in_french(super().get_help(ctx))


def french_app(**settings: Any) -> typer.Typer:
    """A Typer application with plain French help."""
    return typer.Typer(
        cls=FrenchGroup,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        **settings,
    )
