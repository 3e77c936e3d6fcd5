"""What routes are handed beside their parameters."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar, cast, get_origin

from fastapi import Depends, Path, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import QueryParams as SentParams

from api.examples import EXAMPLE_ID
from api.param_types import QueryParams
from api.params import NoParams
from dateline.errors import ParameterError
from dateline.search.base import Reader

Params = TypeVar("Params", bound=QueryParams)


async def find_reader(request: Request) -> Reader:
    """The reader that the app opened when it started."""
    return cast("Reader", request.app.state.reader)


AskedReader = Annotated[Reader, Depends(find_reader)]
ArticleId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=512,
        description="The `id` of a hit.",
        examples=[EXAMPLE_ID],
    ),
]


def asked(model: type[Params]) -> Callable[[Request], Awaitable[Params]]:
    """What reads the parameters of an address into `model`; goes with `openapi.takes(model)`.

    FastAPI's own query models inspect every annotation again for every request: 160 µs for the 27
    parameters of a search, against 25 here.
    """
    lists = frozenset(
        field.alias or name
        for name, field in model.model_fields.items()
        if get_origin(field.annotation) is tuple
    )

    async def read(request: Request) -> Params:
        given = _gather(request.query_params, lists)
        try:
            return model.model_validate(given)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            raise RequestValidationError(
                [{**fault, "loc": ("query", *fault["loc"])} for fault in faults]
            ) from None

    return read


def _gather(sent: SentParams, lists: frozenset[str]) -> dict[str, Any]:
    """Values by name, those of repeatable parameters as lists.

    Raises ParameterError at a second value of a parameter that takes one.
    """
    given: dict[str, Any] = {}
    for name, value in sent.multi_items():
        if name in lists:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise ParameterError(
                f"{name[:40]} was given twice", hint="give it once", parameter=name[:40]
            )
        else:
            given[name] = value
    return given


NOTHING_ELSE = Depends(asked(NoParams))
"""For routes whose address takes no parameter."""
