"""Closing a sitting, correcting an act, and the form of one act, as a person meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from levier.accounts.actors import OPERATOR
from levier.common.domain.provenance import Source
from levier.council.domain.formalities import SittingFormalities
from levier.council.domain.record import (
    Ballot,
    BallotChoice,
    Deliberation,
    Outcome,
    Participation,
    Record,
    Recusal,
    RecusalGround,
    Vote,
    VoteMode,
)
from levier.council.forms.record_form import data_of_act, data_of_record
from levier.council.models import Assembly, Sitting
from levier.council.queries.sittings import record_of
from levier.council.services.locking import close_sitting
from levier.council.services.sittings import save_sitting
from levier.council.views.entering import MOST_ACTS_IN_ONE_FORM
from tests.conftest import Someone
from tests.web.council_cases import record, stored

pytestmark = pytest.mark.django_db
READ = Source("Loison-sous-Lens", "extrait", "séance du 11 juin 2024", sha256="a" * 64)


@pytest.fixture
def client(council: Assembly, alice: Someone) -> Client:
    browser = Client()
    browser.force_login(alice.person)
    return browser


def sent(data: Any, **more: str) -> dict[str, object]:
    return {name: data.getlist(name) for name in data} | dict(more)


def detailed(vote: Vote) -> Record:
    """A record with what the form does not show."""
    given = record()
    act = replace(
        given.deliberations[0],
        vote=vote,
        corrects="un acte plus ancien",
        recused=(
            Recusal("Anne LEROY", RecusalGround.PERSONAL, (Participation.DEBATED,), "Un club"),
        ),
    )
    return replace(
        given,
        sitting=replace(given.sitting, formalities=SittingFormalities(charter_read=True)),
        deliberations=(act,),
    )


ROLL_CALL = Vote(
    in_favour=1,
    against=0,
    mode=VoteMode.ROLL_CALL,
    roll_call_requests=2,
    ballots=(Ballot("Khadija LANNABI", BallotChoice.FOR),),
)


def edited(client: Client, sitting: Sitting, before: Record, **changes: str) -> Record:
    data = data_of_record(before, sitting.assembly_id)
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    address = reverse("council:sitting-edit", args=[sitting.pk])
    answer = client.post(address, sent(data, action="save", version=str(sitting.version)))
    assert answer.status_code == 302, answer.content.decode()
    return record_of(OPERATOR, sitting.pk)


def test_the_form_keeps_what_it_does_not_show(client: Client, council: Assembly) -> None:
    given = detailed(ROLL_CALL)
    sitting = stored(council, given=given)
    before = record_of(OPERATOR, sitting.pk)
    after = edited(client, sitting, before, place="salle des fêtes")
    vote = replace(before.deliberations[0].vote, outcome=Outcome.ADOPTED)
    act = replace(before.deliberations[0], vote=vote)
    moved = replace(before.sitting, place="salle des fêtes")
    assert after == replace(before, sitting=moved, deliberations=(act,))


def test_the_names_go_when_the_ballot_is_secret(client: Client, council: Assembly) -> None:
    sitting = stored(council, given=detailed(ROLL_CALL))
    before = record_of(OPERATOR, sitting.pk)
    after = edited(client, sitting, before, deliberations__0__mode="secret")
    assert after.deliberations[0].vote.ballots == ()


def test_nobody_types_the_outcome_of_what_was_not_read(client: Client, council: Assembly) -> None:
    sitting = stored(council, given=detailed(Vote(in_favour=1, against=2)))
    page = client.get(reverse("council:sitting-edit", args=[sitting.pk])).content.decode()
    assert "calculé d’après le vote" in page
    assert "adoptée</option>" not in page
    before = record_of(OPERATOR, sitting.pk)
    after = edited(client, sitting, before, deliberations__0__outcome="adopted")
    assert after.deliberations[0].vote.outcome is Outcome.REJECTED
    sitting.refresh_from_db()
    later = edited(client, sitting, after, deliberations__0__outcome="postponed")
    assert later.deliberations[0].vote.outcome is Outcome.POSTPONED


def test_the_outcome_that_an_act_prints_is_evidence(client: Client, council: Assembly) -> None:
    given = detailed(Vote(Outcome.ADOPTED, in_favour=1, against=2))
    sitting = save_sitting(OPERATOR, given, assembly_id=council.pk, source=READ)
    page = client.get(reverse("council:sitting-edit", args=[sitting.pk])).content.decode()
    assert "Résultat imprimé dans l’acte" in page
    after = edited(client, sitting, record_of(OPERATOR, sitting.pk), place="mairie")
    assert after.deliberations[0].vote.outcome is Outcome.ADOPTED


def large() -> Record:
    acts = tuple(Deliberation(f"Affaire {n}", n) for n in range(1, MOST_ACTS_IN_ONE_FORM + 2))
    return replace(record(), deliberations=acts)


def test_a_large_sitting_is_edited_act_by_act(client: Client, council: Assembly) -> None:
    sitting = stored(council, given=large())
    page = client.get(reverse("council:sitting-edit", args=[sitting.pk])).content.decode()
    assert "deliberations-0-subject" not in page
    assert reverse("council:deliberation-edit", args=[sitting.pk, 3]) in page
    before = record_of(OPERATOR, sitting.pk)
    shown = replace(before, deliberations=())
    data = data_of_record(shown, council.pk)
    data["place"] = "salle des fêtes"
    address = reverse("council:sitting-edit", args=[sitting.pk])
    assert client.post(address, sent(data, action="save", version="1")).status_code == 302
    after = record_of(OPERATOR, sitting.pk)
    assert [act.subject for act in after.deliberations] == [
        act.subject for act in before.deliberations
    ]
    assert after.sitting.place == "salle des fêtes"


def test_one_act_is_edited_and_one_is_added(client: Client, council: Assembly) -> None:
    sitting = stored(council, given=large())
    before = record_of(OPERATOR, sitting.pk)
    address = reverse("council:deliberation-edit", args=[sitting.pk, 2])
    assert "Affaire 2" in client.get(address).content.decode()
    data = data_of_act(replace(before.deliberations[1], subject="Affaire revue", debate="Un mot."))
    data["deliberations-0-in_favour"], data["deliberations-0-against"] = "3", "1"
    assert client.post(address, sent(data, action="save", version="1")).status_code == 302
    after = record_of(OPERATOR, sitting.pk)
    assert after.deliberations[1].debate == "Un mot."
    assert after.deliberations[1].vote.outcome is Outcome.ADOPTED
    assert after.deliberations[:1] + after.deliberations[2:] == (
        before.deliberations[:1] + before.deliberations[2:]
    )
    again = client.post(address, sent(data, action="save", version="1"))
    assert again.status_code == 409
    last = reverse("council:deliberation-edit", args=[sitting.pk, len(before.deliberations) + 1])
    empty = client.post(last, sent(data_of_act(Deliberation("")), action="save", version="2"))
    assert empty.status_code == 422
    added = data_of_act(Deliberation("Une de plus"))
    assert client.post(last, sent(added, action="save", version="2")).status_code == 302
    assert record_of(OPERATOR, sitting.pk).deliberations[-1].subject == "Une de plus"
    beyond = reverse("council:deliberation-edit", args=[sitting.pk, 99])
    assert client.get(beyond).status_code == 404


def test_a_sitting_is_closed_after_what_it_settles_was_shown(
    client: Client, council: Assembly
) -> None:
    unsettled = replace(record(), deliberations=(Deliberation("Budget"), *record().deliberations))
    sitting = stored(council, given=unsettled)
    address = reverse("council:sitting-close", args=[sitting.pk])
    assert "Le résultat manque" in client.get(address).content.decode()
    assert client.post(address, {"version": "1"}).status_code == 422
    other = stored(council, given=record(date(2024, 9, 24)))
    address = reverse("council:sitting-close", args=[other.pk])
    assert "verrouillée" in client.get(address).content.decode()
    assert client.post(address, {"version": "9"}).status_code == 409
    assert client.post(address, {"version": "1"}).status_code == 302
    page = client.get(reverse("council:sitting", args=[other.pk])).content.decode()
    assert "La séance est close" in page
    assert "Modifier la séance" not in page
    assert client.get(address).status_code == 302


def test_a_locked_act_leads_to_its_correction_and_back(client: Client, council: Assembly) -> None:
    sitting = stored(council)
    close_sitting(OPERATOR, sitting.pk, 1)
    act = sitting.deliberations.get()
    page = client.get(reverse("council:deliberation", args=[act.pk])).content.decode()
    address = reverse("council:act-correct", args=[act.pk])
    assert address in page
    assert "Aucune séance n’est ouverte" in client.get(address).content.decode()
    later = stored(council, given=record(date(2024, 9, 24)))
    assert f"{later.pk}-{later.version}" in client.get(address).content.decode()
    answer = client.post(address, {"sitting": f"{later.pk}-{later.version}"})
    assert answer.status_code == 302
    correction = later.deliberations.get(position=1)
    here = client.get(reverse("council:deliberation", args=[act.pk])).content.decode()
    there = client.get(reverse("council:deliberation", args=[correction.pk])).content.decode()
    assert reverse("council:deliberation", args=[correction.pk]) in here
    assert reverse("council:deliberation", args=[act.pk]) in there
    assert "Acte verrouillé" in here


def test_the_public_reads_no_debate_before_the_minutes_are_adopted(
    client: Client, council: Assembly
) -> None:
    given = record()
    act = replace(given.deliberations[0], debate="Un échange vif.")
    sitting = stored(council, public=True, given=replace(given, deliberations=(act,)))
    address = reverse("council:deliberation", args=[sitting.deliberations.get().pk])
    assert "Un échange vif." in client.get(address).content.decode()
    assert "Un échange vif." not in Client().get(address).content.decode()
