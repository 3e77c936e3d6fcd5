"""What the API answers of one article, of texts, and of itself; as `api.schemas`."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict  # pydantic refuses typing's below Python 3.12

from api.schemas import FacetValue, Moment, Offset, Precision


class Mention(TypedDict):
    """A name where it stands in the text: `name` as known, `form` as printed."""

    kind: Literal["person", "place", "organisation"]
    name: str
    form: str
    start: Offset
    end: Offset
    resolved: bool


class StoredSentence(TypedDict):
    """A sentence of the text; `rank` is its turn in a summary, null if it never stands in one."""

    start: Offset
    end: Offset
    rank: int | None


class Location(TypedDict):
    """A point on earth, in degrees."""

    latitude: float
    longitude: float


class Article(TypedDict):
    """An article as it is stored: `text` is title, blank line, body; all offsets count in it."""

    id: str
    title: str
    title_source: Literal["text", "metadata", "body"]
    text: str
    body_start: Offset
    description: str | None
    language: str
    source: str | None
    url: str | None
    authors: list[str]
    section: str | None
    tags: list[str]
    image_url: str | None
    published_at: Moment
    date_precision: Precision
    date_source: Literal["metadata", "text", "given", "none"]
    modified_at: Moment
    indexed_at: Moment
    people: list[str]
    places: list[str]
    organisations: list[str]
    entities_status: Literal["found", "unsupported_language"]
    countries: list[str]
    place_ids: list[str]
    locations: list[Location]
    mentions: list[Mention]
    sentences: list[StoredSentence]
    summary: str | None
    summary_method: str | None
    word_count: int
    pipeline: str


class OriginalSegment(TypedDict):
    """A stretch of the original; `kept` says that it stands in the stored text."""

    text: Annotated[str, Field(description="as it came in")]
    kept: bool
    start: Annotated[int | None, Field(description="its place in the article's `text`, if kept")]
    end: int | None
    stored: Annotated[
        str | None, Field(description="how it stands there, where cleaning changed its form")
    ]


class SegmentedOriginal(TypedDict):
    """An original and what was kept of it; its segments put together are the decoded original."""

    id: str
    location: Annotated[str, Field(description="file, and line or record")]
    media_type: str
    encoding: str
    outcome: Literal["indexed", "unusable", "rejected"]
    code: Annotated[str, Field(description="why it was refused; empty if it was not")]
    reason: str
    segments: list[OriginalSegment]


class SummarySentence(TypedDict):
    """A whole sentence of the article, word for word; `position` counts its sentences from 0."""

    text: str
    position: int
    start: Offset
    end: Offset


class ArticleSummary(TypedDict):
    """Whole sentences of one article, in its order, and the method that chose them."""

    id: str
    sentences: list[SummarySentence]
    method: str
    words: int
    note: str


class LooseSentence(TypedDict):
    """A whole sentence of the given texts; `document` counts the texts from 0."""

    text: str
    position: int
    document: int


class TextSummary(TypedDict):
    """Whole sentences of the given texts, in their order, and the method that chose them."""

    sentences: list[LooseSentence]
    method: str
    words: int
    note: str


class Run(TypedDict):
    """What the last ingest did: articles per outcome, refusals per reason."""

    started_at: str
    ended_at: str
    counts: dict[str, int]
    refusals: dict[str, int]
    pipeline: str


class Status(TypedDict):
    """What is in this archive."""

    engine: str
    engine_version: str
    index: str
    articles: int
    undated: int
    first_published: Annotated[str | None, Field(description="UTC day")]
    last_published: Annotated[str | None, Field(description="UTC day")]
    sources: list[FacetValue]
    languages: list[FacetValue]
    originals: int
    refused: Annotated[dict[str, int], Field(description="originals refused, per reason")]
    withdrawn: int
    last_run: Run | None
    pipelines: Annotated[dict[str, int], Field(description="articles per version of the indexer")]


class Health(TypedDict):
    """The process lives."""

    status: Literal["ok"]


class Readiness(TypedDict):
    """The engine answers and holds an archive."""

    status: Literal["ready"]
    engine: str
    engine_version: str
