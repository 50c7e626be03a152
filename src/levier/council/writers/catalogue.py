"""The catalogue of the rules, for people, for programs and for the documentation."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from levier.common.domain.french import date_in_words
from levier.council.domain.rules import RULES, Rule
from levier.council.domain.rules.rule import Mark, typeset

FAMILIES = {
    "C": "Composition du conseil",
    "K": "Convocation et calendrier des séances",
    "S": "Tenue de la séance",
    "Q": "Quorum",
    "P": "Procurations",
    "I": "Intérêts et déports",
    "T": "Votes et résultats",
    "R": "Procès-verbal, liste des délibérations et registre",
    "X": "Publicité, transmission, effet et recours",
}
"""What each first letter of an identifier stands for, in the order of a sitting."""

_ORDER = list(FAMILIES)
_PREAMBLE = """\
# Règles contrôlées

Cette page est produite par `levier council rules --markdown`, à partir des règles mêmes que le
contrôle applique. Ne la modifiez pas à la main.

Chaque règle donne un constat : conforme, irrégulier, risque, à vérifier ou sans objet. Levier
signale un risque ; seul le juge annule un acte. Une règle de connaissance générale informe et
n’accuse jamais."""


def by_family() -> list[tuple[str, list[Rule]]]:
    """(heading, rules) in the order of a sitting; within a family, by number."""
    ordered = sorted(RULES, key=_place)
    return [
        (FAMILIES[key], list(rules)) for key, rules in groupby(ordered, lambda rule: rule.id[0])
    ]


def _place(rule: Rule) -> tuple[int, int, str]:
    number = "".join(char for char in rule.id.partition("-")[0] if char.isdigit())
    return _ORDER.index(rule.id[0]), int(number), rule.id


def rules_as_json() -> list[dict[str, Any]]:
    """Each rule as plain values, in the order of the catalogue."""
    return [
        {
            "id": rule.id,
            "article": rule.article,
            "title": rule.title,
            "description": typeset(rule.description),
            "severity": rule.severity.value,
            "severity_label": rule.severity.label,
            "certainty": rule.mark.value,
            "certainty_label": rule.mark.label,
            "informs_only": rule.mark is Mark.GENERAL,
            "scope": scope_of(rule),
            "inputs": list(rule.facts),
            "source": rule.source,
            "local_law": rule.local_law,
            "versions": [
                {"since": version.since.isoformat(), "text": version.text}
                for version in rule.versions
            ],
        }
        for _, rules in by_family()
        for rule in rules
    ]


def scope_of(rule: Rule) -> str:
    """Whether the rule judges the sitting, or each deliberation."""
    return "deliberation" if rule.judge_item else "sitting"


def rules_as_markdown() -> str:
    """The page of the documentation, generated from the same objects as the checks."""
    lines = [_PREAMBLE]
    for heading, rules in by_family():
        lines += ["", f"## {heading}"]
        for rule in rules:
            lines += ["", f"### {rule.id} – {rule.title}", "", rule.description, ""]
            lines += [f"- {label} : {value}" for label, value in _lines(rule)]
    return "\n".join(lines) + "\n"


def _lines(rule: Rule) -> list[tuple[str, str]]:
    found = [
        ("Article", rule.article),
        ("Porte sur", "chaque délibération" if rule.judge_item else "la séance"),
        ("Conséquence", rule.severity.label),
        ("Certitude", f"{rule.mark.label} ({rule.source})"),
    ]
    if rule.facts:
        found.append(("Données lues", ", ".join(f"`{fact}`" for fact in rule.facts)))
    if rule.local_law:
        found.append(("Alsace-Moselle", "autre régime (L2541-1), non jugé"))
    found += [
        ("Depuis le " + date_in_words(version.since), version.text) for version in rule.versions
    ]
    return found
