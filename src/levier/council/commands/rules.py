"""Commands that tell what is checked: the catalogue of the rules, the form of a record."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from levier.common.french_help import FrenchCommand
from levier.common.output import say
from levier.council.commands.acts import JsonOption, app


@app.command(cls=FrenchCommand)
def rules(
    as_json: JsonOption = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Écrit la page de la documentation.")
    ] = False,
) -> None:
    """Liste les règles contrôlées, avec leur article et leur source."""
    from levier.council.writers.catalogue import by_family, rules_as_json, rules_as_markdown

    if as_json:
        say(json.dumps(rules_as_json(), ensure_ascii=False, indent=2))
    elif as_markdown:
        say(rules_as_markdown().rstrip("\n"))
    else:
        for heading, family in by_family():
            say(f"{heading}")
            for rule in family:
                say(f"  {rule.id:<8} {rule.title} ({rule.article} ; {rule.mark.label})")


@app.command(cls=FrenchCommand)
def schema() -> None:
    """Écrit le schéma JSON du relevé qu'accepte « levier council check »."""
    from levier.council.writers.record_schema import record_schema

    say(json.dumps(record_schema(), ensure_ascii=False, indent=2))
