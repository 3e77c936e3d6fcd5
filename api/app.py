"""The front door, put together."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from importlib.metadata import version
from itertools import chain
from types import ModuleType

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from api import docs, errors
from api.doors import (
    HostDoor,
    KeyDoor,
    LocalDoor,
    Rooms,
    name_askers,
    open_ring,
)
from api.hosts import HostNames
from api.keys import Role
from api.logs import hide_queries
from api.middleware import AnswerHeaders, BodyLimit, HangUps, HeadAnswers
from api.openapi import DESCRIPTION, TAGS, describe, name_operation
from api.routes import articles, facets, health, names, search, status, suggest, summaries
from api.settings import ApiSettings, load_api_settings
from dateline.search.base import Reader
from dateline.search.opening import open_reader
from dateline.search.settings import SearchSettings, load_settings

MAX_BODY = 1_000_000
"""Bytes of a request's body."""
GZIP_FROM = 32_768
"""Bytes from which an answer is compressed: below, it costs more time than it saves."""
GZIP_LEVEL = 4
ROUTES: Mapping[Role | None, Sequence[ModuleType]] = {
    "read": (search, facets, names, suggest, articles, summaries, status),
    None: (health,),
}
"""The rooms by the role that each asks for, where keys are asked for; None: open to all."""

log = logging.getLogger("uvicorn.error")


def create_app(
    settings: ApiSettings | None = None,
    reader: Reader | None = None,
    *,
    search_settings: SearchSettings | None = None,
) -> FastAPI:
    """The API as an ASGI app; nothing connects before it starts, nor fails when no engine answers.

    A given `reader` stays its owner's; else one is opened at the start, by `search_settings` or by
    those in force, and closed at the end. Raises SettingsError.
    """
    settings = settings or load_api_settings()
    app = FastAPI(
        title="Dateline",
        summary="A news archive with people, places and summaries",
        description=DESCRIPTION,
        version=version("dateline"),
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        lifespan=_keep_reader(reader, search_settings),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=name_operation,
    )
    _furnish(app, settings)
    return app


def _furnish(app: FastAPI, settings: ApiSettings) -> None:
    """Routes, refusals, the docs page, and what every answer carries."""
    app.openapi = partial(describe, app)  # type: ignore[method-assign]  # FastAPI's own way
    routers = {role: [room.router for room in rooms] for role, rooms in ROUTES.items()}
    for router in chain.from_iterable(routers.values()):
        app.include_router(router)
    docs.install(app)
    errors.install(app)
    app.add_middleware(BodyLimit, most=MAX_BODY)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM, compresslevel=GZIP_LEVEL)
    ring = open_ring(settings)
    if ring is not None:
        app.add_middleware(KeyDoor, ring=ring, rooms=Rooms.of(routers))
    elif not settings.without_keys:
        app.add_middleware(LocalDoor)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
            expose_headers=[
                "Link",
                "X-Request-ID",
                "X-Dateline-Engine",
                "Retry-After",
                "WWW-Authenticate",
            ],
        )
    app.add_middleware(HostDoor, names=HostNames.of(settings.host, settings.allowed_hosts))
    app.add_middleware(AnswerHeaders)
    app.add_middleware(HangUps)
    app.add_middleware(HeadAnswers)


def _keep_reader(
    given: Reader | None, search_settings: SearchSettings | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        hide_queries()
        name_askers()
        reader = given or open_reader(search_settings or load_settings())
        app.state.reader = reader
        log.info("Dateline answers with the engine %s", reader.engine)
        try:
            yield
        finally:
            if given is None:
                await reader.close()

    return lifespan
