"""Fixtures that every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The shared corpora beside the checkout; a test that needs them is skipped, aloud, without."""
    if not CORPORA.is_dir():
        pytest.skip("the shared corpora are not beside this checkout (../shared/corpora)")
    return CORPORA
