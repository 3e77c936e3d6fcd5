from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api import schemas
from api.answers import build_search_answer
from api.asking import AskedReader, asked
from api.links import link_next, next_hits
from api.openapi import SEARCH, refusals, takes
from api.params import SearchParams
from api.questions import build_search_query, hit_fields
from api.unlisted import tell_unlisted

router = APIRouter(tags=[SEARCH])


@router.get(
    "/v1/search",
    summary="Search the archive",
    responses=refusals(422, 503),
    openapi_extra=takes(SearchParams),
)
async def search_articles(
    params: Annotated[SearchParams, Depends(asked(SearchParams))],
    reader: AskedReader,
    request: Request,
    response: Response,
) -> schemas.SearchAnswer:
    """Articles that match, with snippets, and how many there are per person, place and month.

    Start here: press Execute. Then take a value from `facets` as filter, follow `next`, or open an
    article by its `id`.
    """
    query = build_search_query(params)
    results = await tell_unlisted(reader, query, await reader.search(query))
    following = link_next(request, response, next_hits(query, results))
    return build_search_answer(
        query,
        results,
        hit_fields(params.fields),
        next_page=following,
        summary_words=params.summary_words,
    )
