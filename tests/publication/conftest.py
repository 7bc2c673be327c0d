"""Every publication asks for a kit, which takes seconds to draw: here it is drawn by nobody. What a kit looks like is
tested in test_kit_pictures.py and tests/reports/, the journey in tests/e2e/ draws a whole one."""

import pytest

from stranas.publication.operations import kits


@pytest.fixture(autouse=True)
def _undrawn_kits(monkeypatch):
    monkeypatch.setattr(kits, "make_kit", lambda values, template, progress: [])
