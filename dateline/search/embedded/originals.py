"""Originals, run reports, records and the numbers of articles, in SQLite beside the index."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import orjson

from dateline.errors import IndexNotReady
from dateline.search.embedded.archive import MISSING_HINT
from dateline.search.results import Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS originals (
    id TEXT PRIMARY KEY, revision INTEGER NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL,
    content_hash TEXT NOT NULL, pipeline TEXT NOT NULL, stored BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS runs (received_at TEXT NOT NULL, stored BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS articles (ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS changes (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE);
"""
_CHANGED = "INSERT OR REPLACE INTO changes (id) VALUES (?)"
_COPIED = """
INSERT OR REPLACE INTO articles SELECT * FROM before.articles;
INSERT OR REPLACE INTO records SELECT * FROM before.records;
INSERT OR REPLACE INTO runs (rowid, received_at, stored) SELECT rowid, * FROM before.runs;
"""
_WITHDRAWN = """
INSERT OR REPLACE INTO originals SELECT * FROM before.originals WHERE outcome = 'withdrawn';
"""
_KEEP = """
INSERT INTO originals
VALUES (:id, :revision, :outcome, :code, :content_hash, :pipeline, :stored)
ON CONFLICT (id) DO UPDATE SET revision = :revision, outcome = :outcome, code = :code,
    content_hash = :content_hash, pipeline = :pipeline, stored = :stored
WHERE :revision >= revision
"""
_LAYOUT = 1
_PATIENCE = 30.0
"""Seconds to wait for another connection of this archive."""
_MANY = 500


