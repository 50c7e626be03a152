"""The council room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "levier.council"
    label = "council"
    verbose_name = "conseil"
