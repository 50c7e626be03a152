"""Addresses of the council room: acts online, their file, posting, signing, withdrawing."""

from __future__ import annotations

from django.urls import URLPattern, path

from levier.council.views import publication

urlpatterns: list[URLPattern] = [
    path("actes/", publication.published_acts, name="published-acts"),
    path("actes/<row:deliberation_id>/", publication.published_act, name="published-act"),
    path("actes/<row:deliberation_id>/acte.pdf", publication.act_file, name="act-file"),
    path(
        "actes/<row:deliberation_id>/fichiers/<row:file_id>.pdf",
        publication.act_file,
        name="act-file-kept",
    ),
    path("actes/<row:deliberation_id>/signer/", publication.sign, name="act-sign"),
    path(
        "actes/<row:deliberation_id>/extrait-a-signer.pdf",
        publication.extract_to_sign,
        name="act-to-sign",
    ),
    path("actes/<row:deliberation_id>/retirer/", publication.withdraw, name="act-withdraw"),
]
