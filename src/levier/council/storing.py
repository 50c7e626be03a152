"""From a record to stored rows: only the rows that differ are written, each with its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from levier.accounts.history import create_tracked, update_tracked
from levier.common.domain.french import date_in_words, fold
from levier.common.models import Source
from levier.council.domain import record as domain
from levier.council.domain.merging import pairing
from levier.council.domain.statements import Statement, Topic
from levier.council.models import (
    ActStatement,
    AgendaItem,
    Attendance,
    Ballot,
    Clause,
    Deliberation,
    Member,
    Movement,
    Procuration,
    Recusal,
    Sitting,
    Vote,
)
from levier.council.models.deliberations import ClauseKind
from levier.council.models.sittings import AttendanceState
from levier.council.record_json import dump_part

Row = TypeVar("Row", bound=models.Model)
Values = dict[str, Any]
MemberNamed = Callable[[str | None], Member | None]
# Rows that change place wait here, so that two rows never have one position in the meantime.
_WAITING = 1_000_000


def sitting_values(record: domain.Record, member_named: MemberNamed) -> Values:
    """The columns of the sitting itself, by name."""
    sitting = record.sitting
    return {
        "date": sitting.date,
        "opens_at": sitting.opens_at,
        "place": sitting.place or "",
        "convocation_date": sitting.convocation_date,
        "convocation_posted": sitting.convocation_posted,
        "urgency": sitting.urgency,
        "second_convocation": sitting.second_convocation,
        "president_id": _id(member_named(sitting.president)),
        "secretary_id": _id(member_named(sitting.secretary)),
        "in_office": sitting.in_office,
        "all_present_except_absent": sitting.all_present_except_absent,
        "present_count": sitting.present_count,
        "represented_count": sitting.represented_count,
        "signed_on": record.signed_on,
        "signatory_id": _id(member_named(record.signatory)),
        "closes_at": sitting.closes_at,
        "formalities": dump_part(sitting.formalities),
    }


def search_text(*parts: object) -> str:
    """What a search looks through: folded words, separated by one space."""
    return fold(" ".join(str(part) for part in parts if part))


def sitting_search_text(assembly_name: str, record: domain.Record) -> str:
    """What a search finds a sitting by."""
    sitting = record.sitting
    return search_text(
        assembly_name,
        date_in_words(sitting.date, weekday=True) if sitting.date else "",
        sitting.date,
        sitting.place,
        sitting.president,
        *(deliberation.subject for deliberation in record.deliberations),
    )


def store_rows(
    sitting: Sitting,
    record: domain.Record,
    member_named: MemberNamed,
    added_source: Source | None = None,
) -> None:
    """Make the rows under a saved sitting those of the record.

    `added_source` is where the deliberations that are new come from, when it is not where the
    sitting does.
    """
    items = _sync_list(
        AgendaItem,
        AgendaItem.objects.filter(sitting=sitting),
        [
            {"sitting_id": sitting.pk, "number": item.number, "subject": item.subject}
            for item in record.sitting.agenda
        ],
    )
    _sync(
        Attendance,
        Attendance.objects.filter(sitting=sitting),
        _attendances(sitting, record.sitting, member_named),
        key=("member_id",),
    )
    _sync(
        Procuration,
        Procuration.objects.filter(sitting=sitting),
        [
            {
                "sitting_id": sitting.pk,
                "position": position,
                "giver_id": _id(member_named(proxy.giver)),
                "holder_id": _id(member_named(proxy.holder)),
                "written": proxy.written,
                "signed_on": proxy.signed_on,
                "sittings_used": proxy.sittings_used,
                "illness": proxy.illness,
                "revoked_before_item": proxy.revoked_before_item,
            }
            for position, proxy in enumerate(record.sitting.proxies)
        ],
        key=("giver_id",),
    )
    deliberations = _store_deliberations(sitting, record, items, member_named, added_source)
    _sync(
        Movement,
        Movement.objects.filter(sitting=sitting),
        [
            *_movements(sitting, None, record.sitting.movements, member_named),
            *(
                values
                for row, deliberation in deliberations
                for values in _movements(sitting, row, deliberation.present_changes, member_named)
            ),
        ],
        key=("deliberation_id", "position"),
    )
    _store_acts(deliberations, member_named)


def paired(
    existing: Sequence[Deliberation], wanted: Sequence[domain.Deliberation]
) -> list[Deliberation | None]:
    """For each deliberation of the record, the row that it continues, or None for a new one.

    An act that is renamed or moved keeps its identifier, hence its address and its history.
    """
    places = pairing(
        [(row.subject, row.number) for row in existing],
        [(act.subject, act.number) for act in wanted],
    )
    return [None if place is None else existing[place] for place in places]


def store_statements(
    deliberation: Deliberation, statements: Iterable[Statement]
) -> list[ActStatement]:
    """Make the statements of the act these ones, ranked within their topic."""
    ranks: Counter[Topic] = Counter()
    wanted: list[Values] = []
    for statement in statements:
        wanted.append(
            {
                "deliberation_id": deliberation.pk,
                "topic": statement.topic.value,
                "position": ranks[statement.topic],
                "text": statement.text.strip(),
            }
        )
        ranks[statement.topic] += 1
    return _sync(
        ActStatement,
        ActStatement.objects.filter(deliberation=deliberation),
        wanted,
        key=("topic", "position"),
    )


def _store_deliberations(
    sitting: Sitting,
    record: domain.Record,
    items: Sequence[AgendaItem],
    member_named: MemberNamed,
    added_source: Source | None,
) -> list[tuple[Deliberation, domain.Deliberation]]:
    existing = list(Deliberation.objects.filter(sitting=sitting).order_by("position"))
    acts = record.deliberations
    pairs = [
        (
            row,
            {
                "sitting_id": sitting.pk,
                "position": position,
                "number": act.number,
                "agenda_item_id": _id(_item_of(act, items)),
                "subject": act.subject,
                "rapporteur_id": _id(member_named(act.rapporteur)),
                "transmitted_on": act.transmitted_on,
                "received_on": act.received_on,
                "published_on": act.published_on,
                "nature": act.nature.value if act.nature else "",
                "matter_code": act.matter_code or "",
                "president_id": _id(member_named(act.president)),
                "debate": act.debate or "",
                "corrects": act.corrects or "",
                "formalities": dump_part(act.formalities),
                "search_text": search_text(
                    act.subject, act.rapporteur, *act.visas, *act.recitals, *act.decisions
                ),
            }
            | ({"source": added_source} if row is None else {}),
        )
        for position, (row, act) in enumerate(zip(paired(existing, acts), acts, strict=True))
    ]
    return list(zip(_apply(Deliberation, existing, pairs), acts, strict=True))


def _item_of(act: domain.Deliberation, items: Iterable[AgendaItem]) -> AgendaItem | None:
    subject = fold(act.subject)
    return next(
        (item for item in items if fold(item.subject) == subject),
        next((item for item in items if act.number and item.number == act.number), None),
    )


def _store_acts(
    deliberations: Sequence[tuple[Deliberation, domain.Deliberation]], member_named: MemberNamed
) -> None:
    ids = [row.pk for row, _ in deliberations]
    # A vote becomes secret only once nobody's name stands beside it, and the other way round.
    _sync(
        Ballot,
        Ballot.objects.filter(
            deliberation_id__in=[row.pk for row, act in deliberations if not act.vote.ballots]
        ),
        [],
        key=("deliberation_id", "member_id"),
    )
    _sync(
        Vote,
        Vote.objects.filter(deliberation_id__in=ids),
        [{"deliberation_id": row.pk, **_vote(act.vote)} for row, act in deliberations],
        key=("deliberation_id",),
    )
    _sync(
        Ballot,
        Ballot.objects.filter(deliberation_id__in=ids),
        [
            {
                "deliberation_id": row.pk,
                "position": position,
                "member_id": _id(member_named(ballot.member)),
                "choice": ballot.choice.value,
                "cast_by_id": _id(member_named(ballot.cast_by)),
            }
            for row, act in deliberations
            for position, ballot in enumerate(act.vote.ballots)
        ],
        key=("deliberation_id", "member_id"),
    )
    _sync(
        Clause,
        Clause.objects.filter(deliberation_id__in=ids),
        [
            {"deliberation_id": row.pk, "kind": kind.value, "position": position, "text": text}
            for row, act in deliberations
            for kind, texts in (
                (ClauseKind.VISA, act.visas),
                (ClauseKind.RECITAL, act.recitals),
                (ClauseKind.DECISION, act.decisions),
            )
            for position, text in enumerate(texts)
        ],
        key=("deliberation_id", "kind", "position"),
    )
    _sync(
        Recusal,
        Recusal.objects.filter(deliberation_id__in=ids),
        [
            {
                "deliberation_id": row.pk,
                "position": position,
                "member_id": _id(member_named(recusal.member)),
                "ground": recusal.ground.value,
                "body": recusal.body or "",
                "took_part": [part.value for part in recusal.took_part],
            }
            for row, act in deliberations
            for position, recusal in enumerate(act.recused)
        ],
        key=("deliberation_id", "member_id"),
    )


def _vote(vote: domain.Vote) -> Values:
    return {
        "mode": vote.mode.value if vote.mode else "",
        "outcome": vote.outcome.value if vote.outcome else "",
        "unanimous": vote.unanimous,
        "in_favour": vote.in_favour,
        "against": vote.against,
        "abstentions": vote.abstentions,
        "blank": vote.blank,
        "president_vote": vote.president_vote or "",
        "not_voting": vote.not_voting,
        "roll_call_requests": vote.roll_call_requests,
        "secret_requests": vote.secret_requests,
        "secret_waived": vote.secret_waived,
        "rounds": [dump_part(round_held) for round_held in vote.rounds],
        "elected": list(vote.elected),
    }


def _attendances(sitting: Sitting, said: domain.Sitting, member_named: MemberNamed) -> list[Values]:
    listed = [
        *((name, AttendanceState.PRESENT) for name in said.present),
        *((name, AttendanceState.ABSENT) for name in said.absent),
    ]
    return [
        {
            "sitting_id": sitting.pk,
            "position": position,
            "member_id": _id(member_named(name)),
            "state": state.value,
        }
        for position, (name, state) in enumerate(listed)
    ]


def _movements(
    sitting: Sitting,
    deliberation: Deliberation | None,
    movements: Iterable[domain.Movement],
    member_named: MemberNamed,
) -> list[Values]:
    return [
        {
            "sitting_id": sitting.pk,
            "deliberation_id": _id(deliberation),
            "position": position,
            "member_id": _id(member_named(movement.member)),
            "event": movement.event.value,
            "before_item": movement.before_item,
            "at": movement.at,
        }
        for position, movement in enumerate(movements)
    ]


def _id(row: models.Model | None) -> int | None:
    return None if row is None else row.pk


def _sync_list(model: type[Row], existing: Iterable[Row], wanted: Iterable[Values]) -> list[Row]:
    """Rows known by their position alone."""
    placed = [{**values, "position": position} for position, values in enumerate(wanted)]
    return _sync(model, existing, placed, key=("position",))


def _sync(
    model: type[Row], existing: Iterable[Row], wanted: Sequence[Values], *, key: tuple[str, ...]
) -> list[Row]:
    """Make `existing` be `wanted`; the columns of `key` tell which row is which."""
    rows = list(existing)
    by_key: dict[Hashable, Row] = {
        tuple(getattr(row, column) for column in key): row for row in rows
    }
    pairs = [(by_key.get(tuple(values[column] for column in key)), values) for values in wanted]
    return _apply(model, rows, pairs)


def _apply(
    model: type[Row], existing: Iterable[Row], pairs: Sequence[tuple[Row | None, Values]]
) -> list[Row]:
    """Delete what no pair keeps, save what changed, create the rest; in the order of the pairs."""
    kept = {row.pk for row, _ in pairs if row is not None}
    for row in existing:
        if row.pk not in kept:
            row.delete()
    changed = [
        (row, values)
        for row, values in pairs
        if row is not None
        and any(getattr(row, column) != value for column, value in values.items())
    ]
    moved = [
        row.pk
        for row, values in changed
        if "position" in values and getattr(row, "position", None) != values["position"]
    ]
    if moved:
        model._default_manager.filter(pk__in=moved).update(position=F("position") + _WAITING)
    columns: set[str] = set()
    for row, values in changed:
        for column, value in values.items():
            if getattr(row, column) != value:
                columns.add(column)
                setattr(row, column, value)
    update_tracked(model, [row for row, _ in changed], sorted(columns))
    fresh = iter(create_tracked(model, [model(**values) for row, values in pairs if row is None]))
    return [next(fresh) if row is None else row for row, _ in pairs]
