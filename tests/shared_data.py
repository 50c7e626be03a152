"""Real public data kept beside the checkout; the tests that read it skip where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="les données réelles (../shared) ne sont pas à côté du dépôt"
)
