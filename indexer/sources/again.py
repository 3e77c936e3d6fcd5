"""A stored original → the article it holds, read as the first time.

An original keeps all that reading needs: its bytes, its kind, the options that were given, and of
a CSV row the header line of its table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.sources.csv_rows import HEADER, read_row
from indexer.sources.html_pages import read_page
from indexer.sources.json_records import read_json
from indexer.sources.reuters import read_story
from indexer.sources.texts import read_text
from indexer.sources.values import Refusal, SourceOptions, read_given

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.documents import Original, RawArticle

    Read = Callable[[Original, SourceOptions], RawArticle | Refusal]


def read_again(original: Original) -> RawArticle | Refusal:
    """Read an original once more: what its source would say of these bytes today.

    What was refused without its bytes (too large, a file that is damaged) stays refused.
    """
    read = _READERS.get(original.media_type)
    if read is None:
        return _as_it_was(original)
    return read(original, read_given(original.options))


def _as_it_was(original: Original) -> Refusal:
    if original.outcome not in {"unusable", "rejected"}:
        return _reject(original, "unknown_kind", f"originals of {original.media_type} are not read")
    refusal = _reject(original, original.code, original.reason)
    return replace(refusal, kind="unusable") if original.outcome == "unusable" else refusal


def _reject(original: Original, code: str, reason: str) -> Refusal:
    return Refusal(
        location=original.location,
        code=code,
        reason=reason,
        original=original.content,
        media_type=original.media_type,
        options=original.options,
    )


def _read_text(original: Original, options: SourceOptions) -> RawArticle | Refusal:
    return read_text(original.content, original.location, options, original.media_type)


def _read_json(original: Original, options: SourceOptions) -> RawArticle | Refusal:
    return read_json(original.content, original.location, options)


def _read_page(original: Original, options: SourceOptions) -> RawArticle | Refusal:
    return read_page(original.content, original.location, options)


def _read_row(original: Original, options: SourceOptions) -> RawArticle | Refusal:
    header = original.options.get(HEADER)
    if header is None:
        return _reject(original, "no_header", "its table's header is not kept; ingest it again")
    return read_row(original.content, original.location, options, header)


def _read_story(original: Original, options: SourceOptions) -> RawArticle | Refusal:
    return read_story(original.content, original.location, options)


_READERS: dict[str, Read] = {
    "text/plain": _read_text,
    "text/markdown": _read_text,
    "application/json": _read_json,
    "text/html": _read_page,
    "text/csv": _read_row,
    "text/sgml": _read_story,
}
