"""The site as a Django application: its templates, tags and static files."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Frame of every page. Stores nothing."""

    name = "levier.site"
    label = "levier_site"
    verbose_name = "site"
