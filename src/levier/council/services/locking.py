"""Closing a sitting, after which what was voted stays; and correcting an act by a new one."""

from __future__ import annotations

from django.utils import timezone

from levier.accounts import audit
from levier.accounts.domain.actors import Actor
from levier.accounts.history import create_tracked, update_tracked
from levier.accounts.policies import require
from levier.accounts.writing import writing
from levier.common.domain.errors import Invalid, NotFound
from levier.common.domain.french import date_in_words
from levier.council.domain.locking import VOTED, settled, unsettled
from levier.council.models import Clause, Deliberation, Sitting, Vote
from levier.council.policies import can_edit_sitting, can_view_sitting
from levier.council.rebuilding import record_from
from levier.council.services.sittings import locked_sitting, record_changes, require_version
from levier.council.storing import search_text

IS_CLOSED_ALREADY = "Cette séance est déjà close."
NO_ACT = "Cette délibération n’existe pas, ou n’est pas publique."


def close_sitting(actor: Actor, sitting_id: int, expected_version: int) -> Sitting:
    """Close a sitting: number what has no number, compute the outcomes, lock what was voted.

    Raises Invalid before the day of the sitting, without deliberation, and while an outcome is
    missing, with the path of each; NotFound, Refused or Conflict. It cannot be undone.
    """
    with writing(actor):
        sitting = locked_sitting(actor, sitting_id)
        require(can_edit_sitting, actor, sitting)
        require_version(sitting, expected_version)
        rows = list(sitting.deliberations.all())
        if is_closed(sitting):
            raise Invalid({"": IS_CLOSED_ALREADY})
        if not rows:
            raise Invalid({"": "Cette séance n’a aucune délibération à arrêter."})
        if sitting.date > timezone.localdate():
            raise Invalid({"": f"La séance ne se tient que le {date_in_words(sitting.date)}."})
        before = record_from(sitting)
        after = settled(before, printed=printed_acts(sitting))
        if missing := unsettled(after):
            raise Invalid(missing)
        votes, now = [], timezone.now()
        for row, act in zip(rows, after.deliberations, strict=True):
            row.number = act.number
            row.locked_at = now if act.vote.outcome in VOTED else None
            row.vote.outcome = act.vote.outcome.value if act.vote.outcome else ""
            row.vote.elected = list(act.vote.elected)
            votes.append(row.vote)
        update_tracked(Vote, votes, ["outcome", "elected"])
        update_tracked(Deliberation, rows, ["number", "locked_at"])
        sitting.version += 1
        sitting.save()
        audit.write(actor, "sitting.closed", sitting, record_changes(before, after))
    return sitting


def correct_act(
    actor: Actor, deliberation_id: int, *, in_sitting_id: int, expected_version: int
) -> Deliberation:
    """Prepare, in an open sitting, the deliberation that corrects an act of a closed one.

    It takes over the text of the act, to be amended and voted again; the act corrected is untouched
    and each leads to the other. `expected_version` is that of the open sitting.
    """
    with writing(actor):
        act = (
            Deliberation.objects.select_related("sitting__assembly__organisation", "rapporteur")
            .filter(pk=deliberation_id)
            .first()
        )
        if act is None or not can_view_sitting(actor, act.sitting):
            raise NotFound(NO_ACT)
        sitting = locked_sitting(actor, in_sitting_id)
        require(can_edit_sitting, actor, sitting)
        require_version(sitting, expected_version)
        _require_correctable(act, sitting)
        corrected = _named(act)
        correction = Deliberation(
            sitting=sitting,
            position=len(sitting.deliberations.all()),
            subject=f"Rectification de la {corrected}",
            rapporteur=act.rapporteur,
            nature=act.nature,
            matter_code=act.matter_code,
            corrects=corrected,
            corrected_act=act,
        )
        clauses = [
            Clause(deliberation=correction, kind=row.kind, position=row.position, text=row.text)
            for row in act.clauses.all()
        ]
        correction.search_text = search_text(
            correction.subject, act.rapporteur, *(clause.text for clause in clauses)
        )
        create_tracked(Deliberation, [correction])
        create_tracked(Vote, [Vote(deliberation=correction)])
        create_tracked(Clause, clauses)
        sitting.search_text = search_text(sitting.search_text, correction.subject)
        sitting.version += 1
        sitting.save()
        audit.write(
            actor, "deliberation.correction", sitting, {"corrects": (None, f"{corrected} ({act})")}
        )
    return correction


def is_closed(sitting: Sitting) -> bool:
    """Whether the sitting was closed: what was voted in it is locked."""
    return any(row.locked_at is not None for row in sitting.deliberations.all())


def printed_acts(sitting: Sitting) -> list[bool]:
    """For each deliberation, whether it was read from the text of an act."""
    rows = sitting.deliberations.all()
    return [(row.source_id or sitting.source_id) is not None for row in rows]


def _named(act: Deliberation) -> str:
    number = f" n° {act.number}" if act.number is not None else ""
    return f"délibération{number} du {date_in_words(act.sitting.date)}, « {act.subject} »"


def _require_correctable(act: Deliberation, sitting: Sitting) -> None:
    if act.locked_at is None:
        raise Invalid({"": "La séance de cet acte n’est pas close : corrigez l’acte lui-même."})
    if sitting.assembly_id != act.sitting.assembly_id:
        raise Invalid({"in_sitting": "Cette séance est celle d’une autre assemblée."})
    if is_closed(sitting):
        raise Invalid({"in_sitting": "Cette séance est close : choisissez-en une qui est ouverte."})
    if sitting.date < act.sitting.date:
        raise Invalid({"in_sitting": "Une séance antérieure ne peut pas corriger cet acte."})
