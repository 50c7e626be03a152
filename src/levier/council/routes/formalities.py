"""Addresses of the pages on formalities."""

from __future__ import annotations

from django.urls import path

from levier.council.views import formalities

urlpatterns = [
    path(
        "seances/<row:sitting_id>/formalites/", formalities.of_sitting, name="sitting-formalities"
    ),
    path(
        "deliberations/<row:deliberation_id>/formalites/",
        formalities.of_act,
        name="act-formalities",
    ),
    path("assemblees/<row:assembly_id>/vie/", formalities.of_assembly, name="circumstances"),
]
