from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import schemas
from api.asking import ArticleId, AskedReader
from api.openapi import ARTICLES, RAW_ANSWER, refusals
from api.params import NoParams, SummaryParams
from api.records import build_article, build_article_summary, build_original
from api.summarizing import summarize_article

router = APIRouter(tags=[ARTICLES])
REFUSALS = refusals(404, 410, 422, 503)


@router.get(
    "/v1/articles/{article_id}/summary", summary="Summarise one article", responses=REFUSALS
)
async def summarize_stored_article(
    article_id: ArticleId, params: Annotated[SummaryParams, Query()], reader: AskedReader
) -> schemas.ArticleSummary:
    """Whole sentences of the article, word for word, each with its place in the text.

    With `focus` only sentences about a name or a matter; with `summarizer` by another method.
    """
    document = await reader.get(article_id)
    return build_article_summary(document.id, await summarize_article(document, params))


@router.get(
    "/v1/articles/{article_id}/raw",
    summary="See the original",
    response_class=Response,
    responses=REFUSALS | RAW_ANSWER,
)
async def read_original(
    article_id: ArticleId, _: Annotated[NoParams, Query()], reader: AskedReader
) -> Response:
    """What came in, byte for byte, as plain text or as a file; where from stands in the headers."""
    return build_original(await reader.original(article_id))


@router.get("/v1/articles/{article_id}", summary="Read one article", responses=REFUSALS)
async def read_article(
    article_id: ArticleId, _: Annotated[NoParams, Query()], reader: AskedReader
) -> schemas.Article:
    """The cleaned article with its sentences and the names in it, each with its place."""
    return build_article(await reader.get(article_id))
