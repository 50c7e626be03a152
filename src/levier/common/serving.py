"""Serving the site from this machine: take the port first, then answer until one stops it."""

from __future__ import annotations

import errno
import gc
import socket

import typer

from levier.common.domain.errors import LevierError
from levier.common.faults import reason

HOST = "127.0.0.1"
PORT = 8000
# Waitress answers that many requests at once; SQLite has its writers wait for one another.
_THREADS = 8


def listen(port: int, *, host: str = HOST, advice: str) -> socket.socket:
    """Take the port before anything else, so that a busy one is told at once.

    `advice` is the command to try instead, in which {port} stands for another port. Port 0 takes
    any free one.
    """
    if not 0 <= port <= 65535:
        raise LevierError(f"--port : {port} n'est pas un port ; attendu un nombre de 1 à 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (UnicodeError, TypeError):
        listener.close()
        raise LevierError(f"--host : « {host} » n'est pas une adresse de cette machine.") from None
    except OSError as error:
        listener.close()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise LevierError(
                f"--host : « {host} » n'est pas une adresse de cette machine."
            ) from None
        if error.errno == errno.EADDRINUSE:
            why = "est déjà pris par un autre programme"
        else:
            why = f"ne peut pas être ouvert ({reason(error)})"
        other = port + 1 if port < 65535 else PORT
        raise LevierError(
            f"Le port {port} {why}. Choisissez-en un autre : {advice.format(port=other)}."
        ) from None
    return listener


def settle_memory() -> None:
    """Spare answers the pauses of the garbage collector: some 90 ms each in a loaded process.

    What the application loaded stays until the end, so that it is never looked through again;
    what a page leaves is looked through less often.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # loads every view
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def serve(listener: socket.socket) -> None:
    """Answer requests on this socket until the person stops the command."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from waitress import serve as answer

    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"\nLevier est ouvert : http://{shown}:{port}  (Ctrl+C pour arrêter)")
    # Behind a TLS proxy on this machine, the proxy says that the visitor came by HTTPS.
    proxy = (
        {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-proto"}}
        if settings.HTTPS
        else {}
    )
    application = get_wsgi_application()
    settle_memory()
    answer(  # type: ignore[no-untyped-call]
        application, sockets=[listener], threads=_THREADS, ident=None, **proxy
    )
