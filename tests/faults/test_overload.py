"""More callers than the API has places: the excess is told so at once, and nobody else notices."""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING

import pytest
from faults import proxy
from faults.service import SEARCH, Callers, Service, serving
from promises import ALONE, ENDURANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults.archives import Place
    from faults.service import Told

    Tell = Callable[[str, object], None]

PLACES = 8
IN_LINE = 4 * PLACES
CROWD = 256
LASTING = 60.0 if ENDURANCE else 5.0
AT_ONCE = 0.05
"""Seconds within which the excess is refused, as the caller sees it beside a full line."""
SLACK = 0.0 if ALONE else 1.0
"""Seconds more for a machine with other work."""
GROWTH = 30.0
"""MB that the process may have grown after the crowd."""


@pytest.fixture
def service(archive: Place, between: proxy.Proxy) -> Iterator[Service]:
    env = archive.by_way_of(between.url).env | {"DATELINE_CONCURRENCY": str(PLACES)}
    with serving(env) as running:
        assert running.ask().status == 200
        yield running


def refused_at_once(answers: list[Told]) -> list[Told]:
    return [each for each in answers if each.status == 503 and b"already wait" in each.body]


@pytest.mark.promise(
    "overload", "with all places taken and the line full, 503 + Retry-After within 50 ms"
)
def test_the_excess_is_refused_at_once(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    between.fault = proxy.latency(2.5)
    with Callers(service, PLACES + IN_LINE + 8, pause=0.01):
        time.sleep(0.5)
        answers = [service.ask() for _ in range(200 if ENDURANCE else 50)]
        health = service.ask("/health")
    refused = refused_at_once(answers)
    median = statistics.median(each.seconds for each in refused)
    record_property("median, ms", round(1000 * median, 1))
    record_property("health, ms", round(1000 * health.seconds, 1))
    assert len(refused) > len(answers) / 2
    assert all(each.is_plain_refusal() for each in refused)
    assert median < AT_ONCE + SLACK
    assert health.status == 200
    assert health.seconds < AT_ONCE + SLACK


@pytest.mark.promise(
    "overload (256 callers)",
    "/health throughout, memory flat, back within 2 s, nothing but 200, 503",
)
def test_a_crowd_leaves_no_trace(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    between.fault = proxy.latency(0.5)
    with Callers(service, CROWD, pause=0.1):
        time.sleep(2)
    before, files = service.rss(), service.open_files()
    with Callers(service, CROWD, pause=0.1) as crowd, Callers(service, 1, ["/health"]) as health:
        time.sleep(LASTING)
    between.fault = proxy.healthy
    over = time.monotonic()
    while service.ask().status != 200:
        assert time.monotonic() - over < 2 + SLACK
    record_property("back after, s", round(time.monotonic() - over, 2))
    record_property("grown by, MB", round(service.rss() - before, 1))
    record_property("answers", len(crowd.told))
    assert all(each.status == 200 or each.is_plain_refusal() for each in crowd.told)
    assert {each.status for each in health.told} == {200}
    assert refused_at_once(crowd.told)
    assert any(each.status == 200 for each in crowd.told)
    assert service.rss() - before < GROWTH
    assert service.open_files() <= files + PLACES + 4


@pytest.mark.promise("8 slow searches without end", "cheap searches beside them are not starved")
def test_hogs_do_not_starve_the_cheap(
    archive: Place, between: proxy.Proxy, record_property: Tell
) -> None:
    def slow_for_hogs(exchange: proxy.Exchange) -> None:
        (proxy.latency(1.5) if b"hogg" in exchange.body else proxy.healthy)(exchange)

    between.fault = slow_for_hogs
    with serving(archive.by_way_of(between.url).env) as service:
        alone = _median(service)
        with Callers(service, 8, ["/v1/search?q=hogg"]) as hogs:
            time.sleep(0.5)
            beside = _median(service)
            time.sleep(1.5)
    record_property("median alone, ms", round(1000 * alone, 1))
    record_property("median beside 8 hogs, ms", round(1000 * beside, 1))
    assert any(each.status == 200 for each in hogs.told)
    assert beside < 3 * alone + SLACK + 0.02


def _median(service: Service) -> float:
    answers = [service.ask() for _ in range(100 if ENDURANCE else 30)]
    assert all(each.status == 200 for each in answers)
    return statistics.median(each.seconds for each in answers)


@pytest.mark.promise("waiting in line", "the engine is given only the time that is left")
def test_the_deadline_reaches_the_engine(
    archive: Place, between: proxy.Proxy, record_property: Tell
) -> None:
    between.fault = proxy.latency(1.2)
    env = archive.by_way_of(between.url).env | {"DATELINE_CONCURRENCY": "1"}
    with serving(env) as service, Callers(service, 3):
        time.sleep(5)
    given = [json.loads(each.body)["timeout"] for each in between.seen if each.kind == "_search"]
    left = [int(each.removesuffix("ms")) for each in given]
    record_property("shortest time given, ms", min(left))
    assert max(left) == 2000
    assert min(left) < 1900


@pytest.mark.promise("a caller hangs up", "the engine is not left at work for nobody")
def test_who_hangs_up_leaves_no_work_behind(service: Service, between: proxy.Proxy) -> None:
    between.fault = proxy.latency(2.5)
    asked = between.count(kind="_search")
    with Callers(service, PLACES + 10, [SEARCH]):
        time.sleep(0.5)
    gone = time.monotonic()
    while between.abandoned < PLACES and time.monotonic() - gone < 1.0 + SLACK:
        time.sleep(0.02)
    assert between.abandoned == PLACES  # those in line never reached the engine
    assert between.count(kind="_search") == asked + PLACES
    between.fault = proxy.healthy
    assert service.ask().status == 200
