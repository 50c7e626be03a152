"""Addresses of the council room, in French; the search answers for the whole site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from levier.council.routes import (
    calendar,
    exchange,
    formalities,
    live,
    publication,
    rules,
)
from levier.council.routes import papers as more_papers
from levier.council.views import (
    assemblies,
    checking,
    deliberations,
    entering,
    mandates,
    papers,
    searching,
    sittings,
)

room = [
    path("", sittings.home, name="home"),
    path("deposer/", entering.read_act, name="act-read"),
    path("controler/", checking.check_act, name="act-check"),
    path("seances/nouvelle/", entering.new_sitting, name="sitting-new"),
    path("seances/<row:sitting_id>/", sittings.sitting, name="sitting"),
    path("seances/<row:sitting_id>/modifier/", entering.edit_sitting, name="sitting-edit"),
    path("seances/<row:sitting_id>/publier/", sittings.make_public, name="sitting-publish"),
    path("seances/<row:sitting_id>/proces-verbal.pdf", papers.minutes, name="minutes"),
    path(
        "seances/<row:sitting_id>/liste-des-deliberations.pdf",
        papers.deliberation_list,
        name="deliberation-list",
    ),
    path("deliberations/<row:deliberation_id>/", deliberations.deliberation, name="deliberation"),
    path("deliberations/<row:deliberation_id>/extrait.pdf", papers.extract, name="extract"),
    path("assemblees/<row:assembly_id>/", assemblies.assembly, name="assembly"),
    path("assemblees/<row:assembly_id>/mandats/", mandates.mandates, name="mandates"),
    path("mandats/<row:mandate_id>/modifier/", mandates.edit_mandate, name="mandate-edit"),
    *calendar.urlpatterns,
    *exchange.urlpatterns,
    *formalities.urlpatterns,
    *live.urlpatterns,
    *more_papers.urlpatterns,
    *publication.urlpatterns,
    *rules.urlpatterns,
]
site_wide: list[URLPattern | URLResolver] = [
    path("decider/", include(room)),
    path("recherche", searching.search, name="search"),
]
urlpatterns = [path("", include((site_wide, "council")))]
