"""The command that holds ledger, originals and documents against each other."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.faults import REFUSED, kept_interrupts, plain_faults, say
from dateline.cli.options import AsJson, Config, Index, Url, print_json, read_settings, writing

if TYPE_CHECKING:
    from dateline.search.base import Writer
    from indexer.ledger import Ledger


def verify(  # noqa: PLR0913, PLR0917 - each is an option of the command
    deep: Annotated[
        bool, typer.Option("--deep", help="Read every original and document too.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what the archive itself can mend; look again.")
    ] = False,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Hold ledger, originals and documents against each other.

    Exit code 3 if they differ.

    \b
    Example: dateline verify --deep
    """
    with plain_faults(), kept_interrupts():
        from indexer import showing_ledger, verifying  # noqa: PLC0415 - late
        from indexer.ledger import find_ledger  # noqa: PLC0415 - late

        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        with writing(search) as writer, find_ledger(search) or nullcontext() as ledger:
            if repair:
                _repair(writer, ledger, deep=deep)
            found = verifying.verify(writer, ledger, deep=deep)
        if as_json:
            print_json(showing_ledger.describe_verified(found))
        else:
            typer.echo("\n".join(showing_ledger.show_verified(found)))
        if found.differences:
            raise typer.Exit(REFUSED)


def _repair(writer: Writer, ledger: Ledger | None, *, deep: bool) -> None:
    from indexer import repairing, running, settings, verifying  # noqa: PLC0415 - late

    running.take_turn(writer)
    found = verifying.verify(writer, ledger, deep=deep)
    applied = repairing.repair(found.differences, writer, ledger, settings.load_settings())
    for remedy, count in sorted(applied.items()):
        say(f"{repairing.REMEDIES[remedy]}: {count:,}")
