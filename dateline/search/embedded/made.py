"""How an index was made, written beside it: what was made otherwise must be built anew."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import orjson

from dateline.errors import IndexNotReady
from dateline.search.embedded.analysis import fingerprint
from mappings import ARTICLES, load_mapping

if TYPE_CHECKING:
    from pathlib import Path

MADE = "made.json"


def engine_version() -> str:
    """The version of the engine."""
    return version("tantivy")


def wanted_make() -> dict[str, Any]:
    """How this program makes an index: mapping, engine and words."""
    meta = load_mapping(ARTICLES)["mappings"]["_meta"]
    return {**meta, "tantivy": engine_version(), "analysis": fingerprint()}


def write_make(index: Path) -> None:
    """Say beside an index that this program made it."""
    (index / MADE).write_bytes(orjson.dumps(wanted_make()))


def read_make(index: Path) -> dict[str, Any]:
    """How this index says it was made; nothing where it does not say."""
    try:
        made: dict[str, Any] = orjson.loads((index / MADE).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return made


def check_make(index: Path) -> None:
    """Raises IndexNotReady unless this program's words are the words of the index."""
    made, wanted = read_make(index), wanted_make()
    if made == wanted:
        return
    named = ", ".join(name for name in wanted if made.get(name) != wanted[name])
    raise IndexNotReady(
        f"the index in {index} was made by another version of this program ({named} differ)",
        hint="run `dateline ingest` on anything once: it builds the index anew from itself",
    )
