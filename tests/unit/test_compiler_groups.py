"""Golden bodies: what is asked of groups of reprints, and what is read of the answer."""

from __future__ import annotations

from dateline.search.elastic.answers import read_members
from dateline.search.elastic.compiler import Conditions, compile_groups, compile_search
from dateline.search.parsing import parse_query
from dateline.search.queries import Filters, SearchQuery
from dateline.search.reprints import Members, Sought

THESE = {"terms": {"reprint_group": ["a", "b"]}}
MEMBERS = {"terms": {"field": "reprint_group", "include": ["a", "b"], "size": 2}}


def test_groups_are_counted_in_the_whole_archive_by_a_small_request() -> None:
    query = SearchQuery(parsed=parse_query("salt"), filters=Filters(source=("Post",)))
    assert compile_groups(query, Conditions(), Sought(("a", "b"), firsts=False)) == {
        "query": {"bool": {"filter": [THESE]}},
        "size": 0,
        "track_total_hits": False,
        "timeout": "2000ms",
        "aggs": {"members": MEMBERS},
    }


def test_the_first_match_of_each_group_is_found_among_its_members_alone() -> None:
    query = SearchQuery(
        parsed=parse_query("salt"), filters=Filters(source=("Post",)), sort="relevance", page=2
    )
    body = compile_groups(query, Conditions(), Sought(("a", "b"), firsts=True))
    (question,) = body["query"]["bool"]["should"]
    matching = body["aggs"]["matching"]
    assert body["query"]["bool"]["filter"] == [THESE]
    assert matching["filter"] == question
    assert "source" in str(question)
    assert body["aggs"]["members"] == MEMBERS
    assert matching["aggs"]["firsts"] == MEMBERS | {
        "aggs": {
            "first": {
                "top_hits": {
                    "size": 1,
                    "sort": compile_search(query, Conditions())["sort"],
                    "_source": False,
                }
            }
        }
    }


def test_a_group_and_an_exclusion_are_filters_of_every_count() -> None:
    filters = Filters(reprint_group="a", exclude_id="x", exclude_source=("Post",))
    asked = compile_search(SearchQuery(filters=filters), Conditions())["query"]["bool"]
    assert asked["filter"] == [{"term": {"reprint_group": "a"}}]
    assert asked["must_not"][-1] == {"term": {"id": "x"}}
    assert len(asked["must_not"]) == 2


def test_an_answer_names_members_and_firsts() -> None:
    first = {"hits": {"hits": [{"_id": "a-1"}]}}
    raw = {
        "timed_out": False,
        "_shards": {"failed": 1},
        "aggregations": {
            "members": {"buckets": [{"key": "a", "doc_count": 3}]},
            "matching": {"firsts": {"buckets": [{"key": "a", "doc_count": 2, "first": first}]}},
        },
    }
    assert read_members(raw) == Members({"a": 3}, {"a": "a-1"}, incomplete=True)
    del raw["aggregations"]["matching"]  # type: ignore[attr-defined]  # a literal of many kinds
    assert read_members(raw).firsts == {}
