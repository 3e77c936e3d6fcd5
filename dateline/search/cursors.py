"""Cursors: a place in a sorted answer, bound to its query. Checked, not signed.

A cursor is base64url of a 6-byte checksum (BLAKE2b) and JSON, so a damaged one is always told from
a whole one. Somebody who forges one can only name another place in an answer that is open to all.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, NoReturn, get_args

from dateline.errors import CursorError
from dateline.search.queries import Sort

if TYPE_CHECKING:
    from dateline.search.queries import SearchQuery

Key = int | float | str | None
CursorMatch = Literal["all", "some"]

MAX_CURSOR_LENGTH = 2_000
"""Characters of an encoded cursor."""

_VERSION = 1
_CHECK_BYTES = 6
_MAX_KEYS = 4
_MAX_KEY_LENGTH = 1_000
_INT64 = 2**63
_HINT = "take next from the last answer as it is, or leave cursor out to begin at the first page"


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an answer: the sort values of its last hit, unrounded, and how words counted."""

    sort: Sort
    keys: tuple[Key, ...]
    match: CursorMatch = "all"


def query_digest(query: SearchQuery) -> str:
    """What a cursor belongs to, 12 hex digits: clauses, field, filters, sort and reprints.

    How the page looks (size, facets, fields, highlights, interval) is left out, and so is the order
    in which values of one filter were given.
    """
    filters = query.filters
    asked = [
        repr(query.parsed.clause),
        query.search_in,
        query.sort,
        query.reprints,
        *(repr(_unordered(getattr(filters, name))) for name in filters.__slots__),
    ]
    return blake2b("\n".join(asked).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def encode_cursor(cursor: Cursor, digest: str) -> str:
    """The cursor as URL-safe text, about 100 characters. Raises ValueError for impossible keys."""
    if not _is_whole(cursor.sort, cursor.match, cursor.keys):
        raise ValueError(f"not the sort values of a hit: {cursor.keys!r}")
    content = [_VERSION, digest, cursor.sort, cursor.match, *cursor.keys]
    payload = json.dumps(content, separators=(",", ":")).encode("ascii")
    text = urlsafe_b64encode(_checksum(payload) + payload).rstrip(b"=").decode("ascii")
    if len(text) > MAX_CURSOR_LENGTH:
        raise ValueError(f"the sort values of a hit are too long for a cursor: {len(text)}")
    return text


def decode_cursor(text: str, digest: str) -> Cursor:
    """The place that `text` names in the query with this digest.

    Raises CursorError: the cursor is damaged, or belongs to another query.
    """
    content = _read_content(_checked_payload(text))
    version, owner, sort, match, *keys = content
    if version != _VERSION or not _is_whole(sort, match, tuple(keys)):
        _refuse_damaged()
    if owner != digest:
        raise CursorError(
            "this cursor belongs to another query",
            hint="send it with all of the question it came with, or leave it out",
        )
    return Cursor(sort=sort, keys=tuple(keys), match=match)


def _checked_payload(text: str) -> bytes:
    if not text.isascii() or len(text) > MAX_CURSOR_LENGTH:
        _refuse_damaged()
    try:
        decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        _refuse_damaged()
    # base64 has several spellings for the same bytes and skips foreign signs; we made only one
    if urlsafe_b64encode(decoded).rstrip(b"=").decode("ascii") != text:
        _refuse_damaged()
    checksum, payload = decoded[:_CHECK_BYTES], decoded[_CHECK_BYTES:]
    if checksum != _checksum(payload):
        _refuse_damaged()
    return payload


def _read_content(payload: bytes) -> list[Any]:
    try:
        content = json.loads(payload)
    except (ValueError, RecursionError):
        _refuse_damaged()
    if not isinstance(content, list) or len(content) < 5:  # noqa: PLR2004 -- four facts and a key
        _refuse_damaged()
    return content


def _is_whole(sort: object, match: object, keys: tuple[object, ...]) -> bool:
    return (
        sort in get_args(Sort)
        and match in get_args(CursorMatch)
        and 0 < len(keys) <= _MAX_KEYS
        and all(map(_is_key, keys))
    )


def _is_key(key: object) -> bool:
    if key is None:
        return True
    if isinstance(key, str):
        return len(key) <= _MAX_KEY_LENGTH and not any("\ud800" <= sign <= "\udfff" for sign in key)
    if isinstance(key, bool):
        return False
    if isinstance(key, int):
        return -_INT64 <= key < _INT64
    return isinstance(key, float) and isfinite(key)


def _unordered(value: object) -> object:
    return sorted(value) if isinstance(value, tuple) else value


def _checksum(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_CHECK_BYTES, person=b"dateline").digest()


def _refuse_damaged() -> NoReturn:
    raise CursorError("this cursor is damaged", hint=_HINT)
