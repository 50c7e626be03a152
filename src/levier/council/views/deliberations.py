"""One deliberation: its text, its vote, what the law says of it, what it states."""

from __future__ import annotations

from itertools import groupby
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from levier.accounts.requests import ActingRequest
from levier.common.domain.findings import Status
from levier.council.domain.matters import matter
from levier.council.domain.outcome import outcome_of
from levier.council.domain.record import BallotChoice
from levier.council.domain.record import Deliberation as Act
from levier.council.domain.statements import Topic
from levier.council.known_members import source_told
from levier.council.models import ActStatement, Deliberation
from levier.council.plain_text import vote_in_words
from levier.council.policies import can_edit_sitting, can_read_minutes, can_view_sitting
from levier.council.queries import sittings as queries
from levier.council.queries.publication import is_online
from levier.council.rebuilding import record_from
from levier.council.views.presenting import (
    GROUND_WORDS,
    MODE_WORDS,
    PRESIDENT_VOTE_WORDS,
    by_status,
    clocks_apart,
    deliberation_sentence,
    movement_in_words,
)

CHOICE_WORDS = {
    BallotChoice.FOR: "pour",
    BallotChoice.AGAINST: "contre",
    BallotChoice.ABSTENTION: "abstention",
    BallotChoice.NOT_VOTING: "ne prennent pas part au vote",
}


@require_safe
def deliberation(request: HttpRequest, deliberation_id: int) -> HttpResponse:
    """The act, and the findings on it and on its sitting, judged at the date looked at."""
    acting = cast(ActingRequest, request)
    shown = queries.deliberation_detail(acting.actor, deliberation_id)
    record = record_from(shown.sitting)
    siblings = list(shown.sitting.deliberations.all())
    index = [sibling.pk for sibling in siblings].index(shown.pk)
    act = record.deliberations[index]
    scopes = (queries.SITTING_SCOPE, queries.scope_of(record, index))
    findings = [
        finding
        for finding in queries.findings_in(shown.sitting, acting.as_of)
        if finding.scope in scopes
    ]
    clocks, others = clocks_apart(findings)
    return render(
        request,
        "council/deliberation.html",
        {
            "deliberation": shown,
            "sitting": shown.sitting,
            "source": source_told(
                acting.actor, shown.sitting.assembly, shown.source or shown.sitting.source
            ),
            "act": act,
            "record": record,
            "title": deliberation_sentence(act, findings),
            "vote": vote_in_words(act.vote),
            "mode": MODE_WORDS[act.vote.mode] if act.vote.mode else "",
            "president_vote": PRESIDENT_VOTE_WORDS.get(act.vote.president_vote or "", ""),
            "movements": [(move.member, movement_in_words(move)) for move in act.present_changes],
            "recused": [(recusal.member, GROUND_WORDS[recusal.ground]) for recusal in act.recused],
            "findings": findings,
            "clocks": clocks,
            "groups": by_status(others),
            "statements": _by_topic(shown),
            "may_read_debate": can_read_minutes(acting.actor, shown.sitting),
            "rank": index + 1,
            "is_printed": shown.source is not None or shown.sitting.source is not None,
            "computed": outcome_of(record, index, as_of=acting.as_of),
            "matter": _matter_in_words(act.matter_code),
            "ballots": _ballots(act),
            "has_unverified": any(f.status is Status.UNVERIFIABLE for f in findings),
            "corrected": _seen(acting, [shown.corrected_act]),
            "corrections": [row for row in shown.corrections.all() if _seen(acting, [row])],
            "before": siblings[index - 1] if index else None,
            "after": siblings[index + 1] if index + 1 < len(siblings) else None,
            "may_edit": can_edit_sitting(acting.actor, shown.sitting),
            "is_online": is_online(shown.pk),
        },
    )


def _seen(acting: ActingRequest, rows: list[Deliberation | None]) -> Deliberation | None:
    """The act, when the person may see its sitting."""
    return next(
        (row for row in rows if row is not None and can_view_sitting(acting.actor, row.sitting)),
        None,
    )


def _matter_in_words(code: str | None) -> str:
    known = matter(code)
    return known.name if known else code or ""


def _ballots(act: Act) -> list[tuple[str, str]]:
    """Who voted what at the roll call, choice by choice."""
    named: dict[BallotChoice, list[str]] = {}
    for ballot in act.vote.ballots:
        by = f" (par {ballot.cast_by})" if ballot.cast_by else ""
        named.setdefault(ballot.choice, []).append(f"{ballot.member}{by}")
    return [
        (CHOICE_WORDS[choice], ", ".join(named[choice]))
        for choice in BallotChoice
        if choice in named
    ]


def _by_topic(shown: Deliberation) -> list[tuple[str, list[ActStatement]]]:
    """What the act states, topic by topic, in the order in which topics are declared."""
    order = list(Topic)
    rows = sorted(
        shown.statements.all(), key=lambda row: (order.index(Topic(row.topic)), row.position)
    )
    return [(Topic(topic).label, list(group)) for topic, group in groupby(rows, lambda r: r.topic)]
