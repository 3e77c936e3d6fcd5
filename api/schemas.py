"""What the API answers, as typed dictionaries: pydantic checks and writes them in Rust.

Dictionaries, not models or dataclasses: a hit holds only the fields that were asked for, and they
cost what dataclasses cost and three fifths of models (91, 95 and 155 µs for a page of ten hits).
"""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict  # pydantic refuses typing's below Python 3.12

DAY_OR_TIME = (
    "as exactly as it is known: `2022-09-27` for a day, `2022-09-27T14:05Z` or "
    "`2022-09-27T14:05:00Z` for a time; null when unknown"
)
Moment = Annotated[str | None, Field(description=DAY_OR_TIME)]
Precision = Literal["second", "minute", "day", "none"]
Relation = Literal["eq", "gte"]
Offset = Annotated[int, Field(description="counted in Unicode code points of `text`, from 0")]
Warnings = Annotated[list[str], Field(description="what was understood otherwise than typed")]
Resolved = Annotated[
    dict[str, dict[str, list[str]]],
    Field(
        description="whom the asked names meant: field, name as asked, names as stored",
        examples=[{"person": {"putin": ["Vladimir Putin"]}}],
    ),
]


class NamedCount(TypedDict):
    """A name and in how many articles it stands."""

    value: str
    count: int


Wider = Annotated[
    dict[str, dict[str, list[NamedCount]]],
    Field(description="names that hold the asked words too, and were not searched"),
]


class Total(TypedDict):
    """A count: true (`eq`), or at least this many (`gte`)."""

    value: int
    relation: Relation


class Segment(TypedDict):
    """A stretch of text; `hit` says that the query matched it: show it marked."""

    text: str
    hit: bool


class Highlight(TypedDict):
    """A snippet around matched words, in pieces ready to show."""

    field: Literal["title", "text", "summary"]
    segments: list[Segment]


class Hit(TypedDict):
    """An article that matched: the fields that were asked for, `id` always."""

    id: str
    title: NotRequired[str]
    description: NotRequired[str | None]
    source: NotRequired[str | None]
    url: NotRequired[str | None]
    authors: NotRequired[list[str]]
    image_url: NotRequired[str | None]
    published_at: NotRequired[Moment]
    date_precision: NotRequired[Precision]
    summary: NotRequired[str | None]
    people: NotRequired[list[str]]
    places: NotRequired[list[str]]
    organisations: NotRequired[list[str]]
    highlights: NotRequired[list[Highlight]]
    score: NotRequired[Annotated[float | None, Field(description="null when sorted by date")]]
    all_words: NotRequired[
        Annotated[bool, Field(description="false when the query was widened and a word is missing")]
    ]
    reprint_count: NotRequired[
        Annotated[
            int,
            Field(
                description="how many other articles of the archive are the same text; see reprints"
            ),
        ]
    ]
    text: NotRequired[str]
    body_start: NotRequired[Offset]
    language: NotRequired[str]
    section: NotRequired[str | None]
    tags: NotRequired[list[str]]
    countries: NotRequired[list[str]]
    word_count: NotRequired[int]
    modified_at: NotRequired[Moment]
    indexed_at: NotRequired[Moment]
    date_source: NotRequired[str]
    title_source: NotRequired[str]
    summary_method: NotRequired[str | None]
    entities_status: NotRequired[str]


class FacetValue(TypedDict):
    """A value, what to show for it, and in how many articles it stands."""

    value: str
    label: str
    count: int
    selected: bool


class FacetMeta(TypedDict):
    """Of one facet: how many values there are, how many articles have none, is every count true."""

    distinct: Total
    missing: int
    exact: bool


Bar = TypedDict("Bar", {"from": str, "to": str, "count": int})
Bar.__doc__ = "Articles published from the first to the last day, both included."


class SearchAnswer(TypedDict):
    """A page of hits with everything around it. No hit is an answer too: an empty list."""

    hits: list[Hit]
    total: Annotated[Total, Field(description="articles that match, reprints too")]
    collapsed: Annotated[
        int,
        Field(
            description="hits left out of this page because a reprint of them stands before, here "
            "or on an earlier page; hits and collapsed of all pages make up the total"
        ),
    ]
    facets: dict[str, list[FacetValue]]
    facets_meta: dict[str, FacetMeta]
    histogram: list[Bar]
    undated: Annotated[int, Field(description="matching articles without a date")]
    next: Annotated[str | None, Field(description="the address of the next page, null at the end")]
    took_ms: int
    incomplete: Annotated[bool, Field(description="true: the engine answered only in part")]
    warnings: Warnings
    query: Annotated[str, Field(description="the query as read, with its brackets")]
    match: Literal["all", "some"]
    resolved: Resolved
    wider: Wider


class ReprintsAnswer(TypedDict):
    """The other articles with the same text, the oldest first. None is an answer too."""

    hits: list[Hit]
    total: Total
    next: Annotated[str | None, Field(description="the address of the next page, null at the end")]
    took_ms: int
    incomplete: Annotated[bool, Field(description="true: the engine answered only in part")]


class ValuesAnswer(TypedDict):
    """Values of one field, the most frequent first."""

    field: str
    values: list[FacetValue]
    distinct: Total
    missing: int
    exact: bool
    next: str | None
    took_ms: int
    incomplete: bool
    warnings: Warnings
    resolved: Resolved
    wider: Wider


class Suggestion(TypedDict):
    """A name that begins like what was typed, and the parameter that takes it."""

    field: str
    value: str
    label: str
    count: int


class SuggestAnswer(TypedDict):
    """Completions over all kinds, the most frequent first."""

    suggestions: list[Suggestion]
    took_ms: int
    incomplete: bool


class ProblemError(TypedDict):
    """One thing at fault: where, why, the way out, and for a query the place in it, from 0."""

    where: str
    why: str
    hint: NotRequired[str]
    position: NotRequired[int]


class Problem(TypedDict):
    """What went wrong (RFC 9457): `code` is stable, `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemError]
