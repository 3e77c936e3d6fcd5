"""Runs the API on uvicorn."""

import uvicorn

from api.app import create_app
from api.settings import ApiSettings
from dateline.search.settings import SearchSettings


def serve(settings: ApiSettings, search_settings: SearchSettings | None = None) -> None:
    """Answer until told to stop; logs requests without their query. Raises SettingsError."""
    uvicorn.run(
        create_app(settings, search_settings=search_settings),
        host=settings.host,
        port=settings.port,
        http="httptools",
        server_header=False,
    )
