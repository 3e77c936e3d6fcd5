from fastapi import APIRouter

from api import record_schemas
from api.asking import NOTHING_ELSE, AskedReader
from api.openapi import OPERATION, refusals
from api.records import build_status

router = APIRouter(tags=[OPERATION])


@router.get(
    "/v1/status",
    summary="What is in this archive",
    responses=refusals(422, 503),
    dependencies=[NOTHING_ELSE],
)
async def read_status(reader: AskedReader) -> record_schemas.Status:
    """How many articles, from where, from when to when, what was refused and why."""
    return build_status(await reader.status())
