"""French names of the facts that rules report as their inputs."""

from __future__ import annotations

INPUT_LABELS = {
    "clear_days": "Jours francs",
    "required_clear_days": "Jours francs exigés",
    "convocation_date": "Convocation du",
    "sitting_date": "Séance du",
    "population": "Population",
    "quorum_required": "Présents nécessaires",
    "quorum_present": "Présents comptés",
    "in_office": "Membres en exercice",
    "present": "Présents",
    "absent": "Absents",
    "secretary": "Secrétaire",
    "outcome": "Résultat",
    "executory_on": "Exécutoire le",
    "challenge_deadline": "Recours possible jusqu’au",
    "signed_on": "Signé le",
    "transmitted_on": "Transmis le",
    "received_on": "Reçu par l’État le",
    "published_on": "Publié le",
    "missing": "Ce qui manque",
}
