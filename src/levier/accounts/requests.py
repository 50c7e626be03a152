"""The request as views receive it, once the site's middleware has completed it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from levier.accounts.domain.actors import Actor


class ActingRequest(HttpRequest):
    """A request with who acts and the date at which the person looks at Levier.

    `actor` is read from the database on first use; its rights are those of today even when
    `as_of` is in the past: looking back gives nobody the rights that they no longer hold.
    """

    actor: Actor
    as_of: date
    htmx: HtmxDetails
