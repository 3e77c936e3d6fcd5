"""Names that the product gives articles which a reader judged name by name (golds/unseen.md)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quality.article_texts import read_article, short_hash
from quality.label_names_and_focus import read_rows

from dateline.documents import CleanArticle, Run, TracedText
from dateline.text.cleaning import clean_article
from indexer.entities import EntityText

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.entities import EntityFinder


def count_judged(corpora: Path, finder: EntityFinder) -> tuple[Counter[tuple[str, str]], int]:
    """(Kind, "right", "wrong" or "not judged") → how many names; and the number of articles."""
    rows = read_rows("unseen")
    texts = [_read_clean(corpora, row["file"], row["document"]) for row in rows]
    counts: Counter[tuple[str, str]] = Counter()
    for row, entities in zip(rows, finder.find(texts), strict=True):
        verdicts = {(kind, name): right for kind, name, right in row["names"]}
        for kind, name in {(mention.kind, mention.name) for mention in entities.mentions}:
            right = verdicts.get((kind, short_hash(name)))
            told = "not judged" if right is None else "right" if right else "wrong"
            counts[kind, told] += 1
    return counts, len(rows)


def _read_clean(corpora: Path, file: str, document: str) -> EntityText:
    text = read_article(corpora, file, document)
    clean = clean_article(TracedText(text, (Run(0, 0, len(text)),)), None)
    assert isinstance(clean, CleanArticle)
    return EntityText(clean.text.text, clean.body_start, "en")
