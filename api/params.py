"""What a caller may send: pydantic models, one per kind of question."""

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from api.examples import EXAMPLE_TEXT
from api.param_types import (
    MAX_TEXT_LENGTH,
    MAX_TEXTS,
    PERIOD,
    Countries,
    Cursor,
    Day,
    Focus,
    Languages,
    Page,
    PageSize,
    QueryParams,
    Sentences,
    Shown,
    Strict,
    SuggestField,
    SummarizerName,
    SummaryWords,
    Text,
    Values,
    Words,
    split_commas,
)
from dateline.search.base import MAX_FACET_SIZE, MAX_PAGE_SIZE
from dateline.search.queries import (
    DEFAULT_FACETS,
    FacetField,
    Interval,
    Match,
    Reprints,
    Sort,
    TextField,
)
from dateline.summaries.values import DEFAULT_WORDS


class NoParams(QueryParams):
    """An address that takes no parameter."""


class Question(QueryParams):
    """The words."""

    q: Annotated[
        str | SkipJsonSchema[None],
        Field(
            description="Words to look for. All must occur, unless too few articles hold all. "
            '`"exact words"`, `this OR that`, `-without`, `mobilis*` (beginnings), `prigozin~` '
            "(misspelt), `title:`, `person:`, `place:`, `source:`, `after:2022-09`. "
            "Empty: all articles.",
            examples=["president", '"health minister"', "president -minister"],
        ),
    ] = None
    search_in: Annotated[
        TextField, Field(description="Where the words must stand: whole text, title or summary.")
    ] = "text"
    match: Annotated[
        Match,
        Field(
            description="`all` words, `some` of them, or `auto`: all, and where fewer than 10 "
            "articles hold all, some."
        ),
    ] = "auto"
    reprints: Annotated[
        Reprints,
        Field(
            description="`collapse` shows a text that was printed several times only once: of its "
            "copies that match, the first in the order asked for. All counts stay counts of "
            "articles, copies too."
        ),
    ] = "show"


class Narrowing(QueryParams):
    """Filters: values of one parameter widen each other, parameters narrow each other."""

    person: Annotated[Values, Field(description="A name or a part of it, such as `putin`.")] = ()
    place: Annotated[Values, Field(description="A place, such as `Berlin`.")] = ()
    organisation: Annotated[Values, Field(description="An organisation, such as `NATO`.")] = ()
    country: Annotated[Countries, Field(description="ISO code of a country, such as `DE`.")] = ()
    source: Annotated[Values, Field(description="A newspaper or agency, exactly as listed.")] = ()
    author: Annotated[Values, Field(description="An author, exactly as listed.")] = ()
    language: Annotated[Languages, Field(description="ISO 639 code, such as `en`.")] = ()
    exclude_person: Annotated[Values, Field(description="Not with this person.")] = ()
    exclude_place: Annotated[Values, Field(description="Not with this place.")] = ()
    exclude_organisation: Annotated[Values, Field(description="Not with this organisation.")] = ()
    exclude_source: Annotated[Values, Field(description="Not from this source.")] = ()
    published_from: Annotated[
        Day,
        Field(alias="from", description=f"Published on this day or later. {PERIOD}"),
    ] = None
    published_to: Annotated[
        Day,
        Field(alias="to", description=f"Published on this day or earlier. {PERIOD}"),
    ] = None


class SearchParams(Narrowing, Question):
    """A page of hits."""

    sort: Annotated[
        Sort | SkipJsonSchema[None],
        Field(description="`relevance` where `q` is given, else `newest`."),
    ] = None
    page: Annotated[
        Page, Field(description="Page number from 1; reaches the first 10,000 hits.")
    ] = None
    page_size: PageSize = 10
    cursor: Annotated[
        Cursor,
        Field(description="From `next` of the page before; walks newest or oldest without end."),
    ] = None
    facet: Annotated[
        tuple[FacetField, ...],
        BeforeValidator(split_commas),
        Field(description="Count articles per value of these fields; empty for none."),
    ] = DEFAULT_FACETS
    facet_size: Annotated[int, Field(ge=1, le=MAX_FACET_SIZE, description="Values per facet.")] = 10
    interval: Annotated[Interval, Field(description="Width of the histogram's bars.")] = "auto"
    highlight: Annotated[
        bool | SkipJsonSchema[None],
        Field(description="Show snippets with marked words; true where `q` is given."),
    ] = None
    fields: Shown = ()
    summary_words: SummaryWords = None


class ReprintParams(QueryParams):
    """A page of an article's reprints."""

    page_size: PageSize = 10
    cursor: Annotated[Cursor, Field(description="From `next` of the page before.")] = None
    fields: Shown = ()


class FacetParams(Narrowing, Question):
    """Values of one field under a search."""

    facet_query: Annotated[
        Text | SkipJsonSchema[None],
        Field(
            description="Only names with a word that begins like this, such as `luk`; of the other "
            "fields only values that begin so."
        ),
    ] = None
    facet_size: Annotated[int, Field(ge=1, le=MAX_FACET_SIZE, description="Values per page.")] = 10
    page: Annotated[Page, Field(description="Page number from 1.")] = None


class NameParams(Narrowing):
    """A list of names."""

    q: Annotated[
        Text | SkipJsonSchema[None],
        Field(description="Only names with a word that begins like this, such as `luk`."),
    ] = None
    page: Annotated[Page, Field(description="Page number from 1.")] = None
    page_size: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE, description="Names per page.")] = 10


class SuggestParams(QueryParams):
    """What was typed so far."""

    q: Annotated[Text, Field(min_length=1, description="What was typed so far.", examples=["pre"])]
    field: Annotated[
        tuple[SuggestField, ...],
        BeforeValidator(split_commas),
        Field(min_length=1, description="Kinds of names to suggest."),
    ] = get_args(SuggestField)
    size: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE, description="At most so many.")] = 10


class SummaryParams(QueryParams):
    """How to summarise a stored article."""

    words: Words = DEFAULT_WORDS
    sentences: Sentences = None
    focus: Focus = None
    summarizer: SummarizerName = None


class RawParams(QueryParams):
    """How to show an original."""

    format: Annotated[
        Literal["original", "segments"],
        Field(
            description="`original`: the bytes as they came; `segments`: the original in pieces, "
            "each with its place in the stored text or marked as left out."
        ),
    ] = "original"


class SummaryRequest(Strict):
    """Texts to summarise: one `text`, or several `texts`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": EXAMPLE_TEXT, "words": 30}]})

    text: Annotated[str | SkipJsonSchema[None], Field(min_length=1, max_length=MAX_TEXT_LENGTH)] = (
        None
    )
    texts: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=MAX_TEXT_LENGTH)]]
        | SkipJsonSchema[None],
        Field(min_length=1, max_length=MAX_TEXTS),
    ] = None
    title: Annotated[
        Text | SkipJsonSchema[None],
        Field(description="The headline, so that the body does not repeat it (with `text` only)."),
    ] = None
    words: Words = DEFAULT_WORDS
    sentences: Sentences = None
    focus: Focus = None
    summarizer: SummarizerName = None
