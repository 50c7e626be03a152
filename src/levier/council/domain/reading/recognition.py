"""Is this text an act of a council at all? A generous test: signs that only such acts combine."""

from __future__ import annotations

import re

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.reading.printed import Printed

LONGEST_TEXT = 2_000_000
_ASSEMBLY = re.compile(
    r"conseil\s?(?:lers?\s?)?\s*(?:municip|communaut|metropol|d'agglom|d agglom|syndic"
    r"|departement|region|de\s+(?:la\s+)?communaut)"
    r"|comite\s+syndical|registre\s+des\s+deliberations|conseillers?\s+(?:municip|communaut)"
)
_STRUCTURE = (
    r"\bpresente?s?\b|\bpresent\(e?\)|conseillers\s+en\s+exercice",
    r"\babsente?s?\b|\bexcusee?s?\b",
    r"\bsecretaires?\s+(?:de\s+(?:la\s+)?)?seance\b|\bsecretaire\s*:|designee?\s+secretaire",
    (
        r"\bcompte[- ]rendu|\bproces[- ]verbal|\bregistre\s+des\s+deliberations|\bextrait\b|\bpv\b"
        r"|\bc-?r\b"
    ),
    r"\bdeliber\w+",
    r"\bl[' ]\s?an\s+(?:deux|mil|2|19)",
)
_MATTER = (
    r"\b(?:seance|reunion|session)\b",
    r"\b(?:procurations?|pouvoirs?|mandataire)\b",
    r"\bordre\s+du\s+jour\b",
    r"\b(?:unanimite|abstentions?|voix\s+pour|vote|adopte\w*|votants?)\b",
    r"\bconvo(?:cation|que)\w*",
    r"\bquorum\b|en\s+exercice\b",
    r"\b(?:maire|presidente?)\b",
)
_LEAST_WITH_ASSEMBLY = 2
_LEAST_ALONE = 6


def require_an_act(printed: Printed) -> None:
    """Raise UnreadableInput unless enough signs of a council act are there.

    An act names its assembly and has the build of one; a text that does not name it must show
    nearly all the rest.
    """
    if len(printed.flat) > LONGEST_TEXT:
        raise UnreadableInput(
            "Ce texte dépasse deux millions de caractères : donnez l'acte d'une seule séance."
        )
    if not printed.flat.strip():
        raise UnreadableInput("Ce texte est vide : il n'y a rien à lire.")
    structure = _signs(_STRUCTURE, printed.flat)
    signs = structure + _signs(_MATTER, printed.flat)
    least = _LEAST_WITH_ASSEMBLY if _ASSEMBLY.search(printed.flat) else _LEAST_ALONE
    if signs < least or not structure:
        raise UnreadableInput(
            "Ce texte n'est pas un acte de conseil : on n'y reconnaît ni extrait du registre des "
            "délibérations, ni procès-verbal, ni compte rendu de séance."
        )


def _signs(patterns: tuple[str, ...], flat: str) -> int:
    return sum(bool(re.search(pattern, flat)) for pattern in patterns)
