"""What is answered. Frozen values, no engine's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from dateline.search.queries import FacetField

Relation = Literal["eq", "gte"]


@dataclass(frozen=True, slots=True)
class Total:
    """A count that is true ("eq") or says that it is a lower bound ("gte")."""

    value: int
    relation: Relation = "eq"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of shown text; `hit` says that the query matched it."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Highlight:
    """A snippet of one field, cut around matched words; `start` is its place in that field."""

    field: Literal["title", "text", "summary"]
    segments: tuple[Segment, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matched: `stored` holds the asked fields under their stored names.

    `score` is None when the answer is sorted by date; `all_words` is False when a widened query
    matched only some of the words. `reprint_count` is how many other articles of the archive are
    the same text, whether they match or not; counted where `reprint_group` was asked for.
    """

    id: str
    stored: Mapping[str, Any]
    score: float | None = None
    highlights: tuple[Highlight, ...] = ()
    all_words: bool = True
    reprint_count: int = 0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value and in how many documents it stands; `label` is what to show."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Values of one field, most frequent first, ties by value; counted under all *other* filters.

    `distinct` counts the values there are, `missing` the documents without one, `exact` says
    whether every count is true.
    """

    values: tuple[FacetValue, ...]
    distinct: Total
    missing: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """Documents published in [`start`, `end`): UTC days, `end` exclusive."""

    start: datetime
    end: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name meant: `names` were searched.

    `wider` names also hold all its words; `nearest` are known names like it when there is none.
    Both come with the number of documents that hold them.
    """

    asked: str
    names: tuple[str, ...]
    wider: tuple[tuple[str, int], ...] = ()
    nearest: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The whole answer to a SearchQuery.

    `match` says which words counted: "all", or "some" when the query was widened. `next_cursor` and
    `next_page` are None on the last page (a relevance answer has only `next_page`). `undated`
    counts matching documents without a date. `incomplete` says that the engine answered in part.
    `collapsed` counts the hits that were left out of this page as reprints of one before them: all
    pages together hold `total` hits and collapsed ones.
    """

    hits: tuple[Hit, ...]
    total: Total
    facets: Mapping[FacetField, Facet] = field(default_factory=dict)
    histogram: tuple[Bar, ...] = ()
    undated: int = 0
    next_cursor: str | None = None
    next_page: int | None = None
    took_ms: int = 0
    incomplete: bool = False
    match: Literal["all", "some"] = "all"
    resolved: Mapping[str, tuple[Resolution, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    collapsed: int = 0


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """The answer to a FacetQuery: the values asked for, per field."""

    facets: Mapping[FacetField, Facet]
    took_ms: int = 0
    incomplete: bool = False
    resolved: Mapping[str, tuple[Resolution, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """What the engine already holds of an id: enough to say "unchanged" or "withdrawn"."""

    content_hash: str
    pipeline: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the engine holds of one id: its original, its document, or both; for `verify`.

    `document` says "indexed" as its outcome. Revisions are those the engine compares.
    """

    id: str
    original: Stored | None = None
    document: Stored | None = None
    original_revision: int = 0
    document_revision: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one article shows for what no single article can know; kept beside its original.

    `facts` are JSON values of the indexer's making. They are found before any knowledge is
    applied, so that knowledge never feeds on itself. Empty where the article was refused.
    """

    id: str
    outcome: str
    source: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Replaced:
    """One index put in force in another's place: `before` and `after` are concrete names.

    `documents` and `originals` count what is in force now (`originals` 0 where they stayed);
    `carried` counts the articles that changed meanwhile and were brought over.
    """

    before: str
    after: str
    documents: int
    originals: int
    carried: int


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one document of a batch: written, or a newer copy is there, or refused."""

    id: str
    outcome: Literal["written", "newer_there", "rejected"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one ingest did: counts per outcome; refusals per "outcome:code"."""

    started_at: datetime
    ended_at: datetime
    counts: Mapping[str, int]
    refusals: Mapping[str, int]
    pipeline: str


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """What is in the archive, for `/v1/status` and `dateline status`."""

    engine: str
    engine_version: str
    index: str
    articles: int
    undated: int
    first_published: datetime | None
    last_published: datetime | None
    sources: tuple[FacetValue, ...]
    languages: tuple[FacetValue, ...]
    originals: int
    refused: Mapping[str, int]
    withdrawn: int
    last_run: RunReport | None
    pipelines: Mapping[str, int]
