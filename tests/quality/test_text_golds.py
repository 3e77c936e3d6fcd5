"""Cleaning on real articles: exact golds of three, floors on clean and on crawled ones."""

from __future__ import annotations

import hashlib
import json
import lzma
from functools import cache
from pathlib import Path

import pytest
from quality.corpus_files import read_bbc

from dateline.documents import CleanArticle
from dateline.text.cleaning import clean_article
from dateline.text.lines import line_key
from dateline.text.sentences import split_sentences, summarizable
from dateline.text.spans import original_span, trace

GOLDS = json.loads((Path(__file__).parent / "golds" / "text.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.corpora


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _article(path: Path) -> tuple[str, CleanArticle]:
    original = path.read_text(encoding="utf-8")
    article = clean_article(trace(original), None)
    assert isinstance(article, CleanArticle)
    return original, article


@pytest.fixture(params=sorted(GOLDS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_title_date_and_truncation_are_as_the_article_states(corpora: Path, name: str) -> None:
    _, article = _article(corpora / "articles" / name)
    gold = GOLDS[name]
    stated = article.stamp.value.isoformat() if article.stamp.value else None
    assert _hash(article.title) == gold["title"]
    assert article.title_source == gold["title_source"]
    assert (stated, article.stamp.precision) == (gold["published"], gold["precision"])
    assert article.truncated is gold["truncated"]


def test_the_body_holds_these_lines_in_this_order(corpora: Path, name: str) -> None:
    _, article = _article(corpora / "articles" / name)
    body = article.text.text[article.body_start :].split("\n")
    assert [_hash(line) for line in body] == GOLDS[name]["body"]


def test_captions_teasers_links_and_repeats_are_gone(corpora: Path, name: str) -> None:
    _, article = _article(corpora / "articles" / name)
    left = {_hash(line) for line in article.text.text.split("\n")}
    assert left.isdisjoint(GOLDS[name]["dropped"])


def test_each_sentence_stands_at_its_place_in_the_original(corpora: Path, name: str) -> None:
    original, article = _article(corpora / "articles" / name)
    text = article.text.text
    for span in split_sentences(text, article.body_start):
        place = original_span(article.text.runs, span)
        assert place is not None
        assert original[place.start : place.end].split() == text[span.start : span.end].split()


def test_the_cut_off_sentence_and_quote_fragments_stay_out_of_summaries(
    corpora: Path, name: str
) -> None:
    _, article = _article(corpora / "articles" / name)
    text = article.text.text
    spans = split_sentences(text, article.body_start)
    verdicts = summarizable(text, spans, truncated=article.truncated)
    assert sum(verdicts) >= 6
    assert not (article.truncated and verdicts[-1])
    for span, verdict in zip(spans, verdicts, strict=True):
        sentence = text[span.start : span.end]
        assert not verdict or sentence.count('"') % 2 == 0


def test_clean_articles_keep_their_lines_and_their_headline(corpora: Path) -> None:
    lines = kept = titles = 0
    articles = [text for _, text in sorted(read_bbc(corpora).items())[::14]]
    for original in articles:
        article = clean_article(trace(original), None)
        assert isinstance(article, CleanArticle)
        written = [line for line in original.split("\n") if line.strip()]
        text = line_key(article.text.text)
        lines += len(written)
        kept += sum(line_key(line) in text for line in written)
        titles += article.title_source == "text" and article.title.split()[-1] in written[0]
    assert kept / lines >= 0.995
    assert titles / len(articles) >= 0.99


def test_cleaning_what_was_cleaned_changes_nothing_in_crawled_articles(corpora: Path) -> None:
    with lzma.open(corpora / "yahoo-finance-2017.json.xz") as file:
        records = [record for record in json.load(file) if record["maintext"]][::3]
    for record in records:
        once = clean_article(trace(record["maintext"]), trace(record["title"]))
        assert isinstance(once, CleanArticle)
        again = clean_article(trace(once.text.text), trace(once.title))
        assert isinstance(again, CleanArticle)
        assert again.text.text == once.text.text
