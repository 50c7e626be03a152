"""A closed sitting: numbered, its outcomes computed, and nothing of what was voted changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from levier.accounts.actors import OPERATOR
from levier.common.constraints import sentence_for
from levier.common.domain.errors import Conflict, Invalid, Refused
from levier.common.domain.provenance import Source
from levier.council.domain.coherence import ACT_IS_LOCKED, SITTING_IS_CLOSED, TALLIES_ONLY
from levier.council.domain.formalities import ActFormalities, MinutesStatus, SittingFormalities
from levier.council.domain.locking import ACTS_ARE_KNOWN
from levier.council.domain.record import (
    Ballot as NamedVote,
)
from levier.council.domain.record import (
    BallotChoice,
    Deliberation,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Vote,
    VoteMode,
)
from levier.council.models import (
    Assembly,
    Attendance,
    Ballot,
    Clause,
    Procuration,
    Sitting,
)
from levier.council.models import Deliberation as Act
from levier.council.models import Movement as Move
from levier.council.models import Recusal as Kept
from levier.council.models import Vote as Tally
from levier.council.queries.sittings import history_of_sitting, record_of
from levier.council.services.formalities import (
    ActDates,
    ProxyFormalities,
    save_act_formalities,
    save_sitting_formalities,
)
from levier.council.services.locking import close_sitting, correct_act
from levier.council.services.sittings import save_sitting
from tests.conftest import Someone
from tests.integration.council.strategies import FIXED

pytestmark = pytest.mark.django_db
ROLL_CALL = tuple(
    NamedVote(name, choice)
    for name, choice in (
        ("Jacky LELONG", BallotChoice.FOR),
        ("Sandrine WABLE", BallotChoice.AGAINST),
        ("Daniel KRUSZKA", BallotChoice.FOR),
    )
)
VOTED = replace(
    FIXED,
    sitting=replace(
        FIXED.sitting, movements=(Movement("Jacky LELONG", MovementEvent.LEAVES, before_item=2),)
    ),
    deliberations=(
        replace(
            FIXED.deliberations[0],
            number=None,
            vote=Vote(in_favour=2, against=1, mode=VoteMode.ROLL_CALL, ballots=ROLL_CALL),
            recused=(Recusal("Emmanuel DONDELA", RecusalGround.PERSONAL),),
        ),
        Deliberation("Budget", decisions=("Le budget.",), vote=Vote(in_favour=1, against=2)),
        Deliberation("Fleurs", vote=Vote(outcome=Outcome.POSTPONED)),
    ),
)


def closed(council: Assembly, record: Record = VOTED, **saving: Any) -> Sitting:
    sitting = save_sitting(OPERATOR, record, assembly_id=council.pk, **saving)
    return close_sitting(OPERATOR, sitting.pk, sitting.version)


def saved_again(sitting: Sitting, record: Record) -> Sitting:
    return save_sitting(
        OPERATOR,
        record,
        assembly_id=sitting.assembly_id,
        sitting_id=sitting.pk,
        expected_version=sitting.version,
    )


def test_closing_numbers_computes_and_locks(council: Assembly) -> None:
    sitting = closed(council)
    acts = record_of(OPERATOR, sitting.pk).deliberations
    assert [(act.number, act.vote.outcome) for act in acts] == [
        (1, Outcome.ADOPTED),
        (2, Outcome.REJECTED),
        (3, Outcome.POSTPONED),
    ]
    locked = [row.locked_at is not None for row in sitting.deliberations.all()]
    assert locked == [True, True, False]
    line = history_of_sitting(OPERATOR, sitting.pk)[0]
    assert line.action == "sitting.closed"
    assert line.changes["deliberations[1].vote.outcome"] == [None, "rejected"]


def test_an_outcome_typed_without_a_text_gives_way_to_the_counts(council: Assembly) -> None:
    typed = replace(VOTED.deliberations[1], vote=Vote(Outcome.ADOPTED, in_favour=1, against=2))
    record = replace(VOTED, deliberations=(typed,))
    printed = Source("Loison-sous-Lens", "extrait", "séance du 11 juin 2024", sha256="a" * 64)
    kept = closed(council, record, source=printed)
    assert kept.deliberations.get().vote.outcome == "adopted"
    later = replace(record, sitting=replace(record.sitting, date=date(2024, 6, 18)))
    computed = closed(council, later)
    assert computed.deliberations.get().vote.outcome == "rejected"


def test_numbers_given_stay_and_the_others_follow(council: Assembly) -> None:
    acts = tuple(
        Deliberation(f"Objet {rank}", number=number, vote=Vote(Outcome.POSTPONED))
        for rank, number in enumerate((None, 4, None, None, 2))
    )
    sitting = closed(council, replace(VOTED, deliberations=acts))
    assert [act.number for act in record_of(OPERATOR, sitting.pk).deliberations] == [1, 4, 5, 6, 2]


def test_a_sitting_whose_outcome_is_missing_is_not_closed(council: Assembly) -> None:
    unknown = replace(VOTED, deliberations=(Deliberation("Budget"), VOTED.deliberations[0]))
    with pytest.raises(Invalid) as caught:
        closed(council, unknown)
    assert set(caught.value.by_field) == {"deliberations[0].vote"}
    assert "« Budget »" in str(caught.value)
    assert not Act.objects.filter(locked_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"deliberations": [{"subject": "Autre objet"}]}, ACT_IS_LOCKED),
        ({"deliberations": [{"number": 9}]}, ACT_IS_LOCKED),
        ({"deliberations": [{"decisions": ("Autre chose.",)}]}, ACT_IS_LOCKED),
        ({"deliberations": [{"recused": ()}]}, ACT_IS_LOCKED),
        ({"deliberations": [{"vote": Vote(Outcome.REJECTED)}]}, ACT_IS_LOCKED),
        ({"deliberations": []}, ACTS_ARE_KNOWN),
        ({"sitting": {"present": ("Jacky LELONG",)}}, SITTING_IS_CLOSED),
        ({"sitting": {"proxies": ()}}, SITTING_IS_CLOSED),
        ({"sitting": {"movements": ()}}, SITTING_IS_CLOSED),
        ({"sitting": {"date": date(2024, 6, 12)}}, SITTING_IS_CLOSED),
    ],
)
def test_the_service_refuses_what_was_voted(
    council: Assembly, change: dict[str, Any], sentence: str
) -> None:
    sitting = closed(council)
    record = record_of(OPERATOR, sitting.pk)
    edited = replace(record, sitting=replace(record.sitting, **change.get("sitting", {})))
    if "deliberations" in change:
        first = [replace(record.deliberations[0], **values) for values in change["deliberations"]]
        edited = replace(edited, deliberations=(*first, *record.deliberations[1:]))
    with pytest.raises(Invalid) as caught:
        saved_again(sitting, edited)
    assert sentence in caught.value.by_field.values()
    assert record_of(OPERATOR, sitting.pk) == record


def test_what_follows_the_vote_stays_open(council: Assembly, alice: Someone) -> None:
    sitting = closed(council)
    record = record_of(OPERATOR, sitting.pk)
    first = replace(record.deliberations[0], transmitted_on=date(2024, 6, 20), matter_code="8.5")
    edited = replace(
        record,
        sitting=replace(record.sitting, convocation_posted=True),
        deliberations=(first, *record.deliberations[1:]),
    )
    sitting = saved_again(sitting, edited)
    held = SittingFormalities(minutes=MinutesStatus(adopted_on=date(2024, 9, 24)))
    proxy = sitting.procurations.get()
    sitting = save_sitting_formalities(
        alice.actor,
        sitting.pk,
        sitting.version,
        held,
        proxies={proxy.pk: ProxyFormalities(written=True, signed_on=date(2024, 6, 10))},
    )
    act = sitting.deliberations.all()[0]
    save_act_formalities(
        alice.actor,
        act.pk,
        sitting.version,
        ActFormalities(effective_on=date(2024, 7, 1)),
        ActDates("8.5", date(2024, 6, 20), date(2024, 6, 21), date(2024, 6, 22)),
    )
    record = record_of(OPERATOR, sitting.pk)
    assert record.sitting.formalities == held
    assert record.sitting.proxies == (
        Proxy("Françoise TOULOUSE", "Jacky LELONG", written=True, signed_on=date(2024, 6, 10)),
    )
    assert record.deliberations[0].received_on == date(2024, 6, 21)
    assert record.deliberations[0].formalities.effective_on == date(2024, 7, 1)
    with pytest.raises(Conflict):
        save_sitting_formalities(alice.actor, sitting.pk, sitting.version, SittingFormalities())


def _rows(model: type[models.Model], **changes: Any) -> Callable[[], object]:
    return lambda: model._default_manager.update(**changes)


def _gone(model: type[models.Model]) -> Callable[[], object]:
    def delete() -> object:
        queryset = model._default_manager.all()
        return queryset._raw_delete(queryset.db)

    return delete


def _doubled(model: type[models.Model], **changes: Any) -> Callable[[], object]:
    def insert() -> object:
        row = model._default_manager.order_by("pk")[0]
        row.pk = None
        row._state.adding = True
        for column, value in changes.items():
            setattr(row, column, value)
        return row.save()

    return insert


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (_rows(Act, subject="Autre"), ACT_IS_LOCKED),
        (_rows(Act, number=12), ACT_IS_LOCKED),
        (_rows(Act, locked_at=None), ACT_IS_LOCKED),
        (_rows(Act, corrects="rien"), ACT_IS_LOCKED),
        (_rows(Tally, outcome="rejected"), ACT_IS_LOCKED),
        (_rows(Tally, in_favour=40), ACT_IS_LOCKED),
        (_rows(Clause, text="Autre"), ACT_IS_LOCKED),
        (_rows(Ballot, choice="against"), ACT_IS_LOCKED),
        (_rows(Kept, ground="L1111-6-II"), ACT_IS_LOCKED),
        (_gone(Tally), ACT_IS_LOCKED),
        (_gone(Clause), ACT_IS_LOCKED),
        (_gone(Ballot), ACT_IS_LOCKED),
        (_gone(Kept), ACT_IS_LOCKED),
        (_doubled(Clause, position=9), ACT_IS_LOCKED),
        (_rows(Sitting, in_office=3), SITTING_IS_CLOSED),
        (_rows(Sitting, date=date(2024, 6, 12)), SITTING_IS_CLOSED),
        (_rows(Attendance, state="absent"), SITTING_IS_CLOSED),
        (_gone(Attendance), SITTING_IS_CLOSED),
        (_rows(Procuration, holder_id=models.F("giver_id")), SITTING_IS_CLOSED),
        (_gone(Procuration), SITTING_IS_CLOSED),
        (_rows(Move, before_item=1), SITTING_IS_CLOSED),
        (_gone(Move), SITTING_IS_CLOSED),
        (_doubled(Move, position=9), SITTING_IS_CLOSED),
    ],
)
def test_the_database_refuses_what_was_voted(
    council: Assembly, write: Callable[[], object], sentence: str
) -> None:
    closed(council)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert sentence_for(caught.value) == sentence


def test_the_database_lets_what_follows_the_vote_be_written(council: Assembly) -> None:
    closed(council)
    Act.objects.update(transmitted_on=date(2024, 6, 20), matter_code="8.5", debate="Un échange.")
    Sitting.objects.update(closes_at="20:00", place="mairie", formalities={"charter_read": True})
    Procuration.objects.update(written=True, signed_on=date(2024, 6, 10), sittings_used=2)
    assert Act.objects.filter(matter_code="8.5").count() == 3


def test_an_open_sitting_is_written_freely(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, VOTED, assembly_id=council.pk)
    Act.objects.update(number=None)
    Clause.objects.filter(kind="visa").update(text="Vu la loi,")
    Attendance.objects.filter(position=9).delete()
    assert saved_again(sitting, FIXED).version == 2
    assert record_of(OPERATOR, sitting.pk) == FIXED


def _ballot_under_a_secret_vote() -> object:
    ballot = Ballot.objects.order_by("pk")[0]
    other = Act.objects.exclude(pk=ballot.deliberation_id).order_by("pk")[0]
    Tally.objects.filter(deliberation=other).update(mode="secret")
    return Ballot.objects.filter(pk=ballot.pk).update(deliberation=other)


@pytest.mark.parametrize("write", [_rows(Tally, mode="secret"), _ballot_under_a_secret_vote])
def test_the_database_keeps_names_away_from_a_secret_ballot(
    council: Assembly, write: Callable[[], object]
) -> None:
    save_sitting(OPERATOR, VOTED, assembly_id=council.pk)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert sentence_for(caught.value) == TALLIES_ONLY


def test_a_record_of_a_secret_ballot_with_names_is_refused(council: Assembly) -> None:
    act = replace(
        VOTED.deliberations[0], vote=replace(VOTED.deliberations[0].vote, mode=VoteMode.SECRET)
    )
    with pytest.raises(Invalid) as caught:
        save_sitting(OPERATOR, replace(VOTED, deliberations=(act,)), assembly_id=council.pk)
    assert caught.value.by_field == {"deliberations[0].vote.ballots": TALLIES_ONLY}


def test_a_roll_call_becomes_secret_once_its_names_are_gone(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, VOTED, assembly_id=council.pk)
    first = VOTED.deliberations[0]
    secret = replace(first, vote=replace(first.vote, mode=VoteMode.SECRET, ballots=()))
    changed = replace(VOTED, deliberations=(secret, *VOTED.deliberations[1:]))
    sitting = saved_again(sitting, changed)
    assert record_of(OPERATOR, sitting.pk).deliberations[0].vote == secret.vote
    assert record_of(OPERATOR, saved_again(sitting, VOTED).pk) == VOTED


def test_a_mistake_is_corrected_by_a_new_act(council: Assembly) -> None:
    sitting = closed(council)
    act = sitting.deliberations.all()[0]
    later = save_sitting(
        OPERATOR,
        replace(FIXED, sitting=replace(FIXED.sitting, date=date(2024, 9, 24)), signed_on=None),
        assembly_id=council.pk,
    )
    correction = correct_act(
        OPERATOR, act.pk, in_sitting_id=later.pk, expected_version=later.version
    )
    drafted = record_of(OPERATOR, later.pk).deliberations[-1]
    assert correction.corrected_act == act
    assert list(act.corrections.all()) == [correction]
    assert drafted.corrects == "délibération n° 1 du 11 juin 2024, « Contrat de ville »"
    assert drafted.decisions == VOTED.deliberations[0].decisions
    assert drafted.vote == Vote()
    assert record_of(OPERATOR, sitting.pk).deliberations[0].subject == "Contrat de ville"


def test_only_a_locked_act_is_corrected_in_an_open_sitting(council: Assembly) -> None:
    sitting = save_sitting(OPERATOR, VOTED, assembly_id=council.pk)
    act = sitting.deliberations.all()[0]
    with pytest.raises(Invalid, match="corrigez l’acte lui-même"):
        correct_act(OPERATOR, act.pk, in_sitting_id=sitting.pk, expected_version=1)
    sitting = close_sitting(OPERATOR, sitting.pk, 1)
    with pytest.raises(Invalid, match="est close"):
        correct_act(OPERATOR, act.pk, in_sitting_id=sitting.pk, expected_version=sitting.version)


def test_who_may_not_edit_does_not_close(council: Assembly, emile: Someone) -> None:
    sitting = save_sitting(OPERATOR, VOTED, assembly_id=council.pk)
    with pytest.raises(Refused):
        close_sitting(emile.actor, sitting.pk, sitting.version)
    with pytest.raises(Conflict):
        close_sitting(OPERATOR, sitting.pk, sitting.version + 1)
    close_sitting(OPERATOR, sitting.pk, sitting.version)
    with pytest.raises(Invalid, match="déjà close"):
        close_sitting(OPERATOR, sitting.pk, sitting.version + 1)
