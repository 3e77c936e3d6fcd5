"""HTML pages against people: text, dates, titles and authors of 258 saved pages with golds.

`cd tests; python -m quality.measure_html CORPORA` prints the figures. A gold's title is what
Fundus' parser of that outlet reads: its h1, its JSON-LD headline or its og:title, where these
differ. Ours is the h1, which readers see; so a share is given too of titles that the outlet itself
states.
"""

from __future__ import annotations

import html
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quality.figures import Figure, share
from quality.scoring_html import GoldPage, read_pages, score, straighten

from dateline.documents import CleanArticle, RawArticle, Unusable
from dateline.text.cleaning import clean_article
from indexer.pages.aligning import align
from indexer.pages.describing import choose_node
from indexer.pages.extraction import choose_lines, extract_article
from indexer.pages.slimming import slim
from indexer.pages.stating import read_statements
from indexer.sources import SourceOptions
from indexer.sources.html_pages import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLDS = json.loads((Path(__file__).parent / "golds" / "html.json").read_text("utf-8"))
CORPUS = "fundus-parser-fixtures.tar"
ASKED = {"dates": 75 / 77, "titles": 70 / 77}


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


def measure(pages: Sequence[Read]) -> dict[str, float]:
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


def figures(corpora: Path) -> list[Figure]:
    """Text, dates, titles, authors of the English pages, and titles of the others."""
    pages = [read(page) for page in read_pages(corpora / CORPUS)]
    english = [each for each in pages if each.half != "other_languages"]
    held_out = [each for each in pages if each.half == "held_out"]
    rights = [
        share("html", f"{name}, English", sum(map(right, english)), len(english), ASKED.get(name))
        for name, right in RIGHT.items()
    ]
    others = [each for each in pages if each.half == "other_languages"]
    return [
        Figure("html", "text F1, English", _f1(english), len(english), reach=0.965),
        Figure("html", "text F1, English, held out", _f1(held_out), len(held_out)),
        *rights,
        share(
            "html", "titles that the page states, English", sum(map(stated, english)), len(english)
        ),
        share("html", "titles, other languages", sum(map(titled, others)), len(others)),
    ]


def _f1(pages: Sequence[Read]) -> float:
    return score([(each.page.text, each.body) for each in pages])[2]


def stated(read: Read) -> bool:
    """Whether ours and the gold's title are both among those that the page gives its article."""
    found = read_statements(read.article.body.text)
    headline = choose_node(found).get("headline")
    titles = [*found.headings, *found.titles.values()]
    texts = [*(title.text for title in titles), html.unescape(str(headline or ""))]
    ours = read.clean.title if isinstance(read.clean, CleanArticle) else ""
    return {straighten(ours), straighten(read.page.gold["title"])} <= set(map(straighten, texts))


if __name__ == "__main__":
    print("\n".join(map(str, figures(Path(sys.argv[1])))))  # noqa: T201 - the one thing this is run for
