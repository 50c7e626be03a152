"""The screen that holds a sitting, as a browser without JavaScript and as fragments."""

from __future__ import annotations

import re
from datetime import time
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from levier.council.domain.record import BallotChoice, MovementEvent
from levier.council.models import Assembly, Sitting
from levier.council.queries.live import live_sitting
from levier.council.services.live_entries import AddedItem, Closing, OpenItem
from levier.council.services.live_room import Move, ProxyGiven
from levier.council.services.live_votes import NamedVotes, NominationRound, Postponed, Tallies
from tests.conftest import Someone
from tests.integration.council.live_cases import Room, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(council: Assembly, alice: Someone) -> Room:
    return prepared(council, alice.actor)


@pytest.fixture
def secretary(client: Client, alice: Someone) -> Client:
    client.force_login(alice.person)
    return client


def address(room: Room) -> str:
    return f"/decider/seances/{room.sitting.pk}/tenir/"


def page(client: Client, room: Room) -> str:
    answer = client.get(address(room))
    assert answer.status_code == 200
    return text_of(answer.content)


def text_of(content: bytes) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", "", content.decode())))


def gesture(client: Client, room: Room, kind: str, *, htmx: bool = False, **values: object):
    """Send the form of a gesture as its page holds it."""
    held = Sitting.objects.get(pk=room.sitting.pk)
    act = next((a.pk for a in held.deliberations.order_by("position")), 0)
    if held.current_item:
        act = held.deliberations.get(position=held.current_item - 1).pk
    data = {"geste": kind, "key": f"{kind}-{held.version}", "version": held.version, "item": act}
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address(room), data | values, headers=headers)


def test_a_sitting_is_opened_called_and_voted_with_plain_forms(
    secretary: Client, room: Room
) -> None:
    shown = page(secretary, room)
    assert "Ouvrir la séance" in shown
    assert "Affaires à délibérer" in shown
    answer = gesture(
        secretary,
        room,
        "opening",
        opens_at="20:30",
        president="ann",
        secretary="petit",
        in_office="12",
        matter=[item.pk for item in room.sitting.agenda_items.order_by("position")],
    )
    assert answer.status_code == 302
    assert "Faire l’appel" in page(secretary, room)
    members = [str(room.member(name)) for name in ("Anne", "Bruno", "Chantal", "Denis")]
    gesture(secretary, room, "roll", everyone="present", called=members)
    gesture(secretary, room, "item", call=room.act(1).pk)
    shown = page(secretary, room)
    assert "Affaire 1 : 4 présents, 7 requis, quorum non atteint" in shown
    assert "règle Q1" in shown
    answer = gesture(secretary, room, "vote", against="1", abstentions="", not_voting="0")
    assert answer.status_code == 302
    vote = room.act(1).vote
    assert (vote.in_favour, vote.against, vote.outcome) == (3, 1, "adopted")
    assert "adoptée : 3 pour, 1 contre" in page(secretary, room)


def test_a_matter_left_out_at_the_opening_stays_out(secretary: Client, room: Room) -> None:
    kept = room.sitting.agenda_items.get(position=1)
    told = {"president": "anne", "in_office": "12"}
    gesture(secretary, room, "opening", matter=kept.pk, **told)
    gesture(secretary, room, "opening", **(told | {"in_office": "11"}))
    assert [act.subject for act in room.sitting.deliberations.order_by("position")] == [
        kept.subject
    ]
    assert Sitting.objects.get(pk=room.sitting.pk).in_office == 11


def test_every_moment_of_the_sitting_has_its_page(secretary: Client, room: Room) -> None:
    room.open("Denis", "Farid")
    room.enter(ProxyGiven(room.member("Denis"), room.member("Chantal")))
    assert "11 votes possibles, dont 1 procuration" in page(secretary, room)
    assert "pouvoir à Chantal ROUX" in page(secretary, room)
    room.enter(Move(room.member("Anne"), MovementEvent.LEAVES, 1, time(20, 50)))
    assert "Anne LEROY parti" in page(secretary, room)
    gesture(secretary, room, "pause", resumes="false")
    assert "Séance suspendue" in page(secretary, room)
    gesture(secretary, room, "pause", resumes="true")
    room.enter(Tallies(room.act(1).pk))
    room.enter(OpenItem(room.act(3).pk))
    room.enter(
        NominationRound(room.act(3).pk, (("Inès DA COSTA", 5, None), ("Karim SAÏDI", 5, None)))
    )
    assert "Tour suivant de nomination" in page(secretary, room)
    assert 'value="Inès DA COSTA"' in secretary.get(address(room)).content.decode()
    for place in (2, 3):
        room.enter(Postponed(room.act(place).pk))
    room.enter(Closing(time(22, 0)))
    shown = page(secretary, room)
    assert "Séance levée à 22 h" in shown
    assert "Arrêter les actes" in shown
    gesture(secretary, room, "undo")
    assert Sitting.objects.get(pk=room.sitting.pk).closes_at is None


