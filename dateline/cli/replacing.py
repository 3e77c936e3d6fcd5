"""The commands that put one index in another's place while searches go on."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import asdict
from shlex import quote
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.faults import REFUSED, kept_interrupts, plain_faults, say
from dateline.cli.options import AsJson, Config, Index, Url, print_json, read_settings, writing

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.search.base import Writer
    from dateline.search.results import Replaced
    from dateline.search.settings import SearchSettings
    from indexer.reprocessing import Reprocessed
    from indexer.settings import IndexerSettings

_AS_IT_WAS = "interrupted; the archive is as it was"


def rebuild(
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Put the documents into a new index of today's mapping.

    Searches go on meanwhile.

    \b
    Example: dateline rebuild
    """
    with plain_faults(_AS_IT_WAS), kept_interrupts():
        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        say(f"rebuilding the archive {search.index}; searches and writes go on")
        started = monotonic()
        with writing(search) as writer:
            replaced = writer.rebuild()
        seconds = monotonic() - started
        if as_json:
            print_json(_describe(replaced, seconds))
            return
        typer.echo(_show(replaced, seconds))
        say(f"to go back: dateline rollback{_flags(search, elasticsearch_url, index, config)}")


def reprocess(
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes (DATELINE_WORKERS, all cores).")
    ] = None,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Clean and read every original anew, into a new index.

    Searches go on meanwhile. What was withdrawn stays so, what was refused is tried again.
    Articles that were indexed and are refused now are listed, and the exit code is 3.

    \b
    Example: dateline reprocess --workers 4
    """
    with plain_faults(_AS_IT_WAS), kept_interrupts():
        from indexer.settings import load_settings  # noqa: PLC0415 - late

        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        settings = load_settings(workers=workers)
        with writing(search) as writer:
            done = _reprocess(writer, search, settings)
            _follow(writer, search)
        _tell(done, as_json=as_json)
        say("what names, lines and reprints teach together may be another now: dateline resolve")
        say(f"to go back: dateline rollback{_flags(search, elasticsearch_url, index, config)}")
        if done.lost:
            raise typer.Exit(REFUSED)


def rollback(
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Go back to the index before the last rebuild or reprocess.

    What was written or withdrawn since then comes along.

    \b
    Example: dateline rollback
    """
    with plain_faults(_AS_IT_WAS), kept_interrupts():
        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        started = monotonic()
        with writing(search) as writer:
            replaced = writer.rollback()
            _follow(writer, search)
        seconds = monotonic() - started
        if as_json:
            print_json(_describe(replaced, seconds))
        else:
            typer.echo(_show(replaced, seconds))


def _reprocess(writer: Writer, search: SearchSettings, settings: IndexerSettings) -> Reprocessed:
    from indexer.progress import watch  # noqa: PLC0415 - late
    from indexer.reprocessing import open_reprocess  # noqa: PLC0415 - late
    from indexer.resolving import find_knowledge  # noqa: PLC0415 - late
    from indexer.sources import Tally  # noqa: PLC0415 - late

    total = writer.status().originals
    say(f"reprocessing {total:,} originals of the archive {search.index}; searches go on")
    tally = Tally()
    watcher = watch(tally, total, sys.stderr)

    def tell(_outcome: object) -> None:
        tally.bytes_read += 1  # the share that is done counts articles here, not bytes
        watcher.advance()

    try:
        return open_reprocess(settings, tell, find_knowledge(writer)).run(writer)
    finally:
        watcher.close()


def _follow(writer: Writer, search: SearchSettings) -> None:
    """This data folder's ledger, if there is one, says what the archive says now."""
    from indexer.following import follow  # noqa: PLC0415 - late
    from indexer.ledger import find_ledger  # noqa: PLC0415 - late

    with find_ledger(search) or nullcontext() as ledger:
        changed = follow(writer, ledger) if ledger else 0
    if changed:
        say(f"settled anew in the ledger: {changed:,}")


def _tell(done: Reprocessed, *, as_json: bool) -> None:
    from indexer.showing import describe_made, show_refusals  # noqa: PLC0415 - late

    if as_json:
        facts = {
            "counts": dict(done.counts),
            "refusals": dict(done.refusals),
            "lost": [describe_made(outcome, None) for outcome in done.lost],
            "gained": done.gained,
        }
        print_json({**facts, **_describe(done.replaced, done.seconds)})
        return
    if done.lost:
        say(f"were indexed and are refused now: {len(done.lost):,}; the index before holds them")
    for line in show_refusals(done.lost):
        say(line)
    typer.echo(_show_counts(done))
    typer.echo(_show(done.replaced, done.seconds))


def _show_counts(done: Reprocessed) -> str:
    total = sum(done.counts.values())
    counts = ", ".join(f"{count:,} {kind}" for kind, count in sorted(done.counts.items()))
    rate = total / max(done.seconds, 1e-3)
    gained = f"; refused before and indexed now: {done.gained:,}" if done.gained else ""
    return f"{total:,} originals ({rate:.1f}/s): {counts or 'none'}{gained}"


def _describe(replaced: Replaced, seconds: float) -> dict[str, Any]:
    return {**asdict(replaced), "seconds": round(seconds, 2)}


def _show(replaced: Replaced, seconds: float) -> str:
    """What is in force now: "articles-2 is in force in place of articles-1: 403 documents …"."""
    from indexer.progress import describe_seconds  # noqa: PLC0415 - late

    originals = f", {replaced.originals:,} originals" if replaced.originals else ""
    return (
        f"{replaced.after} is in force in place of {replaced.before}: "
        f"{replaced.documents:,} documents{originals}, of these written or withdrawn meanwhile "
        f"{replaced.carried:,}; {describe_seconds(seconds)}"
    )


def _flags(search: SearchSettings, url: str | None, index: str | None, config: Path | None) -> str:
    """The flags that name the same archive again, without a password."""
    flags = {
        "--elasticsearch-url": ",".join(search.hosts) if url else None,
        "--index": index,
        "--config": str(config) if config else None,
    }
    return "".join(f" {name} {quote(value)}" for name, value in flags.items() if value)
