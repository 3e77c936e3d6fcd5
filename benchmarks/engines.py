"""A search page through the API on the embedded engine beside the same on Elasticsearch.

    python benchmarks/engines.py --elasticsearch-url http://127.0.0.1:9200 --index articles

The archive of the server is first written into an embedded one in a temporary folder, document by
document. Then one client asks both services for the same pages, in turns.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import tempfile
import time
from pathlib import Path

import aiohttp
from page import (
    ask_by_get,
    free_port,
    make_questions,
    print_row,
    resident_megabytes,
    start_api,
    take_turns,
)

from dateline.search.opening import open_reader, open_writer
from dateline.search.queries import SearchQuery
from dateline.search.settings import SearchSettings, load_settings

COMMIT = 1_000


async def fill_embedded(server: SearchSettings, embedded: SearchSettings) -> int:
    """Write every document of the server's archive into the embedded one; how many."""
    reader, writer = open_reader(server), open_writer(embedded)
    writer.prepare()
    count, waiting = 0, []
    async for document in reader.scan(SearchQuery()):
        waiting.append(document)
        count += 1
        if len(waiting) == COMMIT:
            writer.write([], waiting)
            waiting = []
    writer.write([], waiting)
    writer.refresh()
    writer.close()
    await reader.close()
    return count


async def run(server: SearchSettings, embedded: SearchSettings, pages: int) -> None:
    """Fill, start both services, measure, print."""
    started = time.perf_counter()
    count = await fill_embedded(server, embedded)
    print(
        f"{count} documents written to the embedded engine in {time.perf_counter() - started:.0f} s"
    )
    questions = await make_questions(server, pages)
    ports = free_port(), free_port()
    services = [await start_api(*pair) for pair in zip((embedded, server), ports, strict=True)]
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:
            first, second = (ask_by_get(session, f"http://127.0.0.1:{port}") for port in ports)
            for callers in (1, 8, 16):
                sides = await take_turns((first, second), questions, callers)
                print_row(callers, ("embedded", "Elasticsearch"), sides)
        for name, (process, ready) in zip(("embedded", "Elasticsearch"), services, strict=True):
            memory = resident_megabytes(process.pid)
            print(f"API on {name}: ready after {ready:.2f} s, {memory:.0f} MB after it all")
    finally:
        for process, _ in services:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--elasticsearch-url", default="http://127.0.0.1:9200")
    parser.add_argument("--index", default="articles")
    parser.add_argument("--pages", type=int, default=200)
    given = parser.parse_args()
    server = load_settings(elasticsearch_url=given.elasticsearch_url, index=given.index)
    with tempfile.TemporaryDirectory() as folder:
        embedded = SearchSettings(data_dir=Path(folder), elasticsearch_url=None)
        asyncio.run(run(server, embedded, given.pages))


if __name__ == "__main__":
    main()
