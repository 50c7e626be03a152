"""Commands of the council room: rules."""

from __future__ import annotations
