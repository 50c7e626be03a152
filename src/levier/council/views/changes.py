"""What differs between two states of a sitting, told in the words of its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms

from levier.common.domain.french import date_in_words, enumerate_in_words, time_in_words
from levier.council.domain.record import Record
from levier.council.forms.formality_words import CHOICES
from levier.council.forms.formality_words import WORDS as FORMALITY_WORDS
from levier.council.forms.parts import (
    AgendaRow,
    DeliberationPart,
    MovementRow,
    RecusalRow,
    SittingPart,
)
from levier.council.record_json import dump_record

_DAY, _HOUR = re.compile(r"^\d{4}-\d{2}-\d{2}$"), re.compile(r"^\d{2}:\d{2}(:\d{2})?$")
_INDEX = re.compile(r"\[(\d+)\]")
_FORMS: tuple[type[forms.Form], ...] = (
    SittingPart,
    DeliberationPart,
    MovementRow,
    RecusalRow,
    AgendaRow,
)
_LABELS = (
    {name: label for kind in FORMALITY_WORDS.values() for name, (label, _) in kind.items()}
    | {name: str(field.label) for form in _FORMS for name, field in form.base_fields.items()}
    | {
        "all_present_except_absent": "Tous présents sauf les absents nommés",
        "present": "Présents",
        "absent": "Absents ou excusés",
        "proxies": "Procurations",
        "movements": "Arrivées et départs",
        "present_changes": "Arrivées et départs",
        "recused": "Déports",
        "agenda": "Ordre du jour",
        "vote": "Vote",
        "for": "Pour",
        "is_public": "Page publique",
        "source": "Source",
        "added_source": "Source de ce qui est ajouté",
        "giver": "donnée par",
        "holder": "à",
        "deliberations": "Délibérations",
        "closes_at": "Heure de clôture",
        "corrects": "Acte corrigé",
        "formalities": "Formalités",
        "ballots": "Votes nominatifs",
        "rounds": "Tours de scrutin",
        "elected": "Personnes élues",
        "candidates": "Candidatures",
        "choice": "Vote",
        "cast_by": "Par procuration",
        "roll_call_requests": "Demandes d’appel nominal",
        "secret_requests": "Demandes de scrutin secret",
        "secret_waived": "Renonciation au scrutin secret",
        "took_part": "A pris part",
        "body": "Organisme représenté",
        "revoked_before_item": "Révoquée avant le point n°",
    }
)
_WORDS = {value: word for words in CHOICES.values() for value, word in words.items()} | {
    str(value): str(word)
    for form in _FORMS
    for field in form.base_fields.values()
    if isinstance(field, forms.TypedChoiceField) and field.choices
    for value, word in field.choices  # type: ignore[union-attr]
    if value not in ("", "true", "false")
}
# The reading of a text and the assembly's own facts are no part of what was decided.
_OUTSIDE = {
    *("assembly", "assembly_kind", "population", "department", "circumstances"),
    *("document_kind", "unread"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs, before and after, as a person reads it."""

    what: str
    before: str
    after: str


def changes_told(changes: Mapping[str, Any]) -> list[Change]:
    """The changes of a line of the journal: {path: [before, after]}."""
    return [
        Change(label_of(path), *(value_in_words(value) for value in pair))
        for path, pair in changes.items()
    ]


def differences(stored: Record, typed: Record) -> list[Change]:
    """What is stored now, and what the person typed, where they differ."""
    old, new = dict(_flat(dump_record(stored))), dict(_flat(dump_record(typed)))
    return [
        Change(label_of(path), value_in_words(old.get(path)), value_in_words(new.get(path)))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    ]


def label_of(path: str) -> str:
    """« Délibération 2, Rapporteur » for deliberations[1].rapporteur."""
    *around, last = path.split(".")
    label = _LABELS.get(_INDEX.sub("", last), last)
    act = next((step for step in around if step.startswith("deliberations[")), "")
    rank = _INDEX.search(act)
    return f"Délibération {int(rank[1]) + 1}, {label}" if rank else label


def value_in_words(value: Any) -> str:
    """Names, texts and counts as a person reads them; unknown stays « non précisé »."""
    if value is None or value == "" or value == []:
        return "non précisé"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (list, tuple)):
        return " ; ".join(value_in_words(item) for item in value)
    if isinstance(value, Mapping):
        return _mapping_in_words(value)
    text = str(value)
    if _DAY.match(text):
        return date_in_words(date.fromisoformat(text))
    if _HOUR.match(text):
        return time_in_words(time.fromisoformat(text))
    return _WORDS.get(text, text)


def _mapping_in_words(value: Mapping[str, Any]) -> str:
    if {"giver", "holder"} <= value.keys():
        return f"{value['giver']} à {value['holder']}"
    known = ((key, item) for key, item in value.items() if item not in (None, "", []))
    return enumerate_in_words(
        (f"{_LABELS.get(key, key).lower()} : {value_in_words(item)}" for key, item in known), ","
    )


def _flat(plain: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for key, value in plain.items():
        if key in _OUTSIDE:
            continue
        if key == "sitting":
            yield from ((f"sitting.{name}", part) for name, part in value.items())
        elif key == "deliberations":
            for rank, act in enumerate(value):
                yield from ((f"deliberations[{rank}].{name}", part) for name, part in act.items())
        else:
            yield key, value
