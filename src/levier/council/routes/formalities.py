"""Addresses of the pages on formalities, on closing a sitting and on correcting an act."""

from __future__ import annotations

from django.urls import path

from levier.council.views import formalities, locking, one_act

urlpatterns = [
    path(
        "seances/<row:sitting_id>/formalites/", formalities.of_sitting, name="sitting-formalities"
    ),
    path(
        "deliberations/<row:deliberation_id>/formalites/",
        formalities.of_act,
        name="act-formalities",
    ),
    path("seances/<row:sitting_id>/clore/", locking.close, name="sitting-close"),
    path("deliberations/<row:deliberation_id>/rectifier/", locking.correct, name="act-correct"),
    path(
        "seances/<row:sitting_id>/deliberations/<row:rank>/modifier/",
        one_act.edit,
        name="deliberation-edit",
    ),
    path("assemblees/<row:assembly_id>/vie/", formalities.of_assembly, name="circumstances"),
]
