"""The commands that answer searches over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.faults import plain_faults
from dateline.cli.options import Config, Index, Url, read_settings


def serve(  # noqa: PLR0913, PLR0917 - each is an option of the command
    host: Annotated[
        str | None, typer.Option(help="Where to listen (DATELINE_HOST, 127.0.0.1).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Its port (DATELINE_PORT, 8000).")
    ] = None,
    without_keys: Annotated[
        bool | None,
        typer.Option("--without-keys", help="Let everybody in (DATELINE_WITHOUT_KEYS)."),
    ] = None,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
) -> None:
    """Answer searches over HTTP; the pages begin at /docs.

    Where others than this machine's users reach it, it asks for API keys (`dateline keys add`).

    \b
    Example: dateline serve --port 8000
    """
    with plain_faults():
        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        from api.serving import serve as serve_api  # noqa: PLC0415 - late
        from api.settings import load_api_settings  # noqa: PLC0415 - late

        settings = load_api_settings(host=host, port=port, without_keys=without_keys)
        serve_api(settings, search)


def demo(
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Its port, or the next free one (8000)."),
    ] = None,
    config: Config = None,
) -> None:
    """Try it: forty sample articles, no server, no internet.

    The archive "demo" in the data folder (DATELINE_DATA_DIR, .dateline) is made by the embedded
    engine, whatever server is set.

    \b
    Example: dateline demo
    """
    with plain_faults():
        from dateline.cli.demonstrating import demonstrate  # noqa: PLC0415 - late

        demonstrate(read_settings(config, index="demo"), port)
