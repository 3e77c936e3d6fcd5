"""What several fault tests stand on: an archive on the real server, and the proxy before it."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest
import servers
from faults.archives import Place
from faults.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def place(elasticsearch_url: str, tmp_path: Path) -> Iterator[Place]:
    """An archive of this test alone, not made yet."""
    index = f"test-{uuid.uuid4().hex[:12]}"
    yield Place(tmp_path / "archive", elasticsearch_url, index)
    servers.delete_indices(elasticsearch_url, index)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An archive of this test alone on each engine in turn, not made yet."""
    if request.param == "embedded":
        yield Place(tmp_path / "archive")
        return
    url = request.getfixturevalue("elasticsearch_url")
    index = f"test-{uuid.uuid4().hex[:12]}"
    yield Place(tmp_path / "archive", url, index)
    servers.delete_indices(url, index)


@pytest.fixture
def between(elasticsearch_url: str) -> Iterator[Proxy]:
    """A proxy before the real server."""
    with Proxy(elasticsearch_url) as door:
        yield door


ARTICLES = 230
"""Enough for two rounds of writing, each in several requests."""
BODY = "The harbour of Port Ellery was closed on Monday. Ada Quist waited for the channel."


@pytest.fixture(scope="session")
def few_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of short articles, each with the word "harbour", a date, and a name."""
    path = tmp_path_factory.mktemp("input") / "articles.jsonl"
    records = [
        {
            "id": f"a{n}",
            "title": f"Quay {n} closes",
            "maintext": f"{BODY} It was quay {n}.",
            "date_publish": f"2024-{n % 12 + 1:02}-01 10:00:00",
        }
        for n in range(ARTICLES)
    ]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def archive(
    elasticsearch_url: str, few_articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """These articles on the real server, for tests that only read."""
    index = f"test-{uuid.uuid4().hex[:12]}"
    place = Place(tmp_path_factory.mktemp("archive"), elasticsearch_url, index)
    assert place.run("ingest", str(few_articles)).returncode == 0
    yield place
    servers.delete_indices(elasticsearch_url, index)
