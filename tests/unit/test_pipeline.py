from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dateline.documents import Entities, PublicationDate, RawArticle, Span
from dateline.text.spans import original_span
from indexer import pipeline
from indexer.building import Identity
from indexer.identity import find_id, hash_content
from indexer.pipeline import Job, Made, Rules, make_batch
from indexer.sources import SourceOptions
from indexer.sources.json_records import read_json
from indexer.sources.texts import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.entities import EntityText

NOW = datetime(2023, 6, 24, tzinfo=UTC)
RULES = Rules(5000)
BODY = (
    "The harbour of Port Ellery was closed on Monday after the storm broke two of its cranes. "
    "Fishermen said that their boats could not leave before the channel was cleared of wrecks. "
    "“We have waited for days,” said one of them, and the council will meet again on Thursday."
)


class Finder:
    """Finds nothing, stumbles over the word it is told to, and remembers its batches."""

    def __init__(self, poison: str = "\x00") -> None:
        self.poison = poison
        self.batches: list[list[str]] = []

    def find(self, batch: Sequence[EntityText]) -> list[Entities]:
        self.batches.append([each.language for each in batch])
        if any(self.poison in each.text for each in batch):
            raise ZeroDivisionError
        return [Entities() for _ in batch]


def make_job(text: str | bytes, options: SourceOptions | None = None) -> Job:
    content = text if isinstance(text, bytes) else text.encode()
    read = read_json if content.startswith(b"{") else _read_text
    article = read(content, "a", options or SourceOptions())
    assert isinstance(article, RawArticle)
    digest = hash_content(article.original, article.options)
    return Job(article, Identity(find_id(article), digest, "1", NOW))


def _read_text(content: bytes, location: str, options: SourceOptions) -> object:
    return read_text(content, location, options, "text/plain")


def make(
    *texts: str | bytes,
    options: SourceOptions | None = None,
    rules: Rules = RULES,
    finder: Finder | None = None,
) -> list[Made]:
    jobs = [make_job(text, options) for text in texts]
    return make_batch(jobs, rules, finder or Finder())


def test_a_text_becomes_a_document_and_its_original() -> None:
    (made,) = make(f"Storm closes harbour\n\n{BODY}\n")
    document = made.document
    assert document is not None
    assert document.title == "Storm closes harbour"
    assert (document.language, made.original.outcome) == ("en", "indexed")
    assert document.summary is not None
    assert document.id == made.original.id
    assert made.dropped_lines == 0


@pytest.mark.parametrize("ascii_only", [True, False])
def test_each_sentence_finds_its_place_in_the_original(ascii_only: bool) -> None:
    record = {"title": "Storm “closes” harbour", "maintext": f'{BODY}\n"No," he said.'}
    content = json.dumps(record, ensure_ascii=ascii_only).encode()
    (made,) = make(content)
    document, original = made.document, made.original.content.decode(made.original.encoding)
    assert document is not None
    assert len(document.sentences) >= 3
    for sentence in document.sentences:
        place = original_span(made.original.span_map, Span(sentence.start, sentence.end))
        assert place is not None
        there = json.loads(f'"{original[place.start : place.end]}"')
        assert there == document.text[sentence.start : sentence.end]


def test_the_metadatas_date_wins_over_the_given_one() -> None:
    given = PublicationDate(datetime(2020, 1, 1, tzinfo=UTC), "day", "given")
    options = SourceOptions(published=given)
    record = {"title": "Rain", "maintext": BODY, "date_publish": "2021-05-05 10:11:12"}
    dated, undated = make(json.dumps(record), BODY, options=options)
    assert dated.document is not None
    assert undated.document is not None
    assert (dated.document.date_source, undated.document.date_source) == ("metadata", "given")
    assert dated.document.revision > undated.document.revision


def test_the_texts_own_stamp_wins_over_the_given_date() -> None:
    given = PublicationDate(datetime(2020, 1, 1, tzinfo=UTC), "day", "given")
    options = SourceOptions(published=given)
    (made,) = make(f"Storm closes harbour\n27 September 2022\n\n{BODY}", options=options)
    assert made.document is not None
    assert (made.document.date_source, made.document.date_precision) == ("text", "day")


def test_what_has_no_words_or_too_many_is_refused_and_its_neighbours_made() -> None:
    made = make(BODY, "12 34 56", "word " * 2000, BODY + " More.")
    outcomes = [(each.original.outcome, each.original.code) for each in made]
    assert outcomes == [
        ("indexed", ""),
        ("unusable", "no_words"),
        ("rejected", "too_long"),
        ("indexed", ""),
    ]
    assert all(each.original.content for each in made)


def test_more_sentences_than_an_article_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MAX_SENTENCES", 1)
    (made,) = make(BODY)
    assert made.original.code == "too_long"


def test_an_article_that_breaks_the_model_is_refused_alone() -> None:
    finder = Finder(poison="wombat")
    made = make(BODY, BODY + " A wombat.", BODY + " More.", finder=finder)
    assert [each.original.code for each in made] == ["", "fault", ""]
    assert "ZeroDivisionError" in made[1].original.reason
    assert [len(batch) for batch in finder.batches] == [3, 1, 1, 1]


def test_an_article_that_breaks_a_stage_of_ours_is_refused_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    split = pipeline.split_sentences

    def stumble(text: str, body_start: int) -> tuple[Span, ...]:
        if "wombat" in text:
            raise KeyError
        return split(text, body_start)

    monkeypatch.setattr(pipeline, "split_sentences", stumble)
    made = make(BODY, BODY + " A wombat.")
    assert [each.original.code for each in made] == ["", "fault"]


def test_the_model_is_asked_once_for_a_batch() -> None:
    finder = Finder()
    make(*[BODY + f" Number {number}." for number in range(5)], finder=finder)
    assert finder.batches == [["en"] * 5]
