"""The kinds of values that parameters take, and the base that refuses what it does not know."""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from api.other_names import nearest_names
from dateline.errors import ParameterError
from dateline.search.base import MAX_PAGE_SIZE
from dateline.summaries.values import MOST_SENTENCES, MOST_WORDS

MAX_VALUES = 20
"""Values per repeatable parameter."""
MAX_VALUE_LENGTH = 200
MAX_TEXTS = 50
MAX_TEXT_LENGTH = 500_000

HitField = Literal[
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
    "highlights",
    "score",
    "all_words",
    "reprint_count",
    "text",
    "body_start",
    "language",
    "section",
    "tags",
    "countries",
    "word_count",
    "modified_at",
    "indexed_at",
    "date_source",
    "title_source",
    "summary_method",
    "entities_status",
]
HIT_FIELDS: tuple[HitField, ...] = get_args(HitField)[:17]
"""What a hit holds unless `fields` says otherwise; the rest is given when asked for."""
SuggestField = Literal["person", "place", "organisation", "source"]
Summarizer = Literal["centroid", "lead", "lexrank", "textrank", "lsa", "luhn", "sumbasic", "kl"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _refuse_control(value: str) -> str:
    if _CONTROL.search(value):
        raise PydanticCustomError("control", "holds a control character; leave it out")
    return value


def _drop_blank(values: Any) -> Any:
    if isinstance(values, list | tuple):
        return [value for value in values if not isinstance(value, str) or value.strip()]
    return values


def split_commas(values: Any) -> Any:
    """Values given as comma list, as several parameters, or both; each once, no blanks."""
    if isinstance(values, list | tuple):
        parts = [part.strip() for value in values for part in str(value).split(",")]
        return list(dict.fromkeys(part for part in parts if part))
    return values


def _check_country(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", value):
        raise PydanticCustomError(
            "country", "must be an ISO 3166 code of two letters, such as DE", {"hint": "try DE"}
        )
    return value.upper()


def _check_language(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{2,3}", value):
        raise PydanticCustomError(
            "language", "must be an ISO 639 code of two or three letters", {"hint": "try en"}
        )
    return value.lower()


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=MAX_VALUE_LENGTH),
    AfterValidator(_refuse_control),
]
Values = Annotated[tuple[Text, ...], BeforeValidator(_drop_blank), Field(max_length=MAX_VALUES)]
Countries = Annotated[
    tuple[Annotated[Text, AfterValidator(_check_country)], ...],
    BeforeValidator(_drop_blank),
    Field(max_length=MAX_VALUES),
]
Languages = Annotated[
    tuple[Annotated[Text, AfterValidator(_check_language)], ...],
    BeforeValidator(_drop_blank),
    Field(max_length=MAX_VALUES),
]
Day = Annotated[str | SkipJsonSchema[None], Field(max_length=MAX_VALUE_LENGTH)]
PERIOD = "`2022-09-27`, `2022-09` or `2022`; days are UTC days, and the day counts in."
Cursor = Annotated[str | SkipJsonSchema[None], Field(max_length=4_000)]
Words = Annotated[
    int,
    Field(ge=1, le=MOST_WORDS, description="Whole sentences until they hold so many words."),
]
Sentences = Annotated[
    Annotated[int, Field(ge=1, le=MOST_SENTENCES)] | SkipJsonSchema[None],
    Field(description="So many sentences instead of words."),
]
SummaryWords = Annotated[
    Annotated[int, Field(ge=1, le=MOST_WORDS)] | SkipJsonSchema[None],
    Field(description="Cut each hit's summary to about so many words."),
]
Focus = Annotated[
    Text | SkipJsonSchema[None],
    Field(description="Only sentences about this, such as a name."),
]
SummarizerName = Annotated[
    Summarizer | SkipJsonSchema[None],
    Field(description="The method; ours is `centroid`, the others are the classics by name."),
]
Page = Annotated[int, Field(ge=1)] | SkipJsonSchema[None]
PageSize = Annotated[
    int, Field(ge=0, le=MAX_PAGE_SIZE, description="Hits per page; 0 for counts only.")
]
Shown = Annotated[
    tuple[HitField, ...],
    BeforeValidator(split_commas),
    Field(description="Fields of each hit, such as `title,url`; empty for the usual ones."),
]


class Strict(BaseModel):
    """Refuses a name it does not know, and says which known one is nearest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, given: Any) -> Any:
        """Pass on what was given without a change; raises ParameterError at an unknown name."""
        known = [field.alias or name for name, field in cls.model_fields.items()]
        for name in given if isinstance(given, dict) else ():
            if name not in known:
                near = nearest_names(name, known)
                known_are = f"known are {', '.join(known)}"
                hint = f"did you mean {' or '.join(near)}?" if near else known_are
                raise ParameterError(
                    f"there is no parameter {name[:40]!r} here", hint=hint, parameter=name[:40]
                )
        return given


class QueryParams(Strict):
    """Parameters in an address; an empty one is one not given, as forms send it."""

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, given: Any) -> Any:
        """Leave out parameters without a value."""
        return {name: value for name, value in given.items() if value != ""}
