"""What tests refuse, so that a whole class of mistakes fails at once rather than by chance."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections, models
from django.test import TransactionTestCase

from levier.accounts import triggers as journal
from levier.council.models import triggers as acts


def refuse_reliance_on_row_order(patch: pytest.MonkeyPatch) -> None:
    """Rows asked for without an order come back reversed: nobody may count on luck."""
    fetch_all = models.QuerySet._fetch_all

    def fetch_reversed(self: models.QuerySet[Any]) -> None:
        first_time = self._result_cache is None
        fetch_all(self)
        if first_time and self._result_cache and not self.ordered:
            self._result_cache.reverse()

    patch.setattr(models.QuerySet, "_fetch_all", fetch_reversed)


def refuse_datetimes_as_dates(patch: pytest.MonkeyPatch) -> None:
    """A datetime given to a DateField would lose its hour, and maybe its day."""
    to_python = models.DateField.to_python

    def to_date(self: models.DateField[Any, Any], value: Any) -> Any:
        if isinstance(value, dt.datetime) and not isinstance(self, models.DateTimeField):
            raise AssertionError(f"un datetime est donné au champ de date {self} : {value!r}")
        return to_python(self, value)

    patch.setattr(models.DateField, "to_python", to_date)


def refuse_wide_locks(patch: pytest.MonkeyPatch) -> None:
    """select_for_update names what it locks, or it locks every joined table."""
    lock = models.QuerySet.select_for_update

    def lock_named(self: models.QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        assert kwargs.get("of"), "select_for_update(of=…) doit nommer les tables verrouillées"
        return lock(self, *args, **kwargs)

    patch.setattr(models.QuerySet, "select_for_update", lock_named)


def refuse_network(patch: pytest.MonkeyPatch) -> None:
    """Only this machine answers tests."""

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def connect_here(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise AssertionError(f"un test a voulu joindre {address[0]}")
            return connect(self, address)

        return connect_here

    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))


def let_the_journal_be_emptied_between_tests(patch: pytest.MonkeyPatch) -> None:
    """A transactional test ends by emptying every table; the journal refuses that, rightly."""
    teardown = TransactionTestCase._fixture_teardown

    def teardown_without_triggers(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):
            journal.remove(connections[alias])
            acts.remove(connections[alias])
        try:
            teardown(self)
        finally:
            for alias in self._databases_names(include_mirrors=False):
                journal.install(connections[alias])
                acts.install(connections[alias])

    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown_without_triggers)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
