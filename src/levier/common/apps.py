"""The kernel as a Django application: it stores sources."""

from __future__ import annotations

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "levier.common"
    label = "common"
    verbose_name = "noyau"
