"""The embedded archive on the disk: pointer, versions, one writer, readers that keep up."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from contract.archive import Archive
from contract.documents import ARTICLES, HARBOUR, IDS, make_document, with_originals

from dateline.errors import EngineBlocked, IndexNotReady
from dateline.search.embedded.archive import folder_of
from dateline.search.embedded.made import MADE
from dateline.search.embedded.reader import EmbeddedReader
from dateline.search.embedded.writer import EmbeddedWriter
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> SearchSettings:
    return SearchSettings(data_dir=tmp_path)


def opened(settings: SearchSettings) -> Archive:
    return Archive(EmbeddedReader(settings), EmbeddedWriter(settings))


def filled(settings: SearchSettings, documents: Any = ARTICLES) -> Archive:
    archive = opened(settings)
    archive.writer.prepare()
    archive.fill(documents)
    return archive


def test_without_an_archive_everybody_says_what_to_do(settings: SearchSettings) -> None:
    with opened(settings) as nothing:
        for ask in (
            nothing.search,
            nothing.status,
            nothing.writer.status,
            lambda: nothing.writer.stored(["x"]),
            lambda: nothing.run(nothing.reader.ping()),
            lambda: nothing.get("x"),
            lambda: nothing.fill(ARTICLES),
        ):
            with pytest.raises(IndexNotReady, match="dateline ingest"):
                ask()


def test_the_pointer_names_the_index_in_force(settings: SearchSettings) -> None:
    with filled(settings):
        folder = folder_of(settings)
        assert folder.current().name == "articles-v1-first"
        assert json.loads((folder.current() / MADE).read_bytes())["schema"] == "articles"


def test_a_second_writer_is_refused_and_told_who_writes(settings: SearchSettings) -> None:
    with filled(settings) as first:
        second = EmbeddedWriter(settings)
        for write in (second.prepare, lambda: second.write(*with_originals(ARTICLES))):
            with pytest.raises(EngineBlocked, match=f"process {os.getpid()} on ") as caught:
                write()
            assert "wait until" in caught.value.hint
        assert second.status().articles == len(IDS)
        assert set(second.stored(["trial"])) == {"trial"}
        assert first.search().total.value == len(IDS)
    second.prepare()
    second.close()


WRITER = """
import sys
from pathlib import Path
from contract.documents import ARTICLES, with_originals
from dateline.search.embedded.writer import EmbeddedWriter
from dateline.search.settings import SearchSettings
writer = EmbeddedWriter(SearchSettings(data_dir=Path(sys.argv[1])))
writer.prepare()
writer.write(*with_originals(ARTICLES))
writer.close()
"""


def test_a_reader_sees_what_another_process_writes(settings: SearchSettings) -> None:
    with filled(settings, HARBOUR):
        pass
    with opened(settings) as reading:
        assert reading.search().total.value == len(HARBOUR)
        subprocess.run(
            [sys.executable, "-c", WRITER, str(settings.data_dir)],
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert reading.search().total.value == len(IDS)


def remake(settings: SearchSettings, **other: Any) -> None:
    """Let the index in force say that it was made otherwise."""
    path = folder_of(settings).current() / MADE
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **other}))


@pytest.mark.parametrize("other", [{"tantivy": "0.26.2"}, {"analysis": "older words"}])
def test_an_index_of_other_words_is_refused_by_readers_and_built_anew_by_the_writer(
    settings: SearchSettings, other: dict[str, str]
) -> None:
    with filled(settings) as archive:
        before = [each.id for each in archive.search(sort="oldest", page_size=100).hits]
        first = archive.search(sort="oldest", page_size=4)
    remake(settings, **other)
    with opened(settings) as archive:
        with pytest.raises(IndexNotReady, match=next(iter(other))) as caught:
            archive.run(archive.reader.ping())
        assert "dateline ingest" in caught.value.hint
        archive.writer.prepare()
        assert archive.run(archive.reader.ping())
        assert [each.id for each in archive.search(sort="oldest", page_size=100).hits] == before
        rest = archive.search(sort="oldest", page_size=100, cursor=first.next_cursor)
        assert [each.id for each in (*first.hits, *rest.hits)] == before
        folders = [each for each in folder_of(settings).path.iterdir() if each.is_dir()]
        assert folders == [folder_of(settings).current()]


def test_another_mapping_is_not_written_to(settings: SearchSettings) -> None:
    filled(settings).__exit__()
    remake(settings, version=7)
    with pytest.raises(IndexNotReady, match="articles version 7"):
        EmbeddedWriter(settings).prepare()


def test_originals_of_another_layout_are_not_written_to(settings: SearchSettings) -> None:
    filled(settings).__exit__()
    with closing(sqlite3.connect(folder_of(settings).originals)) as connection:
        connection.execute("PRAGMA user_version = 7")
    writer = EmbeddedWriter(settings)
    with pytest.raises(IndexNotReady, match="layout 7"):
        writer.prepare()
    writer.close()


def test_a_reader_goes_on_while_the_index_is_built_anew(settings: SearchSettings) -> None:
    with filled(settings) as archive:
        assert archive.search().total.value == len(IDS)
        assert archive.writer.rebuild().documents == len(IDS)
        assert archive.search().total.value == len(IDS)


def test_an_article_keeps_its_place_among_equals_when_it_is_written_again(
    settings: SearchSettings,
) -> None:
    documents = [make_document(f"n{n}", f"Note {n}", "Salt.", day="2024-01-01") for n in range(9)]
    with filled(settings, documents) as archive:
        before = [each.id for each in archive.search().hits]
        archive.fill(documents[3:6])
        assert [each.id for each in archive.search().hits] == before


def test_equal_scores_are_paged_by_number_however_many(settings: SearchSettings) -> None:
    documents = [make_document(f"n{n}", "Note", "Salt.") for n in range(300)]
    with filled(settings, documents) as archive:
        pages = [archive.search("salt", page_size=7, page=page).hits for page in range(1, 44)]
        assert [each.id for page in pages for each in page] == [each.id for each in documents]
