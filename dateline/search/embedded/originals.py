"""Originals, run reports and the numbers of articles, in SQLite beside the index."""

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
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS originals (
    id TEXT PRIMARY KEY, revision INTEGER NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL,
    content_hash TEXT NOT NULL, pipeline TEXT NOT NULL, stored BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS runs (received_at TEXT NOT NULL, stored BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS articles (ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE);
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
    """The file of originals. Each call is one transaction, on the disk when it returns."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def create(self) -> None:
        """Make the tables where they are missing. Raises IndexNotReady for another layout."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")  # readers and the writer do not wait
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
            if layout not in (0, _LAYOUT):
                raise IndexNotReady(
                    f"{self._path} has layout {layout}, this program needs {_LAYOUT}",
                    hint="ingest into another DATELINE_DATA_DIR, or use the program that made it",
                )
            connection.executescript(f"{_TABLES} PRAGMA user_version = {_LAYOUT};")

    def keep(self, kept: Iterable[tuple[Mapping[str, Any], int]]) -> None:
        """Keep originals in their stored form, each unless a newer revision is there."""
        rows = [_row(stored, revision) for stored, revision in kept]
        with self._open() as connection:
            connection.executemany(_KEEP, rows)

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
