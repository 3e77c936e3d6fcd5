from typing import Annotated

from fastapi import APIRouter, Depends

from api import schemas
from api.answers import build_suggest_answer
from api.asking import AskedReader, asked
from api.openapi import NAMES, refusals, takes
from api.params import SuggestParams
from api.questions import build_suggest_query

router = APIRouter(tags=[NAMES])


@router.get(
    "/v1/suggest",
    summary="Complete a name while it is typed",
    responses=refusals(422, 503),
    openapi_extra=takes(SuggestParams),
)
async def suggest_names(
    params: Annotated[SuggestParams, Depends(asked(SuggestParams))], reader: AskedReader
) -> schemas.SuggestAnswer:
    """People, places, organisations and sources with a word that begins like `q`."""
    answer = await reader.facet_values(build_suggest_query(params))
    return build_suggest_answer(answer, params.size)
