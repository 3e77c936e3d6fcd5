"""A page made to break its reader costs seconds and some memory, and is told for what it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MOST_SECONDS = 5
MOST_MEMORY = 300


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="peak memory is read from Linux's /proc"
)


@pytest.fixture(scope="module")
def fates() -> dict[str, tuple[str, float, int]]:
    """What became of each page, the seconds of a core it took, and the memory so far, in MB."""
    ran = subprocess.run(
        [sys.executable, str(HERE / "hostile_pages.py")],
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    lines = map(json.loads, ran.stdout.splitlines())
    return {name: (fate, seconds, memory) for name, fate, seconds, memory in lines}


@pytest.mark.promise("a page made to be slow", "at most 5 s of a core")
def test_no_page_takes_more_than_seconds(fates: dict[str, tuple[str, float, int]]) -> None:
    assert {n: seconds for n, (_, seconds, _) in fates.items() if seconds > MOST_SECONDS} == {}


@pytest.mark.promise("a page made to be large", "at most 300 MB")
def test_no_page_takes_more_than_some_memory(fates: dict[str, tuple[str, float, int]]) -> None:
    assert 0 < max(memory for _, _, memory in fates.values()) < MOST_MEMORY


@pytest.mark.promise("a page made to break its reader", "an article, or told for what it is")
def test_every_page_is_an_article_or_told_for_what_it_is(
    fates: dict[str, tuple[str, float, int]],
) -> None:
    told = {"article", "no_body", "too_complex", "too_long", "binary"}
    assert len(fates) >= 20
    assert {fate for fate, _, _ in fates.values()} <= told
    assert fates["nested divs"][0] == fates["a table of 50,000 cells"][0] == "too_complex"
    assert fates["a huge attribute"][0] == fates["an entity bomb"][0] == "article"
