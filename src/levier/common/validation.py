"""Django's own checks of a row, as an expected error."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from levier.common.domain.errors import Invalid

Row = TypeVar("Row", bound=models.Model)


def checked(row: Row) -> Row:
    """The row itself when its fields and constraints hold; else Invalid, a sentence by field."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Invalid(
            {
                "" if field == NON_FIELD_ERRORS else field: " ".join(messages)
                for field, messages in error.message_dict.items()
            }
        ) from None
    return row
