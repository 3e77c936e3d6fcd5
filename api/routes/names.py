from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api import schemas
from api.answers import build_values_answer
from api.asking import AskedReader, asked
from api.links import link_next, next_values
from api.openapi import NAMES, refusals, takes
from api.params import NameParams
from api.questions import build_name_query
from dateline.search.base import Reader
from dateline.search.queries import NameField

router = APIRouter(tags=[NAMES])
Params = Annotated[NameParams, Depends(asked(NameParams))]


async def _list_names(
    field: NameField, params: NameParams, reader: Reader, request: Request, response: Response
) -> schemas.ValuesAnswer:
    query = build_name_query(params, field)
    answer = await reader.facet_values(query)
    following = link_next(request, response, next_values(query, field, answer))
    return build_values_answer(field, answer, following)


@router.get(
    "/v1/people",
    summary="People in the archive",
    responses=refusals(422, 503),
    openapi_extra=takes(NameParams),
)
async def list_people(
    params: Params, reader: AskedReader, request: Request, response: Response
) -> schemas.ValuesAnswer:
    """Everybody who is named, and in how many articles; `q` finds those whose name begins so."""
    return await _list_names("person", params, reader, request, response)


@router.get(
    "/v1/places",
    summary="Places in the archive",
    responses=refusals(422, 503),
    openapi_extra=takes(NameParams),
)
async def list_places(
    params: Params, reader: AskedReader, request: Request, response: Response
) -> schemas.ValuesAnswer:
    """Every place that is named, and in how many articles; `q` finds those that begin so."""
    return await _list_names("place", params, reader, request, response)


@router.get(
    "/v1/organisations",
    summary="Organisations in the archive",
    responses=refusals(422, 503),
    openapi_extra=takes(NameParams),
)
async def list_organisations(
    params: Params, reader: AskedReader, request: Request, response: Response
) -> schemas.ValuesAnswer:
    """Every organisation that is named, and in how many articles; `q` finds those that begin so."""
    return await _list_names("organisation", params, reader, request, response)
