"""The command line, `dateline`: answers on standard output, talk on standard error.

Exit codes: 0 all well, 1 our fault, 2 usage, 3 some articles refused, 4 engine unreachable or
refusing, 130 interrupted. The doors are imported late: `--help` needs neither.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from dateline.search.base import Writer
    from dateline.search.settings import SearchSettings

_RESUME = "interrupted; what was written stays, give the same command to go on"
OUR_FAULT, USAGE, REFUSED, ENGINE, INTERRUPTED = 1, 2, 3, 4, 130

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON on standard output.")]


def main() -> None:
    """Run the command that the arguments name."""
    app()


@contextmanager
def _plain_faults(interrupted: str = "interrupted") -> Iterator[None]:
    """Tell each fault in one line and end with its code; never a traceback, never a secret."""
    try:
        yield
    except typer.Exit:
        raise
    except errors.DatelineError as error:
        _say(" ".join(str(error).split()))
        raise typer.Exit(_exit_code(error)) from None
    except KeyboardInterrupt:
        _say(interrupted)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read our answers has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(OUR_FAULT) from None
    except Exception as error:  # noqa: BLE001 - the last wall before the user
        _say(f"a fault of ours: {_describe_fault(error)}; please report it with your command")
        raise typer.Exit(OUR_FAULT) from None


def _exit_code(error: errors.DatelineError) -> int:
    if isinstance(error, errors.EngineError):
        return ENGINE
    usage = isinstance(
        error,
        (errors.SettingsError, errors.QueryError, errors.SourceError, errors.DocumentNotFound),
    )
    return USAGE if usage else OUR_FAULT


def _describe_fault(error: Exception) -> str:
    """Type and place alone: a message of another's making may hold a password."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    place = Path(trace.tb_frame.f_code.co_filename)
    return f"{type(error).__name__} in {place.parent.name}/{place.name}:{trace.tb_lineno}"


def _say(line: str) -> None:
    typer.echo(f"dateline: {line}", err=True)


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def _settings(config: Path | None, **flags: Any) -> SearchSettings:
    from dateline.search.settings import load_settings, use_config_file  # noqa: PLC0415 - late

    if config is not None:
        use_config_file(config)
    return load_settings(**flags)


@contextmanager
def _writer(settings: SearchSettings) -> Iterator[Writer]:
    from dateline.search.opening import open_writer  # noqa: PLC0415 - late

    writer = open_writer(settings)
    try:
        yield writer
    finally:
        writer.close()


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - 50 ms

        typer.echo(f"dateline {version('dateline')}")
        raise typer.Exit


@app.callback()
def dateline(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    """Messy news text in; a searchable archive with people, places and summaries out."""


@app.command()
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
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    r"""Read articles into the archive.

    Texts (.txt, .md), records (.json, .jsonl, .csv in the layouts of news-please and NewsAPI) and
    Reuters .sgm, also packed (.gz, .xz, .zst) or in a .tar. What is there already is left alone.

    \b
    Example: dateline ingest samples --source "The Harbour Post"
    Example: zcat crawl.jsonl.gz | dateline ingest - --dry-run
    """
    with _plain_faults(_RESUME):
        from indexer import running, showing  # noqa: PLC0415 - late
        from indexer import settings as indexer_settings  # noqa: PLC0415 - late

        search = _settings(config, elasticsearch_url=elasticsearch_url, index=index)
        settings = indexer_settings.load_settings(workers=workers)
        stdin = sys.stdin.buffer if _is_stdin(paths) else None
        options = running.read_options(source, date, language, time_zone)
        given = running.Input([] if stdin else [Path(path) for path in paths], options, stdin)
        with nullcontext() if dry_run else _writer(search) as writer:
            report, refused = running.run_ingest(
                given, settings, writer, _shower(showing, as_json) if dry_run else None
            )
        _tell_report(showing, report, refused, as_json=as_json, dry_run=dry_run)
        if refused:
            raise typer.Exit(REFUSED)


def _is_stdin(paths: list[str]) -> bool:
    if "-" in paths and len(paths) > 1:
        raise errors.SettingsError(
            "- (standard input) stands with other paths", hint="give it alone"
        )
    return paths == ["-"]


def _shower(showing: ModuleType, as_json: bool) -> Any:
    """What a dry run does with each outcome."""
    if as_json:
        return lambda outcome, made: _print_json(showing.describe_made(outcome, made))
    return lambda outcome, made: typer.echo(showing.show_made(outcome, made) + "\n")


def _tell_report(
    showing: ModuleType, report: Any, refused: Any, *, as_json: bool, dry_run: bool
) -> None:
    if as_json and not dry_run:
        _print_json(showing.describe_report(report, refused))
        return
    for line in () if dry_run else showing.show_refusals(refused):
        _say(line)
    typer.echo(showing.show_report(report), err=dry_run)


@app.command()
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
    with _plain_faults():
        from indexer.showing import show_status  # noqa: PLC0415 - late

        search = _settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with _writer(search) as writer:
            found = writer.status()
        _print_json(asdict(found)) if as_json else typer.echo(show_status(found))


@app.command()
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
    with _plain_faults():
        if not reason.strip():
            raise errors.SettingsError("--reason is empty", hint="say why the article is withdrawn")
        search = _settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with _writer(search) as writer:
            writer.withdraw(article, reason)
            writer.refresh()
        if as_json:
            _print_json({"id": article, "outcome": "withdrawn", "reason": reason})
        else:
            typer.echo(f"{article} is withdrawn")


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Where to listen (DATELINE_HOST, 127.0.0.1).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Its port (DATELINE_PORT, 8000).")
    ] = None,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
) -> None:
    r"""Answer searches over HTTP until told to stop; the pages begin at /docs.

    \b
    Example: dateline serve --port 8000
    """
    with _plain_faults():
        search = _settings(config, elasticsearch_url=elasticsearch_url, index=index)
        from api.serving import serve as serve_api  # noqa: PLC0415 - late
        from api.settings import load_api_settings  # noqa: PLC0415 - late

        serve_api(load_api_settings(host=host, port=port), search)


if __name__ == "__main__":
    main()
