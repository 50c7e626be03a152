"""Addresses of the council room, one module per noun; `urls` gathers them."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """The number of a stored row: what no database can hold is no address."""

    regex = "[0-9]{1,15}"


register_converter(RowConverter, "row")
