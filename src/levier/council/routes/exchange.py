"""Addresses of the council room: exchange."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
