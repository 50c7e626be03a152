"""Accounts as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "levier.accounts"
    label = "accounts"
    verbose_name = "comptes"
