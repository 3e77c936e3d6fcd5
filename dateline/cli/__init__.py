"""The command line, `dateline`: answers on standard output, talk on standard error.

Exit codes: 0 all well, 1 our fault, 2 usage, 3 some articles refused, 4 engine unreachable or
refusing, 130 interrupted. The doors are imported late: `--help` needs neither.
"""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.answering import demo, serve
from dateline.cli.copying import copy
from dateline.cli.keeping import status, withdraw
from dateline.cli.keys import keys
from dateline.cli.naming import names
from dateline.cli.reading import ingest
from dateline.cli.replacing import rebuild, reprocess, rollback
from dateline.cli.resolving import resolve
from dateline.cli.verifying import verify

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS = (
    *(ingest, resolve, status, verify, withdraw),
    *(rebuild, reprocess, rollback, copy, serve, demo),
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(keys, name="keys")
app.add_typer(names, name="names")


def main() -> None:
    """Run the command that the arguments name."""
    app()


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
