from __future__ import annotations

import io

from dateline.documents import RawArticle, Span
from dateline.text.spans import original_span
from indexer.sources import Refusal, SourceOptions
from indexer.sources.reuters import iter_reuters

STORY = """<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="9017" NEWID="17">
<DATE>24-FEB-1987 07:13:48.20</DATE>
<TOPICS><D>grain</D></TOPICS>
<PLACES><D>uk</D><D>usa</D></PLACES>
<UNKNOWN>
&#5;&#5;&#5;C T</UNKNOWN>
<TEXT>&#2;
<TITLE>HARBOUR &lt;HBR>
 CLOSES AT ELLERY</TITLE>
<AUTHOR>    By Ann Lee, Reuters</AUTHOR>
<DATELINE>    PORT ELLERY, Feb 26 - </DATELINE><BODY>The harbour closed
on Monday after the storm.
    Its owner, Smith &amp; Sons, said the cranes
broke.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>"""


def read(text: str, options: SourceOptions | None = None) -> list[RawArticle | Refusal]:
    stream = io.BytesIO(text.encode("latin-1"))
    return list(iter_reuters(stream, "a.sgm", options or SourceOptions()))


def read_one(text: str) -> RawArticle:
    (article,) = read(text)
    assert isinstance(article, RawArticle)
    return article


def test_a_story_has_title_body_and_metadata() -> None:
    article = read_one(STORY)
    assert article.title is not None
    assert article.title.text == "HARBOUR <HBR>\n CLOSES AT ELLERY"
    assert article.body.text == (
        "PORT ELLERY, Feb 26 - The harbour closed on Monday after the storm.\n"
        "    Its owner, Smith & Sons, said the cranes broke."
    )
    metadata = article.metadata
    assert (metadata.given_id, metadata.source) == ("17", "Reuters")
    assert (metadata.authors, metadata.tags) == (("Ann Lee",), ("grain", "uk", "usa"))
    assert metadata.language == "en"
    assert metadata.published.value is not None
    assert metadata.published.value.isoformat() == "1987-02-24T07:13:48+00:00"


def test_the_original_of_a_story_is_the_story_and_holds_every_copied_stretch() -> None:
    article = read_one("<!DOCTYPE lewis>\n" + STORY + "\n")
    original = article.original.decode(article.encoding)
    assert original == STORY
    for run in article.body.runs:
        if run.original_length is None:
            there = original[run.original_start : run.original_start + run.length]
            assert article.body.text[run.start : run.start + run.length] == there
    start = article.body.text.index("Its owner")
    span = original_span(article.body.runs, Span(start, start + 24))
    assert span is not None
    assert original[span.start : span.end] == "Its owner, Smith &amp; Sons,"


def test_a_story_without_body_is_unusable() -> None:
    start, end = STORY.index("<BODY>"), STORY.index("</BODY>") + 7
    brief, whole = read(STORY[:start] + STORY[end:] + STORY)
    assert isinstance(brief, Refusal)
    assert (brief.kind, brief.code, brief.location) == ("unusable", "no_body", "a.sgm#1")
    assert isinstance(whole, RawArticle)


def test_a_story_that_does_not_end_costs_no_neighbour() -> None:
    cut, whole = read(STORY[:400] + STORY)
    assert isinstance(cut, Refusal)
    assert cut.code == "cut_off"
    assert isinstance(whole, RawArticle)


def test_a_damaged_time_leaves_the_day() -> None:
    article = read_one(STORY.replace("07:13:48.20", "605:12:19.12"))
    assert article.metadata.published.precision == "day"
    article = read_one(STORY.replace("24-FEB-1987", "99-XYZ-1987"))
    assert article.metadata.published.value is None


def test_letters_above_ascii_are_latin() -> None:
    assert "Zürich" in read_one(STORY.replace("Monday", "Zürich")).body.text


def test_a_given_source_comes_before_the_layouts_own() -> None:
    (article,) = read(STORY, SourceOptions(source="Reuters 1987"))
    assert isinstance(article, RawArticle)
    assert article.metadata.source == "Reuters 1987"
