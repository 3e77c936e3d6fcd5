"""Walks a whole archive through the API by cursor and counts what came.

    python benchmarks/walk.py --elasticsearch-url http://127.0.0.1:9200 --index articles

Every id must come exactly once, newest first and oldest first, in pages of 10, 99 and 100.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time

import httpx2

from api.app import create_app
from api.settings import ApiSettings
from dateline.search.opening import open_reader
from dateline.search.settings import SearchSettings, load_settings

SIZES = (10, 99, 100)
SORTS = ("newest", "oldest")


async def walk(asking: httpx2.AsyncClient, sort: str, size: int) -> tuple[int, list[str]]:
    """The total that the first page tells, and the ids of all pages, in order."""
    path: str | None = (
        f"/v1/search?sort={sort}&page_size={size}&fields=id&facet=&interval=year&highlight=false"
    )
    total, ids = 0, []
    while path:
        page = (await asking.get(path)).raise_for_status().json()
        total = total or page["total"]["value"]
        ids += [hit["id"] for hit in page["hits"]]
        path = page["next"]
    return total, ids


async def run(settings: SearchSettings) -> bool:
    """Walk in every way and print a row each; whether every id came once each time."""
    reader = open_reader(settings)
    whole = True
    app = create_app(ApiSettings(), reader)
    client = httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app), base_url="http://benchmark", timeout=60
    )
    async with app.router.lifespan_context(app), client as asking:
        for sort in SORTS:
            for size in SIZES:
                started = time.perf_counter()
                total, ids = await walk(asking, sort, size)
                once = len(ids) == len(set(ids)) == total
                whole = whole and once
                print(
                    f"{sort}, pages of {size}: {len(set(ids))} of {total} ids, "
                    f"{len(ids) - len(set(ids))} twice, {time.perf_counter() - started:.1f} s",
                    flush=True,
                )
    await reader.close()
    return whole


def main() -> None:
    """Read the arguments, walk, and fail where an id was lost or came twice."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--elasticsearch-url", default="http://127.0.0.1:9200")
    parser.add_argument("--index", default="articles")
    given = parser.parse_args()
    settings = load_settings(elasticsearch_url=given.elasticsearch_url, index=given.index)
    sys.exit(0 if asyncio.run(run(settings)) else 1)


if __name__ == "__main__":
    main()
