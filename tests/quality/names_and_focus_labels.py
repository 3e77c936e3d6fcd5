"""How far two readers agreed on names and focus summaries, printed.

cd tests; python -m quality.names_and_focus_labels CORPORA
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.agreement import Agreement, agreement
from quality.article_texts import read_article
from quality.label_names_and_focus import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]
Pair = tuple[Row, Row]


def read_pairs(name: str) -> list[Pair]:
    """The rows of both readers, item by item."""
    return list(zip(read_rows(f"{name}-pass1"), read_rows(f"{name}-pass2"), strict=True))


def kind_agreement() -> Agreement:
    """Over person, place, organisation, none."""
    pairs = read_pairs("names")
    return agreement([one["kind"] for one, _ in pairs], [two["kind"] for _, two in pairs])


def span_share() -> float:
    """Of all anchors, the share whose mention both cut alike, to the sign."""
    return _share(read_pairs("names"), lambda one, two: bool(one["span"] == two["span"]))


def canonical_share() -> float:
    """Of the anchors that both call a name, the share with a common form within the article."""
    named = [pair for pair in read_pairs("names") if _both_named(pair)]
    return _share(named, lambda one, two: bool({*one["canonical"]} & {*two["canonical"]}))


def corpus_share() -> float:
    """Of the names to which both gave a form over the corpus, the share with a common one."""
    given = [pair for pair in read_pairs("names") if pair[0]["corpus"] and pair[1]["corpus"]]
    return _share(given, lambda one, two: bool(_everywhere(one) & _everywhere(two)))


def _everywhere(row: Row) -> set[str]:
    return {*row["canonical"], *row["corpus"]}


def identity_agreement(corpora: Path) -> Agreement:
    """Over pairs of anchors of the same word, both names: the same entity or not."""
    items = read_rows("names-items")
    words = [_anchor(corpora, item).lower() for item in items]
    named = [place for place, pair in enumerate(read_pairs("names")) if _both_named(pair)]
    alike = [(i, j) for i, j in combinations(named, 2) if words[i] == words[j]]
    one, two = read_rows("names-pass1"), read_rows("names-pass2")
    return agreement(
        [one[i]["entity"] == one[j]["entity"] for i, j in alike],
        [two[i]["entity"] == two[j]["entity"] for i, j in alike],
    )


def _anchor(corpora: Path, item: Row) -> str:
    text = read_article(corpora, item["file"], item["document"])
    return text[slice(*item["anchor"])]


def _both_named(pair: Pair) -> bool:
    return all(row["kind"] != "none" for row in pair)


def _share(pairs: list[Pair], same: Callable[[Row, Row], bool]) -> float:
    return sum(same(*pair) for pair in pairs) / len(pairs)


def focus_agreement() -> Agreement:
    """Over all sentences of all pairs: acceptable or not."""
    answers: tuple[list[bool], list[bool]] = ([], [])
    for item, pair in zip(read_rows("focus-items"), read_pairs("focus"), strict=True):
        for reader, row in zip(answers, pair, strict=True):
            reader += [number in row["right"] for number in range(len(item["sentences"]))]
    return agreement(*answers)


def told(corpora: Path) -> str:
    """The agreement as lines to read."""
    kinds, focus, same = kind_agreement(), focus_agreement(), identity_agreement(corpora)
    return "\n".join(
        [
            f"names, kind                {_told(kinds)}",
            f"names, span                {span_share():.1%} alike",
            f"names, in the article      {canonical_share():.1%} with a common form",
            f"names, over the corpus     {corpus_share():.1%} with a common form",
            f"names, same entity or not  {_told(same)}",
            f"focus, sentences           {_told(focus)}",
        ]
    )


def _told(found: Agreement) -> str:
    return f"{found.share:.1%} alike of {found.count}, kappa {found.kappa:.3f}"


if __name__ == "__main__":
    sys.stdout.write(told(Path(sys.argv[1])) + "\n")
