"""The statements of a page → the metadata and the headline of its article.

Every value is one that the page states; where statements differ, the more particular one counts:
JSON-LD of the article, then its meta tags, then marked times.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from dateline.documents import ArticleMetadata, PublicationDate
from dateline.text.folding import folded_words
from indexer.dates import read_record_date
from indexer.pages.authors import read_authors
from indexer.pages.titles import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from indexer.pages.stating import Statements

_PUBLISHED = (
    "article:published_time",
    "article:published:time",
    "datepublished",
    "og:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "citation_publication_date",
    "pubdate",
    "publish-date",
    "publishdate",
    "publication_date",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "article:modified:time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "lastmod",
)
_AUTHORS = (
    *("author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator"),
    *("cxenseparse:author", "citation_author", "article:author"),
)
_TAGS = ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")
_LONGEST = 2000
_MOST = 50
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*\Z")


def describe(
    found: Statements, node: Mapping[str, Any], zone: tzinfo, source: str | None
) -> ArticleMetadata:
    """What the page states of its article; `source` is what it was given as, where it says none."""
    outlet = _text(found.first("og:site_name", "application-name"))
    outlet = _host(outlet) or outlet
    address = _address(found, node)
    return ArticleMetadata(
        url=address,
        source=outlet or _text(_name(node.get("publisher"))) or source or _host(address),
        authors=_authors(found, node),
        section=_text(_one(node.get("articleSection")))
        or _text(found.first("article:section", "section", "parsely-section")),
        tags=_tags(found, node),
        image_url=_image(found, node, address),
        description=_text(found.first("og:description", "description", "twitter:description"))
        or _text(node.get("description")),
        language=_language(found, node),
        published=_published(found, node, zone),
        modified_at=_modified(found, node, zone),
    )


def choose_node(found: Statements) -> Mapping[str, Any]:
    """The JSON-LD node of the page's own article: told by its address, then by its headline."""
    address = found.links.get("canonical") or found.first("og:url")
    titles = {
        tuple(folded_words(plain(text.text))) for text in (*found.headings, *found.titles.values())
    }

    def weight(node: Mapping[str, Any]) -> int:
        places = {_path(place) for place in _addresses(node)} - {""}
        words = tuple(folded_words(_string(node.get("headline"))))
        same_place = bool(address) and _path(address) in places
        return 2 * same_place + (words in titles) + bool(node.get("datePublished"))

    return max(found.nodes, key=weight, default={})


def _addresses(node: Mapping[str, Any]) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        value = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        if isinstance(value, str):
            yield value


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""


def _address(found: Statements, node: Mapping[str, Any]) -> str | None:
    places = (found.links.get("canonical"), found.first("og:url"), *_addresses(node))
    return next((place for place in places if place and _is_address(place)), None)


def _is_address(place: str) -> bool:
    """Whether it is a page's address, and not only its site's."""
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.netloc)
        and bool(parts.path.strip("/") or parts.query)
    )


def _host(address: str | None) -> str | None:
    """The host of a whole address; None for any other text."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _published(found: Statements, node: Mapping[str, Any], zone: tzinfo) -> PublicationDate:
    marked = (value for value, stated in found.times if stated)
    stated = (
        node.get("datePublished"),
        *(v for name in _PUBLISHED for v in found.meta.get(name, ())),
        *marked,
    )
    dates = (read_record_date(_one(value), zone) for value in stated)
    return next((date for date in dates if date.value), PublicationDate())


def _modified(found: Statements, node: Mapping[str, Any], zone: tzinfo) -> Any:
    stated = (
        node.get("dateModified"),
        *(v for name in _MODIFIED for v in found.meta.get(name, ())),
    )
    dates = (read_record_date(_one(value), zone) for value in stated)
    return next((date.value for date in dates if date.value), None)


def _authors(found: Statements, node: Mapping[str, Any]) -> tuple[str, ...]:
    """Of the first place that names anybody."""
    places = ([_name(each) for each in _list(node.get("author") or node.get("creator"))],
              *(found.meta.get(name, []) for name in _AUTHORS), found.bylines)  # fmt: skip
    return next((names for place in places if (names := read_authors(filter(None, place)))), ())


def _tags(found: Statements, node: Mapping[str, Any]) -> tuple[str, ...]:
    stated = _list(node.get("keywords")) or next(
        (found.meta[n] for n in _TAGS if found.meta.get(n)), []
    )
    words = (word for each in stated for word in _words(_name(each)))
    return tuple(dict.fromkeys(words))[:_MOST]


def _words(text: str) -> Iterable[str]:
    return filter(None, (_text(word) for word in text.split(",")))


def _image(found: Statements, node: Mapping[str, Any], address: str | None) -> str | None:
    image = _one(node.get("image") or node.get("thumbnailUrl"))
    place = found.first("og:image", "twitter:image") or _string(
        image.get("url") if isinstance(image, Mapping) else image
    )
    try:
        whole = urljoin(address or "", place) if place else ""
    except ValueError:
        return None
    return whole[:_LONGEST] if whole.startswith(("http://", "https://")) else None


def _language(found: Statements, node: Mapping[str, Any]) -> str | None:
    stated = (
        _name(_one(node.get("inLanguage"))),
        found.language,
        found.first("og:locale", "content-language"),
    )
    return next((tag.strip() for tag in stated if _LANGUAGE.match(tag.strip())), None)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(value: object) -> Any:
    return next(iter(_list(value)), None)


def _name(value: object) -> str:
    """The name of a JSON-LD value: itself, or of the thing that it is."""
    if isinstance(value, Mapping):
        value = _one(value.get("name") or value.get("alternateName"))
    return _string(value)


def _string(value: object) -> str:
    return html.unescape(value) if isinstance(value, str) else ""


def _text(value: object) -> str | None:
    """A text on one line without control characters; None for nothing."""
    if not isinstance(value, str):
        return None
    printable = "".join(c if c.isprintable() else " " for c in html.unescape(value)[: 2 * _LONGEST])
    return " ".join(printable.split())[:_LONGEST] or None