class Originals:
    """A file of originals. Each call is one transaction, on the disk when it returns.

    `find` names the file anew at each call: another one may have been put in force.
    """

    def __init__(self, find: Callable[[], Path]) -> None:
        self._find = find

    @property
    def _path(self) -> Path:
        return self._find()

    def create(self) -> None:
        """Make the tables where they are missing. Raises IndexNotReady for another layout."""
        path = self._path
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")  # readers and the writer do not wait
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
            if layout not in (0, _LAYOUT):
                raise IndexNotReady(
                    f"{path} has layout {layout}, this program needs {_LAYOUT}",
                    hint="ingest into another DATELINE_DATA_DIR, or use the program that made it",
                )
            connection.executescript(f"{_TABLES} PRAGMA user_version = {_LAYOUT};")

    def keep(self, kept: Iterable[tuple[Mapping[str, Any], int]]) -> set[str]:
        """Keep originals in their stored form; the ids of which a newer revision is there."""
        rows = [_row(stored, revision) for stored, revision in kept]
        revisions = {row["id"]: row["revision"] for row in rows}
        with self._open() as connection:
            connection.executemany(_KEEP, rows)
            connection.executemany(_CHANGED, [(each,) for each in revisions])
            asked = "SELECT id, revision FROM originals"
            there = _select(connection, asked, list(revisions))
            return {key for key, revision in there if revision > revisions[key]}

    def note_changes(self, document_ids: Sequence[str]) -> None:
        """Remember that these articles are about to change."""
        with self._open() as connection:
            connection.executemany(_CHANGED, [(each,) for each in document_ids])

    def last_change(self) -> int:
        """The number of the last change."""
        with self._open() as connection:
            (number,) = connection.execute("SELECT max(number) FROM changes").fetchone()
            return number or 0

    def changed(self, since: int) -> list[str]:
        """The ids of the articles that changed after this number, in that order."""
        asked = "SELECT id FROM changes WHERE number > ? ORDER BY number"
        with self._open() as connection:
            return [key for (key,) in connection.execute(asked, (since,))]

    def copy_keepsakes(self, before: Path) -> None:
        """Take over what no article is made of anew: numbers, records, reports, withdrawn ones."""
        self._copy_from(before, _COPIED + _WITHDRAWN)

    def copy_books(self, before: Path) -> None:
        """Take over numbers, records and run reports as they are now."""
        self._copy_from(before, _COPIED)

    def _copy_from(self, before: Path, script: str) -> None:
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as connection:
            connection.execute("ATTACH DATABASE ? AS before", (str(before),))
            connection.executescript(f"BEGIN IMMEDIATE; {script} COMMIT;")

    def keep_record(self, key: str, body: Mapping[str, Any]) -> None:
        """Keep a JSON object under a key, in place of the last."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?)", (key, _pack(body)))

    def read_record(self, key: str) -> dict[str, Any] | None:
        """What is kept under a key, None where nothing is."""
        with self._open() as connection:
            found = connection.execute("SELECT body FROM records WHERE key = ?", (key,)).fetchone()
            return _unpack(found[0]) if found else None

    def held(self) -> dict[str, tuple[Stored, int]]:
        """What every original says of itself, and its revision, ordered by id."""
        asked = "SELECT id, content_hash, pipeline, outcome, revision FROM originals ORDER BY id"
        with self._open() as connection:
            return {key: (Stored(*said), at) for key, *said, at in connection.execute(asked)}

    def unwanted(self) -> list[str]:
        """The ids of all articles that are not to be found: withdrawn or refused."""
        with self._open() as connection:
            rows = connection.execute("SELECT id FROM originals WHERE outcome != 'indexed'")
            return [key for (key,) in rows]

    def number(self, document_ids: Sequence[str]) -> dict[str, int]:
        """The number of each article; one not met before gets the next."""
        with self._open() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO articles (id) VALUES (?)", [(each,) for each in document_ids]
            )
            return dict(_select(connection, "SELECT id, ordinal FROM articles", document_ids))

    def known(self, document_ids: Sequence[str]) -> dict[str, Stored]:
        """What the originals of these ids say of themselves, where they are there."""
        asked = "SELECT id, content_hash, pipeline, outcome FROM originals"
        with self._open() as connection:
            return {key: Stored(*said) for key, *said in _select(connection, asked, document_ids)}

    def read(self, document_id: str) -> tuple[dict[str, Any], int] | None:
        """The stored form of an original and its revision, None without one."""
        asked = "SELECT stored, revision FROM originals"
        with self._open() as connection:
            found = next(_select(connection, asked, [document_id]), None)
        return None if found is None else (_unpack(found[0]), found[1])

    def read_after(self, document_id: str, limit: int) -> list[dict[str, Any]]:
        """The stored forms of the next originals after this id, ordered by id."""
        asked = "SELECT stored FROM originals WHERE id > ? ORDER BY id LIMIT ?"
        with self._open() as connection:
            return [
                _unpack(stored) for (stored,) in connection.execute(asked, (document_id, limit))
            ]

    def withdrawn(self) -> list[str]:
        """The ids of all articles that were withdrawn."""
        with self._open() as connection:
            rows = connection.execute("SELECT id FROM originals WHERE outcome = 'withdrawn'")
            return [key for (key,) in rows]

    def count(self) -> dict[tuple[str, str], int]:
        """How many originals there are of each outcome and code."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT outcome, code, count(*) FROM originals GROUP BY outcome, code"
            )
            return {(outcome, code): count for outcome, code, count in rows}

    def record_run(self, stored: Mapping[str, Any]) -> None:
        """Keep a run report in its stored form."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO runs VALUES (?, ?)", (stored["received_at"], _pack(stored))
            )

    def last_run(self) -> dict[str, Any] | None:
        """The stored form of the report of the run that ended last."""
        with self._open() as connection:
            found = connection.execute(
                "SELECT stored FROM runs ORDER BY received_at DESC, rowid DESC LIMIT 1"
            ).fetchone()
            return _unpack(found[0]) if found else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._path.exists():  # connecting would make an empty one
            raise IndexNotReady(f"no archive in {self._path.parent}", hint=MISSING_HINT)
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as connection, connection:
            connection.execute("PRAGMA synchronous = FULL")
            yield connection


def _select(
    connection: sqlite3.Connection, asked: str, document_ids: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(document_ids), _MANY):
        some = document_ids[start : start + _MANY]
        places = ", ".join("?" * len(some))
        yield from connection.execute(f"{asked} WHERE id IN ({places})", some)


def _row(stored: Mapping[str, Any], revision: int) -> dict[str, Any]:
    return {
        "id": stored["id"],
        "revision": revision,
        "outcome": stored["outcome"],
        "code": stored.get("code", ""),
        "content_hash": stored.get("content_hash", ""),
        "pipeline": stored.get("pipeline", ""),
        "stored": _pack(stored),
    }


def _pack(stored: Mapping[str, Any]) -> bytes:
    return zlib.compress(orjson.dumps(stored))


def _unpack(content: bytes) -> dict[str, Any]:
    stored: dict[str, Any] = orjson.loads(zlib.decompress(content))
    return stored
