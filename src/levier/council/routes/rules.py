"""Addresses of the catalogue of the rules."""

from __future__ import annotations

from django.urls import URLPattern, path

from levier.council.views import rules

urlpatterns: list[URLPattern] = [path("regles/", rules.rules, name="rules")]
