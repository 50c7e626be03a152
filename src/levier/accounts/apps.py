"""Accounts as a Django application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

if TYPE_CHECKING:
    from levier.accounts.models import Person


class AccountsConfig(AppConfig):
    name = "levier.accounts"
    label = "accounts"
    verbose_name = "comptes"

    def ready(self) -> None:
        """Note sign-ins without a version of the account: nobody edited it."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(_note_sign_in, dispatch_uid="levier.accounts.note_sign_in")


def _note_sign_in(user: Person, **_signal: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(last_login=timezone.now())
