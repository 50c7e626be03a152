"""Holding a sitting: each entry whole, once, over the version seen; votes that the room allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from levier.accounts.models import AuditEntry
from levier.common.domain.errors import Invalid, Refused
from levier.council.domain.coherence import problems
from levier.council.domain.record import (
    BallotChoice,
    MovementEvent,
    Outcome,
    RecusalGround,
    VoteMode,
)
from levier.council.models import Assembly, Ballot, LiveEntry, Movement, Sitting
from levier.council.queries.live import live_sitting
from levier.council.queries.sittings import record_of
from levier.council.services.live import Overtaken, Undo, enter
from levier.council.services.live_entries import Closing, Opening, OpenItem
from levier.council.services.live_room import Move, ProxyGiven, ProxyRevoked, Recused, RollCall
from levier.council.services.live_votes import NamedVotes, NominationRound, Postponed, Tallies
from levier.council.services.sittings import save_sitting
from tests.conftest import Someone
from tests.integration.council.live_cases import Room, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(council: Assembly, alice: Someone) -> Room:
    return prepared(council, alice.actor)


def votes_of(room: Room) -> int:
    votes = live_sitting(room.actor, room.sitting.pk).presence.votes_available
    assert votes is not None
    assert votes.exact
    return votes.low


def test_a_whole_sitting_leaves_a_record_without_contradiction(room: Room) -> None:
    room.open("Denis", "Farid", "Gilles")
    room.enter(ProxyGiven(room.member("Denis"), room.member("Chantal")))
    room.enter(Tallies(room.act(1).pk))
    room.enter(Move(room.member("Farid"), MovementEvent.ARRIVES, 2))
    room.enter(OpenItem(room.act(2).pk))
    room.enter(Recused(room.act(2).pk, room.member("Élise"), RecusalGround.PERSONAL))
    room.enter(Tallies(room.act(2).pk, in_favour=5, against=5, president_vote="against"))
    room.enter(OpenItem(room.act(3).pk))
    room.enter(
        NominationRound(
            room.act(3).pk, (("Inès DA COSTA", 7, None), ("Karim SAÏDI", 3, None)), blank=1
        )
    )
    room.enter(Closing(time(22, 5)))
    record = record_of(room.actor, room.sitting.pk)
    assert problems(record) == {}
    first, second, third = record.deliberations
    # 12 in office, 3 absent, one of them represented: 9 present and 1 procuration.
    assert (first.vote.in_favour, first.vote.unanimous) == (10, True)
    assert second.vote.outcome is Outcome.REJECTED
    assert third.vote.elected == ("Inès DA COSTA",)
    assert record.sitting.closes_at == time(22, 5)
    held = Sitting.objects.get(pk=room.sitting.pk)
    entries = LiveEntry.objects.filter(sitting=held).count()
    assert held.version == 1 + entries
    assert held.history.count() == 1 + entries
    assert AuditEntry.objects.filter(action__startswith="live.").count() == entries


def test_the_same_key_again_gives_the_stored_answer_and_writes_nothing(room: Room) -> None:
    room.open()
    stamp = room.stamp()
    entry = Tallies(room.act(1).pk, against=2)
    first = enter(room.actor, room.sitting.pk, entry, stamp)
    again = enter(room.actor, room.sitting.pk, entry, stamp)
    assert first.pk == again.pk
    assert Sitting.objects.get(pk=room.sitting.pk).version == first.version
    with pytest.raises(Overtaken, match="déjà été enregistrée"):
        enter(room.actor, room.sitting.pk, Tallies(room.act(1).pk, against=3), stamp)


def test_the_second_window_is_told_what_the_first_did(room: Room) -> None:
    room.open()
    seen = Sitting.objects.get(pk=room.sitting.pk).version
    room.enter(Move(room.member("Farid"), MovementEvent.LEAVES, 2, time(21, 4)))
    with pytest.raises(Overtaken, match="Alice MARTIN : Départ de Farid AMAR à 21 h 04") as told:
        room.enter(Tallies(room.act(1).pk), version=seen)
    assert len(told.value.others) == 1
    assert room.act(1).vote.mode == ""


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (Tallies(0, in_favour=12, against=0), "font 12 votes, alors que 11"),
        (Tallies(0, in_favour=9, against=1), "font 10 votes, alors que 11"),
        (Tallies(0, against=13), "13 votes pour 11 possibles"),
        (Tallies(0, mode=VoteMode.SECRET, president_vote="for"), "aucun vote n’est nommé"),
        (NominationRound(0, (("Inès DA COSTA", 12, None),)), "12 bulletins pour 11"),
    ],
)
def test_counts_that_the_room_does_not_allow_are_refused(
    room: Room, entry: Tallies | NominationRound, sentence: str
) -> None:
    room.open("Farid")
    before = Sitting.objects.get(pk=room.sitting.pk).version
    with pytest.raises(Invalid, match=sentence):
        room.enter(replace(entry, deliberation_id=room.act(1).pk))
    assert room.act(1).vote.mode == ""
    assert Sitting.objects.get(pk=room.sitting.pk).version == before


def test_a_roll_call_names_everyone_who_votes_and_nobody_else(room: Room) -> None:
    room.open("Denis", "Farid")
    room.enter(ProxyGiven(room.member("Denis"), room.member("Chantal")))
    screen = live_sitting(room.actor, room.sitting.pk)
    choices = {voter.pk: BallotChoice.FOR for voter in screen.voters}
    assert len(choices) == 11
    assert room.member("Denis") in choices
    with pytest.raises(Invalid, match="Ne peut pas voter sur cette affaire : Farid AMAR"):
        room.enter(
            NamedVotes(room.act(1).pk, ((room.member("Farid"), BallotChoice.FOR), *choices.items()))
        )
    partial = tuple(pair for pair in choices.items() if pair[0] != room.member("Inès"))
    with pytest.raises(Invalid, match="Il manque le vote de Inès DA COSTA"):
        room.enter(NamedVotes(room.act(1).pk, partial))
    choices[room.member("Denis")] = BallotChoice.AGAINST
    choices[room.member("Anne")] = BallotChoice.ABSTENTION
    room.enter(NamedVotes(room.act(1).pk, tuple(choices.items())))
    vote = room.act(1).vote
    assert (vote.in_favour, vote.against, vote.abstentions) == (9, 1, 1)
    assert vote.president_vote == "abstention"
    ballot = Ballot.objects.get(deliberation=room.act(1), member_id=room.member("Denis"))
    assert ballot.cast_by_id == room.member("Chantal")


def test_a_corrected_roll_call_writes_only_the_vote_that_changed(room: Room) -> None:
    room.open()
    choices = {v.pk: BallotChoice.FOR for v in live_sitting(room.actor, room.sitting.pk).voters}
    room.enter(NamedVotes(room.act(1).pk, tuple(choices.items())))
    choices[room.member("Karim")] = BallotChoice.AGAINST
    room.enter(NamedVotes(room.act(1).pk, tuple(choices.items())))
    line = AuditEntry.objects.filter(action="live.roll_call").order_by("-id").first()
    named = line.changes["deliberations[0].vote.ballots"]
    assert named == [["Karim SAÏDI, pour"], ["Karim SAÏDI, contre"]]
    assert room.act(1).vote.against == 1
    room.enter(Undo())
    assert not Ballot.objects.filter(deliberation=room.act(1), choice="against").exists()


def test_a_secret_ballot_leaves_no_name_anywhere(room: Room) -> None:
    room.open()
    screen = live_sitting(room.actor, room.sitting.pk)
    choices = tuple((voter.pk, BallotChoice.FOR) for voter in screen.voters)
    room.enter(NamedVotes(room.act(1).pk, choices))
    first = room.enter(Tallies(room.act(2).pk, mode=VoteMode.SECRET, against=4, blank=1))
    secret = room.enter(Tallies(room.act(1).pk, mode=VoteMode.SECRET, against=4, blank=1))
    assert not Ballot.objects.filter(deliberation=room.act(1)).exists()
    assert "president_vote" not in str(first.values["rows"]).replace("'president_vote': ''", "")
    line = AuditEntry.objects.filter(action="live.vote").order_by("id").first()
    for name in ("LEROY", "PETIT", "ZÉTIN"):
        assert name not in str(line.changes) + str(first.values)
    assert "7 pour, 4 contre" in secret.values["did"]


def test_the_last_entry_is_taken_back_and_the_journal_keeps_both(room: Room) -> None:
    room.open("Denis")
    stored = record_of(room.actor, room.sitting.pk)
    room.enter(ProxyGiven(room.member("Denis"), room.member("Chantal")))
    room.enter(ProxyRevoked(room.member("Denis")))
    room.enter(Tallies(room.act(1).pk, against=2))
    assert room.did(Undo()).startswith("Annulation : Affaire 1")
    assert room.did(Undo()).startswith("Annulation : Procuration de Denis MOREAU à Chantal ROUX ré")
    assert room.did(Undo()).startswith("Annulation : Procuration de Denis MOREAU")
    assert record_of(room.actor, room.sitting.pk) == stored
    assert AuditEntry.objects.filter(action="live.undo").count() == 3


def test_a_roll_call_taken_back_gives_the_names_again(room: Room) -> None:
    room.open()
    screen = live_sitting(room.actor, room.sitting.pk)
    room.enter(NamedVotes(room.act(1).pk, tuple((v.pk, BallotChoice.FOR) for v in screen.voters)))
    before = record_of(room.actor, room.sitting.pk)
    room.enter(Tallies(room.act(1).pk, mode=VoteMode.SECRET, against=1))
    room.enter(Undo())
    assert record_of(room.actor, room.sitting.pk) == before


def test_an_opening_and_a_recusal_are_taken_back_whole(room: Room) -> None:
    prepared_record = record_of(room.actor, room.sitting.pk)
    room.enter(Opening(time(20, 30), room.member("Anne"), room.member("Bruno"), 12))
    assert room.act(3).vote.mode == ""
    room.enter(Undo())
    assert record_of(room.actor, room.sitting.pk) == prepared_record
    room.open()
    recusal = Recused(
        room.act(1).pk, room.member("Élise"), RecusalGround.L1111_6_II, "Régie des sports"
    )
    room.enter(recusal)
    held = record_of(room.actor, room.sitting.pk)
    room.enter(replace(recusal, withdrawn=True))
    assert not room.act(1).recusals.exists()
    room.enter(Undo())
    assert record_of(room.actor, room.sitting.pk) == held


def test_what_the_form_saved_meanwhile_is_told(room: Room) -> None:
    room.open()
    seen = Sitting.objects.get(pk=room.sitting.pk).version
    record = record_of(room.actor, room.sitting.pk)
    save_sitting(
        room.actor,
        replace(record, sitting=replace(record.sitting, place="Salle Voltaire")),
        assembly_id=room.sitting.assembly_id,
        sitting_id=room.sitting.pk,
        expected_version=seen,
    )
    with pytest.raises(Overtaken, match="modifiée par le formulaire par Alice MARTIN"):
        room.enter(Tallies(room.act(1).pk), version=seen)
    with pytest.raises(Invalid, match="Aucune saisie ne peut être annulée"):
        room.enter(Undo())


def test_presence_follows_arrivals_and_departures(room: Room) -> None:
    room.open("Farid", "Gilles")
    assert votes_of(room) == 10
    room.enter(Move(room.member("Farid"), MovementEvent.ARRIVES))
    assert votes_of(room) == 11
    with pytest.raises(Invalid, match="déjà en séance"):
        room.enter(Move(room.member("Farid"), MovementEvent.ARRIVES))
    room.enter(Move(room.member("Anne"), MovementEvent.LEAVES, 2))
    assert votes_of(room) == 11
    room.enter(OpenItem(room.act(2).pk))
    assert votes_of(room) == 10
    assert Movement.objects.filter(sitting=room.sitting).count() == 2


def test_losing_the_quorum_warns_at_once(room: Room) -> None:
    room.open("Farid", "Gilles", "Hélène", "Inès", "Karim")
    assert live_sitting(room.actor, room.sitting.pk).presence.quorum_present == 7
    room.enter(Move(room.member("Louise"), MovementEvent.LEAVES, 1))
    screen = live_sitting(room.actor, room.sitting.pk)
    assert (screen.presence.quorum_present, screen.presence.quorum_required) == (6, 7)
    assert "Q1" in {finding.rule for finding in screen.warnings}


def test_a_sitting_with_an_item_left_open_does_not_close(room: Room) -> None:
    room.open()
    room.enter(Tallies(room.act(1).pk))
    with pytest.raises(Invalid, match=r"2 affaires sans résultat \(2, 3\)"):
        room.enter(Closing())
    room.enter(Postponed(room.act(2).pk))
    room.enter(Postponed(room.act(3).pk))
    room.enter(Closing())
    with pytest.raises(Invalid, match="levée"):
        room.enter(RollCall(((room.member("Anne"), "absent"),)))


def test_only_who_may_edit_the_sitting_holds_it(room: Room, chloe: Someone, emile: Someone) -> None:
    room.open()
    room.actor = emile.actor
    with pytest.raises(Refused):
        room.enter(Tallies(room.act(1).pk))
    with pytest.raises(Refused):
        live_sitting(emile.actor, room.sitting.pk)
