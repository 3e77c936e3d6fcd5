"""What is in the archive, read by reader and writer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tantivy import Query

from dateline.search.dates import from_epoch
from dateline.search.embedded.made import engine_version
from dateline.search.results import ArchiveStatus, FacetValue
from dateline.search.storing import read_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.search.embedded.archive import Snapshot
    from dateline.search.embedded.originals import Originals

ENGINE = "embedded"
_MANY = 1_000
"""Sources, languages and pipelines that a status lists at most."""
_REFUSED = ("unusable", "rejected")


def read_status(index: str, snapshot: Snapshot, originals: Originals) -> ArchiveStatus:
    """Counts of the index, and of the originals beside it."""
    counts = snapshot.aggregate(Query.all_query(), _ARTICLES)
    kept = originals.count()
    last_run = originals.last_run()
    return ArchiveStatus(
        engine=ENGINE,
        engine_version=engine_version(),
        index=index,
        articles=snapshot.size,
        undated=snapshot.size - int(counts["dated"]["value"] or 0),
        first_published=from_epoch(counts["first"]["value"]),
        last_published=from_epoch(counts["last"]["value"]),
        sources=_values(counts["sources"]),
        languages=_values(counts["languages"]),
        originals=sum(kept.values()),
        refused={
            f"{outcome}:{code}": count
            for (outcome, code), count in kept.items()
            if outcome in _REFUSED and code
        },
        withdrawn=sum(count for (outcome, _), count in kept.items() if outcome == "withdrawn"),
        last_run=read_run(last_run) if last_run else None,
        pipelines={each["key"]: each["doc_count"] for each in counts["pipelines"]["buckets"]},
    )


def _values(terms: Mapping[str, Any]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(each["key"], each["key"], each["doc_count"]) for each in terms["buckets"]
    )


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": _MANY, "segment_size": 65_000}}


_ARTICLES: dict[str, Any] = {
    "dated": {"value_count": {"field": "published_at"}},
    "first": {"min": {"field": "published_at"}},
    "last": {"max": {"field": "published_at"}},
    "sources": _terms("source"),
    "languages": _terms("language"),
    "pipelines": _terms("pipeline"),
}
