"""HTML against people: 258 saved pages with golds, none of which may be done worse than today.

Floors and the publishers whose pages were looked at while rules were written stand in
golds/html.json; pages of the other publishers were only counted, so their figure is the honest one.
`python tests/quality/test_html.py PATH` prints the table.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

from quality.scoring_html import GoldPage, read_pages, score, straighten

from dateline.documents import CleanArticle, RawArticle, TracedText, Unusable
from dateline.text.cleaning import clean_article
from indexer.pages.aligning import align
from indexer.pages.extraction import choose_lines, extract_article
from indexer.pages.slimming import slim
from indexer.sources import SourceOptions
from indexer.sources.html_pages import read_page

pytestmark = pytest.mark.corpora

GOLDS = json.loads((Path(__file__).parent / "golds" / "html.json").read_text("utf-8"))
CORPUS = "fundus-parser-fixtures.tar"


@dataclass(frozen=True, slots=True)
class Read:
    """A page and what we make of it; `body` is the stored body, "" where it was refused."""

    page: GoldPage
    article: RawArticle
    found: RawArticle | Unusable
    clean: CleanArticle | Unusable

    @property
    def body(self) -> str:
        if isinstance(self.clean, Unusable):
            return ""
        return self.clean.text.text[self.clean.body_start :]

    @property
    def half(self) -> str:
        halves = (half for half in ("looked_at", "held_out") if self.page.publisher in GOLDS[half])
        return next(halves, "other_languages")


def read(page: GoldPage) -> Read:
    article = read_page(page.content, page.publisher, SourceOptions())
    assert isinstance(article, RawArticle)
    found = extract_article(article)
    if isinstance(found, Unusable):
        return Read(page, article, found, found)
    clean = clean_article(found.body, found.title, source=found.metadata.source)
    return Read(page, article, found, clean)


@pytest.fixture(scope="module")
def pages(corpora: Path) -> list[Read]:
    path = corpora / CORPUS
    assert hashlib.sha256(path.read_bytes()).hexdigest() == GOLDS["sha256"]
    return [read(page) for page in read_pages(path)]


def figures(pages: Sequence[Read]) -> dict[str, float]:
    """Every measured figure by its name in the floors."""
    english = [each for each in pages if each.half != "other_languages"]
    groups = {"english": english}
    for half in ("looked_at", "held_out", "other_languages"):
        groups[half] = [each for each in pages if each.half == half]
    found = {
        f"f1_{name}": score([(r.page.text, r.body) for r in of]) for name, of in groups.items()
    }
    return {
        **{name: round(f1, 4) for name, (_, _, f1) in found.items()},
        **{f"{name}_english": sum(map(right, english)) for name, right in RIGHT.items()},
        "dates_all": sum(map(dated, pages)),
        "dates_wrong_all": sum(not dated(r) and published(r) is not None for r in pages),
        "lines_lost_english": sum(map(lost, english)),
        "refused_all": sum(isinstance(each.clean, Unusable) for each in pages),
    }


def published(read: Read) -> datetime | None:
    return read.article.metadata.published.value


def dated(read: Read) -> bool:
    """Whether the day is right, in UTC or where the newsroom is."""
    gold = datetime.fromisoformat(read.page.gold["publishing_date"])
    found = published(read)
    here = gold.tzinfo or UTC
    return found is not None and gold.date() in {found.date(), found.astimezone(here).date()}


def titled(read: Read) -> bool:
    title = read.clean.title if isinstance(read.clean, CleanArticle) else ""
    return straighten(title) == straighten(read.page.gold["title"])


def authored(read: Read) -> bool:
    """Whether the authors are exactly those of the gold, where it has any."""
    gold = map(straighten, read.page.gold.get("authors", ()))
    return {*gold} == {straighten(name) for name in read.article.metadata.authors}


RIGHT = {"dates": dated, "titles": titled, "authors": authored}


def lost(read: Read) -> int:
    """Lines of the extractor that are not found again in the page."""
    slimmed = slim(read.article.body.text)
    assert not isinstance(slimmed, Unusable)
    description = read.article.metadata.description
    lines = choose_lines(slimmed.source, [description] if description else []).lines
    return align(slimmed.text, lines).lost


def show(measured: dict[str, float], floors: dict[str, Any]) -> str:
    rows = (f"{name:22} {value:>8} floor {floors.get(name)}" for name, value in measured.items())
    return "\n".join(rows)


def test_no_figure_falls_below_its_floor(pages: list[Read]) -> None:
    measured, floors = figures(pages), GOLDS["floors"]
    assert measured.keys() == floors.keys()
    worse = {
        name
        for name, value in measured.items()
        if (value > floors[name] if name.split("_")[-2] in AT_MOST else value < floors[name])
    }
    assert not worse, show(measured, floors)


AT_MOST = {"wrong", "lost", "refused"}


def test_everything_that_is_stored_stands_so_in_the_source(pages: list[Read]) -> None:
    copied = 0
    for each in pages:
        if isinstance(each.clean, CleanArticle):
            copied += check_runs(
                each.clean.text, each.page.content.decode(each.article.encoding, "replace")
            )
    assert copied > 600_000


def check_runs(text: TracedText, source: str) -> int:
    """How many characters of the text are copies; each stretch is compared with the source."""
    copies = [run for run in text.runs if run.original_length is None]
    for run in copies:
        there = source[run.original_start : run.original_start + run.length]
        assert there == text.text[run.start : run.start + run.length]
    return sum(run.length for run in copies)


if __name__ == "__main__":
    print(show(figures([read(page) for page in read_pages(Path(sys.argv[1]))]), GOLDS["floors"]))  # noqa: T201
