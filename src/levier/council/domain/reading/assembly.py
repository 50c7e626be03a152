"""Which assembly sat: its name as printed, and whether it is a commune's or a grouping's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from levier.common.domain.french import fold
from levier.council.domain.reading.printed import Printed, flatten, vocabulary
from levier.council.domain.record import AssemblyKind

_COMMUNE_COUNCIL = re.compile(r"conseil\s+municipal|conseillers?\s+municip|\bmaire\b")
_GROUPING_COUNCIL = re.compile(
    r"conseil\s+(?:communautaire|metropolitain|d'agglomeration|de\s+(?:la\s+)?(?:communaute"
    r"|metropole)|syndical)"
    r"|comite\s+syndical|conseillers?\s+communaut|delegues?\s+communaut|bureau\s+communautaire"
)
_GROUPING_NAME = re.compile(
    r"\b(?:communaute\s+(?:d'agglomeration|de\s+communes?|urbaine)|metropole|syndicat\s+(?:mixte"
    r"|intercommunal)"
    r"|communaute\s+d'agglo)\b"
)
_PLACE_WORD = r"[A-ZÀ-Ý][\w'’]*(?:-[\w'’]+)*\.?"
_LINK = (
    r"(?:(?:-\s?|\s+|\s?/\s?)(?:(?:sur|sous|les|lès|lez|le|la|en|de|du|des|d['’]|aux?|et|à|l['’]"
    r"|SUR|SOUS|LES|LE|LA|EN|DE|DU|DES|ET|AUX?|S)(?:\s+|-|(?<=['’]))?){0,3}|\s+|-\s?)"
)
_PLACE = re.compile(
    r"(?:(?:la|La|LA|le|Le|LE|les|Les|LES|l['’]|L['’]|saint"
    rf"|Saint)\s*)?{_PLACE_WORD}(?:{_LINK}{_PLACE_WORD})*"
)
_OF = r"\s*(?:de\s+la\s+|de\s+l'|de\s+|d'|du\s+|des\s+|:\s*)?"
_HEAD_FORMULAS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bconseil\s+municipal\s+de\s+la\s+(?:commune|ville)\b{_OF}",
        (
            r"\bmembres\s+du\s+conseil\s+municipal\s+(?:de\s+la\s+commune\s+)?(?=d[e'u])"
            rf"(?!de\s+la\s+seance){_OF}"
        ),
        rf"(?:^|\n)[ \t]*\W*(?:commune|ville|mairie)\b(?!\s+(?:et|a|au|le|la|pour|en)\b){_OF}",
        rf"\bconseil\s+municipal\s+(?=d[e'])(?!de\s+(?:la|ce|votre|notre|cette)\b){_OF}",
        rf"\b(?:commune|ville|mairie)\b(?=\s*d[e'u]|\s*:){_OF}",
        rf"\bmaire\b\s+(?=d[e'u]){_OF}",
        (
            r"\b(?:salle\s+(?:des\s+mariages|du\s+conseil|des\s+fetes|polyvalente)"
            rf"|hotel\s+de\s+ville)\s+(?=d[e'u]){_OF}"
        ),
    )
)
_SIGNED_AT = re.compile(r"(?:^|\n)[ \t]*(?:fait\s+)?(?:a\s+)?(?=[^\n]{2,50}?,?\s+le\s+\d)")
_STOP_WORDS = vocabulary(
    """SEANCE SÉANCE REUNION RÉUNION DEPARTEMENT DÉPARTEMENT ARRONDISSEMENT CANTON EXTRAIT PROCES
    PROCÈS COMPTE CONSEIL REGISTRE DATE NOMBRE DU LE LA EN Séance Réunion Département
    Arrondissement Canton Extrait Procès Compte Conseil Registre Date Nombre Président Madame
    Monsieur Mme Le La L’an L'an REPUBLIQUE RÉPUBLIQUE République Etaient Étaient ETAIENT
    ÉTAIENT PRESENTS PRÉSENTS Présents OBJET Objet PV CR N° ORDRE Ordre SESSION Session NBRE
    Nbre DELIBERATION DELIBERATIONS DÉLIBÉRATION DÉLIBÉRATIONS Délibération Délibérations Code
    Collectivités Maire MAIRE Après AFFICHAGE CONVOCATION Convocation"""
)
_HEAD = 6_000
_TAIL = 3_000
_LONGEST_NAME = 80
_MOST_PRINTINGS = 200


def assembly_kind(printed: Printed) -> AssemblyKind | None:
    """Commune or EPCI, by the council that the head of the act names first and most."""
    for window in (printed.flat[:_HEAD], printed.flat):
        grouping = list(_GROUPING_COUNCIL.finditer(window))
        commune = list(_COMMUNE_COUNCIL.finditer(window))
        if not grouping and not commune:
            continue
        council = re.search(r"conseil\s+municipal", window)
        if grouping and (council is None or grouping[0].start() < council.start()):
            return AssemblyKind.EPCI
        return AssemblyKind.COMMUNE
    return AssemblyKind.EPCI if _GROUPING_NAME.search(printed.flat[:_HEAD]) else None


def assembly_name(printed: Printed, kind: AssemblyKind | None, body_start: int) -> str | None:
    """Name of the assembly as printed, in mixed case when the act prints it so somewhere."""
    if kind is AssemblyKind.EPCI:
        names = list(islice(_grouping_names(printed), _MOST_PRINTINGS))
        return _best_cased(names[0], names) if names else None
    for name in _commune_names(printed, body_start):
        return _best_cased(name, _printings(printed, name))
    return None


def _grouping_names(printed: Printed) -> Iterator[str]:
    for match in _GROUPING_NAME.finditer(printed.flat):
        link = re.compile(
            r"\s+(?:du\s+pays\s+(?:de\s+(?:la\s+)?|d')?|de\s+la\s+|de\s+l'|de\s+|d'|du\s+|des\s+"
            r"|le\s+|la\s+|les\s+)?"
        ).match(printed.flat, match.end())
        start = link.end() if link else match.end()
        place = _place_at(printed, start)
        if place:
            head = printed.text[match.start() : start]
            if head.isupper() and place[:1].isupper() and not place.isupper():
                head = head.lower()
            yield _tidy(f"{head}{place}")


def _commune_names(printed: Printed, body_start: int) -> Iterator[str]:
    head = max(body_start, 400) if body_start else min(len(printed.flat), 4_000)
    for formula in _HEAD_FORMULAS:
        for match in formula.finditer(printed.flat, 0, head):
            place = _place_at(printed, match.end())
            if place:
                yield _tidy(place)
    for match in _SIGNED_AT.finditer(printed.flat, max(0, len(printed.flat) - _TAIL)):
        place = _place_at(printed, match.end())
        after = match.end() + len(place or "")
        if place and re.match(r"\s*,?\s+le\s+\d", printed.flat[after : after + 20]):
            yield _tidy(place)
    for running in printed.running_heads:
        named = re.match(
            r"(?:ville|commune|mairie)\s+(?:de\s+|d['’]|du\s+)?(.{2,50})$", running, re.I
        )
        if named and _PLACE.fullmatch(named[1]):
            yield _tidy(named[1])
    for match in _HEAD_FORMULAS[4].finditer(printed.flat, head):
        place = _place_at(printed, match.end())
        if place and re.search(
            r"(?:pour|par)\s+la\s+$", printed.flat[max(0, match.start() - 12) : match.start()]
        ):
            yield _tidy(place)


def _place_at(printed: Printed, start: int) -> str | None:
    match = _PLACE.match(printed.text[start : start + _LONGEST_NAME])
    if not match:
        return None
    kept: list[str] = []
    for word in re.split(r"(\s+)", match[0]):
        if word.strip() in _STOP_WORDS and (
            kept or word.strip() not in ("La", "Le", "LA", "LE", "EN", "DU")
        ):
            break
        kept.append(word)
    place = "".join(kept).rstrip(" .,-")
    place = re.sub(r"\s+(?:DE|DU|DES|LA|LE|LES|ET|A|EN|de|du|des|la|le|les|et|à|en)$", "", place)
    if "\n" in place:  # a heading in two lines: the second one is another heading
        first = place.split("\n")[0].rstrip()
        place = (
            first
            if not first.endswith("-")
            and not re.search(r"(?i)\b(?:de|du|sur|sous|les|en|la|le)$", first)
            else place
        )
    place = place.rstrip(" .,-")
    return place if len(place) >= 2 and any(char.isalpha() for char in place) else None


def _tidy(name: str) -> str:
    name = " ".join(name.split()).replace("’", "'")
    return re.sub(r"(?<=\w)-\s+(?=\w)", "-", name)


def _printings(printed: Printed, name: str) -> list[str]:
    """The same name wherever it is printed, running heads included."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", flatten(name)))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)")
    pages = [
        (printed.text, printed.flat),
        *((head, flatten(head)) for head in printed.running_heads),
    ]
    return [
        _tidy(text[match.start() : match.end()])
        for text, flat in pages
        for match in islice(pattern.finditer(flat), _MOST_PRINTINGS)
    ]


def _best_cased(name: str, printings: list[str]) -> str:
    """Mixed case is preferred to capitals, hyphens to spaces, and accents to their absence."""
    same = [other for other in printings if fold(other) == fold(name)]
    mixed = [
        other
        for other in same
        if any(char.islower() for char in _proper_part(other)) and _proper_part(other)[:1].isupper()
    ]
    candidates = mixed if not any(char.islower() for char in _proper_part(name)) else [name]
    return candidates[0] if candidates else name


def _proper_part(name: str) -> str:
    match = _GROUPING_NAME.match(flatten(name))
    if not match:
        return name
    words = name.split()
    capitals = [word for word in words if word[:1].isupper()]
    return capitals[-1] if capitals else name
