"""Who an article is: its id, the hash of what came in, and its revision."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from dateline.documents import ArticleMetadata, RawArticle

_GIVEN_ID = re.compile(r"[A-Za-z0-9._~-]{1,100}\Z")
_OUTSIDE = re.compile(r"[^\w.~-]+")
_TRACKING = re.compile(r"(?:utm_.*|fbclid|gclid)\Z", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ID_LENGTH = 32
_PIPELINES = 10_000
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"


def find_id(article: RawArticle) -> str:
    """The id of an article; the same however it was cleaned, and wherever it lies.

    A given id fit for a URL, behind its source; else the hash of the canonical URL; else of the
    source and the original's bytes.
    """
    metadata = article.metadata
    if metadata.given_id and _GIVEN_ID.match(metadata.given_id):
        return _with_source(metadata.source, metadata.given_id)
    if url := canonical_url(metadata.url):
        return _short_hash(url.encode())
    return _short_hash((metadata.source or "").encode() + b"\0" + article.original)


def find_refused_id(location: str, original: bytes) -> str:
    """The id that a refused original is kept under: of its place and its bytes."""
    return _short_hash(location.encode() + b"\0" + original)


def _with_source(source: str | None, given_id: str) -> str:
    """Id behind its source, whose letters and digits stay and whose other characters become "-"."""
    slug = _OUTSIDE.sub("-", source or "").strip("-")[:100]
    return f"{slug}:{given_id}" if slug else given_id


def _short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_ID_LENGTH]


def canonical_url(url: str | None) -> str | None:
    """One spelling for all addresses of a page: None for what is no http address.

    No scheme, `www.`, default port, fragment, utm_*, fbclid, gclid or last slash; host in lower
    case; parameters sorted.
    """
    try:
        parts = urlsplit((url or "").strip())
        if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
            return None
        return _host(parts) + _path(parts) + _query(parts)
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    port = parts.port
    return host if port in {None, *_DEFAULT_PORTS.values()} else f"{host}:{port}"


def _path(parts: SplitResult) -> str:
    return quote(parts.path.rstrip("/"), safe=_PATH_SAFE)


def _query(parts: SplitResult) -> str:
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted((name, value) for name, value in pairs if not _TRACKING.match(name))
    return f"?{urlencode(kept)}" if kept else ""


def hash_content(original: bytes, options: Mapping[str, str]) -> str:
    """SHA-256, in hex, of the original's bytes and of the options it was read with."""
    return hashlib.sha256(original + b"\0" + _digest(options)).hexdigest()


def _digest(options: Mapping[str, str]) -> bytes:
    """Stands for options: nothing where there are none, else 64 hex digits."""
    if not options:
        return b""
    return hashlib.sha256(json.dumps(dict(options), sort_keys=True).encode()).hexdigest().encode()


def find_revision(metadata: ArticleMetadata, published: datetime | None, pipeline: int) -> int:
    """Seconds since year 1 of the article's last change, times 10,000, plus the pipeline's number.

    `modified_at` of the metadata, else `published`, else 0; below 2^53 (dates end in year 9999).
    """
    moment = metadata.modified_at or published
    seconds = 0 if moment is None else _seconds_since_year_one(moment)
    return seconds * _PIPELINES + pipeline


def _seconds_since_year_one(moment: datetime) -> int:
    since = moment.replace(tzinfo=None) - moment.min
    return since.days * 86_400 + since.seconds
