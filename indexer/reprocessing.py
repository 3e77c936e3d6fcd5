"""Stored originals → documents as today's cleaning and language processing make them.

Ids stay, and so does the time of receipt; `indexed_at` is when the new document was made. What was
withdrawn is carried along as it is, what was refused is tried again.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from dateline.documents import Outcome
from indexer.building import Identity
from indexer.identity import find_id, find_refused_id, hash_content
from indexer.ingest import BATCH, BATCH_CHARACTERS, GROUP_BYTES, WRITTEN, group_by_size
from indexer.knowledge.values import NOTHING_KNOWN
from indexer.pipeline import Job, Made, Rules, refuse_unread, weigh
from indexer.pool import open_pool
from indexer.sources import Refusal
from indexer.sources.again import read_again
from indexer.versions import pipeline_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.documents import Original, RawArticle
    from dateline.search.base import Replacement, Writer
    from dateline.search.results import Replaced, Written
    from indexer.knowledge.values import Knowledge
    from indexer.pool import Maker
    from indexer.settings import IndexerSettings

REFUSED = frozenset({"unusable", "rejected"})


@dataclass(frozen=True, slots=True)
class Remade:
    """An original as it lies in the archive, and what became of it now.

    `made.original` has another id than `before` only where a refused copy, kept under an id of its
    place, turned out to be an article.
    """

    before: Original
    made: Made


def remake(originals: Iterable[Original], maker: Maker, pipeline: str) -> Iterator[Remade]:
    """Make originals anew, one answer for each, a few batches under way; the maker stays open."""
    run = _Remaking(pipeline)
    for batch in maker.make(run.iter_batches(originals)):
        yield from run.take_settled()
        befores = run.under_way.popleft()
        yield from (_stay(*each) for each in zip(befores, batch, strict=True))
    yield from run.take_settled()


@dataclass(slots=True)
class _Remaking:
    """The batches that the maker has, and what needed no making."""

    pipeline: str
    under_way: deque[list[Original]] = field(default_factory=deque)
    settled: list[Remade] = field(default_factory=list)

    def iter_batches(self, originals: Iterable[Original]) -> Iterator[list[Job]]:
        pairs = self._iter_readable(originals)
        for group in group_by_size(pairs, BATCH, BATCH_CHARACTERS, lambda pair: weigh(pair[1])):
            self.under_way.append([before for before, _job in group])
            yield [job for _before, job in group]

    def _iter_readable(self, originals: Iterable[Original]) -> Iterator[tuple[Original, Job]]:
        for before in originals:
            if before.outcome == "withdrawn":
                self.settled.append(Remade(before, Made(before)))
                continue
            article = read_again(before)
            if isinstance(article, Refusal):
                refused = refuse_unread(article, self.pipeline, before.received_at)
                self.settled.append(_stay(before, refused))
            else:
                yield before, Job(article, self._identify(before, article))

    def _identify(self, before: Original, article: RawArticle) -> Identity:
        """Who the article was; one that was kept as refused may be told by itself only now."""
        place = find_refused_id(before.location, before.content)
        return Identity(
            id=find_id(article) if before.id == place else before.id,
            content_hash=hash_content(article.original, article.options),
            pipeline=self.pipeline,
            received_at=before.received_at,
            made_at=datetime.now(UTC),
        )

    def take_settled(self) -> list[Remade]:
        taken, self.settled = self.settled, []
        return taken


def _stay(before: Original, made: Made) -> Remade:
    """What is refused stays under the id that it has."""
    if made.document is None:
        made = replace(made, original=replace(made.original, id=before.id))
    return Remade(before, made)


@dataclass(frozen=True, slots=True)
class Reprocessed:
    """What a reprocessing did: originals per outcome, refusals per "outcome:code".

    `lost` are articles that were indexed and are refused now; `gained` counts those that were
    refused and are indexed now.
    """

    replaced: Replaced
    counts: Mapping[str, int]
    refusals: Mapping[str, int]
    lost: tuple[Outcome, ...]
    gained: int
    seconds: float


@dataclass(slots=True)
class Reprocess:
    """One run: all originals of an archive into new indices, put in force at one stroke.

    `tell` hears of every original.
    """

    maker: Maker
    pipeline: str
    tell: Callable[[Outcome], None]
    _counts: Counter[str] = field(default_factory=Counter)
    _refusals: Counter[str] = field(default_factory=Counter)
    _lost: list[Outcome] = field(default_factory=list)
    _gained: int = 0
    _accepted: int = 0
    _found: set[str] = field(default_factory=set)

    def run(self, writer: Writer) -> Reprocessed:
        """Reprocess the archive of `writer`.

        Raises EngineError; then, and when it is interrupted, the archive is as it was.
        """
        started = monotonic()
        try:
            with writer.replace(originals=True) as new:
                remade = remake(writer.iter_originals(), self.maker, self.pipeline)
                for group in group_by_size(remade, WRITTEN, GROUP_BYTES, _size):
                    self._write(self._beside_their_own(group, writer), new)
                self._take_along(writer, new)
                replaced = new.put_in_force(expected=self._accepted)
        finally:
            self.maker.close()
        return Reprocessed(
            replaced=replaced,
            counts=dict(self._counts),
            refusals=dict(self._refusals),
            lost=tuple(self._lost),
            gained=self._gained,
            seconds=monotonic() - started,
        )

    def _beside_their_own(self, group: Sequence[Remade], writer: Writer) -> list[Remade]:
        """A refused copy stays as it was where the article itself has its original already."""
        moved = [each.made.original.id for each in group if _is_moved(each)]
        if moved:
            self._found |= {each.id for each in writer.iter_originals(sorted(set(moved)))}
        return [self._take_id(each) if _is_moved(each) else each for each in group]

    def _take_id(self, each: Remade) -> Remade:
        if each.made.original.id in self._found:
            return Remade(each.before, Made(each.before))
        self._found.add(each.made.original.id)
        return each

    def _take_along(self, writer: Writer, new: Replacement) -> None:
        """A document without an original cannot be made anew: it stays in search as it is."""
        alone = (each.id for each in writer.iter_held() if each.original is None)
        unmade = (each for each in alone if each not in self._found)
        for ids in group_by_size(unmade, BATCH, BATCH, lambda _each: 1):
            written = new.write([], list(writer.iter_documents(ids)))
            self._accepted += sum(each.outcome == "written" for each in written)

    def _write(self, group: Sequence[Remade], new: Replacement) -> None:
        documents = [each.made.document for each in group if each.made.document]
        written = new.write([each.made.original for each in group], documents)
        answers = {answer.id: answer for answer in written}
        for each in group:
            self._count(each, answers.get(each.made.original.id))

    def _count(self, each: Remade, answer: Written | None) -> None:
        outcome = _outcome(each.made, answer)
        self._accepted += answer is not None and answer.outcome == "written"
        self._counts[outcome.kind] += 1
        if outcome.kind in REFUSED:
            self._refusals[f"{outcome.kind}:{outcome.code}"] += 1
        if each.before.outcome == "indexed" and outcome.kind != "indexed":
            self._lost.append(outcome)
        self._gained += each.before.outcome in REFUSED and outcome.kind == "indexed"
        self.tell(outcome)


def _size(each: Remade) -> int:
    return len(each.before.content)


def _is_moved(each: Remade) -> bool:
    return each.made.original.id != each.before.id


def _outcome(made: Made, answer: Written | None) -> Outcome:
    original = made.original
    if answer is not None and answer.outcome == "rejected":
        return Outcome("rejected", original.location, original.id, "engine", answer.reason)
    return Outcome(original.outcome, original.location, original.id, original.code, original.reason)


def open_reprocess(
    settings: IndexerSettings,
    tell: Callable[[Outcome], None],
    knowledge: Knowledge = NOTHING_KNOWN,
) -> Reprocess:
    """A run with worker processes as the settings ask for them; they start with the first batch.

    `knowledge` is applied to what is made.
    """
    rules = Rules(settings.max_characters, knowledge)
    return Reprocess(open_pool(settings, rules), pipeline_name(settings.entity_model), tell)
