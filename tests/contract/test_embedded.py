"""The embedded engine, second tenant of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from contract import (
    copying,
    faceting,
    filtering,
    highlighting,
    lifecycle,
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
    from pathlib import Path


def _open(folder: Path) -> Archive:
    settings = SearchSettings(data_dir=folder, search_timeout=30)
    archive = Archive(open_reader(settings), open_writer(settings))
    archive.writer.prepare()
    return archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with _open(tmp_path_factory.mktemp("archive")) as filled:
        filled.fill(ARTICLES)
        yield filled


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Archive]:
    with _open(tmp_path) as empty:
        yield empty


class TestSearching(searching.Searching): ...


class TestWidening(searching.Widening): ...


class TestFiltering(filtering.Filtering): ...


class TestNames(filtering.Names): ...


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
