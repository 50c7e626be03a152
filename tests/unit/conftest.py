"""Properties are judged by their result, never by the time of a loaded machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("levier", deadline=None)
settings.load_profile("levier")
