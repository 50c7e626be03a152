"""The guards themselves: each one lets a mistake fail."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import engines

from levier.common.models import Source
from levier.council.models import Sitting


def test_the_data_folder_is_a_temporary_one() -> None:
    assert Path(settings.LEVIER_HOME).name.startswith("levier-tests-")
    assert os.environ["LEVIER_HOME"] == str(settings.LEVIER_HOME)


@pytest.mark.django_db
def test_rows_without_an_order_come_back_reversed() -> None:
    for name in ("a", "b", "c"):
        Source.objects.create(publisher=name, dataset="jeu", vintage="2024")
    assert list(Source.objects.order_by().values_list("publisher", flat=True)) == ["c", "b", "a"]
    assert list(Source.objects.values_list("publisher", flat=True)) == ["a", "b", "c"]


def test_a_datetime_is_no_date() -> None:
    with pytest.raises(AssertionError, match="datetime"):
        Sitting(date=datetime(2024, 6, 11, 23, 30, tzinfo=UTC)).clean_fields()
    with pytest.raises(ValidationError):
        Sitting(date="hier").clean_fields()


@pytest.mark.django_db
def test_a_lock_names_its_table() -> None:
    with pytest.raises(AssertionError, match="of="):
        Source.objects.select_for_update()


def test_an_unknown_template_variable_fails() -> None:
    template = engines["django"].from_string("{{ inconnue }}")
    with pytest.raises(pytest.fail.Exception, match="inconnue"):
        template.render({})


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as client, pytest.raises(AssertionError, match="a voulu joindre"):
        client.connect(("192.0.2.1", 80))
