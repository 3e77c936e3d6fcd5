"""Golden bodies: what a question becomes in Elasticsearch's words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.search.asking import plain_words
from dateline.search.elastic.clauses import Scope, compile_clause, compile_question
from dateline.search.elastic.compiler import Conditions, compile_scan, compile_search
from dateline.search.elastic.highlighting import compile_highlight
from dateline.search.naming import NameTable
from dateline.search.queries import (
    And,
    Filters,
    Fuzzy,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Published,
    SearchQuery,
    Value,
    Word,
)
from dateline.search.results import Resolution

NAMES = NameTable({("person", "ada"): Resolution("ada", ("Ada Quist", "Ada Lind"))})
SCOPE = Scope("text", NAMES)


def match(text: str, field: str = "text", **boost: float) -> dict[str, Any]:
    return {"match": {field: {"query": text, "operator": "and", **boost}}}


def title(text: str) -> dict[str, Any]:
    return match(text, "title", boost=0.25)


def plain(*words: str) -> ParsedQuery:
    clauses = tuple(Word(word, function_word=word in {"the", "of"}) for word in words)
    return ParsedQuery(And(clauses) if len(clauses) > 1 else clauses[0], plain=True)


def pair(text: str) -> dict[str, Any]:
    return {"match_phrase": {"text": {"query": text, "boost": 0.25}}}


def test_bare_words_are_all_wanted_and_score_in_the_title_and_as_pairs() -> None:
    assert compile_question(plain("quay", "fire"), SCOPE, widened=False) == {
        "bool": {
            "must": [match("quay"), match("fire")],
            "should": [title("quay"), title("fire"), pair("quay fire")],
        }
    }


def test_a_function_word_is_wanted_only() -> None:
    assert compile_question(plain("the", "quay"), SCOPE, widened=False) == {
        "bool": {
            "must": [match("quay")],
            "should": [match("the"), title("the"), title("quay"), pair("the quay")],
        }
    }


def test_function_words_alone_are_required() -> None:
    body = compile_question(plain("the", "of"), SCOPE, widened=False)
    assert body is not None
    assert body["bool"]["must"] == [match("the"), match("of")]


def test_a_word_typed_twice_counts_once() -> None:
    assert [word.text for word in plain_words(plain("Quay", "fire", "quay"))] == ["Quay", "fire"]


@pytest.mark.parametrize(("words", "pairs"), [(1, 0), (2, 1), (8, 7), (9, 0)])
def test_pairs_are_made_of_two_to_eight_words(words: int, pairs: int) -> None:
    body = str(compile_question(plain(*(f"w{n}" for n in range(words))), SCOPE, widened=False))
    assert body.count("match_phrase") == pairs


def test_a_widened_question_asks_for_any_content_word_and_names_those_with_all() -> None:
    every = {"bool": {"filter": [match("quay"), match("fire")]}}
    assert compile_question(plain("the", "quay", "fire"), SCOPE, widened=True) == {
        "bool": {
            "must": [
                {"bool": {"should": [match("quay"), match("fire")], "minimum_should_match": 1}}
            ],
            "should": [
                match("the"),
                title("the"),
                title("quay"),
                title("fire"),
                {"constant_score": {"filter": every, "boost": 0, "_name": "all_words"}},
                pair("the quay"),
                pair("quay fire"),
            ],
        }
    }


@pytest.mark.parametrize(
    ("clause", "body"),
    [
        (Word("fire", "title"), match("fire", "title")),
        (
            Phrase("quay fire", 2, "title"),
            {"match_phrase": {"title.exact": {"query": "quay fire", "slop": 2}}},
        ),
        (
            Prefix("mob", "title"),
            {"match_bool_prefix": {"title.exact": {"query": "mob", "operator": "and"}}},
        ),
        (
            Fuzzy("quey", 1, "title"),
            {
                "match": {
                    "title.exact": {
                        "query": "quey",
                        "operator": "and",
                        "fuzziness": 1,
                        "fuzzy_transpositions": True,
                        "fuzzy_rewrite": "constant_score",
                    }
                }
            },
        ),
        (
            Value("person", "ada"),
            {"bool": {"filter": [{"terms": {"people": ["Ada Quist", "Ada Lind"]}}]}},
        ),
        (
            Value("source", " Post "),
            {
                "bool": {
                    "filter": [{"term": {"source": {"value": "Post", "case_insensitive": True}}}]
                }
            },
        ),
        (
            Published(date(2024, 2, 1), date(2024, 2, 29)),
            {
                "bool": {
                    "filter": [
                        {"range": {"published_at": {"gte": "2024-02-01", "lte": "2024-02-29"}}}
                    ]
                }
            },
        ),
        (Not(Word("fire", "title")), {"bool": {"must_not": [match("fire", "title")]}}),
        (
            Or((Word("a", "title"), Word("b", "title"))),
            {
                "bool": {
                    "should": [match("a", "title"), match("b", "title")],
                    "minimum_should_match": 1,
                }
            },
        ),
        (
            And((Word("a", "title"), Value("person", "ada"), Not(Word("b", "title")))),
            {
                "bool": {
                    "must": [match("a", "title")],
                    "filter": [{"terms": {"people": ["Ada Quist", "Ada Lind"]}}],
                    "must_not": [match("b", "title")],
                }
            },
        ),
    ],
)
def test_clauses(clause: Any, body: dict[str, Any]) -> None:
    assert compile_clause(clause, SCOPE) == body


def test_the_whole_body_of_a_narrowed_page() -> None:
    query = SearchQuery(
        parsed=ParsedQuery(Phrase("quay fire")),
        filters=Filters(
            person=("ada",),
            source=("Post",),
            exclude_source=("X",),
            published_from=date(2024, 1, 1),
        ),
        sort="newest",
        page=3,
        page_size=5,
        facets=("person",),
        facet_size=7,
        highlight=True,
        fields=("title",),
    )
    chosen = {"terms": {"people": ["Ada Quist", "Ada Lind"]}}
    phrase = {"match_phrase": {"text.exact": {"query": "quay fire", "slop": 0}}}
    in_title = {"match_phrase": {"title.exact": {"query": "quay fire", "slop": 0, "boost": 0.25}}}
    assert compile_search(query, Conditions(names=NAMES, step="month")) == {
        "query": {
            "bool": {
                "filter": [
                    {"range": {"published_at": {"gte": "2024-01-01"}}},
                    {"term": {"source": {"value": "Post", "case_insensitive": True}}},
                ],
                "must_not": [{"term": {"source": {"value": "X", "case_insensitive": True}}}],
                "must": [{"bool": {"must": [phrase], "should": [in_title]}}],
            }
        },
        "timeout": "2000ms",
        "size": 5,
        "from": 10,
        "track_total_hits": True,
        "sort": [{"published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
        "_source": ["id", "title", "body_start"],
        "post_filter": {"bool": {"filter": [chosen]}},
        "aggs": {
            "facet_person": {
                "filter": {"bool": {"filter": []}},
                "aggs": {
                    "values": {
                        "terms": {
                            "field": "people",
                            "size": 7,
                            "shard_size": 1000,
                            "order": [{"_count": "desc"}, {"_key": "asc"}],
                        }
                    },
                    "distinct": {"cardinality": {"field": "people", "precision_threshold": 40000}},
                    "missing": {"missing": {"field": "people"}},
                    "selected": {
                        "terms": {
                            "field": "people",
                            "size": 1000,
                            "include": ["Ada Quist", "Ada Lind"],
                            "min_doc_count": 0,
                        }
                    },
                },
            },
            "days": {
                "filter": {"bool": {"filter": [chosen]}},
                "aggs": {
                    "bars": {
                        "date_histogram": {
                            "field": "published_at",
                            "calendar_interval": "month",
                            "min_doc_count": 1,
                            "format": "uuuu",
                        }
                    },
                    "undated": {"missing": {"field": "published_at"}},
                },
            },
        },
        "highlight": {
            "type": "unified",
            "number_of_fragments": 0,
            "pre_tags": ["\ue000"],
            "post_tags": ["\ue001"],
            "highlight_query": {"bool": {"should": [phrase]}},
            "fields": {"text": {"matched_fields": ["text", "text.exact"]}},
        },
    }


def test_a_cursor_asks_for_one_more_than_is_shown() -> None:
    body = compile_search(SearchQuery(page_size=5, cursor="…"), Conditions(after=(17, "x")))
    assert (body["size"], body["search_after"]) == (6, [17, "x"])
    assert "from" not in body


def test_a_scan_applies_every_filter_and_asks_for_no_counts() -> None:
    body = compile_scan(SearchQuery(filters=Filters(language=("en",))), Conditions(), 50, ("x",))
    assert body == {
        "query": {
            "bool": {"filter": [{"term": {"language": {"value": "en", "case_insensitive": True}}}]}
        },
        "timeout": "2000ms",
        "size": 50,
        "sort": [{"id": "asc"}],
        "track_total_hits": False,
        "search_after": ["x"],
    }


def test_nothing_is_marked_but_what_was_typed() -> None:
    clause = And((Word("the", function_word=True), Value("person", "ada"), Not(Word("b"))))
    assert compile_highlight(ParsedQuery(clause), "text") is None


def test_no_words_of_the_user_become_anything_but_a_value() -> None:
    nasty = '"}},"script":{"source":"x'
    body = compile_search(
        SearchQuery(parsed=plain(nasty, nasty + "2"), sort="relevance", highlight=True),
        Conditions(),
    )

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for each in value.values() for key in keys(each)}
        return {key for each in value for key in keys(each)} if isinstance(value, list) else set()

    assert not any(nasty in key for key in keys(body))
