"""Addresses of the council room: live."""

from __future__ import annotations

from django.urls import URLPattern, path

from levier.council.views import live

urlpatterns: list[URLPattern] = [
    path("seances/<row:sitting_id>/tenir/", live.hold, name="sitting-hold"),
]
