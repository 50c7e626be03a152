"""What the operating system reports, in words that a person understands."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOENT: "ce dossier ou ce fichier n'existe pas",
    errno.EACCES: "l'accès est refusé",
    errno.EPERM: "l'accès est refusé",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "un élément du chemin n'est pas un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota de disque est atteint",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EADDRINUSE: "l'adresse est déjà utilisée",
    errno.EIO: "le disque ne répond pas",
}


def reason(error: OSError) -> str:
    """Why it failed, in French; the system's code when it has no words here."""
    return _WORDS.get(error.errno or 0, f"erreur système {error.errno}")
