"""The command that moves the embedded engine's archive up to Elasticsearch."""

from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline import errors
from dateline.cli.faults import REFUSED, plain_faults, say
from dateline.cli.options import AsJson, Config, Index, print_json, read_settings, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.search.copying import Copied
    from dateline.search.settings import SearchSettings

_RESUME = "interrupted; what was copied stays, give the same command to go on"
_PATIENCE = 30.0
"""Seconds that the target may take for a step of a walk: nobody waits for a page here."""
_SHOWN = 20
_SPOKEN = {"DATELINE_ELASTICSEARCH_URL": "--to", "DATELINE_INDEX": "--to-index"}


def copy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The server to copy to.")],
    to_index: Annotated[
        str | None, typer.Option("--to-index", help="The archive's name there (the same as here).")
    ] = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Copy the embedded archive to Elasticsearch and compare both.

    No article is read anew; what is there already is left alone. Key and certificates of the server
    are those of the settings (DATELINE_API_KEY, DATELINE_CA_CERTS).

    \b
    Example: dateline copy --to http://127.0.0.1:9200
    """
    with plain_faults(_RESUME):
        settings = read_settings(config, index=index)
        source = settings.model_copy(update={"elasticsearch_url": None})
        with _faults_of_the_target():
            if not to.strip():  # a blank server is no server: the archive would be its own target
                raise errors.SettingsError(
                    "--to is empty", hint="give the URL of the server to copy to"
                )
            target = read_settings(
                config,
                elasticsearch_url=to,
                index=to_index or settings.index,
                search_timeout=_PATIENCE,
            )
        copied = asyncio.run(_copy(source, target))
        print_json(_describe(copied)) if as_json else typer.echo(_show(copied))
        for article, reason in list(copied.differing.items())[:_SHOWN]:
            say(f"{article}: {reason}")
        if not copied.verified:
            raise typer.Exit(REFUSED)


@contextmanager
def _faults_of_the_target() -> Iterator[None]:
    """Faults name the options of the target, not the settings in whose place they stand."""
    try:
        yield
    except (errors.SettingsError, errors.EngineError) as error:
        for setting, option in _SPOKEN.items():
            error.message = error.message.replace(setting, option)
            error.hint = error.hint.replace(setting, option)
        raise


async def _copy(source: SearchSettings, target: SearchSettings) -> Copied:
    from dateline.search.copying import copy_archive  # noqa: PLC0415 - late
    from dateline.search.opening import open_reader  # noqa: PLC0415 - late
    from indexer.progress import watch  # noqa: PLC0415 - late
    from indexer.sources import Tally  # noqa: PLC0415 - late

    ours, theirs = open_reader(source), open_reader(target)
    try:
        tally, total = Tally(), (await ours.status()).originals
        say(f"copying {total:,} articles to {', '.join(target.hosts)}, archive {target.index}")
        watcher = watch(tally, total, sys.stderr)

        def tell() -> None:
            tally.bytes_read += 1  # the share that is done counts articles here, not bytes
            watcher.advance()

        try:
            with _faults_of_the_target(), writing(target) as writer:
                return await copy_archive(ours, theirs, writer, tell)
        finally:
            watcher.close()
    finally:
        await ours.close()
        await theirs.close()


def _describe(copied: Copied) -> dict[str, Any]:
    return {
        "documents": copied.documents,
        "originals": copied.originals,
        "written": copied.written,
        "withheld": list(copied.withheld),
        "differing": dict(copied.differing),
        "verified": copied.verified,
    }


def _show(copied: Copied) -> str:
    withheld = f", withdrawn there: {len(copied.withheld):,}" if copied.withheld else ""
    found = (
        f"compared: {copied.documents:,} documents, {copied.originals:,} originals{withheld}; "
        f"different: {len(copied.differing):,}"
    )
    return f"copied: {copied.written:,}; {found}"
