"""Addresses of what is due, as a page and as calendars to subscribe to."""

from __future__ import annotations

from django.urls import URLPattern, path

from levier.council.views import calendar

urlpatterns: list[URLPattern] = [
    path("echeances/", calendar.page, name="calendar"),
    path("echeances/seances.ics", calendar.sittings_feed, name="calendar-sittings"),
    path("echeances/<str:token>/echeances.ics", calendar.own_feed, name="calendar-own"),
]
