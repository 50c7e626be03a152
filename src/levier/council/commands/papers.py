"""Commands of the council room: papers."""

from __future__ import annotations