def test_locking_closes_the_acts_for_good(secretary: Client, room: Room) -> None:
    room.open()
    for place in (1, 2, 3):
        room.enter(Tallies(room.act(place).pk))
    room.enter(Closing(time(22, 0)))
    answer = gesture(secretary, room, "lock")
    assert answer.status_code == 302
    assert room.act(1).locked_at is not None
    shown = page(secretary, room)
    assert "Les actes sont arrêtés" in shown
    assert "Annuler la dernière saisie" not in shown
    refused = gesture(secretary, room, "vote", against="1")
    assert refused.status_code == 422


def test_a_refused_gesture_comes_back_with_what_was_typed(secretary: Client, room: Room) -> None:
    room.open()
    answer = gesture(
        secretary, room, "vote", htmx=True, in_favour="12", against="3", roll_call_requests="2"
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "<html" not in html
    assert "font 15 votes, alors que 12 peuvent" in text_of(answer.content)
    assert re.search(r'name="in_favour" value="12"', html)
    assert re.search(r'id="geste-vote" name="geste" open', html)
    answer = gesture(secretary, room, "arrival", member="bru")
    assert "déjà en séance" in text_of(answer.content)
    answer = gesture(secretary, room, "departure", member="zz")
    assert "Aucun membre ne correspond à « zz »" in text_of(answer.content)
    answer = gesture(secretary, room, "departure", member="d")
    assert "« d » peut être Denis MOREAU ou Inès DA COSTA : précisez." in text_of(answer.content)


def test_the_second_window_is_told_and_keeps_what_was_typed(secretary: Client, room: Room) -> None:
    room.open()
    seen = Sitting.objects.get(pk=room.sitting.pk).version
    room.enter(Move(room.member("Farid"), MovementEvent.LEAVES, 1, time(21, 4)))
    answer = gesture(secretary, room, "vote", htmx=True, version=seen, against="4")
    assert answer.status_code == 409
    shown = text_of(answer.content)
    assert "Cette séance a changé dans une autre fenêtre" in shown
    assert "Départ de Farid AMAR à 21 h 04" in shown
    assert "Refaire sur le nouvel état" in shown
    assert 'name="against" value="4"' in answer.content.decode()
    assert room.act(1).vote.mode == ""
    again = gesture(secretary, room, "vote", against="4")
    assert again.status_code == 302
    assert room.act(1).vote.in_favour == 7


def test_a_button_overtaken_is_offered_again(secretary: Client, room: Room) -> None:
    room.open()
    seen = Sitting.objects.get(pk=room.sitting.pk).version
    room.enter(Tallies(room.act(1).pk, against=1))
    answer = gesture(secretary, room, "item", htmx=True, version=seen, call=room.act(2).pk)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert 'id="refaire"' in html
    assert f'name="call" value="{room.act(2).pk}"' in html


def test_an_interrupted_gesture_sent_again_is_stored_once(secretary: Client, room: Room) -> None:
    room.open()
    version = Sitting.objects.get(pk=room.sitting.pk).version
    for _ in range(3):
        answer = gesture(
            secretary,
            room,
            "departure",
            htmx=True,
            key="same",
            version=version,
            member="farid",
            before_item="1",
            at="21:00",
        )
        assert answer.status_code == 200
    assert room.sitting.movements.count() == 1


def test_named_votes_travel_as_one_form(secretary: Client, room: Room) -> None:
    room.open()
    html = secretary.get(address(room)).content.decode()
    names = re.findall(r'name="(choice-\d+)" value="for" checked', html)
    assert len(names) == 12
    answer = gesture(
        secretary, room, "roll_call", **dict.fromkeys(names[:11], "for"), **{names[11]: "against"}
    )
    assert answer.status_code == 302
    assert (room.act(1).vote.in_favour, room.act(1).vote.against) == (11, 1)
    room.enter(
        NamedVotes(
            room.act(1).pk, tuple((int(n.partition("-")[2]), BallotChoice.FOR) for n in names)
        )
    )


def test_who_may_not_hold_it_is_told(client: Client, room: Room, chloe: Someone) -> None:
    assert client.get(address(room)).status_code in (302, 404)
    client.force_login(chloe.person)
    assert client.get(address(room)).status_code == 404


def test_a_long_agenda_costs_no_more_queries(secretary: Client, room: Room) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(secretary, room)
        return len(seen)

    room.open()
    few = queries()
    for rank in range(20):
        room.enter(AddedItem(f"Affaire ajoutée {rank}"))
    screen = live_sitting(room.actor, room.sitting.pk)
    choices = tuple((voter.pk, BallotChoice.FOR) for voter in screen.voters)
    room.enter(NamedVotes(room.act(1).pk, choices))
    assert queries() == few


def test_the_sitting_page_leads_here(secretary: Client, room: Room) -> None:
    sitting = f"/decider/seances/{room.sitting.pk}/"
    assert "Tenir la séance" in text_of(secretary.get(sitting).content)
    room.open()
    assert "Reprendre la tenue de la séance" in text_of(secretary.get(sitting).content)
