"""Saved pages and their golds, and the measure of the article-extraction benchmark (Zyte).

Shingles of four words, as that benchmark's own scorer counts them: precision and recall a page,
their means over the pages, and F1 of the means.
"""

# ruff: noqa: RUF001  # quotes as papers print them

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_PAGE = re.compile(r"test_data/\w+/(\w+?)_(\d{4}_\d\d_\d\d\w*)\.html\.gz\Z")
_GOLD = re.compile(r"test_data/\w+/(\w+)\.json\Z")
_STRAIGHT = str.maketrans("‘’‚‛“”„‟\u00a0", "''''\"\"\"\" ")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page and what people say is in it: `text` is standfirst, headings and paragraphs."""

    publisher: str
    content: bytes
    gold: dict[str, Any]

    @property
    def text(self) -> str:
        sections = self.gold["body"]["sections"]
        lines = [line for part in sections for line in (*part["headline"], *part["paragraphs"])]
        return "\n".join([*self.gold["body"]["summary"], *lines])


def read_pages(path: Path) -> list[GoldPage]:
    """The pages of the corpus by publisher and date; golds are matched in that order."""
    pages: dict[str, list[tuple[str, bytes]]] = {}
    golds: dict[str, dict[str, Any]] = {}
    with tarfile.open(path) as archive:
        for name, content in _iter_files(archive):
            if found := _PAGE.match(name):
                pages.setdefault(found[1], []).append((found[2], gzip.decompress(content)))
            elif found := _GOLD.match(name):
                golds[found[1]] = json.loads(content)
    return [
        GoldPage(publisher, content, golds[publisher][version])
        for publisher in sorted(pages)
        for (_, content), version in zip(
            sorted(pages[publisher]), sorted(golds[publisher]), strict=True
        )
    ]


def _iter_files(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        stream = archive.extractfile(member) if member.isreg() else None
        if stream is not None:
            yield member.name, io.BufferedReader(stream).read()  # type: ignore[type-var]


def score(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (gold, found) texts."""
    single = [_score(Counter(_shingles(gold)), Counter(_shingles(found))) for gold, found in pairs]
    precision, recall = fmean(p for p, _ in single), fmean(r for _, r in single)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _shingles(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text)
    return (tuple(words[n : n + _SHINGLE]) for n in range(max(1, len(words) - _SHINGLE + 1)))


def _score(gold: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> tuple[float, float]:
    shared = sum((gold & found).values())
    return shared / max(1, sum(found.values())), shared / max(1, sum(gold.values()))


def straighten(text: str | None) -> str:
    """A title or name with plain quotes and single blanks."""
    return " ".join((text or "").translate(_STRAIGHT).split())
