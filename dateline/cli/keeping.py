"""The commands that tell of an archive and change what it holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from dateline import errors
from dateline.cli.faults import plain_faults
from dateline.cli.options import AsJson, Config, Index, Url, print_json, read_settings, writing


def status(
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    r"""Tell what is in the archive.

    \b
    Example: dateline status --json
    """
    with plain_faults():
        from indexer.showing import show_status  # noqa: PLC0415 - late

        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with writing(search) as writer:
            found = writer.status()
        print_json(asdict(found)) if as_json else typer.echo(show_status(found))


def withdraw(  # noqa: PLR0913, PLR0917 - each is an option of the command
    article: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
    reason: Annotated[str, typer.Option(help="Why; readers of its address are told.")],
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    r"""Take an article out of search; it stays out when its file is ingested again.

    \b
    Example: dateline withdraw 0f3a9c --reason "court order of 3 May"
    """
    with plain_faults():
        if not reason.strip():
            raise errors.SettingsError("--reason is empty", hint="say why the article is withdrawn")
        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with writing(search) as writer:
            writer.withdraw(article, reason)
            writer.refresh()
        if as_json:
            print_json({"id": article, "outcome": "withdrawn", "reason": reason})
        else:
            typer.echo(f"{article} is withdrawn")
