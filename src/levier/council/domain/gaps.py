"""What an act usually says and this record does not hold: one list for every door."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from levier.council.domain.record import Deliberation, Record, Sitting

_OF_SITTING: Sequence[tuple[str, Callable[[Sitting], object]]] = (
    ("la date de la séance", lambda sitting: sitting.date),
    ("l’heure d’ouverture", lambda sitting: sitting.opens_at),
    ("la date de la convocation", lambda sitting: sitting.convocation_date),
    ("l’affichage de la convocation", lambda sitting: sitting.convocation_posted is not None),
    ("la présidence de la séance", lambda sitting: sitting.president),
    ("le secrétaire de séance", lambda sitting: sitting.secretary),
    ("le nombre de membres en exercice", lambda sitting: sitting.in_office is not None),
    (
        "les membres présents",
        lambda sitting: sitting.present or sitting.all_present_except_absent,
    ),
)
_OF_EACH_DELIBERATION: Sequence[tuple[str, Callable[[Deliberation], object]]] = (
    ("le résultat du vote", lambda deliberation: deliberation.vote.outcome),
    ("les décisions", lambda deliberation: deliberation.decisions),
)
_OF_ANY_DELIBERATION: Sequence[tuple[str, Callable[[Deliberation], object]]] = (
    (
        "la réception par le représentant de l’État",
        lambda deliberation: deliberation.received_on or deliberation.transmitted_on,
    ),
    ("la publication", lambda deliberation: deliberation.published_on),
)


def missing_facts(record: Record) -> list[str]:
    """The facts not found, in words, in the order in which an act gives them."""
    missing = [] if record.assembly else ["le nom de l’assemblée"]
    missing += [words for words, is_known in _OF_SITTING if not is_known(record.sitting)]
    if not record.deliberations:
        missing.append("les délibérations")
    for rank, deliberation in enumerate(record.deliberations, start=1):
        where = f" (délibération {rank})" if len(record.deliberations) > 1 else ""
        missing += [
            f"{words}{where}"
            for words, is_known in _OF_EACH_DELIBERATION
            if not is_known(deliberation)
        ]
    if record.signed_on is None:
        missing.append("la date de signature")
    if record.signatory is None:
        missing.append("le signataire")
    missing += [
        words
        for words, is_known in _OF_ANY_DELIBERATION
        if record.deliberations and not any(map(is_known, record.deliberations))
    ]
    return missing
