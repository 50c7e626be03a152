"""Search over sittings, deliberations and public mandates, forgiving of accents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from levier.accounts.requests import ActingRequest
from levier.common.domain.french import fold, plural
from levier.council.known_members import KnownMandate
from levier.council.models import Deliberation, Sitting
from levier.council.queries import sittings as queries

MOST_CHARACTERS = 200
_WORD = re.compile(r"\w+")
_AROUND = 90


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A result and its words in context."""

    target: Sitting | Deliberation | KnownMandate
    title: list[Piece]
    context: list[Piece]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds each word typed."""
    acting = cast(ActingRequest, request)
    words = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    results = queries.search(acting.actor, words, as_of=acting.as_of)
    folded = fold(words).split()
    prefetch_related_objects(results.deliberations, "clauses")
    deliberations = [
        Found(row, _marked(row.subject, folded), _context(_text_of(row), folded))
        for row in results.deliberations
    ]
    sittings = [
        Found(row, _marked(str(row), folded), _marked(row.place, folded))
        for row in results.sittings
    ]
    mandates = [Found(row, _marked(row.member.name, folded), []) for row in results.mandates]
    count = len(deliberations) + len(sittings) + len(mandates)
    return render(
        request,
        "council/search.html",
        {
            "words": words,
            "title": _title(words, folded, count, is_cut=results.is_cut),
            "count": count,
            "deliberations": deliberations,
            "sittings": sittings,
            "mandates": mandates,
        },
    )


def _title(words: str, folded: list[str], count: int, *, is_cut: bool) -> str:
    if not folded:
        return "Chercher un acte, une séance, un mandat"
    if not count:
        return f"Rien ne correspond à « {words} »"
    if is_cut:
        return f"Plus de {plural(count, 'résultat')} pour « {words} » : précisez votre recherche"
    return f"{plural(count, 'résultat')} pour « {words} »"


def _text_of(row: Deliberation) -> str:
    return " ".join(clause.text for clause in row.clauses.all())


def _marked(text: str, folded: list[str]) -> list[Piece]:
    """The text cut so that each word that begins as one of those looked for stands alone."""
    pieces, start = [], 0
    for match in _WORD.finditer(text):
        if any(part.startswith(word) for part in fold(match[0]).split() for word in folded):
            if match.start() > start:
                pieces.append(Piece(text[start : match.start()], False))
            pieces.append(Piece(match[0], True))
            start = match.end()
    if start < len(text):
        pieces.append(Piece(text[start:], False))
    return pieces


def _context(text: str, folded: list[str]) -> list[Piece]:
    """A stretch of the text around its first word looked for; nothing when there is none."""
    for match in _WORD.finditer(text):
        if any(part.startswith(word) for part in fold(match[0]).split() for word in folded):
            start, end = max(match.start() - _AROUND, 0), match.end() + _AROUND
            start = text.find(" ", start) + 1 if start else 0  # no half words at the ends
            end = text.rfind(" ", match.end(), end) if end < len(text) else len(text)
            end = match.end() if end < 0 else end
            start = min(start, match.start())
            cut = text[start:end]
            before, after = "… " if start else "", " …" if end < len(text) else ""
            return _marked(f"{before}{cut}{after}", folded)
    return []
