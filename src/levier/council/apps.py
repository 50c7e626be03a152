"""The council room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "levier.council"
    label = "council"
    verbose_name = "conseil"

    def ready(self) -> None:
        """Name what this room writes in the journal."""
        from levier.accounts.audit import name_actions
        from levier.council.actions import ACTIONS

        name_actions(ACTIONS)
