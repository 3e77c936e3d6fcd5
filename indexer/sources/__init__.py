"""Input paths → articles, one at a time, in a fixed order and bounded memory.

Formats by suffix: .txt, .md, .html/.htm (one article a file), .json, .jsonl/.ndjson, .csv/.tsv,
.sgm, each also .gz, .xz, .zst; .tar archives of these. The folder of parts that a browser saves
beside a page is left aside. Standard input, and a file named on the command line with
another suffix, are told apart by how they begin.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, cast

from indexer.sources.csv_rows import iter_csv
from indexer.sources.html_pages import iter_html, looks_like_page
from indexer.sources.json_records import iter_json, iter_json_lines, looks_like_record
from indexer.sources.opening import (
    BROKEN_ARCHIVE,
    BROKEN_PACKING,
    Tally,
    inner_suffix,
    iter_members,
    open_stream,
    unpack,
)
from indexer.sources.reuters import iter_reuters
from indexer.sources.texts import iter_text
from indexer.sources.values import Refusal, SourceOptions, read_given
from indexer.sources.walking import InputFile, check_paths, iter_files, name_parts, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from dateline.documents import RawArticle

    Iterate = Callable[[BinaryIO, str, SourceOptions], Iterator[RawArticle | Refusal]]

__all__ = [
    "KNOWN_SUFFIXES",
    "Refusal",
    "SourceOptions",
    "Tally",
    "check_paths",
    "iter_articles",
    "iter_input",
    "read_given",
    "total_size",
]


def _iter_markdown(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    return iter_text(stream, location, options, "text/markdown")


_FORMATS: dict[str, Iterate] = {
    ".txt": iter_text,
    ".md": _iter_markdown,
    ".json": iter_json,
    ".jsonl": iter_json_lines,
    ".ndjson": iter_json_lines,
    ".csv": iter_csv,
    ".tsv": iter_csv,
    ".sgm": iter_reuters,
    ".sgml": iter_reuters,
    ".html": iter_html,
    ".htm": iter_html,
}
KNOWN_SUFFIXES = (*_FORMATS, ".tar")
"""What is read below a folder, each also packed as .gz, .xz or .zst."""
_HEAD = 64 * 1024


def iter_articles(
    paths: Sequence[Path], options: SourceOptions, tally: Tally | None = None
) -> Iterator[RawArticle | Refusal]:
    """Yield every article at or below `paths`; each fault is a Refusal and its neighbours go on.

    Files of other kinds below a folder are left aside; `tally` counts them, and the bytes read.
    """
    tally = tally or Tally()
    for file in iter_files(paths):
        if isinstance(file, Refusal):
            yield file
        elif file.part:
            tally.left_aside["parts of saved pages"] += 1
        elif file.named or is_known(file.path.name):
            yield from _iter_file(file, options, tally)
        else:
            tally.left_aside[inner_suffix(file.path.name)[0] or "no suffix"] += 1


def iter_input(stream: BinaryIO, options: SourceOptions) -> Iterator[RawArticle | Refusal]:
    """Yield the articles of standard input: JSON Lines, JSON, Reuters SGML, one page or text."""
    yield from _guarded(_iter_unnamed(stream, "-", options), "-")


def total_size(paths: Sequence[Path]) -> int:
    """How many bytes, packed as they lie, `iter_articles` will read."""
    files = (file for file in iter_files(paths) if isinstance(file, InputFile))
    return sum(f.size for f in files if not f.part and (f.named or is_known(f.path.name)))


def is_known(name: str) -> bool:
    """Whether a file of this name is read when a folder is given."""
    return inner_suffix(name)[0] in KNOWN_SUFFIXES


def _iter_file(
    file: InputFile, options: SourceOptions, tally: Tally
) -> Iterator[RawArticle | Refusal]:
    try:
        stream = open_stream(file.path, tally)
    except OSError as error:
        yield unreadable(file.path, error)
        return
    with stream:
        articles = _iter_stream(stream, file.path.name, file.location, options)
        yield from _guarded(articles, file.location)


def _iter_stream(
    stream: BinaryIO, name: str, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    suffix = inner_suffix(name)[0]
    if suffix == ".tar":
        yield from _iter_archive(stream, location, options)
    else:
        yield from _FORMATS.get(suffix, _iter_unnamed)(stream, location, options)


def _iter_archive(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    parts: set[str] = set()
    for name, content in iter_members(stream):
        if parts.intersection(_folders(name)):
            continue
        parts.update(name_parts(name))
        suffix, packing = inner_suffix(name)
        place = f"{location}!{name.encode('utf-8', 'replace').decode()}"
        if suffix in _FORMATS:
            articles = _FORMATS[suffix](unpack(content, packing), place, options)
            yield from _guarded(articles, place)


def _folders(member: str) -> Iterator[str]:
    """The folders that a member of an archive lies in."""
    return (member[:index] for index, sign in enumerate(member) if sign == "/")


def _iter_unnamed(
    stream: BinaryIO, location: str, options: SourceOptions
) -> Iterator[RawArticle | Refusal]:
    """Tell a format by how it begins."""
    buffered = io.BufferedReader(cast("io.RawIOBase", stream), _HEAD)
    head = buffered.peek(_HEAD)
    yield from _guess(head)(cast("BinaryIO", buffered), location, options)


def _guess(head: bytes) -> Iterate:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"<REUTERS", b"<!DOCTYPE lewis")):
        return iter_reuters
    if looks_like_page(start):
        return iter_html
    if start.startswith(b"{") and looks_like_record(start.split(b"\n", 1)[0]):
        return iter_json_lines
    if start.startswith((b'{"', b"{\n", b"{ ", b"{\r", b"[{", b"[\n", b"[ ", b"[]", b"[\r")):
        return iter_json
    return iter_text


def _guarded(
    articles: Iterator[RawArticle | Refusal], location: str
) -> Iterator[RawArticle | Refusal]:
    """Yield articles until the file itself gives out; then say why."""
    try:
        yield from articles
    except (*BROKEN_PACKING, *BROKEN_ARCHIVE) as error:
        reason = f"the file is damaged or cut off: {error}" if str(error) else "the file is cut off"
        yield Refusal(location, "broken_file", reason)
    except OSError as error:
        yield Refusal(location, "unreadable", f"cannot be read: {error.strerror or error}")
