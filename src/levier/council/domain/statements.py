"""What an act states that other rooms take over: the contract, its strategy, the quartiers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What a statement is about."""

    CONTRACT_TITLE = "contract_title"
    CONTRACT_PERIOD = "contract_period"
    PREVIOUS_CONTRACT_END = "previous_contract_end"
    STRATEGY_VALIDATED = "strategy_validated"
    PILLAR = "pillar"
    TRANSVERSAL_ISSUE = "transversal_issue"
    PRINCIPLE = "principle"
    AMBITION_COUNT = "ambition_count"
    QPV_STREET = "qpv_street"
    PEOPLE_CONSULTED = "people_consulted"

    @property
    def label(self) -> str:
        """The words that a person reads."""
        return _LABELS[self]


_LABELS = {
    Topic.CONTRACT_TITLE: "intitulé du contrat",
    Topic.CONTRACT_PERIOD: "période du contrat",
    Topic.PREVIOUS_CONTRACT_END: "échéance du contrat précédent",
    Topic.STRATEGY_VALIDATED: "stratégie validée par",
    Topic.PILLAR: "pilier",
    Topic.TRANSVERSAL_ISSUE: "enjeu transversal",
    Topic.PRINCIPLE: "principe d’intervention",
    Topic.AMBITION_COUNT: "nombre d’ambitions thématiques",
    Topic.QPV_STREET: "rue du quartier prioritaire",
    Topic.PEOPLE_CONSULTED: "personnes consultées",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the act states, as a text: a number or a period stays as printed."""

    topic: Topic
    text: str
