"""Addresses of the council room: rules."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
