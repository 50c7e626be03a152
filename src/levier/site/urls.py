"""Addresses of the whole site: in French, because people read them."""

from __future__ import annotations

from django.urls import include, path

from levier.site import views
from levier.site.journal import journal

handler400 = views.bad_request
handler403 = views.permission_denied
handler500 = views.server_error

urlpatterns = [
    path("", views.cockpit, name="cockpit"),
    path("boucle/<slug:slug>/", views.room, name="room"),
    path("journal", journal, name="journal"),
    path("sante", views.health, name="health"),
    path("", include("levier.accounts.urls")),
    path("", include("levier.council.urls")),
]
