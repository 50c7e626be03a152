"""Is this text an act of a council at all? A generous test: signs that only such acts combine."""

from __future__ import annotations

import re

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.reading.printed import Printed

LONGEST_TEXT = 2_000_000
_ASSEMBLY = re.compile(
    r"conseil\s?(?:lers?\s?)?\s*(?:municip|communaut|metropol|d'agglom|d agglom|syndic|departement|region|de\s+(?:la\s+)?communaut)"
    r"|comite\s+syndical|registre\s+des\s+deliberations|conseillers?\s+(?:municip|communaut)"
)
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:seance|reunion|session|compte[- ]rendu|proces[- ]verbal|c-?r\b|pv)\b",
        r"\bpresente?s?\b|\bpresent\(e?\)|conseillers\s+en\s+exercice",
        r"\babsente?s?\b|\bexcusee?s?\b",
        r"\b(?:procurations?|pouvoirs?|mandataire)\b",
        r"\bsecretaire\s+(?:de\s+(?:la\s+)?)?seance\b|designee?\s+secretaire",
        r"\bordre\s+du\s+jour\b",
        r"\bdeliber\w+",
        r"\b(?:unanimite|abstentions?|voix\s+pour|vote|adopte\w*|votants?)\b",
        r"\bconvo(?:cation|que)\w*",
        r"\bquorum\b|en\s+exercice\b",
        r"\b(?:maire|presidente?)\b",
    )
)
_SIGNS_WITH_ASSEMBLY = 3
_SIGNS_ALONE = 6


def require_an_act(printed: Printed) -> None:
    """Raise UnreadableInput unless enough signs of a council act are there."""
    if len(printed.flat) > LONGEST_TEXT:
        raise UnreadableInput(
            "Ce texte dépasse deux millions de caractères : donnez l'acte d'une seule séance."
        )
    if not printed.flat.strip():
        raise UnreadableInput("Ce texte est vide : il n'y a rien à lire.")
    signs = sum(bool(sign.search(printed.flat)) for sign in _SIGNS)
    if signs < (_SIGNS_WITH_ASSEMBLY if _ASSEMBLY.search(printed.flat) else _SIGNS_ALONE):
        raise UnreadableInput(
            "Ce texte n'est pas un acte de conseil : on n'y reconnaît ni extrait du registre des "
            "délibérations, ni procès-verbal, ni compte rendu de séance."
        )
