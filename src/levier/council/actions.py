"""What this room writes in the journal, in words."""

from __future__ import annotations

ACTIONS = {
    "assembly.added": "Assemblée créée",
    "assembly.population": "Population corrigée",
    "mandate.added": "Mandat ajouté",
    "mandate.changed": "Mandat modifié",
    "sitting.added": "Séance enregistrée",
    "sitting.changed": "Séance modifiée",
    "sitting.published": "Séance rendue publique",
    "sitting.withdrawn": "Séance retirée des pages publiques",
    "deliberation.stated": "Éléments repris de l’acte",
}
