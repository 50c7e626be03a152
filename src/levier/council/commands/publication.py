"""Commands of the council room: publication."""

from __future__ import annotations
