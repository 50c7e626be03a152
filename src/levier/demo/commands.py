"""`levier demo`: the real case of Lens-Liévin on one's own machine, in one command."""

from __future__ import annotations

import errno
import socket
from typing import Annotated

import typer

from levier.common.domain.errors import LevierError

HOST = "127.0.0.1"
# Waitress answers that many requests at once; SQLite has its writers wait for one another.
THREADS = 8


def demo(
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Charge le cas, puis rend la main.")
    ] = False,
    port: Annotated[int, typer.Option(metavar="N", help="Port du site.")] = 8000,
) -> None:
    """Charge le cas Lens-Liévin et ouvre le site sur cette machine."""
    listener = None if no_serve else _listen(port)
    typer.echo("Préparation de la base de données…")
    from levier.common.bootstrap import open_database

    open_database()
    from levier.demo.loader import load

    accounts = load(typer.echo)
    typer.echo("Le cas Lens-Liévin est chargé.")
    typer.echo("\nComptes d'exemple (inventés, valables sur cette installation seulement) :")
    width = max(len(account.email) for account in accounts)
    for account in accounts:
        typer.echo(f"  {account.email:<{width}}  {account.password}  {account.title}")
    if listener is not None:
        _serve(listener)


def _listen(port: int) -> socket.socket:
    """Take the port before anything else, so that a busy one is told at once."""
    if not 0 <= port <= 65535:
        raise LevierError(f"--port : {port} n'est pas un port ; attendu un nombre de 1 à 65535.")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            reason = "est déjà pris par un autre programme"
        else:
            reason = f"ne peut pas être ouvert ({error.strerror})"
        other = port + 1 if port < 65535 else 8000
        raise LevierError(
            f"Le port {port} {reason}. Choisissez-en un autre : « levier demo --port {other} », "
            f"ou « make demo PORT={other} »."
        ) from None
    return listener


def _serve(listener: socket.socket) -> None:
    from django.core.wsgi import get_wsgi_application
    from waitress import serve

    port = listener.getsockname()[1]
    typer.echo(f"\nLevier est ouvert : http://{HOST}:{port}  (Ctrl+C pour arrêter)")
    application = get_wsgi_application()
    serve(application, sockets=[listener], threads=THREADS, ident=None)  # type: ignore[no-untyped-call]
