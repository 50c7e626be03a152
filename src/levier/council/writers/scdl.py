"""Deliberations as open data: one CSV row each, after SCDL Délibérations 2.1.5.

The schema has no place for the outcome, and describes deliberations that were adopted: only these
are written. VOTE_EFFECTIF is the number of members in office; VOTE_REEL the total of the three
other counts, as the additional checks of the schema want it. Where one of the five is not known, or
where blank votes would break the total, none is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from levier.council.domain.matters import matter
from levier.council.domain.record import Deliberation, Outcome
from levier.council.readers.scdl import NAMES, is_siret

NO_SIRET = "le numéro SIRET de la collectivité n’est pas enregistré"
NOT_A_SIRET = "le numéro SIRET de la collectivité n’a pas une clé juste"
NO_MATTER = "la matière de l’acte n’est pas précisée"
UNKNOWN_MATTER = "la matière de l’acte n’est pas dans la nomenclature nationale"
NOT_ADOPTED = "le schéma ne décrit que les délibérations adoptées"
NO_OUTCOME = "le résultat du vote n’est pas précisé"
NO_DATE = "la date de la séance n’est pas précisée"


def obstacle(act: Deliberation, siret: str, held_on: date | None) -> str | None:
    """Why this deliberation cannot be a row, or None when it can."""
    if act.vote.outcome not in (None, Outcome.ADOPTED):
        return NOT_ADOPTED
    found = matter(_two_levels(act.matter_code))
    reasons = (
        (not siret, NO_SIRET),
        (not is_siret(siret), NOT_A_SIRET),
        (held_on is None, NO_DATE),
        (act.vote.outcome is None, NO_OUTCOME),
        (not act.matter_code, NO_MATTER),
        (found is None, UNKNOWN_MATTER),
    )
    return next((reason for is_so, reason in reasons if is_so), None)


def open_data_row(
    act: Deliberation,
    *,
    held_on: date | None,
    in_office: int | None,
    name: str,
    siret: str,
    number: str,
    url: str = "",
) -> tuple[str, ...]:
    """The cells of a deliberation for which `obstacle` is None, in the order of the schema.

    `name` and `siret` are those of the collectivité, `in_office` its members in office that day.
    """
    found = matter(_two_levels(act.matter_code))
    cells = {
        "COLL_NOM": name,
        "COLL_SIRET": siret,
        "DELIB_ID": number,
        "DELIB_DATE": _written(held_on),
        "DELIB_MATIERE_CODE": found.code if found else "",
        "DELIB_MATIERE_NOM": found.scdl_label if found else "",
        "DELIB_OBJET": " ".join(act.subject.split()),
        "PREF_DATE": _written(act.received_on),
        "DELIB_URL": url,
        **_votes(act, in_office),
    }
    return tuple(cells.get(column, "") for column in NAMES)


def open_data_csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    """The file: UTF-8, commas, header first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(NAMES)
    writer.writerows(rows)
    return text.getvalue().encode()


def _votes(act: Deliberation, in_office: int | None) -> dict[str, str]:
    vote = act.vote
    if in_office is None or vote.blank:
        return {}
    if vote.in_favour is None or vote.against is None or vote.abstentions is None:
        return {}
    voters = vote.in_favour + vote.against + vote.abstentions
    if voters > in_office:
        return {}
    return {
        "VOTE_EFFECTIF": str(in_office),
        "VOTE_REEL": str(voters),
        "VOTE_POUR": str(vote.in_favour),
        "VOTE_CONTRE": str(vote.against),
        "VOTE_ABSTENTION": str(vote.abstentions),
    }


def _two_levels(code: str | None) -> str:
    return ".".join((code or "").split(".")[:2])


def _written(value: object) -> str:
    return "" if value is None else str(value)
