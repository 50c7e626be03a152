"""Addresses of the council room, in French; the search answers for the whole site."""

from __future__ import annotations

from django.urls import include, path

from levier.council.views import (
    assemblies,
    checking,
    deliberations,
    entering,
    papers,
    searching,
    sittings,
)

room = [
    path("", sittings.home, name="home"),
    path("deposer/", entering.read_act, name="act-read"),
    path("controler/", checking.check_act, name="act-check"),
    path("seances/nouvelle/", entering.new_sitting, name="sitting-new"),
    path("seances/<int:sitting_id>/", sittings.sitting, name="sitting"),
    path("seances/<int:sitting_id>/modifier/", entering.edit_sitting, name="sitting-edit"),
    path("seances/<int:sitting_id>/publier/", sittings.make_public, name="sitting-publish"),
    path("seances/<int:sitting_id>/proces-verbal.pdf", papers.minutes, name="minutes"),
    path(
        "seances/<int:sitting_id>/liste-des-deliberations.pdf",
        papers.deliberation_list,
        name="deliberation-list",
    ),
    path("deliberations/<int:deliberation_id>/", deliberations.deliberation, name="deliberation"),
    path("deliberations/<int:deliberation_id>/extrait.pdf", papers.extract, name="extract"),
    path("assemblees/<int:assembly_id>/", assemblies.assembly, name="assembly"),
]
urlpatterns = [
    path("decider/", include((room, "council"))),
    path("recherche", searching.search, name="search"),
]
