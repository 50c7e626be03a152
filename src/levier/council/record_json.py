"""The record as JSON: the exchange format of `levier council read` and `levier council check`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from typing import Any

import msgspec

from levier.common.domain.errors import UnreadableInput
from levier.common.domain.french import enumerate_in_words
from levier.council.domain.coherence import GREATEST_NUMBER, PRESIDENT_VOTES
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    DocumentKind,
    MovementEvent,
    Outcome,
    Record,
    RecusalGround,
    Sitting,
    Vote,
    VoteMode,
)

# "for" is a Python keyword: the domain says in_favour, the exchange format says for.
_FAVOUR, _FOR = "in_favour", "for"
_WHERE = re.compile(r"^(?P<problem>.*?)(?: - at `\$\.?(?P<path>[^`]*)`)?$", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`")
_INVALID_MOMENT = re.compile(r"Invalid RFC3339 encoded (?P<expected>date|time)")
_INVALID_ENUM = "Invalid enum value"
# The largest French assemblies have some 250 members.
MOST_NAMES = 400
MOST_MATTERS = 300
_CHOICES = {
    "assembly_kind": AssemblyKind,
    "document_kind": DocumentKind,
    "outcome": Outcome,
    "mode": VoteMode,
    "event": MovementEvent,
    "ground": RecusalGround,
}
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

    Keys that are absent, or null, count as unknown; an unknown list is empty. Raises
    UnreadableInput with the place, the value and what was expected.
    """
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableInput(
            "Ce fichier n'est pas du JSON lisible : erreur à la ligne "
            f"{error.lineno}, colonne {error.colno}."
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableInput(
            "Ce fichier n'est pas du JSON lisible : encodage inconnu, trop de niveaux ou nombre "
            "trop long."
        ) from None
    try:
        json.dumps(plain, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnreadableInput(
            "Ce relevé contient un caractère qu'aucun texte ne peut porter (moitié de paire "
            "\\ud800 à \\udfff) : corrigez-le."
        ) from None
    if not isinstance(plain, dict):
        raise UnreadableInput("Un relevé de séance est un objet JSON ; reçu : une autre valeur.")
    if not plain.keys() & {"assembly", "assembly_kind", "sitting", "deliberations"}:
        raise UnreadableInput(
            "Ce JSON n'est pas un relevé de séance : attendu au moins « sitting » ou "
            "« deliberations »."
        )
    _settle_unknowns(plain, Record)
    _settle_unknowns(plain.get("sitting"), Sitting)
    for deliberation in _dicts(plain.get("deliberations")):
        _settle_unknowns(deliberation, Deliberation)
        vote = deliberation.get("vote")
        if isinstance(vote, dict) and _FOR in vote:
            vote[_FAVOUR] = vote.pop(_FOR)
    try:
        record = msgspec.convert(plain, type=Record)
    except msgspec.ValidationError as error:
        raise UnreadableInput(_in_french(str(error), plain)) from None
    _refuse_endless(record)
    _refuse_impossible(record)
    return record


def _refuse_endless(record: Record) -> None:
    """No council has as many members, no sitting as many matters: judging them would take long."""
    sitting = record.sitting
    lists: list[tuple[str, int, int]] = [
        ("deliberations", len(record.deliberations), MOST_MATTERS),
        ("sitting.agenda", len(sitting.agenda), MOST_MATTERS),
        *(
            (f"sitting.{name}", len(getattr(sitting, name)), MOST_NAMES)
            for name in ("present", "absent", "proxies", "movements")
        ),
        *(
            (f"deliberations[{index}].{name}", len(getattr(deliberation, name)), MOST_NAMES)
            for index, deliberation in enumerate(record.deliberations)
            for name in ("present_changes", "recused")
        ),
    ]
    for path, length, most in lists:
        if length > most:
            raise UnreadableInput(f"{path} : attendu au plus {most} éléments, reçu {length}.")


def unused_keys(text: str) -> list[str]:
    """Keys of a JSON record that mean nothing here: a slip in a name would pass unseen."""
    try:
        plain = json.loads(text)
    except ValueError:
        return []
    if not isinstance(plain, dict):
        return []
    found = [
        *_unknown_keys(plain, Record, ""),
        *_unknown_keys(plain.get("sitting"), Sitting, "sitting."),
    ]
    for index, deliberation in enumerate(_dicts(plain.get("deliberations"))):
        path = f"deliberations[{index}]."
        found += _unknown_keys(deliberation, Deliberation, path)
        found += _unknown_keys(deliberation.get("vote"), Vote, f"{path}vote.")
    return found


def _unknown_keys(plain: Any, model: type, path: str) -> list[str]:
    known = {_FOR if field.name == _FAVOUR else field.name for field in fields(model)}
    return [f"{path}{key}" for key in plain if key not in known] if isinstance(plain, dict) else []


def _refuse_impossible(record: Record) -> None:
    for path, count in _counts(record):
        if not 0 <= count <= GREATEST_NUMBER:
            raise UnreadableInput(
                f"{path} : attendu un nombre entier positif ou nul, d'au plus {GREATEST_NUMBER}, "
                f"reçu {_shown(count)}."
            )
    for index, deliberation in enumerate(record.deliberations):
        choice = deliberation.vote.president_vote
        if choice is not None and choice not in PRESIDENT_VOTES:
            raise UnreadableInput(
                f"deliberations[{index}].vote.president_vote : attendu "
                f"{_one_of(PRESIDENT_VOTES)}, reçu {_shown(choice)}."
            )


def _one_of(values: Iterable[str]) -> str:
    """« a », « b » ou « c »."""
    return enumerate_in_words((f"« {value} »" for value in values), last="ou")


def _settle_unknowns(plain: Any, model: type) -> None:
    """Drop the nulls of fields whose unknown is not None but an empty list, False or an object."""
    if isinstance(plain, dict):
        for field in fields(model):
            has_default = field.default is not MISSING or field.default_factory is not MISSING
            if has_default and field.default is not None and plain.get(field.name, ...) is None:
                del plain[field.name]


def _counts(record: Record) -> Iterator[tuple[str, int]]:
    """(path in the exchange format, value) of each number that counts something."""
    sitting = record.sitting
    found: list[tuple[str, int | None]] = [
        ("population", record.population),
        ("sitting.in_office", sitting.in_office),
        ("sitting.present_count", sitting.present_count),
        ("sitting.represented_count", sitting.represented_count),
    ]
    for index, deliberation in enumerate(record.deliberations):
        place = f"deliberations[{index}].vote"
        vote = deliberation.vote
        found += [
            (f"{place}.{_FOR}", vote.in_favour),
            (f"{place}.against", vote.against),
            (f"{place}.abstentions", vote.abstentions),
            (f"{place}.blank", vote.blank),
        ]
    return ((path, count) for path, count in found if count is not None)


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
    if moment := _INVALID_MOMENT.search(problem):
        return f"{place} : attendu {_TYPE_NAMES[moment['expected']]}, reçu {value}."
    choices = _CHOICES.get(path.rpartition(".")[2])
    if choices and _INVALID_ENUM in problem:
        return f"{place} : attendu {_one_of(choice.value for choice in choices)}, reçu {value}."
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
    return _shown(current)


def _shown(value: Any) -> str:
    """The value as JSON, shortened."""
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 80 else f"{shown[:77]}…"
