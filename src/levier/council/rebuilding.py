"""From stored rows to the record that rules, documents and forms work with.

Everything of a record is stored but `document_kind` and `unread`, which tell how a text was read
and not what the sitting was. `assembly`, `assembly_kind`, `population`, `department` and
`circumstances` are those of the assembly; names come back as the list of its members prints them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Prefetch, QuerySet

from levier.council.domain import record as domain
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.formalities import ActFormalities, SittingFormalities
from levier.council.models import (
    Assembly,
    Attendance,
    Clause,
    Deliberation,
    Member,
    Movement,
    Procuration,
    Recusal,
    Sitting,
)
from levier.council.models.deliberations import ClauseKind
from levier.council.models.sittings import AttendanceState
from levier.council.record_json import load_part


def with_rows(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """The same sittings with all that `record_from` reads, in a constant number of queries."""
    return sittings.select_related(
        "assembly__organisation",
        "assembly__population_source",
        "president",
        "secretary",
        "signatory",
        "source",
    ).prefetch_related(
        "agenda_items",
        Prefetch("attendances", Attendance.objects.select_related("member")),
        Prefetch("procurations", Procuration.objects.select_related("giver", "holder")),
        Prefetch("movements", Movement.objects.select_related("member")),
        Prefetch(
            "deliberations",
            Deliberation.objects.select_related("rapporteur", "president", "vote"),
        ),
        Prefetch("deliberations__clauses", Clause.objects.all()),
        Prefetch("deliberations__recusals", Recusal.objects.select_related("member")),
        # Hundreds of ballots name the same few members: each of these is loaded once.
        "deliberations__ballots__member",
        "deliberations__ballots__cast_by",
    )


def record_from(sitting: Sitting) -> domain.Record:
    """The record of a sitting loaded by `with_rows`; runs no query."""
    movements: dict[int | None, list[Movement]] = defaultdict(list)
    for movement in sitting.movements.all():
        movements[movement.deliberation_id].append(movement)
    return domain.Record(
        assembly=sitting.assembly.name,
        assembly_kind=domain.AssemblyKind(sitting.assembly.kind),
        population=sitting.assembly.population,
        sitting=_sitting(sitting, movements[None]),
        deliberations=tuple(
            _deliberation(deliberation, movements[deliberation.pk])
            for deliberation in sitting.deliberations.all()
        ),
        signed_on=sitting.signed_on,
        signatory=_name(sitting.signatory),
        department=sitting.assembly.department or None,
        circumstances=circumstances_of(sitting.assembly),
    )


def circumstances_of(assembly: Assembly) -> Circumstances:
    """What is known of the assembly; whoever has the address of its website knows it has one."""
    known = load_part(assembly.circumstances, Circumstances)
    return replace(known, website=True) if assembly.website else known


def _sitting(sitting: Sitting, movements: Iterable[Movement]) -> domain.Sitting:
    attendances = list(sitting.attendances.all())
    return domain.Sitting(
        date=sitting.date,
        opens_at=sitting.opens_at,
        place=sitting.place or None,
        convocation_date=sitting.convocation_date,
        convocation_posted=sitting.convocation_posted,
        urgency=sitting.urgency,
        second_convocation=sitting.second_convocation,
        president=_name(sitting.president),
        secretary=_name(sitting.secretary),
        in_office=sitting.in_office,
        present=_names(attendances, AttendanceState.PRESENT),
        absent=_names(attendances, AttendanceState.ABSENT),
        all_present_except_absent=sitting.all_present_except_absent,
        present_count=sitting.present_count,
        represented_count=sitting.represented_count,
        proxies=tuple(
            domain.Proxy(
                procuration.giver.name,
                procuration.holder.name,
                written=procuration.written,
                signed_on=procuration.signed_on,
                sittings_used=procuration.sittings_used,
                illness=procuration.illness,
                revoked_before_item=procuration.revoked_before_item,
            )
            for procuration in sitting.procurations.all()
        ),
        movements=_movements(movements),
        agenda=tuple(
            domain.AgendaItem(item.number, item.subject) for item in sitting.agenda_items.all()
        ),
        closes_at=sitting.closes_at,
        formalities=load_part(sitting.formalities, SittingFormalities),
    )


def _deliberation(deliberation: Deliberation, movements: Iterable[Movement]) -> domain.Deliberation:
    clauses = list(deliberation.clauses.all())
    return domain.Deliberation(
        subject=deliberation.subject,
        number=deliberation.number,
        rapporteur=_name(deliberation.rapporteur),
        visas=_texts(clauses, ClauseKind.VISA),
        recitals=_texts(clauses, ClauseKind.RECITAL),
        decisions=_texts(clauses, ClauseKind.DECISION),
        vote=_vote(deliberation),
        present_changes=_movements(movements),
        recused=tuple(
            domain.Recusal(
                recusal.member.name,
                domain.RecusalGround(recusal.ground),
                took_part=tuple(map(domain.Participation, recusal.took_part)),
                body=recusal.body or None,
            )
            for recusal in deliberation.recusals.all()
        ),
        transmitted_on=deliberation.transmitted_on,
        received_on=deliberation.received_on,
        published_on=deliberation.published_on,
        nature=domain.MatterNature(deliberation.nature) if deliberation.nature else None,
        matter_code=deliberation.matter_code or None,
        president=_name(deliberation.president),
        debate=deliberation.debate or None,
        corrects=deliberation.corrects or None,
        formalities=load_part(deliberation.formalities, ActFormalities),
    )


def _vote(deliberation: Deliberation) -> domain.Vote:
    vote = deliberation.vote
    return domain.Vote(
        outcome=domain.Outcome(vote.outcome) if vote.outcome else None,
        unanimous=vote.unanimous,
        in_favour=vote.in_favour,
        against=vote.against,
        abstentions=vote.abstentions,
        blank=vote.blank,
        mode=domain.VoteMode(vote.mode) if vote.mode else None,
        president_vote=vote.president_vote or None,
        not_voting=vote.not_voting,
        roll_call_requests=vote.roll_call_requests,
        secret_requests=vote.secret_requests,
        secret_waived=vote.secret_waived,
        ballots=tuple(
            domain.Ballot(
                ballot.member.name, domain.BallotChoice(ballot.choice), _name(ballot.cast_by)
            )
            for ballot in deliberation.ballots.all()
        ),
        rounds=tuple(load_part(held, domain.Round) for held in vote.rounds),
        elected=tuple(vote.elected),
    )


def _name(member: Member | None) -> str | None:
    return None if member is None else member.name


def _names(attendances: Iterable[Attendance], state: AttendanceState) -> tuple[str, ...]:
    return tuple(row.member.name for row in attendances if row.state == state.value)


def _texts(clauses: Iterable[Clause], kind: ClauseKind) -> tuple[str, ...]:
    return tuple(clause.text for clause in clauses if clause.kind == kind.value)


def _movements(movements: Iterable[Movement]) -> tuple[domain.Movement, ...]:
    return tuple(
        domain.Movement(
            movement.member.name,
            domain.MovementEvent(movement.event),
            movement.before_item,
            movement.at,
        )
        for movement in movements
    )
