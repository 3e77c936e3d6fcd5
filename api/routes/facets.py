from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from api import schemas
from api.answers import build_values_answer
from api.asking import AskedReader, asked
from api.links import link_next, next_values
from api.openapi import SEARCH, refusals, takes
from api.params import FacetParams
from api.questions import build_facet_query
from dateline.search.queries import FacetField

router = APIRouter(tags=[SEARCH])
Field = Annotated[FacetField, Path(description="Which values.", examples=["person"])]


@router.get(
    "/v1/facets/{field}",
    summary="All values of one field",
    responses=refusals(422, 503),
    openapi_extra=takes(FacetParams),
)
async def list_facet_values(
    field: Field,
    params: Annotated[FacetParams, Depends(asked(FacetParams))],
    reader: AskedReader,
    request: Request,
    response: Response,
) -> schemas.ValuesAnswer:
    """Every person, place, source, … of the articles that match, the most frequent first.

    Takes the same words and filters as a search. To list the values of a search that was widened,
    send its `match` along.
    """
    query = build_facet_query(params, field)
    answer = await reader.facet_values(query)
    following = link_next(request, response, next_values(query, field, answer))
    return build_values_answer(field, answer, following)
