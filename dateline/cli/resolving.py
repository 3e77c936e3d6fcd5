"""The command that learns what the archive as a whole knows, and what follows each ingest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from dateline import errors
from dateline.cli.faults import exit_code, kept_interrupts, plain_faults, say
from dateline.cli.options import (
    AsJson,
    Config,
    Index,
    NamesOption,
    Url,
    print_json,
    read_settings,
    taking_turn,
)

if TYPE_CHECKING:
    from dateline.search.base import Writer
    from dateline.search.settings import SearchSettings
    from indexer.knowledge.decisions import Decisions
    from indexer.settings import IndexerSettings

_AGAIN = "interrupted; what was rewritten stays, give the same command to go on"


def resolve(
    names: NamesOption = None,
    elasticsearch_url: Url = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Learn from all articles at once: names, lines, reprints.

    Spellings of one name, the lines that a source repeats, which articles are reprints of one
    another; and what the file of names says (see `dateline names review`). Rewrites the documents
    that this changes. Every ingest ends with it; a second one right after rewrites nothing.

    \b
    Example: dateline resolve --json
    """
    with plain_faults(_AGAIN), kept_interrupts():
        from indexer import resolving, showing_knowledge  # noqa: PLC0415 - late
        from indexer.settings import load_settings  # noqa: PLC0415 - late

        search = read_settings(config, elasticsearch_url=elasticsearch_url, index=index)
        settings = load_settings(names_file=names)
        decisions = _read_decisions(settings, search)
        with taking_turn(search) as writer:
            done = resolving.resolve(writer, settings, decisions)
        if as_json:
            print_json(showing_knowledge.describe_resolved(done))
        else:
            typer.echo("\n".join(showing_knowledge.show_resolved(done)))


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the resolve after an ingest did, as JSON values, and the exit code it asks for.

    `told` None: there was none.
    """

    told: dict[str, Any] | None = None
    code: int = 0


NO_AFTERMATH = Aftermath()


def resolve_after(writer: Writer, settings: IndexerSettings, search: SearchSettings) -> Aftermath:
    """Resolve after an ingest, which is no failure whatever comes of this; one line tells."""
    from indexer import resolving, showing_knowledge  # noqa: PLC0415 - late

    try:
        decisions = _read_decisions(settings, search)
        done = resolving.resolve_in_turn(writer, settings, say, decisions=decisions)
    except errors.EngineError as error:
        say(f"the articles are in, resolve was not done: {error.message}; `dateline resolve` does")
        busy = isinstance(error, errors.EngineBusy)
        return Aftermath({"fault": error.message}, 0 if busy else exit_code(error))
    except errors.DatelineError as error:
        say(f"the articles are in, resolve was not done: {error}; then `dateline resolve`")
        return Aftermath({"fault": error.message}, exit_code(error))
    say(showing_knowledge.show_resolve(done))
    return Aftermath(showing_knowledge.count_resolved(done))


def _read_decisions(settings: IndexerSettings, search: SearchSettings) -> Decisions | None:
    """What the file of names says; None where there is none: then the archive keeps its own."""
    from indexer.librarian.files import find_names_file  # noqa: PLC0415 - late

    file = find_names_file(settings.names_file, search.data_dir)
    return file.decisions if file else None
