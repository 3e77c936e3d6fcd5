from typing import Annotated

from fastapi import APIRouter, Query

from api import schemas
from api.asking import AskedReader
from api.openapi import OPERATION, refusals
from api.params import NoParams
from api.records import build_status

router = APIRouter(tags=[OPERATION])


@router.get("/v1/status", summary="What is in this archive", responses=refusals(422, 503))
async def read_status(_: Annotated[NoParams, Query()], reader: AskedReader) -> schemas.Status:
    """How many articles, from where, from when to when, what was refused and why."""
    return build_status(await reader.status())
