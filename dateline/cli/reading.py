"""The command that reads articles into the archive."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline import errors
from dateline.cli.faults import REFUSED, kept_interrupts, plain_faults, say
from dateline.cli.options import AsJson, Config, Index, Url, print_json, read_settings, writing
from dateline.cli.resolving import NO_AFTERMATH, resolve_after

if TYPE_CHECKING:
    from types import ModuleType

_RESUME = "interrupted; what was written stays, give the same command to go on"


def ingest(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files and folders, or - for standard input."),
    ],
    source: Annotated[
        str | None, typer.Option(help="The source of articles that name none.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The date of articles that state none: 2022-09-27.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of texts whose record names none: en.")
    ] = None,
    time_zone: Annotated[
        str, typer.Option(help="The zone of times that state none: Europe/Berlin.")
    ] = "UTC",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what each article becomes; store nothing.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes (DATELINE_WORKERS, all cores).")
    ] = None,
    no_resolve: Annotated[
        bool, typer.Option("--no-resolve", help="Leave what the archive knows as it is.")
    ] = False,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Read articles into the archive.

    Texts (.txt, .md), saved pages (.html), records (.json, .jsonl, .csv in the layouts of
    news-please and NewsAPI) and Reuters .sgm, also packed (.gz, .xz, .zst) or in a .tar. What is
    there already is left alone. `dateline resolve` follows, unless --no-resolve is given.

    \b
    Example: dateline ingest samples --source "The Harbour Post"
    Example: zcat crawl.jsonl.gz | dateline ingest - --dry-run
    """
    with plain_faults(_RESUME), kept_interrupts():
        from indexer import running, showing  # noqa: PLC0415 - late
        from indexer import settings as indexer_settings  # noqa: PLC0415 - late
        from indexer.ledger import open_ledger  # noqa: PLC0415 - late

        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        settings = indexer_settings.load_settings(workers=workers)
        stdin = sys.stdin.buffer if _is_stdin(paths) else None
        options = running.read_options(source, date, language, time_zone)
        given = running.Input([] if stdin else [Path(path) for path in paths], options, stdin)
        show = _shower(showing, as_json) if dry_run else None
        with (
            nullcontext() if dry_run else writing(search) as writer,
            nullcontext() if dry_run else open_ledger(search) as ledger,
        ):
            report, refused = running.run_ingest(given, settings, writer, show, ledger)
            if dry_run or not as_json:
                _show_report(showing, report, refused, dry_run=dry_run)
            wanted = None if no_resolve else writer
            after = resolve_after(wanted, settings) if wanted else NO_AFTERMATH
        if as_json and not dry_run:
            print_json(showing.describe_report(report, refused) | {"resolve": after.told})
        if code := after.code or (REFUSED if refused else 0):
            raise typer.Exit(code)


def _is_stdin(paths: list[str]) -> bool:
    if "-" in paths and len(paths) > 1:
        raise errors.SettingsError(
            "- (standard input) stands with other paths", hint="give it alone"
        )
    return paths == ["-"]


def _shower(showing: ModuleType, as_json: bool) -> Any:
    """What a dry run does with each outcome."""
    if as_json:
        return lambda outcome, made: print_json(showing.describe_made(outcome, made))
    return lambda outcome, made: typer.echo(showing.show_made(outcome, made) + "\n")


def _show_report(showing: ModuleType, report: Any, refused: Any, *, dry_run: bool) -> None:
    for line in () if dry_run else showing.show_refusals(refused):
        say(line)
    stored = "; a dry run, nothing is stored" if dry_run else ""
    typer.echo(showing.show_report(report) + stored, err=dry_run)
