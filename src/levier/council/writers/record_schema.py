"""The JSON Schema of the record: what `levier council check` accepts."""

from __future__ import annotations

from typing import Any

import msgspec

from levier.council.domain.coherence import PRESIDENT_VOTES
from levier.council.domain.record import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FAVOUR, _FOR = "in_favour", "for"
# What a person who writes a record by hand needs to know of the principal keys.
_DESCRIPTIONS = {
    "Record.assembly_kind": "Nature de l’assemblée : commune ou EPCI.",
    "Record.population": "Population municipale authentifiée avant le dernier renouvellement "
    "général (R2151-3) : elle fixe les seuils.",
    "Record.department": "Code du département : 57, 67 et 68 ont leur propre régime.",
    "Record.circumstances": "Vie de l’assemblée : mandats, autres séances, registres.",
    "Record.unread": "Passages de l’acte qui n’ont pas été compris.",
    "Sitting.in_office": "Nombre de membres en exercice : sièges pourvus au jour de la séance.",
    "Sitting.present": "Noms des membres présents à l’ouverture.",
    "Sitting.second_convocation": "Séance tenue sur seconde convocation (L2121-17).",
    "Sitting.urgency": "Convocation abrégée pour urgence (L2121-11 et L2121-12).",
    "Sitting.formalities": "Formalités de la séance : convocation, affichage, procès-verbal.",
    "Deliberation.number": "Numéro d’ordre dans la séance (R2121-9).",
    "Deliberation.present_changes": "Arrivées et départs que l’acte rapporte.",
    "Deliberation.recused": "Membres intéressés ou représentants d’un organisme (déports).",
    "Deliberation.transmitted_on": "Date d’envoi au représentant de l’État.",
    "Deliberation.received_on": "Date de réception par le représentant de l’État.",
    "Deliberation.published_on": "Date de publication ou d’affichage.",
    "Deliberation.matter_code": "Code de la matière dans la nomenclature de l’État, comme 7.5.",
    "Movement.before_item": "Numéro de l’affaire avant laquelle le membre arrive ou part.",
    "Recusal.ground": "L1111-6-II : représentant d’un organisme ; personal : intérêt personnel.",
    "Vote.mode": "public : scrutin ordinaire ; roll_call : appel nominal ; secret.",
    "Vote.president_vote": "Vote de la présidence : il départage les voix, sauf au scrutin secret.",
    "Vote.blank": "Bulletins blancs ou nuls.",
    "Vote.ballots": "Votes nominatifs d’un appel nominal ; aucun au scrutin secret.",
    "Vote.rounds": "Tours de scrutin d’une nomination.",
}


def record_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a record; unknown keys are tolerated and named by the check.

    Null, or no key at all, means unknown everywhere.
    """
    schema = msgspec.json.schema(Record)
    parts: dict[str, dict[str, Any]] = schema["$defs"]
    for name, part in parts.items():
        part.pop("description", None)
        if not part.get("required"):
            part.pop("required", None)
        properties = part.get("properties")
        if properties is None:
            continue
        part["properties"] = {
            (_FOR if key == _FAVOUR else key): _described(f"{name}.{key}", value)
            for key, value in properties.items()
        }
    parts["Vote"]["properties"]["president_vote"] |= {"enum": [*PRESIDENT_VOTES, None]}
    return {
        "$schema": _DIALECT,
        **parts.pop("Record"),
        "title": "Relevé d’une séance",
        "description": "Ce que « levier council check » contrôle et que « levier council read » "
        "écrit. Une clé absente ou nulle est une donnée inconnue.",
        "$defs": parts,
    }


def _described(path: str, value: dict[str, Any]) -> dict[str, Any]:
    """The property with its words, open to null: unknown lists and objects may be null too."""
    value.pop("default", None)
    nullable = value if "anyOf" in value else {"anyOf": [value, {"type": "null"}]}
    return nullable | ({"description": _DESCRIPTIONS[path]} if path in _DESCRIPTIONS else {})
