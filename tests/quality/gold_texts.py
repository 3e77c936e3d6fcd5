"""The texts that the labels of cleaning and dates speak of, made anew from the corpora.

The corpora hold records, archives and pages; a label names (file, document) and a line of the
text that is read here. Nothing of the product takes part, so a gold cannot follow its faults.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from lxml import html
from quality import noise
from quality.corpus_files import (
    ARTICLES,
    BBC,
    FUNDUS,
    REUTERS,
    read_bbc,
    read_members,
    read_reuters,
    read_yahoo,
)

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

SGML_TEXT = re.compile(r"<TEXT[^>]*>(.*?)</TEXT>", re.DOTALL)
SGML_TAG = re.compile(r"</?[A-Z]+[^>]*>")
RECORD_KEYS = [
    "authors",
    "date_download",
    "date_modify",
    "date_publish",
    "description",
    "language",
    "source_domain",
    "title",
    "url",
    "maintext",
]
UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "svg",
        "template",
        "iframe",
        "nav",
        "footer",
        "form",
        "button",
        "select",
        "head",
    ]
)
BLOCKS = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figcaption",
        "blockquote",
        "pre",
        "td",
        "dt",
        "dd",
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "br",
        "header",
        "aside",
        "figure",
        "tr",
        "table",
        "main",
        "time",
        "address",
    ]
)


def line_hash(line: str) -> str:
    """The first 16 hex digits of the SHA-256 of the line's UTF-8 bytes."""
    return hashlib.sha256(line.encode()).hexdigest()[:16]


def read_text(corpora: Path, file: str, document: str) -> str:
    """The plain text to be cleaned that `document` of the corpus `file` stands for."""
    if file == ARTICLES:
        return (corpora / file / document).read_text(encoding="utf-8")
    if file == BBC:
        return noise.noisy_text(bbc_text(corpora, document), document)
    if file == FUNDUS:
        return strip_tags(fundus_page(corpora, document))
    return str(yahoo_record(corpora, file, document)["maintext"])


def yahoo_record(corpora: Path, file: str, document: str) -> dict[str, Any]:
    """The record at the place `document` (from 0) of a list in the news-please layout."""
    return read_yahoo(corpora, file)[int(document)]


def yahoo_size(corpora: Path, file: str) -> int:
    """How many records the list holds."""
    return len(read_yahoo(corpora, file))


def bbc_text(corpora: Path, document: str) -> str:
    """A BBC article as it stands in the archive; `document` is topic and number."""
    return read_bbc(corpora)[document]


def fundus_page(corpora: Path, document: str) -> str:
    """The HTML of a saved page; `document` is country and file name."""
    packed = read_members(corpora / FUNDUS)[f"test_data/{document}"]
    return gzip.decompress(packed).decode("utf-8", "replace")


def bbc_documents(corpora: Path) -> list[str]:
    """Every BBC article's topic and number, sorted."""
    return sorted(read_bbc(corpora))


def fundus_documents(corpora: Path) -> list[str]:
    """Every saved page's country and file name, sorted."""
    names = (name.removeprefix("test_data/") for name in read_members(corpora / FUNDUS))
    return sorted(name for name in names if name.endswith(".html.gz"))


def strip_tags(page: str) -> str:
    """The page as a careless crawler reads it: the main element's text, a line per block."""
    tree = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    candidates = [*tree.iter("article"), *tree.iter("main")]
    main = max(candidates, key=_paragraph_length, default=tree)
    pieces: list[str] = []
    _collect(main, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _paragraph_length(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in UNREAD:
        return
    edge = "\n" if element.tag in BLOCKS else ""
    pieces += [edge, (element.text or "").replace("\n", " ")]
    for child in element:
        _collect(child, pieces)
        pieces.append((child.tail or "").replace("\n", " "))
    pieces.append(edge)


def reuters_stories(corpora: Path) -> dict[str, str]:
    """Every story's SGML element by its NEWID."""
    return read_reuters(corpora)


def reuters_story(corpora: Path, document: str) -> str:
    """The SGML element of the story whose NEWID is `document`."""
    return read_reuters(corpora)[document]


def dated_material(corpora: Path, item: dict[str, Any]) -> str:
    """What the reader of a date item is given: a record, an SGML element, a page or a text."""
    file, document = item["file"], item["document"]
    if item["kind"] == "record":
        record = yahoo_record(corpora, file, document) | item.get("given", {})
        kept = {key: record[key] for key in RECORD_KEYS if key not in item.get("without", ())}
        return json.dumps(kept, ensure_ascii=False)
    if item["kind"] == "sgml":
        return reuters_story(corpora, document)
    if item["kind"] == "page":
        return fundus_page(corpora, document)
    return put_stamp(_dated_text(corpora, file, document), item.get("stamp"), item.get("place"))


def _dated_text(corpora: Path, file: str, document: str) -> str:
    if file == BBC:
        return bbc_text(corpora, document)
    if file == REUTERS:
        found = SGML_TEXT.search(reuters_story(corpora, document))
        return unescape(SGML_TAG.sub("", found[1])).strip() if found else ""
    return read_text(corpora, file, document)


def put_stamp(text: str, stamp: str | None, place: str | None) -> str:
    """The text with a stamp of ours: before or after its first line, glued to it, or at the end."""
    if stamp is None:
        return text
    first, _, rest = text.partition("\n")
    placed = {
        "before": f"{stamp}\n{text}",
        "after": f"{first}\n{stamp}\n{rest}",
        "glued": f"{stamp} {text}",
        "lead": f"{first}\n\n{stamp} {rest.lstrip()}",
        "end": f"{text.rstrip()}\n\n{stamp}",
    }
    return placed[str(place)]
