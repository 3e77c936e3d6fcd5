"""What a page states about its article outside the text: JSON-LD, meta tags, links, times.

Nothing is guessed: what no statement says is absent.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from indexer.pages.scanning import iter_tags, read_attributes, read_text, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dateline.documents import TracedText
    from indexer.pages.scanning import Place, Tag

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|Review)\Z")
_MAX_TAGS = 100_000
_MAX_NODES = 2000
_MAX_HEADINGS = 20
_MOST_VALUES = 50
_MAX_BYLINE = 2000
"""Characters of source that one by-line takes, with its tags."""
_MAX_HEADING = 5000
_MAX_SCRIPT = 2_000_000
_ENTRY_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")


@dataclass(slots=True)
class Statements:
    """What was found: `meta` by name in lower case, first value first.

    `titles` are those of meta tags and of the page, by name, `headings` its h1, all traced.
    `byline` is where the first of the `bylines` stands.

    `nodes` are the JSON-LD nodes of articles, outer ones first. `times` are the dates of `<time>`
    in order, each with whether it says to be the publication's (hAtom's class names: below an h1).
    """

    meta: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, str] = field(default_factory=dict)
    titles: dict[str, TracedText] = field(default_factory=dict)
    headings: list[TracedText] = field(default_factory=list)
    nodes: list[Mapping[str, Any]] = field(default_factory=list)
    times: list[tuple[str, bool]] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    byline: int = 0
    language: str = ""

    def first(self, *names: str) -> str:
        """The first value of the first of these meta names that says something."""
        return next((self.meta[name][0] for name in names if self.meta.get(name)), "")


def read_statements(source: str) -> Statements:
    """Everything that a page states in markup."""
    found = Statements()
    heading = 0
    for tag in islice(iter_tags(source), _MAX_TAGS):
        if tag.name == "h1":
            heading = _note_heading(source, tag, heading, found)
        elif not tag.closes and (note := _NOTES.get(tag.name)):
            note(source, tag, found)
        elif not tag.closes and tag.name in _BYLINES and len(found.bylines) < _MAX_HEADINGS:
            _note_byline(source, tag, found)
    return found


def _note_heading(source: str, tag: Tag, start: int, found: Statements) -> int:
    """Keep an h1 that holds text; give where an open one begins."""
    if not tag.closes:
        return start or tag.end
    if start and len(found.headings) < _MAX_HEADINGS:
        text = read_text(source, start, min(tag.start, start + _MAX_HEADING))
        found.headings += [text] if text.text.strip() else []
    return 0


def _note_html(source: str, tag: Tag, found: Statements) -> None:
    found.language = found.language or _values(source, tag).get("lang", "")


def _note_meta(source: str, tag: Tag, found: Statements) -> None:
    places = read_attributes(source, tag)
    values = {name: html.unescape(source[slice(*place)]) for name, place in places.items()}
    content = values.get("content", "").strip()
    for key in ("property", "name", "itemprop"):
        name = values.get(key, "").strip().lower()
        if name and content and len(found.meta[name]) < _MOST_VALUES:
            found.meta[name].append(content)
            if name in {"og:title", "twitter:title"} and name not in found.titles:
                found.titles[name] = read_value(source, *_cap(places["content"]))


def _cap(place: Place) -> Place:
    """A place of no more than a title's length."""
    return place[0], min(place[1], place[0] + _MAX_HEADING)


def _note_link(source: str, tag: Tag, found: Statements) -> None:
    values = _values(source, tag)
    for relation in values.get("rel", "").lower().split():
        if values.get("href"):
            found.links.setdefault(relation, values["href"].strip())


def _note_title(source: str, tag: Tag, found: Statements) -> None:
    if "title" not in found.titles and tag.inner and source[slice(*tag.inner)].strip():
        found.titles["title"] = read_value(source, *_cap(tag.inner))


def _note_script(source: str, tag: Tag, found: Statements) -> None:
    if tag.inner is None or tag.inner[1] - tag.inner[0] > _MAX_SCRIPT:
        return
    if "ld+json" in _values(source, tag).get("type", "").lower():
        found.nodes += iter_nodes(_read_json(source[slice(*tag.inner)]))


def _note_time(source: str, tag: Tag, found: Statements) -> None:
    values = _values(source, tag)
    if value := values.get("datetime", "").strip():
        classes = set(values.get("class", "").lower().split())
        stated = "pubdate" in values or "datepublished" in values.get("itemprop", "").lower()
        entry = bool(found.headings) and bool(classes & {"dt-published", "published"})
        found.times.append((value, stated or entry))


def _note_byline(source: str, tag: Tag, found: Statements) -> None:
    """Keep the text of an element that says to name an author, unless it is far from the first."""
    far = found.byline and tag.start - found.byline > _MAX_BYLINE
    if far or not _AUTHOR.search(source, *tag.attributes):
        return
    values = _values(source, tag)
    if values.get("rel", "").lower() == "author" or values.get("itemprop", "").lower() == "author":
        end = source.find(f"</{tag.name}", tag.end, tag.end + _MAX_BYLINE)
        if end > 0 and (name := " ".join(read_text(source, tag.end, end).text.split())):
            found.bylines.append(name)
            found.byline = found.byline or tag.start


_BYLINES = frozenset({"a", "span", "div", "p", "address"})
_AUTHOR = re.compile("author", re.IGNORECASE)
_NOTES = {
    "html": _note_html,
    "meta": _note_meta,
    "link": _note_link,
    "title": _note_title,
    "script": _note_script,
    "time": _note_time,
}


def _values(source: str, tag: Tag) -> dict[str, str]:
    places = read_attributes(source, tag)
    return {name: html.unescape(source[slice(*place)]) for name, place in places.items()}


def _read_json(text: str) -> object:
    """The value of a script; None for what is no JSON."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def iter_nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """The nodes of a JSON-LD value that may describe an article, outer ones first."""
    pending = [value]
    for _ in range(_MAX_NODES):
        if not pending:
            return
        node = pending.pop(0)
        if isinstance(node, list):
            pending += node
        elif isinstance(node, dict):
            if is_article(node):
                yield node
            pending += [node[key] for key in _ENTRY_KEYS if isinstance(node.get(key), (dict, list))]


def is_article(node: Mapping[str, Any]) -> bool:
    """Whether a node says that it is an article of some kind."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in kinds)
