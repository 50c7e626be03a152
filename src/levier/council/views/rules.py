"""The catalogue of the rules that Levier checks, open to everyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from levier.council.domain.rules import RULES
from levier.council.domain.rules.rule import Mark
from levier.council.writers.catalogue import by_family


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule by family: article, versions, certainty, what it reads and what it risks."""
    accusing = sum(rule.mark is not Mark.GENERAL for rule in RULES)
    return render(
        request,
        "council/rules.html",
        {
            "families": by_family(),
            "count": len(RULES),
            "accusing": accusing,
            "informing": len(RULES) - accusing,
        },
    )
