"""A search page through the API beside the very same body sent straight to Elasticsearch.

    python benchmarks/page.py --elasticsearch-url http://127.0.0.1:9200 --index articles

The archive must be there already (20,000 articles make a fair one); the server should run with its
full compiler (`tools/elasticsearch start --jit`). Queries are pairs of title words, seeded. Both
sides are asked by one client in this process, in turns, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
import httpx2
from elasticsearch import AsyncElasticsearch

from api.app import create_app
from dateline.search.elastic.reader import ElasticReader
from dateline.search.settings import SearchSettings, load_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Ask = Callable[["Question"], Awaitable[None]]

ROUNDS = 5
PAGE = {"page_size": 10, "highlight": "true", "facet": "person,place", "interval": "month"}
WORD = re.compile(r"[A-Za-z]{4,}")
DATELINE = Path(sys.executable).with_name("dateline")


@dataclass(frozen=True, slots=True)
class Question:
    """One search page: its path at the API, and the body that the API sends for it."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Round:
    """Latencies in milliseconds and requests per second of one side in one round."""

    latencies: tuple[float, ...]
    rate: float


class RecordingClient:
    """The client of a reader, remembering the last body that was sent."""

    def __init__(self, client: AsyncElasticsearch) -> None:
        self._client = client
        self.body: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    async def search(self, **options: Any) -> Any:
        """Search, and remember the body of a page; what only counts reprints shows no hits."""
        if options["body"]["size"]:
            self.body = options["body"]
        return await self._client.search(**options)


async def make_questions(settings: SearchSettings, count: int) -> list[Question]:
    """Questions about the archive's own titles, with the bodies our reader makes of them."""
    client = RecordingClient(AsyncElasticsearch(settings.hosts[0]))
    reader = ElasticReader(settings, client=client)  # type: ignore[arg-type]  # records what passes
    titles = await read_titles(client, settings.index, 4 * count)
    app = create_app(reader=reader)
    asker = httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app), base_url="http://benchmark", timeout=60
    )
    questions = []
    async with app.router.lifespan_context(app), asker as asking:
        for words in pick_words(titles)[:count]:
            path = "/v1/search?" + urlencode({"q": words, "match": "all", **PAGE})
            (await asking.get(path)).raise_for_status()
            questions.append(Question(path, json.dumps(client.body).encode()))
    await client.close()
    return questions


async def read_titles(client: RecordingClient, index: str, count: int) -> list[str]:
    """Titles of `count` articles, spread over the archive by a seed."""
    spread = {"function_score": {"random_score": {"seed": 7, "field": "_seq_no"}}}
    answer = await client.search(index=index, body={"query": spread, "size": count})
    return [hit["_source"]["title"] for hit in answer["hits"]["hits"]]


def pick_words(titles: Sequence[str]) -> list[str]:
    """Two words of each title that has so many, seeded."""
    chance = random.Random(7)
    words = [sorted(set(WORD.findall(title.lower()))) for title in titles]
    return [" ".join(chance.sample(each, 2)) for each in words if len(each) > 1]


async def run_round(ask: Ask, questions: Sequence[Question], callers: int) -> Round:
    """Ask every question once, `callers` at a time."""
    waiting = iter(questions)
    latencies: list[float] = []

    async def call() -> None:
        for question in waiting:
            started = time.perf_counter()
            await ask(question)
            latencies.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(callers)))
    return Round(tuple(latencies), len(latencies) / (time.perf_counter() - started))


def ask_by_get(session: aiohttp.ClientSession, base: str) -> Ask:
    """Asks a service for its page."""

    async def ask(question: Question) -> None:
        async with session.get(base + question.path) as answer:
            await answer.read()
            answer.raise_for_status()

    return ask


def ask_by_body(session: aiohttp.ClientSession, settings: SearchSettings) -> Ask:
    """Asks the server itself, with the body that the API would send."""
    address = f"{settings.hosts[0]}/{settings.index}/_search?search_type=dfs_query_then_fetch"
    # the API does not ask the server to pack its answer, so neither does this
    headers = {"content-type": "application/json", "accept-encoding": "identity"}

    async def ask(question: Question) -> None:
        async with session.post(address, data=question.body, headers=headers) as answer:
            await answer.read()
            answer.raise_for_status()

    return ask


async def take_turns(
    sides: tuple[Ask, Ask], questions: Sequence[Question], callers: int
) -> tuple[list[Round], list[Round]]:
    """Rounds of both sides, one after the other, the first of each dropped as a warm-up."""
    rounds: tuple[list[Round], list[Round]] = ([], [])
    for _ in range(ROUNDS + 1):
        for side, ask in zip(rounds, sides, strict=True):
            side.append(await run_round(ask, questions, callers))
    return rounds[0][1:], rounds[1][1:]


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def start_api(settings: SearchSettings, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The API as a user starts it, and the seconds until it was ready."""
    environment = os.environ | {
        "DATELINE_ELASTICSEARCH_URL": settings.hosts[0] if settings.hosts else "",
        "DATELINE_INDEX": settings.index,
        "DATELINE_DATA_DIR": str(settings.data_dir),
    }
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: ASYNC220  # nothing else runs yet that it could hold up
        [DATELINE, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    async with aiohttp.ClientSession() as session:
        while process.poll() is None:
            try:
                async with session.get(f"http://127.0.0.1:{port}/ready") as answer:
                    if answer.ok:
                        return process, time.perf_counter() - started
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.01)
    sys.exit("the API ended before it was ready")


def resident_megabytes(pid: int) -> float:
    """The resident memory of a process, in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def time_help() -> float:
    """The median seconds of `dateline --help` over five runs."""
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([DATELINE, "--help"], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def print_row(
    callers: int, names: tuple[str, str], sides: tuple[Sequence[Round], Sequence[Round]]
) -> None:
    """One row: medians of both sides, and the median over the rounds of their ratio."""
    pairs = list(zip(*sides, strict=True))
    middle = [[statistics.median(side.latencies) for side in pair] for pair in pairs]
    p50 = [statistics.median(side) for side in zip(*middle, strict=True)]
    slower = statistics.median(first / second for first, second in middle)
    rate = statistics.median(first.rate / second.rate for first, second in pairs)
    print(
        f"{callers:3d} callers: p50 {names[0]} {p50[0]:.2f} ms, {names[1]} {p50[1]:.2f} ms, "
        f"ratio {slower:.2f}; requests/s {rate:.2f} of it",
        flush=True,
    )


async def run(settings: SearchSettings, count: int) -> None:
    """Measure and print all rows."""
    questions = await make_questions(settings, count)
    port = free_port()
    process, ready = await start_api(settings, port)
    try:
        print(f"{len(questions)} pages: 10 hits, highlights, two facets, monthly histogram")
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:
            api = ask_by_get(session, f"http://127.0.0.1:{port}")
            straight = ask_by_body(session, settings)
            for callers in (1, 8, 32):
                sides = await take_turns((api, straight), questions, callers)
                print_row(callers, ("API", "straight"), sides)
        print(
            f"API ready after {ready:.2f} s, {resident_megabytes(process.pid):.0f} MB after it all"
        )
        print(f"dateline --help {time_help():.2f} s")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--elasticsearch-url", default="http://127.0.0.1:9200")
    parser.add_argument("--index", default="articles")
    parser.add_argument("--pages", type=int, default=200)
    given = parser.parse_args()
    settings = load_settings(elasticsearch_url=given.elasticsearch_url, index=given.index)
    asyncio.run(run(settings, given.pages))


if __name__ == "__main__":
    main()
