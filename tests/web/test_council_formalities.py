"""Formalities: every fact has words and a field, comes back as typed, and leads to findings."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from django.http import QueryDict
from django.test import Client
from django.test.html import parse_html
from django.urls import reverse

from levier.accounts.actors import OPERATOR
from levier.accounts.models import AuditEntry
from levier.council.domain.circumstances import Circumstances, Commission
from levier.council.domain.formalities import (
    ActFormalities,
    Channel,
    Convocation,
    SentAgenda,
    SittingFormalities,
)
from levier.council.forms.formalities import PartForm, data_of
from levier.council.forms.formality_words import CHOICES, SECTIONS, WORDS
from levier.council.models import Assembly
from levier.council.queries.sittings import record_of
from levier.council.services.formalities import (
    ActDates,
    AssemblyFacts,
    ProxyFormalities,
    assembly_version,
)
from tests.conftest import Someone
from tests.web.council_cases import stored

PAGES = (SittingFormalities, ActFormalities, Circumstances)
KINDS = (*PAGES, ProxyFormalities, ActDates, AssemblyFacts)


def filled(kind: type) -> Any:
    """A value of which every fact is known."""
    return kind(**{name: _known(hint) for name, hint in get_type_hints(kind).items()})


def _known(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return (_known(inner), _known(inner))
    plain = next((kind for kind in get_args(hint) if kind is not NoneType), hint)
    if is_dataclass(plain):
        return filled(plain)  # type: ignore[arg-type]
    if issubclass(plain, StrEnum):
        return next(iter(plain))
    return {bool: True, int: 3, date: date(2024, 6, 11), str: "member"}[plain]


def every_kind(kind: type) -> set[type]:
    found = {kind}
    for hint in get_type_hints(kind).values():
        for inner in (hint, *get_args(hint)):
            if isinstance(inner, type) and is_dataclass(inner):
                found |= every_kind(inner)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_has_its_words(kind: type) -> None:
    for part in every_kind(kind):
        assert set(WORDS[part]) == {field.name for field in fields(part)}
    if kind in SECTIONS:
        listed = [name for names in SECTIONS[kind].values() for name in names]
        assert sorted(listed) == sorted(field.name for field in fields(kind))


def test_every_choice_has_its_words() -> None:
    for kind, words in CHOICES.items():
        assert set(words) == {value.value for value in kind}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_filled", [True, False])
def test_a_form_sent_untouched_says_what_it_was_filled_with(kind: type, is_filled: bool) -> None:
    value = filled(kind) if is_filled else kind()
    form = PartForm(kind, data_of(value, prefix="p"), prefix="p")
    assert form.check()
    assert form.value() == value


def test_every_fact_is_shown_once() -> None:
    form = PartForm(Circumstances, data_of(Circumstances()))
    shown = [
        field.name
        for section in form.sections
        for block in section.blocks
        for field in block.fields
    ]
    assert sorted(shown) == sorted(form.form.fields)


def test_a_row_without_its_date_is_told() -> None:
    data = QueryDict("requests=0&requests-0-signatories=4")
    form = PartForm(Circumstances, data)
    assert not form.check()
    assert [sentence for _, sentence, _ in form.mistakes()] == ["À remplir, ou retirez la ligne."]


@pytest.fixture
def signed_in(alice: Someone) -> Client:
    client = Client()
    client.force_login(alice.person)
    return client


@pytest.mark.django_db
def test_the_formalities_of_a_sitting_are_kept(council: Assembly, signed_in: Client) -> None:
    sitting = stored(council)
    page = reverse("council:sitting-formalities", args=[sitting.pk])
    html = signed_in.get(page).content.decode()
    for words in ("Avant la séance", "Pendant la séance", "Après la séance", "Catherine WILLE"):
        assert words in html
    proxy = sitting.procurations.get()
    sent = {
        "version": "1",
        "convocation-channel": "electronic",
        "convocation-note_enclosed": "true",
        "convocationagendas": "0",
        "convocationagendas-0-sent_on": "2024-06-01",
        "convocationagendas-0-subjects": "Contrat de ville\nBudget",
        f"procuration{proxy.pk}-signed_on": "2024-06-10",
        "action": "save",
    }
    assert signed_in.post(page, sent).status_code == 302
    record = record_of(OPERATOR, sitting.pk)
    assert record.sitting.formalities == SittingFormalities(
        convocation=Convocation(
            channel=Channel.ELECTRONIC,
            note_enclosed=True,
            agendas=(SentAgenda(date(2024, 6, 1), ("Contrat de ville", "Budget")),),
        )
    )
    assert record.sitting.proxies[0].signed_on == date(2024, 6, 10)
    line = AuditEntry.objects.latest("id")
    assert (line.action, line.changes["convocation.channel"]) == (
        "sitting.formalities",
        [None, "electronic"],
    )
    second = signed_in.post(page, sent)
    assert second.status_code == 409
    assert "entre-temps" in second.content.decode()


@pytest.mark.django_db
def test_rows_are_added_and_removed_without_saving(council: Assembly, signed_in: Client) -> None:
    page = reverse("council:circumstances", args=[council.pk])
    added = signed_in.post(page, {"add": "commissions", "election_round_on": "2020-03-15"})
    html = added.content.decode()
    assert 'name="commissions-0-name"' in html
    assert 'value="2020-03-15"' in html
    removed = signed_in.post(page, {"remove": "commissions-0", "commissions": "0"})
    assert 'name="commissions-0-name"' not in removed.content.decode()


@pytest.mark.django_db
def test_the_life_of_the_assembly_reaches_each_record(council: Assembly, signed_in: Client) -> None:
    sitting = stored(council)
    page = reverse("council:circumstances", args=[council.pk])
    sent = {
        "version": str(assembly_version(council)),
        "election_round_on": "2020-03-15",
        "commissions": "0",
        "commissions-0-name": "Finances",
        "envoi-website": "https://www.loison.fr/",
        "envoi-siret": "21620523700011",
        "action": "save",
    }
    assert signed_in.post(page, sent).status_code == 302
    assert record_of(OPERATOR, sitting.pk).circumstances == Circumstances(
        website=True, election_round_on=date(2020, 3, 15), commissions=(Commission("Finances"),)
    )
    assert signed_in.post(page, sent).status_code == 409
    council.refresh_from_db()
    wrong = sent | {"envoi-siret": "12", "version": str(assembly_version(council))}
    refused = signed_in.post(page, wrong)
    assert refused.status_code == 422
    assert "quatorze chiffres" in refused.content.decode()


@pytest.mark.django_db
def test_the_formalities_of_an_act_are_kept(council: Assembly, signed_in: Client) -> None:
    sitting = stored(council)
    act = sitting.deliberations.get()
    page = reverse("council:act-formalities", args=[act.pk])
    sent = {
        "version": "1",
        "acte-matter_code": "8.5",
        "acte-transmitted_on": "2024-06-20",
        "publication-mode": "online",
        "action": "save",
    }
    early = signed_in.post(page, sent | {"acte-published_on": "2024-06-01"})
    assert early.status_code == 422
    assert "précède la séance" in early.content.decode()
    assert signed_in.post(page, sent).status_code == 302
    saved = record_of(OPERATOR, sitting.pk).deliberations[0]
    assert (saved.matter_code, saved.transmitted_on) == ("8.5", date(2024, 6, 20))
    assert saved.formalities.publication.mode == "online"


@pytest.mark.django_db
def test_others_do_not_write_formalities(council: Assembly, chloe: Someone, emile: Someone) -> None:
    sitting = stored(council, public=True)
    for person in (None, chloe.person, emile.person):
        client = Client()
        if person:
            client.force_login(person)
        for page in (
            reverse("council:sitting-formalities", args=[sitting.pk]),
            reverse("council:act-formalities", args=[sitting.deliberations.get().pk]),
            reverse("council:circumstances", args=[council.pk]),
        ):
            assert client.get(page).status_code in (302, 403, 404), page


def test_a_plain_cell_holds_the_widget_that_django_draws() -> None:
    data = data_of(filled(Circumstances))
    for rows in PartForm(Circumstances, data).lists.values():
        for row in rows:
            for shown in row:
                drawn = str(row.plain_cells)
                assert f'for="{shown.id_for_label}"' in drawn
                assert parse_html(str(shown)) in parse_html(drawn)
