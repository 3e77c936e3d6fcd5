from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dateline.documents import (
    ArticleMetadata,
    CleanArticle,
    Entities,
    Mention,
    Place,
    PublicationDate,
    RawArticle,
    Run,
    Sentence,
    TracedText,
)
from dateline.summaries import summarize_stored
from dateline.text.spans import join, trace
from indexer.building import (
    Fate,
    Findings,
    Identity,
    build_document,
    build_original,
    count_dropped_lines,
)

NOW = datetime(2023, 6, 24, tzinfo=UTC)
RAW = "Rain closes harbour\n\nIt rained on Monday in Minsk. Nobody left."
ARTICLE = RawArticle(
    "a.txt",
    RAW.encode(),
    trace(RAW),
    metadata=ArticleMetadata(source="Post", url="https://post.example/1", authors=("Ann Lee",)),
)
WHO = Identity("Post:1", "ab" * 32, "1", NOW)
CLEAN = CleanArticle("Rain closes harbour", "text", trace(RAW), 21, PublicationDate())
SENTENCES = (Sentence(21, 50, 0), Sentence(51, 63, 1))
MINSK = Place("Minsk", "gn:625144", "BY", 53.9, 27.6)
ENTITIES = Entities(
    people=("José Núñez",),
    places=(MINSK,),
    mentions=(Mention("place", "Minsk", "Minsk", 44, 49),),
)


def findings(published: PublicationDate) -> Findings:
    return Findings(
        published, 77, "en", ENTITIES, SENTENCES, summarize_stored(CLEAN.text.text, SENTENCES)
    )


def test_a_document_carries_what_was_found() -> None:
    day = PublicationDate(NOW, "day", "given")
    document = build_document(ARTICLE, CLEAN, WHO, findings(day))
    assert (document.id, document.revision, document.pipeline) == ("Post:1", 77, "1")
    assert document.text[document.body_start :].startswith("It rained")
    assert (document.published_at, document.date_precision, document.date_source) == (
        NOW,
        "day",
        "given",
    )
    assert document.people_keys == ("jose nunez|José Núñez",)
    assert document.places_keys == ("minsk|Minsk",)
    assert (document.countries, document.place_ids) == (("BY",), ("gn:625144",))
    assert document.locations == ((53.9, 27.6),)
    assert document.word_count == 8
    assert document.summary == "It rained on Monday in Minsk. Nobody left."
    assert document.summary_method
    assert document.sentences == SENTENCES


def test_an_undated_document_has_no_date_and_says_so() -> None:
    document = build_document(ARTICLE, CLEAN, WHO, findings(PublicationDate()))
    assert document.published_at is None
    assert (document.date_precision, document.date_source) == ("none", "none")


def test_all_but_the_time_of_indexing_is_the_same_again() -> None:
    day = findings(PublicationDate())
    assert build_document(ARTICLE, CLEAN, WHO, day) == build_document(ARTICLE, CLEAN, WHO, day)


def test_an_original_keeps_bytes_and_fate() -> None:
    article = replace(ARTICLE, options={"source": "Post"})
    kept = build_original(article, WHO, Fate("unusable", "no_body", "why"))
    assert kept.content == RAW.encode()
    assert (kept.outcome, kept.code, kept.reason) == ("unusable", "no_body", "why")
    assert kept.span_map == ()
    assert kept.options == {"source": "Post"}


def test_lines_that_left_nothing_are_counted() -> None:
    body = trace("Kept one\nGone\n\nKept two, mended\nGone too\n")
    text = join([trace("Kept one", 0), TracedText("Kept 2", (Run(0, 15, 6, 16),))])
    assert count_dropped_lines(body, text.runs) == 2
    assert count_dropped_lines(body, body.runs) == 0
    assert count_dropped_lines(body, ()) == 4
