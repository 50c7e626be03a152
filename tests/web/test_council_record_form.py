"""The form of a sitting: what it shows of a record, saved untouched, is the same record."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, time

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Deliberation,
    DocumentKind,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Sitting,
    Vote,
    VoteMode,
    name_key,
)
from levier.council.forms.record_form import RecordForm, data_of_record
from levier.council.forms.rows import add_row, remove_row


@dataclass(frozen=True)
class Town:
    """An assembly that the person may write for."""

    pk: int
    name: str
    kind: str
    population: int | None

    def __str__(self) -> str:
        return f"conseil municipal de {self.name}"


LOISON = Town(7, "Loison-sous-Lens", "commune", 5169)

letters = st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F)
words = st.text(letters, min_size=1, max_size=8)
person = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(name_key)
maybe_person = st.none() | person
line = (
    st.text(
        st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x2FFF),
        min_size=1,
        max_size=40,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
paragraph = st.lists(line, min_size=1, max_size=3).map("\n".join)
paragraphs = st.lists(paragraph, max_size=3).map(tuple)
count = st.none() | st.integers(0, 32_000)
day = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))
hour = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))
tri_state = st.sampled_from([None, True, False])
movement = st.builds(Movement, person, st.sampled_from(MovementEvent), count, hour)
movements = st.lists(movement, max_size=2).map(tuple)
vote = st.builds(
    Vote,
    outcome=st.none() | st.sampled_from(Outcome),
    unanimous=tri_state,
    in_favour=count,
    against=count,
    abstentions=count,
    blank=count,
    mode=st.none() | st.sampled_from(VoteMode),
    president_vote=st.sampled_from([None, "for", "against", "abstention"]),
)
deliberation = st.builds(
    Deliberation,
    subject=paragraph,
    number=count,
    rapporteur=maybe_person,
    visas=paragraphs,
    recitals=paragraphs,
    vote=vote,
    decisions=paragraphs,
    present_changes=movements,
    recused=st.lists(st.builds(Recusal, person, st.sampled_from(RecusalGround)), max_size=2).map(
        tuple
    ),
    transmitted_on=day,
    received_on=day,
    published_on=day,
)


@st.composite
def sittings(draw: st.DrawFn) -> Sitting:
    names = draw(st.lists(person, unique_by=name_key, max_size=8))
    cut = draw(st.integers(0, len(names)))
    present, absent = tuple(names[:cut]), tuple(names[cut:])
    others = draw(st.lists(person, unique_by=name_key, max_size=2))
    outsiders = [name for name in others if name_key(name) not in map(name_key, names)]
    givers = [name for name in names if draw(st.booleans())] + outsiders
    return Sitting(
        date=draw(st.dates(date(1900, 1, 1), date(2100, 12, 31))),
        opens_at=draw(hour),
        place=draw(st.none() | line),
        convocation_date=draw(day),
        convocation_posted=draw(tri_state),
        urgency=draw(tri_state),
        second_convocation=draw(tri_state),
        president=draw(maybe_person),
        secretary=draw(maybe_person),
        in_office=draw(st.none() | st.integers(1, 300)),
        present=present,
        absent=absent,
        all_present_except_absent=draw(st.booleans()),
        present_count=draw(count),
        represented_count=draw(count),
        proxies=tuple(Proxy(giver, draw(person)) for giver in givers),
        movements=draw(movements),
        agenda=draw(st.lists(st.builds(AgendaItem, count, paragraph), max_size=2).map(tuple)),
    )


records = st.builds(
    Record,
    assembly=st.just(LOISON.name),
    assembly_kind=st.just(AssemblyKind.COMMUNE),
    document_kind=st.none() | st.sampled_from(DocumentKind),
    population=st.just(LOISON.population),
    sitting=sittings(),
    deliberations=st.lists(deliberation, max_size=2).map(tuple),
    signed_on=day,
    signatory=maybe_person,
)


def through_the_wire(data: QueryDict) -> QueryDict:
    """What arrives when a browser sends these data: text boxes end their lines with CR LF."""
    sent = data.copy()
    for name in sent:
        sent.setlist(name, [value.replace("\n", "\r\n") for value in sent.getlist(name)])
    return QueryDict(sent.urlencode(), mutable=True)


@given(records)
@settings(
    max_examples=int(os.environ.get("LEVIER_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_a_record_shown_and_sent_back_untouched_is_the_same_record(record: Record) -> None:
    form = RecordForm(through_the_wire(data_of_record(record, LOISON.pk)), [LOISON])

    assert form.check(), form.mistakes
    assert form.record() == record


def test_what_is_left_empty_stays_unknown_and_zero_stays_zero() -> None:
    record = Record(
        sitting=Sitting(date=date(2024, 6, 11)),
        deliberations=(Deliberation("Objet", vote=Vote(against=0)),),
    )
    form = RecordForm(data_of_record(record, LOISON.pk), [LOISON])

    assert form.check()
    read = form.record()
    assert read.sitting.in_office is None
    assert read.sitting.convocation_posted is None
    assert read.deliberations[0].vote == Vote(in_favour=None, against=0)


def test_dates_and_hours_typed_by_hand_are_understood() -> None:
    data = data_of_record(Record(), LOISON.pk)
    data["date"], data["opens_at"] = "11/06/2024", "18h30"
    form = RecordForm(data, [LOISON])

    assert form.check()
    assert form.record().sitting.date == date(2024, 6, 11)
    assert form.record().sitting.opens_at == time(18, 30)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("date", "31/02/2024", "Écrivez une date du calendrier, par exemple 11/06/2024."),
        ("date", "", "Indiquez la date de la séance."),
        ("date", "0024-06-11", "L’année 24 est hors de portée : attendu entre 1900 et 2100."),
        ("in_office", "vingt", "Écrivez un nombre entier, ou laissez vide."),
        ("opens_at", "25:00", "Écrivez une heure, par exemple 18:30."),
        ("assembly_id", "999", "999"),
        ("assembly_id", "", "Choisissez l’assemblée qui a délibéré."),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(
    field: str, typed: str, sentence: str
) -> None:
    data = data_of_record(Record(sitting=Sitting(date=date(2024, 6, 11))), LOISON.pk)
    data[field] = typed
    form = RecordForm(data, [LOISON])

    assert not form.check()
    assert [mistake.anchor for mistake in form.mistakes] == [f"id_{field}"]
    assert sentence in form.mistakes[0].sentence
    assert form.sitting[field].value() == typed


def test_a_form_only_redrawn_accuses_nobody() -> None:
    form = RecordForm(QueryDict(), [LOISON])

    assert not form.sitting["date"].errors
    assert form.mistakes == []


def test_a_member_named_without_state_is_asked_for_it() -> None:
    data = data_of_record(Record(sitting=Sitting(date=date(2024, 6, 11), present=("Yves",))), 7)
    data["attendance-0-state"] = ""
    refused = RecordForm(data.copy(), [LOISON])
    data["all_present_except_absent"] = "on"
    accepted = RecordForm(data, [LOISON])

    assert not refused.check()
    assert refused.mistakes[0].where == "Membre 1, Présence"
    assert accepted.check()
    assert accepted.record().sitting.present == ()


def test_removing_a_row_leaves_the_others_as_typed() -> None:
    record = Record(sitting=Sitting(date=date(2024, 6, 11), present=("Anne", "Bruno", "Chloé")))
    data = data_of_record(record, LOISON.pk)
    remove_row(data, "attendance-1")
    key = add_row(data, "attendance")
    data[f"attendance-{key}-name"], data[f"attendance-{key}-state"] = "Denis", "absent"
    form = RecordForm(data, [LOISON])

    assert form.check()
    assert form.record().sitting.present == ("Anne", "Chloé")
    assert form.record().sitting.absent == ("Denis",)


@pytest.mark.parametrize("token", ["", "attendance", "attendance-99", "x" * 400, "a-b-c-d", "-"])
def test_an_unknown_row_to_remove_changes_nothing(token: str) -> None:
    data = data_of_record(Record(sitting=Sitting(present=("Anne",))), LOISON.pk)
    before = data.urlencode()
    remove_row(data, token)

    assert data.urlencode() == before


def test_refusals_of_the_service_are_shown_beside_their_field() -> None:
    record = Record(
        sitting=Sitting(
            date=date(2024, 6, 11),
            present=("Anne",),
            absent=("Bruno", "Chloé"),
            proxies=(Proxy("Chloé", "Anne"),),
        ),
        deliberations=(Deliberation("Objet"),),
    )
    form = RecordForm(data_of_record(record, LOISON.pk), [LOISON])
    assert form.check()
    form.record()
    form.place_mistakes(
        {
            "sitting.proxies[0].holder": "Porteuse inconnue.",
            "sitting.absent[1]": "Déjà citée.",
            "deliberations[0].vote.in_favour": "Trop de voix.",
            "somewhere": "Autre chose.",
        }
    )

    assert [(mistake.anchor, mistake.sentence) for mistake in form.mistakes] == [
        ("id_attendance-2-holder", "Porteuse inconnue."),
        ("id_attendance-2-name", "Déjà citée."),
        ("id_deliberations-0-in_favour", "Trop de voix."),
        ("", "Autre chose."),
    ]
