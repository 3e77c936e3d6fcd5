from typing import Annotated

from fastapi import APIRouter, Body

from api import record_schemas
from api.openapi import ARTICLES, refusals
from api.params import SummaryRequest
from api.records import build_text_summary
from api.summarizing import summarize_texts

router = APIRouter(tags=[ARTICLES])


@router.post("/v1/summaries", summary="Summarise your own text", responses=refusals(400, 413, 422))
async def summarize_given_texts(
    params: Annotated[SummaryRequest, Body()],
) -> record_schemas.TextSummary:
    """Whole sentences of a text, or of several texts together. Nothing of it is kept."""
    return build_text_summary(await summarize_texts(params))
