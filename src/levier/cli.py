"""The `levier` command. Each room adds its own; nothing heavy is imported before it is used."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from levier.accounts.commands import organisation_app, person_app, role_app
from levier.common.domain.errors import LevierError
from levier.common.faults import reason
from levier.common.french_help import FrenchCommand, french_app
from levier.common.output import silence
from levier.council.commands import exchange, papers, publication, rules  # noqa: F401
from levier.council.commands.acts import app as council_app
from levier.council.commands.assemblies import app as assembly_app
from levier.demo.commands import demo
from levier.site.commands import manage, serve, upgrade

app = french_app(
    name="levier",
    help="Levier conduit un contrat de ville, du vote du conseil à la preuve de ses effets.",
)
app.add_typer(council_app, name="council")
app.add_typer(organisation_app, name="organisation")
app.add_typer(assembly_app, name="assembly")
app.add_typer(person_app, name="person")
app.add_typer(role_app, name="role")
app.command("serve", cls=FrenchCommand)(serve)
app.command("demo", cls=FrenchCommand)(demo)
app.command("upgrade", cls=FrenchCommand)(upgrade)
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
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error)
            sys.exit(2)
        _fail(_misuse_in_french(error))
    except (typer.Abort, KeyboardInterrupt):
        _fail("Interrompu.", status=130)
    except LevierError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of the pipe is gone (`levier … | head`): nobody is left to be told.
        silence()
        sys.exit(0)
    except OSError as error:
        _fail(f"La commande s'arrête : {reason(error)}.")
    except Exception as error:
        _fail(
            f"Levier a rencontré une erreur qu'il n'attendait pas ({type(error).__name__}). "
            f"Rien n'a été enregistré. {_keep_trace(error)}"
        )
    sys.exit(status if isinstance(status, int) else 0)


def _fail(message: str, status: int = 2) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(status)


def _misuse_in_french(error: TyperException) -> str:
    """The library's own words are English: say the same, told apart by the kind of misuse."""
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", "") or _parameter_name(parameter)
    sentences = {
        "NoSuchOption": f"L'option « {name} » n'existe pas.",
        "MissingParameter": f"Il manque « {name} ».",
        "BadOptionUsage": f"L'option « {name} » attend une valeur.",
        "BadParameter": f"La valeur donnée à « {name} » ne convient pas.",
    }
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "levier"
    sentence = sentences.get(
        type(error).__name__, "Cette commande ou cet argument n'est pas reconnu."
    )
    return f"{sentence} Voir « {path} --help »."


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return "?"
    name = max(parameter.opts, key=len)
    return str(name if name.startswith("-") else parameter.metavar or name)


def _keep_trace(error: Exception) -> str:
    """Write the trace where an administrator finds it, and say where."""
    from levier.site.home import levier_home

    try:
        journal = levier_home() / "levier.log"
        with journal.open("a", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
    except (OSError, LevierError):
        return "Le détail n'a pas pu être gardé : le dossier de données ne s'écrit pas."
    return f"Le détail est dans « {journal} »."


if __name__ == "__main__":
    main()
