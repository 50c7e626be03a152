"""A password asked on the command line: never shown, never an argument that others would see."""

from __future__ import annotations

import sys

from levier.common.domain.errors import LevierError


def asked_password(*, from_stdin: bool) -> str:
    """The first line of the standard input, or what the person types twice without echo."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise LevierError(
            "Le mot de passe se tape au clavier, et il n'y en a pas ici : donnez-le sur l'entrée "
            "standard avec --password-stdin."
        )
    from getpass import getpass

    password = getpass("Mot de passe (rien ne s'affiche) : ")
    if getpass("Le même, une seconde fois : ") != password:
        raise LevierError("Les deux saisies diffèrent : rien n'a été enregistré.")
    return password
