"""What plain-text cleaning did with each labelled line: kept, dropped or in between.

A stretch of a line (a whole line is one stretch) is kept where at least `KEPT` of its letters and
digits stand in the stored text, dropped where at most `DROPPED` do; a line without any is judged by
its visible characters. What lies between is right for neither label.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quality import gold_texts, label_sets

from dateline.documents import Unusable
from dateline.text.cleaning import clean_article
from dateline.text.keeping import cut_original
from dateline.text.sentences import split_sentences
from dateline.text.spans import trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from quality.label_sets import Cut

    from dateline.documents import CleanArticle
    from dateline.text.keeping import Piece

KEPT, DROPPED = 0.9, 0.1
KINDS = {
    "articles": "samples",
    gold_texts.BBC: "BBC with noise",
    gold_texts.FUNDUS: "stripped pages",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A stretch: what it was labelled and the share of it that was kept."""

    label: str
    share: float
    start: int
    text: str

    @property
    def kept(self) -> bool:
        return self.share >= KEPT

    @property
    def dropped(self) -> bool:
        return self.share <= DROPPED


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A labelled line; `cut_right`: each cut of a split one is a line or sentence break."""

    number: int
    stretches: tuple[Judged, ...]
    cut_right: bool = True

    @property
    def right(self) -> bool:
        fates = all(each.kept if each.label == "keep" else each.dropped for each in self.stretches)
        return fates and self.cut_right


@dataclass(frozen=True, slots=True)
class JudgedText:
    """The labelled lines of one text, its kind, and the half it belongs to."""

    document: str
    kind: str
    held_out: bool
    lines: tuple[JudgedLine, ...]


@dataclass(frozen=True, slots=True)
class DropScore:
    """Stretches labelled keep and drop, and how many of each were kept and dropped."""

    keeps: int
    kept: int
    drops: int
    dropped: int
    wrongly_dropped: int

    @property
    def keep_recall(self) -> float:
        return self.kept / max(1, self.keeps)

    @property
    def drop_recall(self) -> float:
        return self.dropped / max(1, self.drops)

    @property
    def drop_f1(self) -> float:
        return 2 * self.dropped / max(1, self.drops + self.dropped + self.wrongly_dropped)


def judge_all(corpora: Path) -> list[JudgedText]:
    """Every labelled text, cleaned as it stands, without a title or a source."""
    return [judge(corpora, row) for row in label_sets.read_rows("cleaning")]


def judge(corpora: Path, row: dict[str, object]) -> JudgedText:
    """One row of golds/cleaning.json against what cleaning makes of its text."""
    file, document = str(row["file"]), str(row["document"])
    text = gold_texts.read_text(corpora, file, document)
    labels = label_sets.cleaning_labels([row])
    fates = [(number, cuts) for (_, _, number), cuts in labels.items()]
    kind = KINDS.get(file, "Yahoo")
    return JudgedText(document, kind, is_held_out(text), judge_text(text, fates))


def is_held_out(text: str) -> bool:
    """Does the text belong to the half that nobody looks at while rules are written?"""
    return int(gold_texts.line_hash(text)[-1], 16) % 2 == 1


def judge_text(text: str, labels: Iterable[tuple[int, Sequence[Cut]]]) -> tuple[JudgedLine, ...]:
    """Each labelled line of the text, by number, with the share that was kept of its stretches."""
    clean = clean_article(trace(text), None)
    pieces = () if isinstance(clean, Unusable) else cut_original(len(text), clean.text.runs)
    places = stored_places(text, pieces)
    breaks = () if isinstance(clean, Unusable) else sentence_starts(clean)
    starts = line_starts(text)
    return tuple(
        _judged_line(number, _placed(text, starts, number, cuts), places, breaks)
        for number, cuts in labels
    )


def stored_places(text: str, pieces: Iterable[Piece]) -> list[int]:
    """For each code point where it stands in the stored text, or -1; a repair's where it begins."""
    places = [-1] * len(text)
    for piece in pieces:
        if piece.kept is None:
            continue
        for offset in range(piece.original.end - piece.original.start):
            step = 0 if piece.repaired else offset
            places[piece.original.start + offset] = piece.kept.start + step
    return places


def sentence_starts(clean: CleanArticle) -> tuple[int, ...]:
    """Where the sentences and lines of the stored text begin."""
    return tuple(span.start for span in split_sentences(clean.text.text, clean.body_start))


def line_starts(text: str) -> list[int]:
    """Where each line of the text begins."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def drop_score(texts: Iterable[JudgedText]) -> DropScore:
    """Counts over every stretch of the texts."""
    stretches = [each for text in texts for line in text.lines for each in line.stretches]
    keeps = [each for each in stretches if each.label == "keep"]
    drops = [each for each in stretches if each.label == "drop"]
    return DropScore(
        len(keeps),
        sum(each.kept for each in keeps),
        len(drops),
        sum(each.dropped for each in drops),
        sum(each.dropped for each in keeps),
    )


def split_share(texts: Iterable[JudgedText]) -> tuple[int, int]:
    """How many split lines went right in every stretch and cut, and how many there are."""
    splits = [line for text in texts for line in text.lines if len(line.stretches) > 1]
    return sum(line.right for line in splits), len(splits)


def _placed(
    text: str, starts: Sequence[int], number: int, cuts: Sequence[Cut]
) -> list[tuple[int, int, str, str]]:
    """Start, end, label and text of a line's stretches, in the text's own code points."""
    line = text[starts[number] : starts[number + 1] - 1]
    ends = [start for start, _ in cuts[1:]] + [len(line)]
    return [
        (starts[number] + start, starts[number] + end, label, line[start:end])
        for (start, label), end in zip(cuts, ends, strict=True)
    ]


def _judged_line(
    number: int,
    stretches: Sequence[tuple[int, int, str, str]],
    places: Sequence[int],
    breaks: Sequence[int],
) -> JudgedLine:
    judged = tuple(
        Judged(label, _share(text, places[start:end]), start, text)
        for start, end, label, text in stretches
    )
    cuts = [
        _first_place(places[later[0] : later[1]])
        for earlier, later in pairwise(stretches)
        if earlier[2] == later[2] == "keep"
    ]
    return JudgedLine(number, judged, all(place in breaks for place in cuts))


def _first_place(places: Sequence[int]) -> int:
    return next((place for place in places if place >= 0), -1)


def _share(text: str, places: Sequence[int]) -> float:
    """The share of the letters and digits (or else visible characters) that were kept."""
    told = [place for sign, place in zip(text, places, strict=True) if sign.isalnum()]
    told = told or [p for sign, p in zip(text, places, strict=True) if not sign.isspace()]
    return sum(place >= 0 for place in told) / max(1, len(told))
