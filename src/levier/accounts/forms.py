"""Sign-in by e-mail."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from levier.accounts.models import normal_email


class EmailAuthenticationForm(AuthenticationForm):
    """E-mail and password. The same sentence whether the account is unknown, closed or mistyped."""

    username = forms.EmailField(
        label="Adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Indiquez votre adresse électronique.",
            "invalid": "Cette adresse n’est pas complète. Attendu, par exemple : prenom@ville.fr.",
        },
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Indiquez votre mot de passe."},
    )
    error_messages = {
        "invalid_login": _(
            "L’adresse électronique ou le mot de passe ne correspond à aucun compte ouvert. "
            "Vérifiez les majuscules, puis recommencez."
        ),
        "inactive": _("L’adresse électronique ou le mot de passe ne correspond à aucun compte."),
    }

    def clean_username(self) -> str:
        """The address as accounts store it, whatever the case typed."""
        return normal_email(self.cleaned_data["username"])
