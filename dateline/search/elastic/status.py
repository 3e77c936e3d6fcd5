"""What is in the archive: one request, read by reader and writer alike. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.search.dates import from_epoch
from dateline.search.elastic.errors import check_items
from dateline.search.elastic.walking import check_whole
from dateline.search.results import ArchiveStatus, FacetValue
from dateline.search.storing import ORIGINAL_KIND, RUN_KIND, read_run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.search.results import RunReport

ENGINE = "elasticsearch"
_MANY = 1_000
"""Sources, languages, pipelines and reasons that a status lists at most."""
_REFUSED = ("unusable", "rejected")


def compile_status(index: str, originals: str) -> list[dict[str, Any]]:
    """The lines of a multi-search over articles and originals."""
    return [{"index": index}, _ARTICLES, {"index": originals}, _ORIGINALS]


def read_status(index: str, version: str, responses: Sequence[Mapping[str, Any]]) -> ArchiveStatus:
    """The answer to `compile_status`, in our values."""
    articles, originals = (check_whole(response) for response in check_items(responses))
    counts, kept = articles["aggregations"], originals["aggregations"]
    return ArchiveStatus(
        engine=ENGINE,
        engine_version=version,
        index=index,
        articles=articles["hits"]["total"]["value"],
        undated=counts["undated"]["doc_count"],
        first_published=from_epoch(counts["first"]["value"]),
        last_published=from_epoch(counts["last"]["value"]),
        sources=_values(counts["sources"]),
        languages=_values(counts["languages"]),
        originals=kept["originals"]["doc_count"],
        refused=_read_refused(kept["originals"]),
        withdrawn=_per_outcome(kept["originals"]).get("withdrawn", 0),
        last_run=_read_last_run(kept["runs"]),
        pipelines={bucket["key"]: bucket["doc_count"] for bucket in counts["pipelines"]["buckets"]},
    )


def _terms(field: str) -> dict[str, Any]:
    return {
        "terms": {"field": field, "size": _MANY, "order": [{"_count": "desc"}, {"_key": "asc"}]}
    }


def _values(terms: Mapping[str, Any]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(bucket["key"], bucket["key"], bucket["doc_count"]) for bucket in terms["buckets"]
    )


def _per_outcome(originals: Mapping[str, Any]) -> dict[str, int]:
    return {each["key"]: each["doc_count"] for each in originals["outcomes"]["buckets"]}


def _read_refused(originals: Mapping[str, Any]) -> dict[str, int]:
    return {
        f"{outcome['key']}:{code['key']}": code["doc_count"]
        for outcome in originals["outcomes"]["buckets"]
        if outcome["key"] in _REFUSED
        for code in outcome["codes"]["buckets"]
    }


def _read_last_run(runs: Mapping[str, Any]) -> RunReport | None:
    hits = runs["last"]["hits"]["hits"]
    return read_run(hits[0]["_source"]) if hits else None


_ARTICLES: dict[str, Any] = {
    "size": 0,
    "track_total_hits": True,
    "aggs": {
        "undated": {"missing": {"field": "published_at"}},
        "first": {"min": {"field": "published_at"}},
        "last": {"max": {"field": "published_at"}},
        "sources": _terms("source"),
        "languages": _terms("language"),
        "pipelines": _terms("pipeline"),
    },
}
_ORIGINALS: dict[str, Any] = {
    "size": 0,
    "track_total_hits": False,
    "aggs": {
        "originals": {
            "filter": {"term": {"kind": ORIGINAL_KIND}},
            "aggs": {"outcomes": {**_terms("outcome"), "aggs": {"codes": _terms("code")}}},
        },
        "runs": {
            "filter": {"term": {"kind": RUN_KIND}},
            "aggs": {"last": {"top_hits": {"size": 1, "sort": [{"received_at": "desc"}]}}},
        },
    },
}
