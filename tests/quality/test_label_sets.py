"""The labels speak of what lies in the corpora, two readers gave them, and they agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality import gold_texts, label_sets, noise
from quality.agreement import agreement
from quality.corpus_files import BBC
from quality.gold_texts import line_hash

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.corpora
def test_each_line_to_be_labelled_stands_in_the_corpora(corpora: Path) -> None:
    for item in label_sets.read_rows("cleaning-items"):
        text = gold_texts.read_text(corpora, item["file"], item["document"])
        lines = text.split("\n")
        assert line_hash(text) == item["text"]
        assert [line_hash(lines[number]) for number, _ in item["lines"]] == [
            key for _, key in item["lines"]
        ]


@pytest.mark.corpora
def test_each_dated_thing_stands_in_the_corpora(corpora: Path) -> None:
    items = label_sets.read_rows("dates-items")
    assert len(items) >= 200
    for item in items:
        assert line_hash(gold_texts.dated_material(corpora, item)) == item["text"]


@pytest.mark.corpora
def test_injected_noise_has_its_gold_from_the_injection(corpora: Path) -> None:
    gold = label_sets.cleaning_labels(label_sets.read_rows("cleaning"))
    documents = {document for file, document, _ in gold if file == BBC}
    assert len(documents) == 25
    for document in documents:
        lines = noise.noisy_lines(gold_texts.bbc_text(corpora, document), document)
        for number, line in enumerate(lines):
            own = label_sets.BBC_OWN.get((document, number))
            known = [(part.start, "keep" if part.kept else "drop") for part in line.parts]
            if line.text:
                fates = ((0, own),) if own else tuple(known)
                assert gold[BBC, document, number] == fates


def test_both_readers_answered_every_item() -> None:
    items = [row for row in label_sets.read_rows("cleaning-items") if row["file"] != BBC]
    asked = [(row["document"], number, key) for row in items for number, key in row["lines"]]
    for name in ("cleaning-pass1", "cleaning-pass2"):
        rows = label_sets.read_rows(name)
        assert [(r["document"], line[0], line[1]) for r in rows for line in r["lines"]] == asked
    asked_dates = [row["text"] for row in label_sets.read_rows("dates-items")]
    for name in ("dates-pass1", "dates-pass2", "dates"):
        assert [row["text"] for row in label_sets.read_rows(name)] == asked_dates


def test_what_the_readers_agreed_on_is_what_counts() -> None:
    first, second, gold = (
        label_sets.cleaning_labels(label_sets.read_rows(name))
        for name in ("cleaning-pass1", "cleaning-pass2", "cleaning")
    )
    assert first.keys() == second.keys() == {line for line in gold if line[0] != BBC}
    for line, stretches in first.items():
        if label_sets.cut_alike(stretches, second[line]):
            assert label_sets.cut_alike(gold[line], stretches)


def test_dates_that_the_readers_agreed_on_are_what_counts() -> None:
    passes = (label_sets.read_rows(name) for name in ("dates-pass1", "dates-pass2", "dates"))
    for first, second, gold in zip(*passes, strict=True):
        if first == second:
            assert gold == first


def test_the_readers_of_lines_agreed() -> None:
    found = label_sets.cleaning_agreement()
    assert found.count >= 2_000
    assert found.share >= 0.95
    assert found.kappa >= 0.9


def test_the_readers_of_dates_agreed() -> None:
    whole, kinds = label_sets.date_agreements()
    assert whole.share >= 0.95
    assert kinds.kappa >= 0.9


def test_kappa_takes_chance_off() -> None:
    half = agreement("aabb", "abab")
    assert (half.share, half.kappa) == (0.5, 0.0)
    assert agreement("aab", "aab").kappa == 1.0
    assert agreement("ab", "ba").kappa == -1.0
