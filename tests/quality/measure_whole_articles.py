"""Clean articles go through cleaning whole: the share of their letters that is still there.

The bodies that people marked in the Fundus pages, by language, and the articles of BBC and Reuters,
which have nothing around them. `cd tests; python -m quality.measure_whole_articles CORPORA`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from quality.article_texts import BBC, REUTERS, article_ids, read_article
from quality.figures import Figure
from quality.scoring_html import read_pages

from dateline.documents import Unusable
from dateline.text.cleaning import clean_article
from dateline.text.lines import line_key
from dateline.text.spans import trace
from indexer.language import choose_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGES = "fundus-parser-fixtures.tar"
FEWEST = 3
EVERY = {BBC: 4, REUTERS: 8}


def figures(corpora: Path) -> list[Figure]:
    """By language with three articles or more, the others together; by corpus."""
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    for body in iter_bodies(corpora):
        bodies[choose_language(body, stated=None, given=None)].append(body)
    parts = {f"in {name}": texts for name, texts in bodies.items() if len(texts) >= FEWEST}
    rare = [text for texts in bodies.values() if len(texts) < FEWEST for text in texts]
    parts["in rarer languages"] = rare
    for file, step in EVERY.items():
        ids = article_ids(corpora, file)[::step]
        parts[f"of {file}"] = [read_article(corpora, file, each) for each in ids]
    return [
        Figure("cleaning", f"letters kept {name}", share_kept(texts), len(texts))
        for name, texts in parts.items()
    ]


def iter_bodies(corpora: Path) -> Iterator[str]:
    """The title and body of each page's gold, a line said twice once."""
    for page in read_pages(corpora / PAGES):
        lines = [str(page.gold.get("title") or ""), *page.text.split("\n")]
        once = {line_key(line): line for line in reversed(lines) if line_key(line)}
        if len(once) > 1:
            yield "\n".join(reversed(once.values()))


def share_kept(texts: Iterable[str]) -> float:
    """Of all letters and digits of the texts, the share that cleaning keeps."""
    kept = whole = 0
    for text in texts:
        clean = clean_article(trace(text), None)
        whole += sum(map(str.isalnum, text))
        if not isinstance(clean, Unusable):
            kept += sum(map(str.isalnum, clean.text.text))
    return kept / max(1, whole)


if __name__ == "__main__":
    for told in figures(Path(sys.argv[1])):
        print(f"{told.measure:50} {told.value:7.4f} {told.count:6}")  # noqa: T201 - run for this
