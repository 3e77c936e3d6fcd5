"""Whatever the embedded engine raises leaves as an error of ours, and the process lives."""

from __future__ import annotations

import errno
import sqlite3

import pytest
import tantivy

from dateline.errors import DocumentNotFound, EngineBlocked, EngineFault, EngineRefused
from dateline.search.embedded.errors import engine_errors


def test_a_panic_of_the_engine_is_a_fault_and_the_process_lives() -> None:
    index = tantivy.Index(tantivy.SchemaBuilder().build())
    with pytest.raises(EngineFault, match="PanicException") as caught, engine_errors():
        index.searcher().search(tantivy.Query.all_query(), limit=0)
    assert "DATELINE_DATA_DIR" in caught.value.hint
    assert index.searcher().num_docs == 0


def test_a_broken_index_is_a_fault() -> None:
    with pytest.raises(EngineFault, match="nonesuch"), engine_errors():
        tantivy.Index.open("/nonesuch")


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
        ValueError("An IO error occurred: 'No space left on device (os error 28)'"),
    ],
)
def test_a_full_disk_blocks_and_says_what_helps(error: Exception) -> None:
    with pytest.raises(EngineBlocked, match="no room") as caught, engine_errors():
        raise error
    assert "free disk space" in caught.value.hint


def test_a_folder_that_may_not_be_written_is_a_refusal() -> None:
    with pytest.raises(EngineRefused, match="DATELINE_DATA_DIR"), engine_errors():
        raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize("error", [DocumentNotFound("x"), KeyboardInterrupt(), TypeError("ours")])
def test_what_is_not_the_engines_passes(error: BaseException) -> None:
    with pytest.raises(type(error)), engine_errors():
        raise error
