"""Addresses of the council room: what goes to the State, what comes back, open data."""

from __future__ import annotations

from django.urls import URLPattern, path

from levier.council.views import exchange

urlpatterns: list[URLPattern] = [
    path(
        "deliberations/<row:deliberation_id>/transmission/",
        exchange.transmission,
        name="transmission",
    ),
    path("donnees-ouvertes/", exchange.open_data_page, name="open-data"),
    path("open-data/deliberations.csv", exchange.open_data_file, name="open-data-file"),
]
