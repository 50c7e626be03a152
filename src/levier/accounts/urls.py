"""Addresses of sign-in and of the account page."""

from __future__ import annotations

from django.urls import path

from levier.accounts import views

urlpatterns = [
    path("connexion", views.SignIn.as_view(), name="sign-in"),
    path("deconnexion", views.sign_out, name="sign-out"),
    path("compte", views.account, name="account"),
]
