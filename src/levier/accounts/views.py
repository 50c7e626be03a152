"""Sign-in, sign-out and the page where a person reads what they may do."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from levier.accounts.forms import EmailAuthenticationForm
from levier.accounts.models import Person
from levier.accounts.queries import appointments_of


class SignIn(LoginView):
    """E-mail and password, then back to the page that asked for it."""

    template_name = "accounts/sign_in.html"
    authentication_form = EmailAuthenticationForm
    redirect_authenticated_user = True


sign_out = LogoutView.as_view()


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who I am for Levier, and in whose name I may act."""
    appointments = appointments_of(cast(Person, request.user))
    return render(request, "accounts/account.html", {"appointments": appointments})
