"""The frame of each service: one transaction, signed, whose failures are French sentences."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError, IntegrityError, OperationalError, transaction

from levier.accounts.domain.actors import Actor
from levier.accounts.history import acting
from levier.common.constraints import sentence_for
from levier.common.domain.errors import Invalid, LevierError

_log = logging.getLogger("levier")


@contextmanager
def writing(actor: Actor) -> Iterator[None]:
    """All or nothing: what is written inside is stored together, or not at all.

    A broken constraint becomes `Invalid` with the sentence of that constraint.
    """
    try:
        with acting(actor), transaction.atomic():
            yield
    except IntegrityError as error:
        _log.warning("constraint broken: %s", error)
        raise Invalid({"": sentence_for(error)}) from None
    except DataError as error:
        _log.warning("value refused by the database: %s", error)
        raise Invalid(
            {"": "Une valeur est trop longue ou trop grande pour être enregistrée."}
        ) from None
    except OperationalError as error:
        _log.warning("database unavailable: %s", error)
        raise LevierError(
            "La base de données est occupée ou ne répond pas ; rien n'a été enregistré. "
            "Recommencez dans un instant."
        ) from None
