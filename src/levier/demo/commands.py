"""`levier demo`: the real case of Lens-Liévin on one's own machine, in one command."""

from __future__ import annotations

from typing import Annotated

import typer

from levier.common.output import say
from levier.common.serving import PORT, listen, serve

ADVICE = "« levier demo --port {port} », ou « make demo PORT={port} »"


def demo(
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Charge le cas, puis rend la main.")
    ] = False,
    port: Annotated[int, typer.Option(metavar="N", help="Port du site.")] = PORT,
) -> None:
    """Charge le cas Lens-Liévin et ouvre le site sur cette machine."""
    listener = None if no_serve else listen(port, advice=ADVICE)
    say("Préparation de la base de données…")
    from levier.common.bootstrap import open_database

    open_database()
    from levier.demo.loader import load

    accounts = load(say)
    say("Le cas Lens-Liévin est chargé.")
    say("\nComptes d'exemple (inventés, valables sur cette installation seulement) :")
    width = max(len(account.email) for account in accounts)
    for account in accounts:
        say(f"  {account.email:<{width}}  {account.password}  {account.title}")
    if listener is not None:
        serve(listener)
