"""The articles that the labels of names and focus summaries speak of, as plain text.

Title, blank line, body, read from the corpora without the product's cleaning, so that a gold cannot
follow its faults; and a plain cut into sentences of the labels' own. Offsets are code points.
"""

# ruff: noqa: RUF001  # typographic quotes end sentences and vanish from names

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from quality.corpus_files import (
    BBC,
    REUTERS,
    YAHOO_2017,
    YAHOO_2018,
    read_bbc,
    read_reuters,
    read_yahoo,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YAHOO = (YAHOO_2017, YAHOO_2018)

Span = tuple[int, int]

_BODY = re.compile(r"<BODY>(.*?)</BODY>", re.DOTALL)
_TITLE = re.compile(r"<TITLE>(.*?)</TITLE>", re.DOTALL)
_DATELINE = re.compile(r"<DATELINE>(.*?)</DATELINE>", re.DOTALL)
_WRAP = re.compile(r"[ \t]*\r?\n(?=[^ \r\n])")
_SIGN_OFF = re.compile(r"\s*\n\s*REUTERS?\s*(?:&#3;)?\s*\Z", re.IGNORECASE)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[$£€]*[A-Z0-9])")
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|St|Sen|Rep|Gov|Gen|Col|Lt|Capt|Rev|Hon|Jr|Sr|vs|etc|No|Nos"
    r"|Inc|Corp|Ltd|Co|Cos|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|est|Fig)"
    r"|\b[A-Za-z]|\b[A-Z]\.[A-Z](?:\.[A-Z])*|\b[ap]\.m|\be\.g|\bi\.e)\.$"
)


def short_hash(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def flat(text: str) -> str:
    """The text with every run of white space made one blank, none at the ends."""
    return " ".join(text.split())


def fold(name: str) -> str:
    """A name as names are compared: small letters and digits, no accents, words by one blank."""
    parted = unicodedata.normalize("NFKD", name.lower())
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign) and sign not in "'’‘")
    undotted = re.sub(r"(?<=\b[^\W\d_])\.", "", bare)
    return " ".join(re.sub(r"[\W_]+", " ", undotted).split())


def name_hash(name: str) -> str:
    """The hash under which a canonical name is labelled."""
    return short_hash(fold(name))


def read_article(corpora: Path, file: str, document: str) -> str:
    """Title, blank line and body of one article; `document` as `article_ids` gives it."""
    if file == BBC:
        return read_bbc(corpora)[document]
    if file == REUTERS:
        return _flowing(corpora)[document]
    record = read_yahoo(corpora, file)[int(document)]
    return f"{record['title']}\n\n{record['maintext']}"


def article_ids(corpora: Path, file: str) -> list[str]:
    """Every article of a file: BBC's topic and number, Reuters' NEWID, the place in a list."""
    if file == BBC:
        return sorted(read_bbc(corpora))
    if file == REUTERS:
        return sorted(_flowing(corpora), key=int)
    records = enumerate(read_yahoo(corpora, file))
    return [str(place) for place, record in records if record["maintext"] and record["title"]]


@cache
def _flowing(corpora: Path) -> dict[str, str]:
    """The Reuters stories that have a title and a body, as plain text."""
    return {newid: text for newid, story in read_reuters(corpora).items() if (text := _read(story))}


def _read(story: str) -> str:
    title, dateline, body = (tag.search(story) for tag in (_TITLE, _DATELINE, _BODY))
    if not title or not body:
        return ""
    lead = _flow(dateline[1]) + " " if dateline else ""
    return f"{_flow(title[1])}\n\n{lead}{_flow(body[1])}"


def _flow(element: str) -> str:
    text = html.unescape(_SIGN_OFF.sub("", element)).replace("\x03", "").strip()
    return _WRAP.sub(" ", text)


def cut_sentences(text: str) -> list[Span]:
    """Sentences of the text: never over a newline; after . ! ? … before a capital or a digit.

    Not after initials, titles, months and company forms (`_NO_END`). Spans begin and end with a
    visible character; the title is a sentence like any other line.
    """
    return [span for line in re.finditer(r"[^\n]+", text) for span in _cut_line(line)]


def _cut_line(line: re.Match[str]) -> Iterator[Span]:
    start = 0
    ends = [end.end() for end in _END.finditer(line[0]) if not _NO_END.search(line[0][: end.end()])]
    for end in [*ends, len(line[0])]:
        piece = line[0][start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield line.start() + first, line.start() + start + len(piece.rstrip())
        start = end
