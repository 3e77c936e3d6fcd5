"""What is asked: the clause tree, filters, the whole question. Frozen values, no engine's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

TextField = Literal["text", "title", "summary"]
NameField = Literal["person", "place", "organisation"]
ValueField = Literal["person", "place", "organisation", "source", "author"]
FacetField = Literal["person", "place", "organisation", "country", "source", "author", "language"]
Sort = Literal["relevance", "newest", "oldest"]
Match = Literal["auto", "all", "some"]
Reprints = Literal["show", "collapse"]
Interval = Literal["auto", "day", "week", "month", "year"]

NAME_FIELDS: tuple[NameField, ...] = ("person", "place", "organisation")
FACET_FIELDS: tuple[FacetField, ...] = (
    "person",
    "place",
    "organisation",
    "country",
    "source",
    "author",
    "language",
)
DEFAULT_FACETS: tuple[FacetField, ...] = ("person", "place")
STORED_FIELD: dict[str, str] = {
    "person": "people",
    "place": "places",
    "organisation": "organisations",
    "country": "countries",
    "source": "source",
    "author": "authors",
    "language": "language",
}
"""The stored field behind each facet and filter name."""
REPRINT_GROUP = "reprint_group"
"""The stored field that all reprints of one text share."""
HIT_FIELDS: tuple[str, ...] = (
    "id",
    "title",
    "description",
    "source",
    "url",
    "authors",
    "image_url",
    "published_at",
    "date_precision",
    "summary",
    "people",
    "places",
    "organisations",
    REPRINT_GROUP,
)
"""The stored fields of a search hit, where a question names no others."""


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word. A function word is wanted, not required, unless nothing else is asked."""

    text: str
    field: TextField | None = None
    function_word: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order; `slop` other words may stand between."""

    text: str
    slop: int = 0
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins like this (3 letters or more)."""

    text: str
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word within `edits` letters of this one (1 or 2, a swap of neighbours counts one)."""

    text: str
    edits: int
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A field holds this value: `person:putin`, `source:"The Harbour Post"`. Never scored."""

    field: ValueField
    text: str


@dataclass(frozen=True, slots=True)
class Published:
    """Published on or after `after`, on or before `before` (whole UTC days). Never scored."""

    after: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of this."""

    clause: Clause


Clause = Word | Phrase | Prefix | Fuzzy | Value | Published | And | Or | Not


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The user's text, read once.

    `clause` is None when nothing is asked (all articles). `reading` is the query as read, with its
    brackets. `plain` says that only bare words were typed (such a query may be widened and earns
    pairs). `warnings` are sentences for the person who typed it.
    """

    clause: Clause | None = None
    reading: str = ""
    plain: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrowing without score: values OR within a field, AND across fields; days are UTC days.

    `person`, `place`, `organisation` are names as the user typed them (resolved by the reader).
    `reprint_group` keeps the members of one group, `exclude_id` all articles but this one.
    """

    person: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    exclude_person: tuple[str, ...] = ()
    exclude_place: tuple[str, ...] = ()
    exclude_organisation: tuple[str, ...] = ()
    exclude_source: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    reprint_group: str | None = None
    exclude_id: str | None = None


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """The whole question. Limits were checked before: the adapters trust it.

    `page` counts from 1 and is ignored when `cursor` is given. `fields` names the document fields
    each hit carries (stored names), None = those of a search hit. `interval` None = no histogram.
    `reprints` "collapse" leaves out every hit that another member of its group stands before, among
    all that match and in the order asked for; pages, totals and counts stay those of all articles,
    and a scan gives them all. Hits that carry `reprint_group` carry the count of their reprints.
    """

    parsed: ParsedQuery = field(default_factory=ParsedQuery)
    search_in: TextField = "text"
    match: Match = "auto"
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "newest"
    page: int = 1
    page_size: int = 10
    cursor: str | None = None
    facets: tuple[FacetField, ...] = DEFAULT_FACETS
    facet_size: int = 10
    interval: Interval | None = "auto"
    highlight: bool = False
    fields: tuple[str, ...] | None = None
    reprints: Reprints = "show"


@dataclass(frozen=True, slots=True)
class FacetQuery:
    """Values of some facet fields under a question: those with a word beginning like `prefix`.

    `prefix` is folded by the reader; empty = all values. `offset` skips values, best first.
    """

    query: SearchQuery
    fields: tuple[FacetField, ...]
    prefix: str = ""
    size: int = 10
    offset: int = 0
