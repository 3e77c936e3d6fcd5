from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api import record_schemas, schemas
from api.answers import build_reprints_answer
from api.asking import NOTHING_ELSE, ArticleId, AskedReader, asked
from api.links import link_next, next_reprints
from api.openapi import ARTICLES, RAW_ANSWER, refusals, takes
from api.params import RawParams, ReprintParams, SummaryParams
from api.questions import build_reprints_query, hit_fields
from api.records import build_article, build_article_summary, build_original, build_segments
from api.summarizing import summarize_article

router = APIRouter(tags=[ARTICLES])
REFUSALS = refusals(404, 410, 422, 503)


@router.get(
    "/v1/articles/{article_id}",
    summary="Read one article",
    responses=REFUSALS,
    dependencies=[NOTHING_ELSE],
)
async def read_article(article_id: ArticleId, reader: AskedReader) -> record_schemas.Article:
    """The cleaned article with its sentences and the names in it, each with its place."""
    return build_article(await reader.get(article_id))


@router.get(
    "/v1/articles/{article_id}/summary",
    summary="Summarise one article",
    responses=REFUSALS,
    openapi_extra=takes(SummaryParams),
)
async def summarize_stored_article(
    article_id: ArticleId,
    params: Annotated[SummaryParams, Depends(asked(SummaryParams))],
    reader: AskedReader,
) -> record_schemas.ArticleSummary:
    """Whole sentences of the article, word for word, each with its place in the text.

    With `focus` only sentences about a name or a matter; with `summarizer` by another method.
    """
    document = await reader.get(article_id)
    return build_article_summary(document.id, await summarize_article(document, params))


@router.get(
    "/v1/articles/{article_id}/reprints",
    summary="Find the same text elsewhere",
    responses=REFUSALS,
    openapi_extra=takes(ReprintParams),
)
async def list_reprints(
    article_id: ArticleId,
    params: Annotated[ReprintParams, Depends(asked(ReprintParams))],
    reader: AskedReader,
    request: Request,
    response: Response,
) -> schemas.ReprintsAnswer:
    """The other articles of the archive that are the same text, the oldest first.

    Also where the copies differ in a headline or a few words. An article that was printed once has
    an empty list.
    """
    document = await reader.get(article_id)
    fields = hit_fields(params.fields)
    if document.reprint_group is None:
        return build_reprints_answer(None, fields, next_page=None)
    query = build_reprints_query(params, document.id, document.reprint_group)
    results = await reader.search(query)
    following = link_next(request, response, next_reprints(results))
    return build_reprints_answer(results, fields, next_page=following)


@router.get(
    "/v1/articles/{article_id}/raw",
    summary="See the original",
    response_class=Response,
    responses=REFUSALS | RAW_ANSWER,
    openapi_extra=takes(RawParams),
)
async def read_original(
    article_id: ArticleId,
    params: Annotated[RawParams, Depends(asked(RawParams))],
    reader: AskedReader,
) -> Response:
    """What came in, byte for byte, as plain text or as a file; where from stands in the headers.

    With `format=segments` as JSON: the original in pieces, each kept in the stored text or left
    out.
    """
    original = await reader.original(article_id)
    if params.format == "original":
        return build_original(original)
    kept = original.outcome == "indexed"
    return build_segments(original, await reader.get(article_id) if kept else None)
