"""Addresses of the council room: what goes to the State, what comes back, open data."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from levier.council.views import exchange, oparl

_OPARL = "^oparl/v1\\.1/"
_LISTS = (
    "organizations|people|meetings|papers|agenda-items|consultations|files|locations"
    "|legislative-terms|memberships"
)
_KINDS = (
    "body|organization|person|meeting|paper|agenda-item|consultation|file|location"
    "|legislative-term|membership"
)

urlpatterns: list[URLPattern] = [
    path(
        "deliberations/<row:deliberation_id>/transmission/",
        exchange.transmission,
        name="transmission",
    ),
    path("donnees-ouvertes/", exchange.open_data_page, name="open-data"),
    path("open-data/deliberations.csv", exchange.open_data_file, name="open-data-file"),
    path("oparl/v1.1/", oparl.system, name="oparl-system"),
    path("oparl/v1.1/bodies", oparl.bodies, name="oparl-bodies"),
    re_path(
        rf"{_OPARL}body/(?P<body>[0-9]{{1,15}})/(?P<name>{_LISTS})$",
        oparl.body_list,
        name="oparl-list",
    ),
    re_path(
        rf"{_OPARL}(?P<kind>{_KINDS})/(?P<key>[0-9-]{{1,40}})$", oparl.one, name="oparl-object"
    ),
]
