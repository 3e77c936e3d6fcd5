"""`resolve`: what the archive knows is learned anew, and the documents it changes are rewritten.

Every document is held against what is known, whoever wrote it and whatever was known then; so the
order of ingests is of no account, nor how often a resolve was killed before.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dateline.errors import EngineBusy
from indexer.ingest import group_by_size
from indexer.knowledge.applying import find_dropped, has_its_lines, rename_document
from indexer.knowledge.learning import learn
from indexer.knowledge.naming import find_unmet
from indexer.knowledge.values import (
    NOTHING_KNOWN,
    Knowledge,
    read_facts,
    read_knowledge,
    store_knowledge,
)
from indexer.pipeline import Rules
from indexer.pool import open_pool
from indexer.reprocessing import remake
from indexer.versions import pipeline_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dateline.documents import ArticleDocument
    from dateline.search.base import Writer
    from dateline.search.results import Written
    from indexer.knowledge.decisions import Decision, Decisions
    from indexer.knowledge.values import Facts
    from indexer.pool import Maker
    from indexer.settings import IndexerSettings

RECORD = "knowledge"
"""Where the archive keeps what it knows."""
TASK = "resolve"
_CHUNK = 100
_PATIENCE = 600.0
"""Seconds for which an ingest waits for another one's resolve."""
_LOOK_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Resolved:
    """What one resolve did.

    `articles` showed evidence, `mute` are indexed and show none (an older version made them).
    `rewritten` counts documents, `remade` those of them that were made again for their lines;
    `left` were to be made again and were not: another pipeline made them, or they changed since.
    `dropped`: per source, how many lines its documents are without. Of the decisions about names
    `unmet` are those whose name no article says; so many are `new` since the last resolve, or gone.
    """

    knowledge: Knowledge
    articles: int
    mute: int
    rewritten: int
    remade: int
    left: int
    dropped: Mapping[str, int]
    seconds: float
    unmet: tuple[Decision, ...] = ()
    new: int = 0
    gone: int = 0


def find_knowledge(writer: Writer | None) -> Knowledge:
    """What the archive knows now; nothing before its first resolve."""
    stored = writer.read_record(RECORD) if writer else None
    return read_knowledge(stored["snapshot"]) if stored else NOTHING_KNOWN


def resolve(
    writer: Writer, settings: IndexerSettings, decisions: Decisions | None = None
) -> Resolved:
    """Resolve once; nothing is rewritten that is as it should be.

    `decisions` about names take the place of those that the archive has; None leaves these. Raises
    EngineBusy while another one is at it, EngineError.
    """
    with writer.hold(TASK):
        return _Resolve(writer, settings, decisions).run()


def resolve_in_turn(
    writer: Writer,
    settings: IndexerSettings,
    say: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
    decisions: Decisions | None = None,
) -> Resolved:
    """Resolve as soon as no other one is at it; `say` hears once that it waits.

    Raises EngineBusy after ten minutes, EngineError.
    """
    patience = time.monotonic() + _PATIENCE
    said = False
    while True:
        try:
            return resolve(writer, settings, decisions)
        except EngineBusy as busy:
            if time.monotonic() > patience:
                raise
            if not said:
                say(f"waiting: {busy.message}; Ctrl-C ends the wait, the articles are in")
            said = True
            sleep(_LOOK_EVERY)


