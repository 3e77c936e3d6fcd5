from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.documents import Span
from dateline.search.snippets import CLOSE, OPEN, WIDTH, cut_snippets, read_marks

if TYPE_CHECKING:
    from dateline.search.results import Highlight

TITLE = "Cranes stop at the harbour"
BODY = (
    "Two cranes stopped on Tuesday. " * 3
    + "Nobody knows why they did, and the office says little about grain. " * 9
    + "The mayor spoke of grain and of the harbour. "
    + "Ships wait outside in calm weather for news that does not come. " * 9
    + "In the end the mayor went home."
)
TEXT = f"{TITLE}\n\n{BODY}"
START = len(TITLE) + 2


def spans_of(text: str, *words: str) -> tuple[Span, ...]:
    found = re.finditer("|".join(words), text, re.IGNORECASE)
    return tuple(Span(*match.span()) for match in found)


def shown(highlight: Highlight) -> str:
    return "".join(segment.text for segment in highlight.segments)


def hits(highlight: Highlight) -> list[str]:
    return [segment.text for segment in highlight.segments if segment.hit]


def test_marks_become_spans_in_code_points() -> None:
    text, spans = read_marks(f"\U0001f600 {OPEN}Zo\u00eb{CLOSE} met {OPEN}Bo{CLOSE}")
    assert text == "\U0001f600 Zo\u00eb met Bo"
    assert [text[span.start : span.end] for span in spans] == ["Zo\u00eb", "Bo"]


def test_nested_unclosed_and_stray_marks_do_no_harm() -> None:
    assert read_marks(f"a{CLOSE}b") == ("ab", ())
    assert read_marks(f"{OPEN}a{OPEN}b{CLOSE}c{CLOSE}d") == ("abcd", (Span(0, 3),))
    assert read_marks(f"a{OPEN}b") == ("ab", (Span(1, 2),))
    assert read_marks(f"a{OPEN}{CLOSE}b{CLOSE}c") == ("abc", ())


@given(st.text(st.characters(exclude_categories=["Cs", "Co"])), st.data())
@settings(deadline=None)
def test_marked_text_is_restored_exactly(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    marked = text
    for start, end in reversed(pairs):
        marked = f"{marked[:start]}{OPEN}{marked[start:end]}{CLOSE}{marked[end:]}"
    assert read_marks(marked) == (text, tuple(Span(*pair) for pair in pairs))


def test_no_hits_no_highlights() -> None:
    assert cut_snippets(TEXT, (), body_start=START) == ()


def test_title_is_shown_whole_and_apart_from_the_body() -> None:
    title, *body = cut_snippets(TEXT, spans_of(TEXT, "harbour", "mayor"), body_start=START)
    assert (title.field, title.start, shown(title), hits(title)) == ("title", 0, TITLE, ["harbour"])
    assert {snippet.field for snippet in body} == {"text"}
    assert all(snippet.start >= START for snippet in body)


def test_a_hit_only_in_the_title_gives_no_snippet_of_the_body() -> None:
    (title,) = cut_snippets(TEXT, spans_of(TITLE, "harbour"), body_start=START)
    assert title.field == "title"


def test_a_phrase_from_title_into_body_is_parted() -> None:
    span = Span(TEXT.index("harbour"), TEXT.index("cranes stopped"))
    title, body = cut_snippets(TEXT, (span,), body_start=START)
    assert hits(title) == ["harbour"]
    assert hits(body) == ["Two "]


def test_snippets_stand_verbatim_in_the_text_in_order_at_word_ends() -> None:
    found = cut_snippets(TEXT, spans_of(TEXT, "grain", "mayor", "weather"), body_start=START)
    assert 1 < len(found) <= 3
    assert [snippet.start for snippet in found] == sorted(snippet.start for snippet in found)
    for snippet in found:
        end = snippet.start + len(shown(snippet))
        assert TEXT[snippet.start : end] == shown(snippet)
        assert TEXT[snippet.start - 1].isspace()
        assert end == len(TEXT) or TEXT[end].isspace()
        assert 100 < len(shown(snippet)) <= WIDTH
        assert hits(snippet)


def test_snippets_do_not_overlap() -> None:
    found = cut_snippets(TEXT, spans_of(TEXT, "the", "grain", "calm", "news"), body_start=START)
    for left, right in pairwise(found):
        assert left.start + len(shown(left)) <= right.start


def test_the_stretch_with_most_different_hits_is_shown() -> None:
    spans = spans_of(BODY, "grain", "mayor", "harbour")
    best = max(cut_snippets(BODY, spans), key=lambda snippet: len(set(hits(snippet))))
    assert {"mayor", "grain", "harbour"} <= set(hits(best))


def test_every_hit_within_a_snippet_is_marked() -> None:
    for snippet in cut_snippets(TEXT, spans_of(TEXT, "the", "mayor"), body_start=START):
        words = re.findall("the|mayor", shown(snippet), re.IGNORECASE)
        assert hits(snippet) == words


def test_short_text_is_shown_whole() -> None:
    (snippet,) = cut_snippets("Ships wait.", (Span(0, 5),))
    assert shown(snippet) == "Ships wait."
    assert hits(snippet) == ["Ships"]


def test_a_hit_longer_than_a_snippet_is_shown_whole() -> None:
    text = "a " + "word " * 80 + "end"
    (snippet,) = cut_snippets(text, (Span(2, 302),))
    assert "".join(hits(snippet)) == text[2:302]


def test_text_without_blanks_is_cut_all_the_same() -> None:
    text = "\u4fc4\u7f57\u65af\u6d88\u606f" * 100
    (snippet,) = cut_snippets(text, (Span(200, 203),))
    assert len(shown(snippet)) == WIDTH
    assert hits(snippet) == [text[200:203]]


def test_other_fields_keep_their_name() -> None:
    assert cut_snippets("Ships wait.", (Span(0, 5),), field="title")[0].field == "title"
    assert cut_snippets("Ships wait.", (Span(0, 5),), field="summary")[0].field == "summary"


@given(st.text(st.sampled_from("ab \n\u00e9\U0001f600"), max_size=600), st.data())
@settings(deadline=None)
def test_any_spans_give_verbatim_disjoint_snippets(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=40)))
    spans = tuple(Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False))
    body_start = data.draw(st.integers(0, len(text)))
    found = cut_snippets(text, spans, body_start=body_start)
    assert bool(found) == bool(spans)
    assert len(found) <= 4
    at = 0
    for highlight in found:
        assert highlight.start >= at or highlight.field == "text"
        at = highlight.start + len(shown(highlight))
        assert text[highlight.start : at] == shown(highlight)
