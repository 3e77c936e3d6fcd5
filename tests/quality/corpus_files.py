"""The files of the shared corpora: their names, and the readers that labels and measures share.

What was read is kept, so that a process unpacks an archive once.
"""

from __future__ import annotations

import json
import lzma
import re
import tarfile
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES, BBC, FUNDUS = "articles", "bbc-news.tar.xz", "fundus-parser-fixtures.tar"
REUTERS = "reuters21578-sgml.tar.xz"
YAHOO_2017, YAHOO_2018 = "yahoo-finance-2017.json.xz", "yahoo-finance-2018.json.xz"
HUMAN_SUMMARIES, NER = "human-summaries-199.tar.xz", "ner-dev.tar.xz"
ALL = (ARTICLES, BBC, FUNDUS, HUMAN_SUMMARIES, NER, REUTERS, YAHOO_2017, YAHOO_2018)

_STORY = re.compile(r'<REUTERS [^>]*NEWID="(\d+)".*?</REUTERS>', re.DOTALL)


@cache
def read_members(path: Path) -> dict[str, bytes]:
    """Every file of an archive by its name, in the archive's order."""
    with tarfile.open(path) as archive:
        files = [(member.name, archive.extractfile(member)) for member in archive]
        return {name: file.read() for name, file in files if file}


@cache
def read_bbc(corpora: Path) -> dict[str, str]:
    """The BBC articles by topic and number, headline first, in the archive's order."""
    named = (
        (name.partition("/News Articles/")[2], content)
        for name, content in read_members(corpora / BBC).items()
    )
    return {name: text.decode("utf-8", "replace") for name, text in named if name.endswith(".txt")}


@cache
def read_yahoo(corpora: Path, file: str) -> list[dict[str, Any]]:
    """The records of one of the two lists in the news-please layout."""
    with lzma.open(corpora / file) as packed:
        records: list[dict[str, Any]] = json.load(packed)
    return records


@cache
def read_reuters(corpora: Path) -> dict[str, str]:
    """The SGML element of every story by its NEWID."""
    files = read_members(corpora / REUTERS).items()
    texts = (content.decode("latin-1") for name, content in files if name.endswith(".sgm"))
    return {found[1]: found[0] for text in texts for found in _STORY.finditer(text)}
