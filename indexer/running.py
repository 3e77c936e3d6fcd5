"""One ingest from paths to report: puts sources, pool, writer and watchers together."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import EngineBusy, EngineError, SettingsError
from indexer.dates import read_given_date, read_zone
from indexer.entities.finder import DEFAULT_MODEL, check_there
from indexer.ingest import Ingest
from indexer.language import read_tag
from indexer.pipeline import Rules
from indexer.pool import open_pool
from indexer.progress import Watcher, watch
from indexer.resolving import find_knowledge
from indexer.showing import show_left_aside
from indexer.sources import (
    SourceOptions,
    Tally,
    check_paths,
    iter_articles,
    iter_input,
    total_size,
)
from indexer.versions import pipeline_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from dateline.documents import Outcome, RawArticle
    from dateline.search.base import Writer
    from dateline.search.results import RunReport
    from indexer.ledger import Ledger
    from indexer.pipeline import Made
    from indexer.settings import IndexerSettings
    from indexer.sources import Refusal

    Show = Callable[[Outcome, Made | None], None]

_LISTED = 10_000
"""Refused articles that a report lists; all are counted."""
_LOOK_EVERY = 0.5
"""Seconds between two looks whether another writer is done."""
_AGAIN = "what was written stays; give the same command again to go on"


@dataclass(frozen=True, slots=True)
class Input:
    """What is to be read: paths, or standard input where there are none."""

    paths: Sequence[Path]
    options: SourceOptions
    stdin: BinaryIO | None = None

    def articles(self, tally: Tally) -> Iterator[RawArticle | Refusal]:
        """Every article, once."""
        if self.stdin is not None:
            return iter_input(self.stdin, self.options)
        return iter_articles(self.paths, self.options, tally)


@dataclass(slots=True)
class Listener:
    """Hears every outcome: keeps the refused ones, moves the progress on, shows what is asked."""

    watcher: Watcher
    show: Show | None = None
    refused: list[Outcome] = field(default_factory=list)

    def hear(self, outcome: Outcome, made: Made | None) -> None:
        """Take note of one article."""
        if outcome.kind in {"unusable", "rejected"} and len(self.refused) < _LISTED:
            self.refused.append(outcome)
        if self.show:
            self.show(outcome, made)
        self.watcher.advance()


def read_options(
    source: str | None, date: str | None, language: str | None, time_zone: str
) -> SourceOptions:
    """The given options as values. Raises SettingsError for what is no date, language or zone."""
    if language and read_tag(language) is None:
        raise SettingsError(
            f"“{language}” is no language", hint="write its ISO 639 code, such as en"
        )
    published = read_given_date(date or "", read_zone(time_zone))
    return SourceOptions(source or None, published, language or None, time_zone)


def run_ingest(
    given: Input,
    settings: IndexerSettings,
    writer: Writer | None,
    show: Show | None = None,
    ledger: Ledger | None = None,
) -> tuple[RunReport, list[Outcome]]:
    """Ingest; the report and the refused articles. Without a writer nothing is stored.

    With a ledger every article is accepted there first; what a killed run left pending is done
    by the same call again. Raises SourceError for a path that does not exist, SettingsError for an
    entity model that does not, both before anything is accepted; EngineError when the engine gives
    out.
    """
    check_paths(given.paths)
    check_there(settings.entity_model or DEFAULT_MODEL)
    if writer is not None:
        take_turn(writer)
    tally = Tally()
    listener = Listener(watch(tally, total_size(given.paths), sys.stderr), show)
    pipeline = pipeline_name(settings.entity_model)
    pool = open_pool(settings, Rules(settings.max_characters, find_knowledge(writer)))
    try:
        with ledger.begin(pipeline) if ledger else nullcontext() as account:
            ingest = Ingest(pool, writer, pipeline, listener.hear, account)
            report = ingest.run(given.articles(tally))
    except EngineError as error:
        error.hint = _say_again(error.hint)
        raise
    finally:
        listener.watcher.close()
    for line in show_left_aside(tally.left_aside):
        sys.stderr.write(f"{line}\n")
    return report, listener.refused


def take_turn(writer: Writer, sleep: Callable[[float], None] = time.sleep) -> None:
    """Prepare the archive; where another program is its one writer, wait for it and say so once.

    Raises EngineError as `Writer.prepare` does, for any other reason.
    """
    said = False
    while True:
        try:
            writer.prepare()
        except EngineBusy as busy:
            if not said:
                sys.stderr.write(f"dateline: waiting: {busy.message}; Ctrl-C ends the wait\n")
                sys.stderr.flush()
            said = True
            sleep(_LOOK_EVERY)
        else:
            return


def _say_again(hint: str) -> str:
    if "the same" in hint:
        return hint
    return f"{hint}; {_AGAIN}" if hint else _AGAIN
