"""The commands that tell of an archive and change what it holds."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from typing import Annotated

import typer

from dateline import errors
from dateline.cli.faults import plain_faults, say
from dateline.cli.options import AsJson, Config, Index, Url, print_json, read_settings, writing


def status(
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Tell what is in the archive and in this data folder's ledger.

    \b
    Example: dateline status --json
    """
    with plain_faults():
        from indexer import showing_knowledge, showing_ledger  # noqa: PLC0415 - late
        from indexer.ledger import find_ledger  # noqa: PLC0415 - late
        from indexer.resolving import find_knowledge  # noqa: PLC0415 - late
        from indexer.showing import show_status  # noqa: PLC0415 - late

        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with writing(search) as writer, find_ledger(search) or nullcontext() as ledger:
            found = writer.status()
            withdrawn = showing_ledger.find_withdrawn(writer, ledger, found.withdrawn)
            kept = showing_ledger.read_ledger(ledger)
            knowledge = find_knowledge(writer)
        if as_json:
            told = {
                "knowledge": showing_knowledge.count_knowledge(knowledge),
                "ledger": showing_ledger.describe_ledger(kept),
                "withdrawn_articles": showing_ledger.describe_withdrawn(withdrawn),
            }
            print_json(asdict(found) | told)
            return
        lines = [
            show_status(found),
            f"{'knowledge':<13}{showing_knowledge.show_counts(knowledge)}",
            *showing_ledger.show_ledger(kept),
            *showing_ledger.show_withdrawn(withdrawn, found.withdrawn),
        ]
        typer.echo("\n".join(lines))


def withdraw(  # noqa: PLR0913, PLR0917 - each is an option of the command
    article: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
    reason: Annotated[str, typer.Option(help="Why; readers of its address are told.")],
    replace_reason: Annotated[
        bool, typer.Option("--replace-reason", help="In place of the reason that was given before.")
    ] = False,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Take an article out of search for good.

    It stays out when its file is ingested again, and the first reason given is the one that stays.

    \b
    Example: dateline withdraw 862b78fd6ccb1976a29bc3b9f74dcde9 --reason "court order of 3 May"
    """
    with plain_faults():
        _check_reason(reason)
        from indexer.ledger import find_ledger  # noqa: PLC0415 - late

        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with writing(search) as writer, find_ledger(search) or nullcontext() as ledger:
            kept = writer.withdraw(article, reason, anew=replace_reason)
            writer.refresh()
            if ledger is not None:
                ledger.withdraw(article, kept)
        if as_json:
            print_json({"id": article, "outcome": "withdrawn", "reason": kept})
        else:
            typer.echo(f"{article} is withdrawn")
        if kept != reason:
            say(f"its reason stays as it was given before: {kept}; --replace-reason replaces it")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise errors.SettingsError("--reason is empty", hint="say why the article is withdrawn")
    try:
        reason.encode()
    except UnicodeEncodeError:
        raise errors.SettingsError(
            "--reason is not written in UTF-8", hint="set the terminal to UTF-8, or write ASCII"
        ) from None
