"""Addresses of the council room: papers of a sitting, register of a year, dates to call it."""

from __future__ import annotations

from django.urls import URLPattern, path

from levier.council.views import calling, papers

urlpatterns: list[URLPattern] = [
    path("convoquer/", calling.calling_dates, name="calling-dates"),
    path("seances/<row:sitting_id>/reconvoquer/", calling.reconvene, name="reconvene"),
    path("seances/<row:sitting_id>/documents/", papers.papers, name="sitting-papers"),
    path(
        "seances/<row:sitting_id>/documents/tous.zip", papers.all_papers, name="sitting-papers-all"
    ),
    path("seances/<row:sitting_id>/documents/<slug:kind>.pdf", papers.paper, name="sitting-paper"),
    path("assemblees/<row:assembly_id>/registre/<row:year>/", papers.register, name="register"),
    path(
        "assemblees/<row:assembly_id>/registre/<row:year>/tables.pdf",
        papers.register_tables,
        name="register-tables",
    ),
]
