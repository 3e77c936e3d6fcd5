"""HTML, apart from all else: pages a second and ms a page, beside trafilatura alone.

    python benchmarks/pages.py [fundus-parser-fixtures.tar] [--profile]

Pages: the `.html.gz` members of the archive, at most 120; without archive, one invented page many
times. Stages: `statements` is what the reading process does (metadata and headline), `article` what
a worker does (choice of lines, their places), of which `trafilatura` alone is the baseline: the
same call on the same page, nothing else.
"""

from __future__ import annotations

import cProfile
import gzip
import pstats
import resource
import sys
import tarfile
import time
from typing import TYPE_CHECKING

from trafilatura.core import bare_extraction
from trafilatura.utils import load_html

from dateline.documents import RawArticle
from dateline.text.cleaning import clean_article
from indexer.pages.extraction import extract_article
from indexer.sources import SourceOptions
from indexer.sources.html_pages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_PAGES = 120
ROUNDS = 3


def read_pages(path: str) -> list[bytes]:
    """The first pages of an archive."""
    pages: list[bytes] = []
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".html.gz") else None
            if file and len(pages) < MOST_PAGES:
                pages.append(gzip.decompress(file.read()))
    return pages


def invent_pages() -> list[bytes]:
    """A page of 800 words and 150 kB, fifty times."""
    text = "The ferry left the harbour at nine, and nobody was on board, the company said. "
    body = f"<p>{text * 2}</p>" * 25
    chrome = '<div class="menu"><a href="/islands">Islands</a></div>' * 500
    script = f"<script>{'var a = 1; ' * 10_000}</script>"
    page = f"<!DOCTYPE html><title>Ferry</title>{script}{chrome}<article><h1>Ferry</h1>{body}"
    return [f"{page}</article>{chrome}".encode()] * 50


def seconds(stage: Callable[[], object]) -> float:
    """Seconds of a core, the best of three rounds: a busy machine does not count."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        stage()
        times.append(time.process_time() - began)
    return min(times)


def clean(article: RawArticle) -> object:
    """The stage behind: plain text."""
    return clean_article(article.body, article.title, source=article.metadata.source)


def main(arguments: Sequence[str]) -> None:
    """Print one line a stage."""
    paths = [each for each in arguments if not each.startswith("--")]
    pages = read_pages(paths[0]) if paths else invent_pages()
    options = SourceOptions()
    articles = [a for p in pages if isinstance(a := read_page(p, "page", options), RawArticle)]
    found = [a for page in articles if isinstance(a := extract_article(page), RawArticle)]
    stages: dict[str, Callable[[], object]] = {
        "statements": lambda: [read_page(page, "page", options) for page in pages],
        "article": lambda: [extract_article(article) for article in articles],
        "trafilatura": lambda: [
            bare_extraction(load_html(a.body.text), include_comments=False, with_metadata=False)
            for a in articles
        ],
        "cleaning": lambda: [clean(article) for article in found],
    }
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.0f} kB, {len(found)} articles")
    taken = {name: seconds(stage) for name, stage in stages.items()}
    for name, all_seconds in taken.items():
        each = all_seconds / len(pages)
        print(f"{name:12} {each * 1000:6.1f} ms a page {1 / each:8.0f} pages/s")
    ours = taken["statements"] + taken["article"]
    print(f"statements + article {ours / taken['trafilatura']:.2f} x trafilatura alone")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if "--profile" in arguments:
        profile = cProfile.Profile()
        profile.runcall(stages["article"])
        pstats.Stats(profile).sort_stats("cumulative").print_stats(25)


if __name__ == "__main__":
    main(sys.argv[1:])
