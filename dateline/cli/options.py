"""What several commands share: their options, the settings these make, the archive they open."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.search.base import Writer
    from dateline.search.settings import SearchSettings

Url = Annotated[
    str | None,
    typer.Option("--elasticsearch-url", help="The server (DATELINE_ELASTICSEARCH_URL)."),
]
Index = Annotated[
    str | None, typer.Option("--index", help="The archive's name (DATELINE_INDEX, articles).")
]
Config = Annotated[
    Path | None, typer.Option("--config", help="A TOML file with settings (./dateline.toml).")
]
NamesOption = Annotated[
    Path | None,
    typer.Option("--names", help="The file of names (DATELINE_NAMES_FILE, names.toml there)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON on standard output.")]


def print_json(value: Any) -> None:
    """An answer in JSON, on one line of standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_show_value))


def _show_value(value: object) -> str:
    """A moment as ISO 8601 writes it, anything else as text."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def read_settings(config: Path | None, **flags: Any) -> SearchSettings:
    """The settings in force, flags first. Raises SettingsError."""
    from dateline.search.settings import load_settings, use_config_file  # noqa: PLC0415 - late

    if config is not None:
        use_config_file(config)
    return load_settings(**flags)


@contextmanager
def writing(settings: SearchSettings) -> Iterator[Writer]:
    """A writer on the archive that the settings name, closed at the end."""
    from dateline.search.opening import open_writer  # noqa: PLC0415 - late

    writer = open_writer(settings)
    try:
        yield writer
    finally:
        writer.close()


@contextmanager
def taking_turn(settings: SearchSettings) -> Iterator[Writer]:
    """The same of an archive that is there, as soon as no other program writes to it."""
    from indexer.running import take_turn  # noqa: PLC0415 - late

    with writing(settings) as writer:
        writer.status()  # an archive that is not there is no empty one
        take_turn(writer)
        yield writer
