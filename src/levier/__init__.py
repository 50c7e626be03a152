"""Levier: a Contrat de Ville, from the council vote to the evidence that it reduces inequality."""
