"""One assembly: its members known to be in office, its population, its sittings."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from levier.accounts.requests import ActingRequest
from levier.common.domain.errors import NotFound
from levier.common.domain.french import plural
from levier.council.known_members import source_told
from levier.council.policies import can_edit_assembly
from levier.council.queries import sittings as queries
from levier.council.views.sittings import PAGE_SIZE


@require_safe
def assembly(request: HttpRequest, assembly_id: int) -> HttpResponse:
    """Who sits at the date looked at, as far as the recorded acts tell."""
    acting = cast(ActingRequest, request)
    sittings = queries.sittings_list(acting.actor, as_of=acting.as_of, assembly_id=assembly_id)
    open_assemblies = queries.assemblies_open_to(acting.actor)
    first = sittings.select_related("assembly__population_source").first()
    shown = first.assembly if first else open_assemblies.filter(pk=assembly_id).first()
    if shown is None:
        raise NotFound("Cette assemblée n’existe pas, ou n’a aucune séance publique.")
    mandates = queries.members_in_office(acting.actor, assembly_id, acting.as_of)
    sources = {mandate.source for mandate in mandates if mandate.source}
    if population := source_told(acting.actor, shown, shown.population_source):
        sources.add(population)
    return render(
        request,
        "council/assembly.html",
        {
            "assembly": shown,
            "title": f"{shown.name} : {plural(sittings.count(), 'séance')}, "
            f"{_members_in_words(len(mandates))} en exercice",
            "mandates": mandates,
            "attested_only": any(mandate.starts_on is None for mandate in mandates),
            "page": Paginator(sittings, PAGE_SIZE).get_page(request.GET.get("page")),
            "sources": sorted(sources, key=str),
            "may_keep": can_edit_assembly(acting.actor, shown),
            "may_write": any(one.pk == shown.pk for one in open_assemblies),
        },
    )


def _members_in_words(count: int) -> str:
    return plural(count, "membre connu", "membres connus") if count else "aucun membre connu"
