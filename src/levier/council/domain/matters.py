"""The State's classification of acts by matter, which ACTES and SCDL share.

The two first levels are the same everywhere; each prefecture dates and completes its own
classification, which a collectivité receives as a message 7-2: hence `Classification`, as data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SOURCE = (
    "ACTES, message 7-2 RetourClassification du 19 avril 2017 (exemple public) ; "
    "SCDL Délibérations 2.1.5, champ DELIB_MATIERE_CODE"
)


class ActNature(StrEnum):
    """Nature of an act, by the two letters that its identifier carries (ACTES, TypeAbrege)."""

    DELIBERATION = "DE"
    REGULATION = "AR"
    INDIVIDUAL = "AI"
    CONTRACT = "CC"
    BUDGET = "BF"
    OTHER = "AU"


NATURE_CODES = {
    ActNature.DELIBERATION: 1,
    ActNature.REGULATION: 2,
    ActNature.INDIVIDUAL: 3,
    ActNature.CONTRACT: 4,
    ActNature.BUDGET: 5,
    ActNature.OTHER: 6,
}
"""CodeNatureActe of each nature."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter: its code ("7.5"), its label, and that of the first level above it."""

    code: str
    label: str
    heading: str

    @property
    def levels(self) -> tuple[int, ...]:
        """The code of each level, for the elements CodeMatiere1 to CodeMatiere5.

        >>> Matter("7.10", "Divers", "Finances locales").levels
        (7, 10)
        """
        return tuple(int(part) for part in self.code.split("."))

    @property
    def name(self) -> str:
        """Both levels, as a person reads them in a list of choices."""
        return f"{self.code} {self.heading} – {self.label}"

    @property
    def scdl_label(self) -> str:
        """Both levels as DELIB_MATIERE_NOM wants them: lower case, no comma nor parenthesis.

        >>> Matter("7.10", "Divers", "Finances locales").scdl_label
        'finances locales/divers'
        """
        plain = self.label.partition("(")[0].replace(",", "").replace("’", "'")
        return f"{self.heading}/{plain.strip()}".lower()


@dataclass(frozen=True, slots=True)
class AttachmentType:
    """A type of file that goes with acts of one nature ("99_DE"), and its label."""

    nature: ActNature
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Classification:
    """A dated classification: the matters, and the types of files by nature of act."""

    dated_on: date
    matters: tuple[Matter, ...]
    attachment_types: tuple[AttachmentType, ...] = ()

    def find(self, code: str | None) -> Matter | None:
        """The matter of that code, or None."""
        return next((matter for matter in self.matters if matter.code == code), None)


_HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Commande publique",
        (
            "Marchés publics",
            "Délégation de service public",
            "Conventions de mandat",
            "Autres types de contrats",
            "Transactions/protocole d’accord transactionnel",
            "Actes relatifs à la maîtrise d’œuvre",
            "Actes spéciaux et divers",
        ),
    ),
    (
        "Urbanisme",
        (
            "Documents d’urbanisme",
            "Actes relatifs au droit d’occupation ou d’utilisation des sols",
            "Droit de préemption urbain",
        ),
    ),
    (
        "Domaine et patrimoine",
        (
            "Acquisitions",
            "Aliénations",
            "Locations",
            "Limites territoriales",
            "Autres actes de gestion du domaine public",
            "Autres actes de gestion du domaine privé",
        ),
    ),
    (
        "Fonction publique",
        (
            "Personnel titulaires et stagiaires de la F.P.T.",
            "Personnel contractuel",
            "Fonction publique hospitalière",
            "Autres catégories de personnels",
            "Régime indemnitaire",
        ),
    ),
    (
        "Institutions et vie politique",
        (
            "Élection exécutif",
            "Fonctionnement des assemblées",
            "Désignation de représentants",
            "Délégation de fonctions",
            "Délégation de signature",
            "Exercice des mandats locaux",
            "Intercommunalité",
            "Décision d’ester en justice",
        ),
    ),
    (
        "Libertés publiques et pouvoirs de police",
        (
            "Police municipale",
            "Pouvoir du président du conseil général",
            "Pouvoir du président du conseil régional",
            "Autres actes réglementaires",
            "Actes pris au nom de l’État et soumis au contrôle hiérarchique",
        ),
    ),
    (
        "Finances locales",
        (
            "Décisions budgétaires",
            "Fiscalité",
            "Emprunts",
            "Interventions économiques",
            "Subventions",
            "Contributions budgétaires",
            "Avances",
            "Fonds de concours",
            "Prise de participation (SEM, etc.)",
            "Divers",
        ),
    ),
    (
        "Domaines de compétences par thèmes",
        (
            "Enseignement",
            "Aide sociale",
            "Voirie",
            "Aménagement du territoire",
            "Politique de la ville-habitat-logement",
            "Emploi-formation professionnelle",
            "Transports",
            "Environnement",
            "Culture",
        ),
    ),
    (
        "Autres domaines de compétences",
        (
            "Autres domaines de compétences des communes",
            "Autres domaines de compétences des départements",
            "Autres domaines de compétences des régions",
            "Vœux et motions",
        ),
    ),
)


def _numbered(headings: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Matter, ...]:
    return tuple(
        Matter(f"{first}.{second}", label, heading)
        for first, (heading, labels) in enumerate(headings, start=1)
        for second, label in enumerate(labels, start=1)
    )


MATTERS = _numbered(_HEADINGS)
"""The two national levels, from 1.1 to 9.4, in order."""
_BY_CODE = {matter.code: matter for matter in MATTERS}

NATIONAL = Classification(date(2017, 4, 19), MATTERS)
"""The classification to use until the prefecture's own is given."""


def matter(code: str | None) -> Matter | None:
    """The matter of that code in the national levels, or None.

    >>> matter("8.5").label
    'Politique de la ville-habitat-logement'
    """
    return _BY_CODE.get(code or "")
