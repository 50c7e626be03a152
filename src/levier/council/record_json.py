"""The record as JSON: the exchange format of `levier council read` and `levier council check`."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from levier.common.domain.errors import UnreadableInput
from levier.common.domain.french import enumerate_in_words
from levier.council.domain.coherence import GREATEST_NUMBER, PRESIDENT_VOTES
from levier.council.domain.formalities import Channel, PublicityMode
from levier.council.domain.record import (
    AssemblyKind,
    BallotChoice,
    DocumentKind,
    MatterNature,
    MovementEvent,
    Outcome,
    Participation,
    Record,
    RecusalGround,
    Sitting,
    VoteMode,
)

Part = TypeVar("Part")
# "for" is a Python keyword: the domain says in_favour, the exchange format says for.
_FAVOUR, _FOR = "in_favour", "for"
# What no act prints: left out of the exchange format while nothing is known of it.
_QUIET = {
    *("department", "circumstances", "formalities", "closes_at"),
    *("nature", "matter_code", "president", "debate", "corrects"),
    *("not_voting", "roll_call_requests", "secret_requests", "secret_waived"),
    *("ballots", "rounds", "elected", "took_part", "body"),
    *("written", "signed_on", "sittings_used", "illness", "revoked_before_item"),
}
_ALWAYS_SHOWN = {(Sitting, "president"), (Record, "signed_on")}
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
    "event": MovementEvent,
    "ground": RecusalGround,
    "nature": MatterNature,
    "choice": BallotChoice,
    "channel": Channel,
    "took_part": Participation,
    "publicity_choice": PublicityMode,
    "vote.mode": VoteMode,
    "publication.mode": PublicityMode,
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
    "number": "un nombre",
}


def dump_record(record: Record) -> dict[str, Any]:
    """Plain mapping of a record, with ISO dates and null for what is unknown.

    What no act prints is left out as long as nothing is known of it.
    """
    plain: dict[str, Any] = _plain(record)
    return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        return {
            (_FOR if field.name == _FAVOUR else field.name): _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in _QUIET
            or (kind, field.name) in _ALWAYS_SHOWN
            or getattr(value, field.name) != _default(field)
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return msgspec.to_builtins(value)


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


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
    _settle(plain, Record)
    try:
        record = msgspec.convert(plain, type=Record)
    except msgspec.ValidationError as error:
        raise UnreadableInput(_in_french(str(error), plain)) from None
    _refuse_impossible(record)
    return record


def dump_part(part: Any) -> dict[str, Any]:
    """One part of a record, as it is stored: {} when nothing is known of it."""
    kind = type(part)
    required = any(f.default is MISSING and f.default_factory is MISSING for f in fields(kind))
    plain: dict[str, Any] = {} if not required and part == kind() else _plain(part)
    return plain


def load_part(plain: dict[str, Any], kind: type[Part]) -> Part:
    """The part of a record that `dump_part` wrote."""
    if not plain:
        return kind()
    kept = copy.deepcopy(plain)
    _settle(kept, kind)
    return msgspec.convert(kept, type=kind)


def unused_keys(text: str) -> list[str]:
    """Keys of a JSON record that mean nothing here: a slip in a name would pass unseen."""
    try:
        plain = json.loads(text)
    except ValueError:
        return []
    return list(_unknown_keys(plain, Record, ""))


def _unknown_keys(plain: Any, model: type, path: str) -> Iterator[str]:
    if not isinstance(plain, dict):
        return
    models = _models_in(model)
    known = {_FOR if field.name == _FAVOUR else field.name for field in fields(model)}
    for key, value in plain.items():
        if key not in known:
            yield f"{path}{key}"
        elif inner := models.get(key):
            for rank, item in enumerate(value if isinstance(value, list) else [value]):
                place = f"{path}{key}[{rank}]." if isinstance(value, list) else f"{path}{key}."
                yield from _unknown_keys(item, inner, place)


@cache
def _models_in(model: type) -> dict[str, type]:
    """The fields of a record's part that hold other parts, one or several, with their type."""
    found = {}
    for name, hint in get_type_hints(model).items():
        inner = next((kind for kind in (hint, *get_args(hint)) if is_dataclass(kind)), None)
        if isinstance(inner, type):
            found[name] = inner
    return found


def _refuse_impossible(record: Record) -> None:
    """Numbers that count nothing, and lists that no council has and that would take long."""
    for path, name, value in _leaves(record, ""):
        if isinstance(value, tuple):
            most = MOST_MATTERS if name in ("deliberations", "agenda", "subjects") else MOST_NAMES
            if len(value) > most:
                raise UnreadableInput(
                    f"{path} : attendu au plus {most} éléments, reçu {len(value)}."
                )
        elif isinstance(value, int) and not isinstance(value, bool):
            if name not in ("number", "before_item") and not 0 <= value <= GREATEST_NUMBER:
                raise UnreadableInput(
                    f"{path} : attendu un nombre entier positif ou nul, d'au plus "
                    f"{GREATEST_NUMBER}, reçu {_shown(value)}."
                )
        elif name == "president_vote" and value not in (None, *PRESIDENT_VOTES):
            raise UnreadableInput(
                f"{path} : attendu {_one_of(PRESIDENT_VOTES)}, reçu {_shown(value)}."
            )


def _leaves(part: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """(path in the exchange format, field, value) of each value, and of each list before it."""
    for field in fields(part):
        value = getattr(part, field.name)
        place = f"{path}{_FOR if field.name == _FAVOUR else field.name}"
        if is_dataclass(value):
            yield from _leaves(value, f"{place}.")
            continue
        yield place, field.name, value
        if isinstance(value, tuple):
            for rank, item in enumerate(value):
                if is_dataclass(item):
                    yield from _leaves(item, f"{place}[{rank}].")


def _one_of(values: Iterable[str]) -> str:
    """« a », « b » ou « c »."""
    return enumerate_in_words((f"« {value} »" for value in values), last="ou")


def _settle(plain: Any, model: type) -> None:
    """Say in_favour for "for"; drop the nulls of fields whose unknown is another value."""
    if not isinstance(plain, dict):
        return
    known = {field.name for field in fields(model)}
    if _FAVOUR in known and _FOR in plain:
        plain[_FAVOUR] = plain.pop(_FOR)
    for field in fields(model):
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        if has_default and field.default is not None and plain.get(field.name, ...) is None:
            del plain[field.name]
    for name, inner in _models_in(model).items():
        value = plain.get(name)
        for item in value if isinstance(value, list) else [value]:
            _settle(item, inner)


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
    steps = re.sub(r"\[\d+\]$", "", path).split(".")
    choices = _CHOICES.get(steps[-1]) or _CHOICES.get(".".join(steps[-2:]))
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
