"""The record as JSON: the exchange format of `levier council read` and `levier council check`."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.record import Record

# "for" is a Python keyword: the domain says in_favour, the exchange format says for.
_FAVOUR, _FOR = "in_favour", "for"
_WHERE = re.compile(r"^(?P<problem>.*?)(?: - at `\$\.?(?P<path>[^`]*)`)?$", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`")
_INVALID_ENUM = re.compile(r"Invalid enum value (?P<value>.+)")
_TYPE_NAMES = {
    "int": "un nombre entier",
    "str": "un texte",
    "bool": "true ou false",
    "date": "une date AAAA-MM-JJ",
    "time": "une heure HH:MM:SS",
    "array": "une liste",
    "object": "un objet",
    "null": "null",
    "float": "un nombre",
}


def dump_record(record: Record) -> dict[str, Any]:
    """Plain mapping of a record, with ISO dates and null for what is unknown."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    for deliberation in plain["deliberations"]:
        vote = deliberation["vote"]
        deliberation["vote"] = {
            (_FOR if key == _FAVOUR else key): value for key, value in vote.items()
        }
    return plain


def load_record(text: str | bytes) -> Record:
    """Read a record written by `dump_record`, or by hand after the same model.

    Keys that are absent count as unknown. Raises UnreadableInput with the place, the value and
    what was expected.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"Ce fichier n'est pas du JSON lisible : {error}.") from None
    if not isinstance(plain, dict):
        raise UnreadableInput("Un relevé de séance est un objet JSON ; reçu : une autre valeur.")
    if not plain.keys() & {"assembly", "assembly_kind", "sitting", "deliberations"}:
        raise UnreadableInput(
            "Ce JSON n'est pas un relevé de séance : attendu au moins « sitting » ou « deliberations »."
        )
    for deliberation in _dicts(plain.get("deliberations")):
        vote = deliberation.get("vote")
        if vote is None:
            deliberation.pop("vote", None)
        elif isinstance(vote, dict) and _FOR in vote:
            vote[_FAVOUR] = vote.pop(_FOR)
    if plain.get("sitting", ...) is None:
        del plain["sitting"]
    try:
        return msgspec.convert(plain, type=Record)
    except msgspec.ValidationError as error:
        raise UnreadableInput(_in_french(str(error), plain)) from None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _in_french(message: str, plain: Any) -> str:
    match = _WHERE.match(message)
    path = (match["path"] or "") if match else ""
    problem = match["problem"] if match else message
    value = _value_at(plain, path)
    place = path.replace(_FAVOUR, _FOR) or "relevé"
    expected = _EXPECTED.search(problem)
    if expected:
        names = [_TYPE_NAMES.get(name.strip(), name) for name in expected["expected"].split("|")]
        return f"{place} : attendu {' ou '.join(names)}, reçu {value}."
    if enum := _INVALID_ENUM.search(problem):
        return f"{place} : la valeur {enum['value']} n'est pas prévue."
    if "missing required field" in problem:
        field = problem.split("`")[1]
        return f"{place} : il manque « {field} »."
    return f"{place} : la valeur {value} n'est pas valable."


def _value_at(plain: Any, path: str) -> str:
    current = plain
    for step in re.findall(r"[^.\[\]]+", path):
        try:
            current = current[int(step)] if isinstance(current, list) else current[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return "une valeur"
    shown = json.dumps(current, ensure_ascii=False)
    return shown if len(shown) <= 80 else f"{shown[:77]}…"
