"""The API as a process, asked without pause, while the way to its engine breaks and heals."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from faults import proxy
from faults.quick import SHORT
from faults.rewriting import in_part, out_of_time
from faults.service import (
    SEARCH,
    Callers,
    Service,
    check_refusals,
    serving,
    wait_until_healed,
)
from promises import ENDURANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults.archives import Place

    Tell = Callable[[str, object], None]

LASTING = 30.0 if ENDURANCE else 4.0
AWAY_LIMIT = 20
PAUSE = 0.02


@pytest.fixture(scope="module")
def between(elasticsearch_url: str) -> Iterator[proxy.Proxy]:
    with proxy.Proxy(elasticsearch_url) as door:
        yield door


@pytest.fixture(scope="module")
def running(archive: Place, between: proxy.Proxy) -> Iterator[Service]:
    with serving(archive.by_way_of(between.secret_url).env) as service:
        yield service


@pytest.fixture
def service(running: Service, between: proxy.Proxy) -> Service:
    """One service for all these tests: what the last one broke is whole again."""
    between.fault = proxy.healthy
    wait_until_healed(running, lambda _name, _value: None)
    assert running.ask().json()["total"]["value"] > 0
    return running


def break_and_heal(service: Service, between: proxy.Proxy, fault: proxy.Fault, tell: Tell) -> None:
    """Callers without pause through a fault that takes the engine away, and through its end."""
    with Callers(service, 4, pause=PAUSE) as callers:
        time.sleep(0.5)
        assert all(each.status == 200 for each in callers.told)
        between.fault = fault
        broken = time.monotonic()
        time.sleep(LASTING / 2)
        assert service.ask("/health").status == 200
        assert service.ask("/ready").status == 503
        time.sleep(LASTING / 2)
        between.fault = proxy.healthy
        wait_until_healed(service, tell)
        check_refusals(callers.since(broken), tell)
    assert any(each.status == 503 for each in callers.told)


@pytest.mark.promise(
    "engine restart under search load", "503 with Retry-After in 3.5 s, then it heals by itself"
)
def test_searches_are_refused_while_nobody_listens_and_answered_again(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    with Callers(service, 4, pause=PAUSE) as callers:
        time.sleep(0.5)
        between.refuse()
        broken = time.monotonic()
        time.sleep(LASTING)
        assert service.ask("/health").status == 200
        between.listen()
        wait_until_healed(service, record_property)
        check_refusals(callers.since(broken), record_property)


@pytest.mark.promise("black hole", "every search is answered in 3.5 s, /health throughout")
def test_searches_come_out_of_a_black_hole(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    break_and_heal(service, between, proxy.black_hole, record_property)


@pytest.mark.promise("503 from the engine", "searches are refused in good form, and it heals")
def test_searches_are_refused_while_shards_are_away(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    away = proxy.refusing(503, "no_shard_available_action_exception")
    break_and_heal(service, between, away, record_property)


@pytest.mark.promise("trickle (1 kB/s)", "no search lasts longer than 3.5 s, and it heals")
def test_an_answer_that_trickles_is_given_up(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    break_and_heal(service, between, proxy.trickle(1_000), record_property)


@pytest.mark.promise("latency (0 to 5 s)", "no search lasts longer than 3.5 s, fast ones go on")
def test_a_line_that_is_slow_now_and_then_harms_only_whom_it_meets(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    chance = random.Random(11)

    def late(exchange: proxy.Exchange) -> None:
        proxy.latency(chance.choice([0, 0, 0, 5]) * chance.random())(exchange)

    between.fault = late
    with Callers(service, 8, pause=PAUSE) as callers:
        time.sleep(LASTING)
    check_refusals(callers.told, record_property)
    answered = sum(each.status == 200 for each in callers.told)
    record_property("answered, %", round(100 * answered / len(callers.told)))
    assert answered > len(callers.told) / 2


@pytest.mark.promise("connection reset amid an answer", "the search is asked again: 0 failed")
def test_a_search_whose_answer_is_cut_is_asked_again(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    between.fault = proxy.sometimes(proxy.reset_amid, 3, "_search")
    with Callers(service, 1) as callers:
        time.sleep(LASTING)
    failed = [each for each in callers.told if each.status != 200]
    record_property("failed", f"{len(failed)} of {len(callers.told)}")
    assert not failed
    assert between.count(kind="_search") > len(callers.told)


@pytest.mark.promise(
    "429 from the engine", "searches are refused with Retry-After, never asked again"
)
def test_a_busy_server_is_not_asked_twice(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    between.fault = proxy.refusing(429, "es_rejected_execution_exception")
    since = time.monotonic()
    answers = [service.ask() for _ in range(20)]
    assert all(each.is_plain_refusal() for each in answers)
    assert between.count(since) == len(answers)
    between.fault = proxy.healthy
    assert service.ask().status == 200


@pytest.mark.promise(
    "engine away", "at most 20 requests a minute come from an API asked all the time"
)
def test_a_server_that_is_away_is_left_alone(
    service: Service, between: proxy.Proxy, record_property: Tell
) -> None:
    watched = 65.0 if ENDURANCE else 12.0
    with Callers(service, 8, pause=PAUSE) as callers:
        time.sleep(0.3)
        between.fault = proxy.refusing(503, "no_shard_available_action_exception")
        begun = time.monotonic()
        time.sleep(1)  # whoever is under way now
        since = time.monotonic()
        time.sleep(watched)
        asked = len(callers.since(since))
    record_property("searches refused", asked)
    record_property("requests in the first second", between.count(begun) - between.count(since))
    in_a_minute = (
        between.busiest_minute(since) if ENDURANCE else between.count(since) * 60 / watched
    )
    record_property("requests a minute", round(in_a_minute))
    assert in_a_minute <= AWAY_LIMIT
    assert asked > 50


@pytest.mark.promise("some shards missing, or out of time", "the answer says `incomplete: true`")
@pytest.mark.parametrize("fault", [in_part, out_of_time])
def test_an_answer_in_part_says_so(
    service: Service, between: proxy.Proxy, fault: proxy.Fault
) -> None:
    assert service.ask().json()["incomplete"] is False
    between.fault = fault
    assert service.ask().json()["incomplete"] is True
    assert (
        service.ask(SEARCH.replace("/search?", "/facets/person?").split("&")[0]).json()[
            "incomplete"
        ]
        is True
    )
    assert service.ask("/v1/status").status == 503


@pytest.mark.promise(
    "some shards missing, or out of time",
    "verify, status, walks, rebuild, reprocess refuse: code 4",
)
@pytest.mark.parametrize("fault", [in_part, out_of_time])
def test_nothing_whole_is_made_of_answers_in_part(
    archive: Place, between: proxy.Proxy, fault: proxy.Fault
) -> None:
    before = archive.contents()
    between.fault = fault
    for command in ("verify", "rebuild", "status", "reprocess"):
        done = archive.by_way_of(between.secret_url).run(command, **SHORT)
        assert done.returncode == 4, (command, done.stderr)
        assert "shards" in done.stderr.splitlines()[-1]
        assert proxy.SECRET not in done.stdout + done.stderr
    between.fault = proxy.healthy
    assert archive.contents() == before
    assert archive.run("verify").returncode == 0
