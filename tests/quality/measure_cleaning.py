"""Figures of plain-text cleaning; run alone it prints them.

`cd tests; python -m quality.measure_cleaning CORPORA [wrong]`: the second word lists every wrong
line of the development half as well.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quality.figures import Figure
from quality.scoring_cleaning import drop_score, judge_all, split_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.scoring_cleaning import JudgedText

STAGE = "cleaning"
F1, KEEP = 0.95, 0.995


def figures(corpora: Path) -> list[Figure]:
    """Drop F1 and keep recall over all labels, by kind and by half; the share of splits."""
    texts = judge_all(corpora)
    right, splits = split_share(texts)
    parts = [("", texts), *_by_kind(texts), *_by_half(texts)]
    told = [figure for name, part in parts for figure in _of_part(name, part)]
    return [*told, Figure(STAGE, "splits right", right / max(1, splits), splits)]


def _of_part(name: str, texts: Sequence[JudgedText]) -> list[Figure]:
    score = drop_score(texts)
    where = f", {name}" if name else ""
    return [
        Figure(STAGE, f"drop F1{where}", score.drop_f1, score.drops, reach=None if name else F1),
        Figure(STAGE, f"drop recall{where}", score.drop_recall, score.drops),
        Figure(
            STAGE,
            f"keep recall{where}",
            score.keep_recall,
            score.keeps,
            reach=None if name else KEEP,
        ),
    ]


def _by_kind(texts: Sequence[JudgedText]) -> Iterator[tuple[str, list[JudgedText]]]:
    for kind in sorted({text.kind for text in texts}):
        yield kind, [text for text in texts if text.kind == kind]


def _by_half(texts: Sequence[JudgedText]) -> Iterator[tuple[str, list[JudgedText]]]:
    for held_out, name in ((False, "development half"), (True, "held-out half")):
        yield name, [text for text in texts if text.held_out is held_out]


def _print_wrong(corpora: Path) -> None:
    for text in judge_all(corpora):
        wrong = [line for line in text.lines if not line.right]
        if not text.held_out and wrong:
            print(f"\n# {text.kind} {text.document}")  # noqa: T201 - what this is run for
            for line in wrong:
                for each in line.stretches:
                    print(f"{line.number:4} {each.label} {each.share:4.2f} {each.text[:150]!r}")  # noqa: T201


if __name__ == "__main__":
    if sys.argv[2:] == ["wrong"]:
        _print_wrong(Path(sys.argv[1]))
    for told in figures(Path(sys.argv[1])):
        print(f"{told.measure:36} {told.value:6.3f} {told.count:6}")  # noqa: T201 - as above
