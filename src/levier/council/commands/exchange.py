"""Commands of the council room: exchange."""

from __future__ import annotations
