"""An act in our own words, and the sittings that the tests of the council room's pages open."""

from __future__ import annotations

from datetime import date

from levier.accounts.actors import OPERATOR
from levier.council.domain.record import (
    Deliberation,
    Outcome,
    Proxy,
    Record,
    Sitting,
    Vote,
)
from levier.council.models import Assembly
from levier.council.models import Sitting as StoredSitting
from levier.council.services.sittings import save_sitting, set_public

ACT = """EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL
Commune de Loison-sous-Lens

L'an deux mil vingt quatre, le 9 avril, le conseil municipal s'est réuni en mairie sous la
présidence de Madame Anne LEROY, maire, suite à la convocation du 2 avril 2024 affichée à la porte
de la mairie.

Étaient présents : Anne LEROY, Bruno PETIT, Chantal ROUX
Étaient absents excusés : Denis MOREAU donne procuration à Bruno PETIT

Madame Chantal ROUX est désignée secrétaire de séance.

Objet : Tarifs de la cantine scolaire

Vu le code général des collectivités territoriales,

Considérant que les tarifs n'ont pas changé depuis 2021,

Le conseil municipal, après en avoir délibéré, décide à l'unanimité :
- de fixer le prix du repas à trois euros ;
- de charger Madame le Maire de l'exécution de la présente délibération.

Fait à Loison-sous-Lens, le 12 avril 2024
Le Maire, Anne LEROY
"""

HOSTILE = "<script>alert('lu')</script>"


def record(day: date = date(2024, 6, 11), **changes: object) -> Record:
    """A small sitting of Loison, complete enough to be stored."""
    values: dict[str, object] = {
        "date": day,
        "convocation_date": date(day.year, day.month, 1),
        "president": "Daniel KRUSZKA",
        "secretary": "Emmanuel DONDELA",
        "present": ("Daniel KRUSZKA", "Emmanuel DONDELA", "Khadija LANNABI"),
        "absent": ("Catherine WILLE",),
        "proxies": (Proxy("Catherine WILLE", "Khadija LANNABI"),),
    }
    return Record(
        sitting=Sitting(**(values | changes)),  # type: ignore[arg-type]
        deliberations=(
            Deliberation(
                subject="Signature du Contrat de Ville",
                rapporteur="Khadija LANNABI",
                visas=("Vu le décret du 28 décembre 2023,",),
                recitals=("Considérant l’échéance du précédent contrat,",),
                decisions=("Le contrat est approuvé.", "Le maire est autorisé à le signer."),
                vote=Vote(outcome=Outcome.ADOPTED, unanimous=True),
            ),
        ),
        signatory="Daniel KRUSZKA",
    )


def stored(
    council: Assembly, *, public: bool = False, given: Record | None = None
) -> StoredSitting:
    """A sitting recorded by the operator."""
    sitting = save_sitting(OPERATOR, given or record(), assembly_id=council.pk)
    return set_public(OPERATOR, sitting.pk, True) if public else sitting
