"""The `levier` command. Each room adds its own; nothing heavy is imported before it is used."""

from __future__ import annotations

import logging
import sys
from typing import Annotated, NoReturn

import click
import typer

from levier.common.domain.errors import LevierError
from levier.council.commands import app as council_app
from levier.demo.commands import demo
from levier.site.commands import manage, upgrade

app = typer.Typer(
    name="levier",
    help="Levier conduit un contrat de ville, du vote du conseil à la preuve de ses effets.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(council_app, name="council")
app.command("demo")(demo)
app.command("upgrade")(upgrade)
app.command(
    "manage",
    hidden=True,
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(manage)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"levier {version('levier')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Donne la version."),
    ] = False,
) -> None:
    """Levier conduit un contrat de ville, du vote du conseil à la preuve de ses effets."""


def main() -> NoReturn:
    """Run the command. Expected failures are one French sentence on stderr and exit status 2."""
    command = typer.main.get_command(app)
    try:
        status = command.main(prog_name="levier", standalone_mode=False)
    except click.UsageError as error:
        _fail(_usage_in_french(error))
    except (click.Abort, KeyboardInterrupt):
        _fail("Interrompu.", status=130)
    except LevierError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        logging.getLogger("levier").exception("unexpected failure")
        _fail(
            f"Levier a rencontré une erreur qu'il n'attendait pas ({type(error).__name__}). "
            "Rien n'a été enregistré ; le détail est dans le journal du dossier de données."
        )
    sys.exit(status if isinstance(status, int) else 0)


def _fail(message: str, status: int = 2) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(status)


def _usage_in_french(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            text = f"L'option « {error.option_name} » n'existe pas."
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else "?"
            text = f"Il manque l'argument « {name} »."
        case click.BadParameter():
            name = error.param.opts[0] if error.param else "?"
            text = f"La valeur donnée à « {name} » n'est pas valable : {error.message}"
        case click.BadOptionUsage():
            text = f"L'option « {error.option_name} » attend une valeur."
        case _:
            text = f"Cette commande n'est pas comprise : {error.format_message()}"
    path = error.ctx.command_path if error.ctx else "levier"
    return f"{text} Voir « {path} --help »."


if __name__ == "__main__":
    main()
