"""The sittings stored in Levier tell the rules of the calendar; they are never saved back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from levier.accounts.actors import ANONYMOUS, OPERATOR
from levier.common.domain.findings import Status
from levier.council.models import Assembly, Sitting
from levier.council.queries.neighbours import with_neighbours
from levier.council.queries.sittings import findings_of_sitting, record_of
from levier.council.services.sittings import save_sitting
from tests.web.council_cases import record, stored

pytestmark = pytest.mark.django_db


def _quarterly(sitting: Sitting) -> Status:
    found = findings_of_sitting(OPERATOR, sitting.pk, date(2026, 1, 1))
    return next(finding.status for finding in found if finding.rule == "K1")


def test_a_quarter_without_sitting_is_told_from_the_stored_ones(council: Assembly) -> None:
    alone = stored(council, given=record(date(2024, 2, 6)))
    assert _quarterly(alone) is Status.NOT_APPLICABLE
    followed = stored(council, given=record(date(2024, 5, 14)))
    assert _quarterly(followed) is Status.OK
    late = stored(council, given=record(date(2024, 11, 12)))
    assert _quarterly(late) is Status.AT_RISK


def test_they_are_never_part_of_what_is_saved(council: Assembly) -> None:
    stored(council, given=record(date(2024, 2, 6)))
    sitting = stored(council, given=record(date(2024, 5, 14)))
    kept = record_of(OPERATOR, sitting.pk)
    assert kept.circumstances.other_sittings == ()
    again = save_sitting(
        OPERATOR, kept, assembly_id=council.pk, sitting_id=sitting.pk, expected_version=1
    )
    assert again.version == 1


def test_one_query_for_all_and_only_what_the_person_sees(
    council: Assembly, django_assert_num_queries: CaptureQueriesContext
) -> None:
    public = stored(council, given=record(date(2024, 2, 6)), public=True)
    stored(council, given=record(date(2024, 5, 14)))
    for day in (date(2024, 6, 4), date(2024, 7, 2)):
        stored(council, given=record(day), public=True)
    sittings = list(Sitting.objects.order_by("date"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        shown = with_neighbours(ANONYMOUS, sittings)
    of_first = next(one for one in shown if one.pk == public.pk)
    assert [other.date.month for other in of_first.neighbours] == [6, 7]
    assert with_neighbours(ANONYMOUS, []) == []
