"""What the product calls the labelled mentions of golds/names.json, and the verdict on each.

A mention is right if it has the kind of the label and a name that the label allows: the fullest
form of the article, or one that is right over the corpus. By the rubric (names.md) a body is right
with and without the registered form behind it, and with and without a leading "U.S.".
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from quality.article_texts import fold, name_hash, read_article
from quality.label_names_and_focus import read_rows

from indexer.entities import EntityText

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.documents import Entities, Mention
    from indexer.entities import EntityFinder

Row = dict[str, Any]
Article = tuple[str, str]
Verdict = Literal["right", "name", "kind", "missed", "nothing there", "invented"]

_FORMS = (
    "inc",
    "corp",
    "co",
    "ltd",
    "plc",
    "co inc",
    "co ltd",
    "company",
    "corporation",
    "sa",
    "ag",
)


def find_labelled(corpora: Path, finder: EntityFinder) -> dict[Article, Entities]:
    """The entities of each article that has labels."""
    articles = sorted({(row["file"], row["document"]) for row in read_rows("names")})
    texts = [EntityText(read_article(corpora, *article), 0, "en") for article in articles]
    return dict(zip(articles, finder.find(texts), strict=True))


def find_mention(row: Row, found: dict[Article, Entities]) -> Mention | None:
    """The first mention that shares a character with the row's anchor."""
    start, end = row["anchor"]
    mentions = found[row["file"], row["document"]].mentions
    return next((m for m in mentions if m.start < end and start < m.end), None)


def judge(row: Row, mention: Mention | None) -> Verdict:
    """The verdict on one label."""
    if row["kind"] == "none":
        return "nothing there" if mention is None else "invented"
    if mention is None:
        return "missed"
    if mention.kind != row["kind"]:
        return "kind"
    allowed = {*row["canonical"], *row["corpus"]}
    return "name" if allowed.isdisjoint(map(name_hash, _iter_forms(mention))) else "right"


def _iter_forms(mention: Mention) -> list[str]:
    """The name; of a body also with each registered form, without its own, without "U.S."."""
    name = fold(mention.name)
    if mention.kind != "organisation":
        return [name]
    bare = [name, name.removeprefix("us ")]
    shorter = [each.removesuffix(f" {form}") for each in bare for form in _FORMS]
    return [*bare, *shorter, *(f"{each} {form}" for each in bare for form in _FORMS)]


def count_verdicts(found: dict[Article, Entities]) -> Counter[Verdict]:
    """How often each verdict falls over all labels."""
    return Counter(judge(row, find_mention(row, found)) for row in read_rows("names"))


def count_pairs(found: dict[Article, Entities]) -> tuple[int, int]:
    """Of pairs of mentions with one word in two articles: told apart or joined rightly, all."""
    named = [
        (row, mention)
        for row in read_rows("names")
        if row["kind"] != "none" and (mention := find_mention(row, found))
    ]
    pairs = [
        ((one["entity"] == two["entity"]), (ours.name == theirs.name))
        for (one, ours), (two, theirs) in combinations(named, 2)
        if fold(ours.form) == fold(theirs.form) and one["document"] != two["document"]
    ]
    return sum(gold == ours for gold, ours in pairs), len(pairs)
