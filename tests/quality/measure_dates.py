"""Publication dates: right or absent, on 249 labelled items (golds/README.md has the rubric).

`cd tests; python -m quality.measure_dates CORPORA` prints the figures and each item that differs.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.figures import Figure, share
from quality.gold_texts import dated_material
from quality.label_sets import read_rows

from dateline.documents import CleanArticle, PublicationDate, RawArticle, Unusable
from dateline.text.cleaning import clean_article
from indexer.pages.extraction import extract_article
from indexer.sources import SourceOptions
from indexer.sources.html_pages import read_page
from indexer.sources.json_records import read_json
from indexer.sources.reuters import read_story
from indexer.sources.texts import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.sources import Refusal

_LENGTHS = {"second": 19, "minute": 16, "day": 10}
"""Characters of an ISO date that a precision writes."""
_READERS: dict[str, tuple[Callable[[bytes, str, SourceOptions], RawArticle | Refusal], str]] = {
    "record": (read_json, "utf-8"),
    "sgml": (read_story, "latin-1"),
    "page": (read_page, "utf-8"),
    "text": (
        lambda content, place, options: read_text(content, place, options, "text/plain"),
        "utf-8",
    ),
}


@dataclass(frozen=True, slots=True)
class Dated:
    """An item, and the date that the labels (`gold`) and the product (`found`) give, or None."""

    item: dict[str, Any]
    gold: str | None
    found: str | None

    @property
    def is_right(self) -> bool:
        """Whether the moment and its precision are those of the label."""
        return self.gold == self.found


def date_items(corpora: Path) -> list[Dated]:
    """Every labelled item with the date that its source, its text or neither gives it."""
    items, labels = read_rows("dates-items"), read_rows("dates")
    return [
        Dated(item, _written(label["date"], label["precision"]), _find(corpora, item))
        for item, label in zip(items, labels, strict=True)
    ]


def _written(date: str | None, precision: str) -> str | None:
    return date[: _LENGTHS[precision]] if date else None


def _find(corpora: Path, item: dict[str, Any]) -> str | None:
    read, encoding = _READERS[item["kind"]]
    content = dated_material(corpora, item).encode(encoding)
    article = read(content, item["document"], SourceOptions())
    if not isinstance(article, RawArticle):
        return None
    stated = article.metadata.published
    date = stated if stated.value else _stamp(article, item["kind"])
    return _written(date.value.isoformat(), date.precision) if date.value else None


def _stamp(article: RawArticle, kind: str) -> PublicationDate:
    page = extract_article(article) if kind == "page" else article
    if isinstance(page, Unusable):
        return PublicationDate()
    clean = clean_article(page.body, page.title, source=page.metadata.source)
    return clean.stamp if isinstance(clean, CleanArticle) else PublicationDate()


def figures(corpora: Path) -> list[Figure]:
    """Precision over the dates that are given, recall over those that the labels have."""
    return _figures(date_items(corpora))


def _figures(items: Sequence[Dated]) -> list[Figure]:
    given, wanted = [i for i in items if i.found], [i for i in items if i.gold]
    right = sum(item.is_right for item in given)
    days = sum((item.gold or "")[:10] == (item.found or "")[:10] for item in given)
    return [
        share("dates", "precision", right, len(given), reach=0.99),
        share("dates", "precision of the day", days, len(given)),
        share("dates", "recall", right, len(wanted)),
    ]


def _show(items: Sequence[Dated]) -> str:
    wrong = (item for item in items if not item.is_right)
    rows = [f"{i.item['kind']:7}{i.gold!s:22}{i.found!s:22}{i.item}" for i in wrong]
    return "\n".join([*map(str, _figures(items)), *rows])


if __name__ == "__main__":
    print(_show(date_items(Path(sys.argv[1]))))  # noqa: T201 - the one thing this is run for