@dataclass(slots=True)
class _Resolve:
    """One run."""

    writer: Writer
    settings: IndexerSettings
    decisions: Decisions | None = None
    _knowledge: Knowledge = NOTHING_KNOWN
    _facts: dict[str, Facts] = field(default_factory=dict)
    _mute: int = 0
    _rewritten: int = 0
    _remade: int = 0
    _left: int = 0
    _dropped: Counter[str] = field(default_factory=Counter)
    _to_remake: list[str] = field(default_factory=list)

    def run(self) -> Resolved:
        """Learn, keep what is known, rewrite."""
        begun = time.monotonic()
        self._read_evidence()
        before = find_knowledge(self.writer).decisions
        decisions = before if self.decisions is None else self.decisions
        self._knowledge = learn(self._facts.values(), decisions)
        self._keep()
        changed = self._iter_changed(self.writer.iter_documents())
        for group in group_by_size(changed, _CHUNK, _CHUNK, lambda _each: 1):
            self._rewrite(group)
        self._remake_all()
        self.writer.refresh()
        return Resolved(
            knowledge=self._knowledge,
            articles=len(self._facts),
            mute=self._mute,
            rewritten=self._rewritten,
            remade=self._remade,
            left=self._left,
            dropped=dict(sorted(self._dropped.items())),
            seconds=time.monotonic() - begun,
            unmet=find_unmet(decisions, self._facts.values()),
            new=len(set(decisions.all) - set(before.all)),
            gone=len(set(before.all) - set(decisions.all)),
        )

    def _read_evidence(self) -> None:
        for evidence in self.writer.iter_evidence():
            facts = read_facts(evidence)
            if facts is not None:
                self._facts[facts.id] = facts
            elif evidence.outcome == "indexed":
                self._mute += 1

    def _keep(self) -> None:
        """Before any document: an ingest that begins meanwhile is to know it already."""
        kept = self.writer.read_record(RECORD)
        if kept is None or kept["version"] != self._knowledge.version:
            self.writer.keep_record(RECORD, describe_record(self._knowledge))

    def _iter_changed(self, documents: Iterator[ArticleDocument]) -> Iterator[ArticleDocument]:
        """The documents that are to be rewritten, as they should be; others are noted for later."""
        for document in documents:
            facts = self._facts.get(document.id)
            if facts is None:
                continue
            dropped = find_dropped(facts, self._knowledge)
            if dropped and facts.source:
                self._dropped[facts.source] += len(dropped)
            renamed = rename_document(document, facts, self._knowledge)
            if renamed is None or not has_its_lines(document, facts, dropped):
                self._to_remake.append(document.id)
            elif renamed != document:
                yield renamed

    def _rewrite(self, documents: Sequence[ArticleDocument]) -> None:
        """Write documents alone: their originals stay as they are.

        A document that was withdrawn or replaced by other bytes since it was read goes again, or is
        made of what is there now.
        """
        self._rewritten += _count_written(self.writer.write([], documents))
        ids = [document.id for document in documents]
        known = self.writer.stored(ids)
        gone = [each for each in ids if each in known and known[each].outcome != "indexed"]
        if gone:
            self.writer.delete(gone)
        self._to_remake += [each for each in ids if each not in known]

    def _remake_all(self) -> None:
        if not self._to_remake:
            return
        maker = open_pool(self.settings, Rules(self.settings.max_characters, self._knowledge))
        try:
            for start in range(0, len(self._to_remake), _CHUNK):
                self._remake(self._to_remake[start : start + _CHUNK], maker)
        finally:
            maker.close()

    def _remake(self, ids: Sequence[str], maker: Maker) -> None:
        """Make documents again; one of another pipeline waits for an ingest or a reprocessing."""
        pipeline = pipeline_name(self.settings.entity_model)
        ours = [each for each in self.writer.iter_originals(ids) if each.pipeline == pipeline]
        made = [each.made for each in remake(ours, maker, pipeline)]
        now = {each.id: each.content_hash for each in self.writer.iter_originals(ids)}
        before = {each.id: each for each in self.writer.iter_documents(ids)}
        pairs = [
            (each.original, _as_old(each.document, before.get(each.original.id)))
            for each in made
            if each.document and now.get(each.original.id) == each.original.content_hash
        ]
        answers = self.writer.write([each for each, _ in pairs], [each for _, each in pairs])
        written = _count_written(answers)
        self._rewritten += written
        self._remade += written
        self._left += len(ids) - written


def _count_written(answers: Sequence[Written]) -> int:
    return sum(answer.outcome == "written" for answer in answers)


def _as_old(document: ArticleDocument, before: ArticleDocument | None) -> ArticleDocument:
    """A document made again is in search for as long as it was: its text came then."""
    return replace(document, indexed_at=before.indexed_at) if before else document


def describe_record(knowledge: Knowledge) -> dict[str, Any]:
    """What is kept in the archive: the version, and what it stands for."""
    return {"version": knowledge.version, "snapshot": store_knowledge(knowledge)}
