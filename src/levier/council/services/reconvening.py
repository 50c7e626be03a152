"""Calling the council again after a sitting that lacked quorum (CGCT L2121-17)."""

from __future__ import annotations

import datetime

from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.common.domain.errors import Invalid, LevierError
from levier.council.domain.parameters import ALSACE_MOSELLE
from levier.council.domain.reconvening import (
    matters_without_quorum,
    refusal_of_dates,
    second_sitting,
)
from levier.council.domain.record import Record
from levier.council.domain.rules import check, quorum_at_opening
from levier.council.models import Sitting
from levier.council.policies import can_edit_sitting
from levier.council.queries.sittings import sitting_detail
from levier.council.rebuilding import record_from
from levier.council.services.sittings import save_sitting


def reconvene(
    actor: Actor,
    sitting_id: int,
    *,
    date: datetime.date,
    opens_at: datetime.time | None,
    sent_on: datetime.date,
) -> Sitting:
    """Prepare the second sitting: same matters, no quorum required, the first one's facts kept.

    Refused when the quorum was reached or cannot be told, and in Alsace-Moselle, which follows
    another text. Raises Invalid on dates that leave less than three clear days.
    """
    first = sitting_detail(actor, sitting_id)
    require(can_edit_sitting, actor, first)
    record = record_from(first)
    if first.assembly.department in ALSACE_MOSELLE:
        raise LevierError(
            "La Moselle, le Bas-Rhin et le Haut-Rhin ont leur propre régime de seconde convocation "
            "(articles L2541-1 et suivants), que Levier ne traite pas."
        )
    as_of = record.sitting.date or date
    matters = matters_without_quorum(record, check(record, as_of=as_of))
    if not matters:
        raise LevierError(
            "Une seconde convocation suppose que le quorum ait manqué. Levier ne le constate pas "
            "pour cette séance : vérifiez le nombre de membres en exercice, les présents et "
            "l’ordre du jour."
        )
    if refused := refusal_of_dates(record.sitting, date, sent_on):
        raise Invalid(refused)
    second = second_sitting(
        record,
        matters,
        held_on=date,
        opens_at=opens_at,
        sent_on=sent_on,
        present_count=_present(record, as_of),
    )
    return save_sitting(actor, second, assembly_id=first.assembly_id)


def _present(record: Record, as_of: datetime.date) -> int | None:
    counted = quorum_at_opening(record, as_of=as_of).inputs.get("quorum_present")
    return counted if isinstance(counted, int) else record.sitting.present_count
