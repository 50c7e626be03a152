"""Each constraint of the database holds, and tells its French sentence when broken."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction

from levier.common.constraints import own_models, sentence_for
from levier.council.models import Clause, Sitting
from tests.integration.broken import BREACHES, world

CONSTRAINTS = {
    constraint.name: constraint for model in own_models() for constraint in model._meta.constraints
}


def test_every_constraint_has_its_breach() -> None:
    assert BREACHES.keys() == CONSTRAINTS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BREACHES))
def test_a_broken_constraint_tells_its_sentence(name: str) -> None:
    rows = world()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        BREACHES[name](rows)
    assert sentence_for(caught.value) == CONSTRAINTS[name].violation_error_message


@pytest.mark.parametrize("name", sorted(CONSTRAINTS))
def test_every_sentence_is_french_and_the_name_says_the_room(name: str) -> None:
    sentence = str(CONSTRAINTS[name].violation_error_message)
    assert sentence != str(CONSTRAINTS[name].default_violation_error_message)
    assert re.fullmatch(r"[A-ZÀÉ].*[.!]", sentence)
    assert name.split("_")[0] in ("common", "accounts", "council")


def test_no_two_constraints_share_a_sentence_within_a_model() -> None:
    for model in own_models():
        sentences = [str(item.violation_error_message) for item in model._meta.constraints]
        assert len(sentences) == len(set(sentences)), model


@pytest.mark.django_db
def test_a_missing_value_is_named() -> None:
    rows = world()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Sitting.objects.filter(pk=rows.sitting.pk).update(date=None)
    assert sentence_for(caught.value) == "Il manque une valeur : « date de la séance »."


@pytest.mark.django_db
def test_a_dangling_reference_is_told() -> None:
    rows = world()
    away = rows.deliberation.pk + 99
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        _point_to(rows.clause, away)
    assert "élément lié" in sentence_for(caught.value)


def _point_to(clause: Clause, deliberation_id: int) -> None:
    Clause.objects.filter(pk=clause.pk).update(deliberation_id=deliberation_id)
    transaction.get_connection().check_constraints()


def test_names_of_models_and_fields_are_french_and_lower_case() -> None:
    proper = ("INSEE", "SIRET", "SIREN", "SHA-256", "Levier", "État")
    for model in own_models():
        names = [model._meta.verbose_name, model._meta.verbose_name_plural]
        names += [
            field.verbose_name
            for field in model._meta.local_fields
            if not field.primary_key and field.name not in ("password", "last_login")
        ]
        for name in map(str, names):
            rest = name
            for word in proper:
                rest = rest.replace(word, "")
            assert rest == rest.lower(), f"{model.__name__} : {name}"
            assert "_" not in name, f"{model.__name__} : « {name} » n'a pas de nom français"
