"""Elasticsearch, first tenant of the contract."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
import servers
from contract import (
    copying,
    faceting,
    filtering,
    highlighting,
    lifecycle,
    naming,
    paging,
    reprinting,
    searching,
    writing,
)
from contract.archive import Archive
from contract.documents import ARTICLES

from dateline.search.opening import open_reader, open_writer
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator


def _open(url: str, index: str) -> Archive:
    settings = SearchSettings(elasticsearch_url=url, index=index, search_timeout=30)
    archive = Archive(open_reader(settings), open_writer(settings))
    archive.writer.prepare()
    return archive


@pytest.fixture(scope="module")
def archive(elasticsearch_url: str) -> Iterator[Archive]:
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    with _open(elasticsearch_url, prefix) as filled:
        filled.fill(ARTICLES)
        yield filled
    servers.delete_indices(elasticsearch_url, prefix)


@pytest.fixture
def fresh(elasticsearch_url: str, index_prefix: str) -> Iterator[Archive]:
    with _open(elasticsearch_url, index_prefix) as empty:
        yield empty


class TestSearching(searching.Searching): ...


class TestWidening(searching.Widening): ...


class TestFiltering(filtering.Filtering): ...


class TestNames(filtering.Names): ...


class TestDecidedNames(naming.DecidedNames): ...


class TestFaceting(faceting.Faceting): ...


class TestHistogram(faceting.Histogram): ...


class TestHighlighting(highlighting.Highlighting): ...


class TestPaging(paging.Paging): ...


class TestWalks(paging.Walks): ...


class TestScanning(paging.Scanning): ...


class TestReprints(reprinting.Reprints): ...


class TestWriting(writing.Writing): ...


class TestOriginals(copying.Originals): ...


class TestStatus(writing.Status): ...


class TestRebuilding(lifecycle.Rebuilding): ...


class TestRollingBack(lifecycle.RollingBack): ...


class TestHolding(lifecycle.Holding): ...
