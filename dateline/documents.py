"""Values that every room speaks of: spans, traced text, articles, documents, originals, outcomes.

All offsets are Unicode code points, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

DatePrecision = Literal["second", "minute", "day", "none"]
DateSource = Literal["metadata", "text", "given", "none"]
EntityKind = Literal["person", "place", "organisation"]
EntitiesStatus = Literal["found", "unsupported_language"]
OutcomeKind = Literal["indexed", "unchanged", "unusable", "rejected", "withdrawn"]
TitleSource = Literal["text", "metadata", "body"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that came from one place of the original.

    With `original_length` None the stretch is a copy, code point by code point; otherwise it is a
    repair, and the whole stretch maps to the whole of `original_length` code points.
    """

    start: int
    original_start: int
    length: int
    original_length: int | None = None


@dataclass(frozen=True, slots=True)
class TracedText:
    """Text that knows where each stretch of it came from.

    `runs` are sorted by `start`; stretches that no run covers were made by us (a blank line).
    """

    text: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When an article was published, as well as it is known.

    `value` is UTC and aware, or None when unknown (precision and source are then "none").
    """

    value: datetime | None = None
    precision: DatePrecision = "none"
    source: DateSource = "none"


@dataclass(frozen=True, slots=True)
class ArticleMetadata:
    """What a record, a page or the command line says of an article beside its text."""

    given_id: str | None = None
    url: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    description: str | None = None
    language: str | None = None
    published: PublicationDate = field(default_factory=PublicationDate)
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as a newsroom wrote it, before cleaning.

    `original` holds the bytes it came in, `location` names them for a person ("a.jsonl:12").
    `title` and `body` are traced to the decoded original; a plain text has no title of its own.
    `options` are what its bytes alone do not say and was needed to read it: the given options, and
    of a CSV row the header line of its table.
    """

    location: str
    original: bytes
    body: TracedText
    title: TracedText | None = None
    metadata: ArticleMetadata = field(default_factory=ArticleMetadata)
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article as one reads it: `text` is title, blank line, body, traced to the original.

    `title_source` "body" means: no headline, `body_start` 0, `title` cut from the first sentence.
    `stamp` is the date that the head of the text itself states. `truncated` says that the last
    sentence of the text is cut off.
    """

    title: str
    title_source: TitleSource
    text: TracedText
    body_start: int
    stamp: PublicationDate
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why an article cannot be stored: a stable code and a sentence for a person."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the stored text; `rank` is its turn when a summary is put together, from 0.

    A sentence that may never stand in a summary (title, cut-off end, fragment) has rank None.
    """

    start: int
    end: int
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: `name` is canonical, `form` is how it is written there.

    `resolved` is False for a place that has no id: it is kept here and left out of the facets.
    """

    kind: EntityKind
    name: str
    form: str
    start: int
    end: int
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer: canonical name, stable id, ISO 3166 country, degrees.

    A river, sea or region has no point, and no country ("") unless it lies in one alone.
    """

    name: str
    id: str
    country: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where the place has them."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Entities:
    """What was found in one article; names are unique, in order of first mention."""

    people: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    organisations: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    status: EntitiesStatus = "found"


@dataclass(frozen=True, slots=True)
class ArticleDocument:
    """What the index holds of one article: the fields of `mappings/articles.v1.json`."""

    id: str
    title: str
    title_source: TitleSource
    text: str
    body_start: int
    language: str
    content_hash: str
    revision: int
    pipeline: str
    word_count: int
    url: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    description: str | None = None
    published_at: datetime | None = None
    date_precision: DatePrecision = "none"
    date_source: DateSource = "none"
    modified_at: datetime | None = None
    indexed_at: datetime | None = None
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    people_keys: tuple[str, ...] = ()
    places_keys: tuple[str, ...] = ()
    organisations_keys: tuple[str, ...] = ()
    entities_status: EntitiesStatus = "found"
    countries: tuple[str, ...] = ()
    place_ids: tuple[str, ...] = ()
    locations: tuple[tuple[float, float], ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    summary: str | None = None
    summary_method: str | None = None
    reprint_group: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: exactly one of these per article, always counted."""

    kind: OutcomeKind
    location: str
    id: str | None = None
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """What came in, untouched, and what became of it.

    `content` are the bytes as they came; `span_map` ties the stored text to their decoding
    (`encoding`; empty when the article was refused). `evidence` are JSON values: what the article
    shows for the archive's knowledge. `content` and `options` are all that reading it again needs.
    """

    id: str
    content: bytes
    location: str
    media_type: str
    encoding: str
    content_hash: str
    pipeline: str
    outcome: OutcomeKind
    received_at: datetime
    source: str | None = None
    code: str = ""
    reason: str = ""
    span_map: tuple[Run, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)
