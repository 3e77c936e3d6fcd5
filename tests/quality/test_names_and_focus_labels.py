# ruff: noqa: RUF001  # typographic signs are what is folded
"""The labels of names and focus summaries speak of the corpora, and two readers agreed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from quality import names_and_focus_labels as labels
from quality.article_texts import (
    YAHOO,
    cut_sentences,
    flat,
    fold,
    name_hash,
    read_article,
    short_hash,
)
from quality.corpus_files import BBC, REUTERS
from quality.label_names_and_focus import read_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.corpora
def test_each_anchor_and_each_sentence_stands_in_the_corpora(corpora: Path) -> None:
    for item in read_rows("names-items"):
        text = read_article(corpora, item["file"], item["document"])
        assert short_hash(text) == item["text"]
        assert short_hash(text[slice(*item["anchor"])]) == item["hash"]
    for item in read_rows("focus-items"):
        text = read_article(corpora, item["file"], item["document"])
        sentences = [[a, b, short_hash(flat(text[a:b]))] for a, b in cut_sentences(text)]
        assert (short_hash(text), sentences) == (item["text"], item["sentences"])


def test_each_item_has_both_labels_and_one_that_counts() -> None:
    for name, keys in (("names", ("document", "anchor")), ("focus", ("document", "focus"))):
        items = [[row[key] for key in keys] for row in read_rows(f"{name}-items")]
        for rows in (read_rows(f"{name}-pass1"), read_rows(f"{name}-pass2"), read_rows(name)):
            assert [[row[key] for key in keys] for row in rows] == items


def test_the_sets_are_as_large_as_was_asked() -> None:
    names, focus = read_rows("names"), read_rows("focus")
    assert sum(row["kind"] != "none" for row in names) >= 300
    assert (
        {row["file"] for row in names} == {row["file"] for row in focus} == {BBC, REUTERS, *YAHOO}
    )
    assert len(focus) == 40
    assert min(len(row["right"]) for row in focus) >= 2


def test_a_mention_covers_its_anchor() -> None:
    for row in read_rows("names"):
        if row["kind"] == "none":
            assert (row["span"], row["canonical"], row["corpus"]) == (None, [], [])
        else:
            assert row["span"][0] <= row["anchor"][0] < row["anchor"][1] <= row["span"][1]
            assert row["canonical"]


@pytest.mark.corpora
def test_a_canonical_name_is_printed_in_its_article(corpora: Path) -> None:
    printed: dict[tuple[str, str], set[str]] = {}
    absent = []
    for place, row in enumerate(read_rows("names")):
        article = (row["file"], row["document"])
        if article not in printed:
            printed[article] = _printed_names(read_article(corpora, *article))
        if row["kind"] != "none" and not printed[article] & {*row["canonical"]}:
            absent.append(place)
    assert absent == []


def _printed_names(text: str) -> set[str]:
    """The hash of each run of up to ten words from a capital on, also without a possessive 's."""
    words = text.split()
    folded = [fold(word) for word in words]
    bare = [fold(re.sub(r"['’]s\W*$", "", word)) for word in words]
    found = set()
    for start in (place for place, word in enumerate(words) if re.search(r"[A-Z0-9]", word)):
        for end in range(start, min(start + 10, len(words))):
            for last in {folded[end], bare[end]}:
                found.add(short_hash(" ".join(filter(None, [*folded[start:end], last]))))
    return found


def test_what_both_readers_said_counts() -> None:
    for pair, gold in zip(labels.read_pairs("focus"), read_rows("focus"), strict=True):
        one, two = ({*row["right"]} for row in pair)
        assert one & two <= {*gold["right"]} <= one | two
    for pair, gold in zip(labels.read_pairs("names"), read_rows("names"), strict=True):
        alike = [row for row in pair if row["kind"] == gold["kind"]]
        assert alike
        if gold["kind"] != "none":
            assert all({*row["canonical"]} & {*gold["canonical"]} for row in alike)


@pytest.mark.corpora
def test_two_readers_agreed(corpora: Path) -> None:
    print(f"\n{labels.told(corpora)}")  # noqa: T201 - the agreement is to be read
    assert labels.kind_agreement().kappa >= 0.9
    assert min(labels.span_share(), labels.canonical_share(), labels.corpus_share()) >= 0.95
    assert labels.identity_agreement(corpora).kappa >= 0.9
    assert labels.focus_agreement().kappa >= 0.8


def test_sentences_end_neither_at_titles_nor_at_initials_nor_over_a_line() -> None:
    text = 'A heading\n\nMr. J. B. Example of Orlen Corp. said: "No." Then he left.  It rained'
    assert [text[a:b] for a, b in cut_sentences(text)] == [
        "A heading",
        'Mr. J. B. Example of Orlen Corp. said: "No."',
        "Then he left.",
        "It rained",
    ]
    assert flat(" two\n  words ") == "two words"


def test_names_are_folded_before_they_are_hashed() -> None:
    assert fold("  J.B. O’Connor-Lysý, Jr. ") == "jb oconnor lysy jr"
    assert name_hash("U.S. Navy") == name_hash("us navy") == short_hash("us navy")
