import asyncio

from fastapi import APIRouter

from api import record_schemas
from api.asking import AskedReader
from api.errors import NotReady
from api.openapi import OPERATION, refusals
from dateline.errors import EngineError, EngineUnavailable

router = APIRouter(tags=[OPERATION])
PATIENCE = 2.0
"""Seconds that the engine has to say that it is ready."""


@router.get("/health", summary="Does the service live?", responses=refusals(405))
async def check_health() -> record_schemas.Health:
    """Yes, if it answers; the engine is not asked."""
    return {"status": "ok"}


@router.get("/ready", summary="Can it be searched?", responses=refusals(405, 503))
async def check_readiness(reader: AskedReader) -> record_schemas.Readiness:
    """Yes, if the engine answers and holds an archive; else 503 and the reason."""
    try:
        version = await asyncio.wait_for(reader.ping(), PATIENCE)
    except TimeoutError:
        raise EngineUnavailable(
            f"the engine did not answer in {PATIENCE:g} seconds", hint="try again in a moment"
        ) from None
    except EngineError as error:
        raise NotReady(error) from error
    return {"status": "ready", "engine": reader.engine, "engine_version": version}
