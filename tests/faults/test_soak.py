"""A day's work in short: searches, ingests and rebuilds at once, for as long as one likes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from faults.archives import check_ledger
from faults.service import Callers, Service, serving
from promises import ENDURANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from faults.archives import Place

    Tell = Callable[[str, object], None]

MINUTES = float(os.environ.get("DATELINE_SOAK_MINUTES", "30")) if ENDURANCE else 0.02
PATHS = (
    "/v1/search?q=harbour&interval=month",
    "/v1/search?q=%22quay+7%22&facet=person,source",
    "/v1/search?person=quist&sort=newest",
    "/v1/search?q=har*+OR+chanel~&page=3",
    "/v1/facets/person?facet_query=a",
    "/v1/suggest?q=qu",
    "/v1/status",
)
SLOPE = 1.0
"""MB a minute that the process may grow, once it is warm."""
WARM = 1 / 3
"""Of the time, in which caches fill."""


@pytest.mark.promise(
    "searches, ingests and rebuilds for half an hour",
    "0 failed searches, memory grows less than 1 MB a minute, open files stay",
)
def test_a_long_day(
    either: Place, few_articles: Path, tmp_path: Path, record_property: Tell
) -> None:
    assert either.run("ingest", str(few_articles)).returncode == 0
    with serving(either.env) as service, Callers(service, len(PATHS), PATHS, pause=0.05) as callers:
        samples = _work(either, service, tmp_path)
    failed = [each for each in callers.told if each.status != 200]
    assert not failed, (failed[0].status, failed[0].body)
    record_property("searches", len(callers.told))
    record_property("minutes", MINUTES)
    check_ledger(either)
    warm = samples[int(len(samples) * WARM) :]
    record_property("slowest, s", round(max(each.seconds for each in callers.told), 2))
    if ENDURANCE:
        slope = _slope([(at / 60, rss) for at, rss, _ in warm])
        record_property("MB a minute", round(slope, 2))
        assert slope < SLOPE
        files = [each for _, _, each in warm]
        record_property("open files", max(files))
        assert max(files) <= min(files) + 2 * len(PATHS) + 20


def _work(place: Place, service: Service, folder: Path) -> list[tuple[float, float, int]]:
    """Ingest and rebuild until the time is over; moments with memory and open files."""
    began, samples, number = time.monotonic(), [], 0
    while (at := time.monotonic() - began) < MINUTES * 60 or number < 2:
        samples.append((at, service.rss(), service.open_files()))
        late = folder / f"late-{number}.txt"
        late.write_text(f"Late edition {number}\n\nThe harbour was opened, number {number}.\n")
        assert place.run("ingest", str(late)).returncode == 0
        if number % 10 == 1:
            assert place.run("rebuild").returncode == 0
        number += 1
    return samples


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line that lies best."""
    middle = sum(x for x, _ in points) / len(points)
    spread = sum((x - middle) ** 2 for x, _ in points)
    return sum((x - middle) * y for x, y in points) / spread
