"""Drives an ingest: articles in, unchanged ones left alone, the rest made, written and counted.

Bounded: a few batches are under way, whatever the input's size. Every article ends in exactly one
counted outcome.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from dateline.documents import Original, Outcome, RawArticle
from dateline.search.results import RunReport
from indexer.building import Identity
from indexer.identity import find_id, find_refused_id, hash_content
from indexer.pipeline import Job, Made
from indexer.sources import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.documents import OutcomeKind
    from dateline.search.base import Writer
    from dateline.search.results import Stored
    from indexer.pool import Maker

    Tell = Callable[[Outcome, Made | None], None]

Each = TypeVar("Each")
_CHECKED = 64
"""Articles whose ids are looked up with one request."""
_BATCH = 16
"""Articles that a worker takes at once: the entity model is fastest with 8 to 32."""
_BATCH_CHARACTERS = 100_000
"""The model's memory grows with the text it is given at once."""
_WRITTEN = 200
"""Documents that are handed to the writer at once."""
_BYTES = 4 * 1024 * 1024
"""Bytes of originals after which a group is closed, however few they are."""


@dataclass(slots=True)
class Ingest:
    """One run. `writer` None makes documents and writes nothing; `tell` hears every outcome."""

    maker: Maker
    writer: Writer | None
    pipeline: str
    options: Mapping[str, str]
    tell: Tell
    _counts: Counter[str] = field(default_factory=Counter)
    _refusals: Counter[str] = field(default_factory=Counter)
    _under_way: dict[str, str] = field(default_factory=dict)
    _archived: dict[str, str] = field(default_factory=dict)
    _waiting: dict[str, Made] = field(default_factory=dict)
    _waiting_bytes: int = 0

    def run(self, articles: Iterable[RawArticle | Refusal]) -> RunReport:
        """Ingest all articles and report; raises EngineError when the engine gives out."""
        started = datetime.now(UTC)
        try:
            for batch in self.maker.make(self._iter_batches(articles)):
                for made in batch:
                    self._keep(made)
            self._write()
        finally:
            self.maker.close()
        return self._report(started)

    def _iter_batches(self, articles: Iterable[RawArticle | Refusal]) -> Iterator[list[Job]]:
        """Settle what needs no work, batch what does."""
        for group in group_by_size(articles, _CHECKED, _BYTES, lambda each: len(each.original)):
            jobs = [job for each in self._identify(group) if (job := self._check(*each))]
            yield from group_by_size(
                jobs, _BATCH, _BATCH_CHARACTERS, lambda job: len(job.article.body.text)
            )

    def _identify(self, group: Sequence[RawArticle | Refusal]) -> list[tuple[Job, Stored | None]]:
        """The articles of a group with what the engine knows of them; refusals are settled."""
        now = datetime.now(UTC)
        jobs = []
        for article in group:
            if isinstance(article, Refusal):
                self._keep(Made(self._refused(article, now)))
            else:
                digest = hash_content(article.original, article.options_digest)
                jobs.append(Job(article, Identity(find_id(article), digest, self.pipeline, now)))
        ids = list(dict.fromkeys(job.identity.id for job in jobs))
        known = self.writer.stored(ids) if self.writer and ids else {}
        return [(job, known.get(job.identity.id)) for job in jobs]

    def _refused(self, refusal: Refusal, now: datetime) -> Original:
        return Original(
            id=find_refused_id(refusal.location, refusal.original),
            content=refusal.original,
            location=refusal.location,
            media_type=refusal.media_type,
            encoding="utf-8",
            content_hash=hash_content(refusal.original, ""),
            pipeline=self.pipeline,
            outcome=refusal.kind,
            received_at=now,
            code=refusal.code,
            reason=refusal.reason,
            options=self.options,
        )

    def _check(self, job: Job, stored: Stored | None) -> Job | None:
        """The job, unless nothing is to be done for this article."""
        who = job.identity
        before = self._under_way.get(who.id)
        if stored is not None and stored.outcome == "withdrawn":
            self._settle(job, "withdrawn")
        elif before == who.content_hash:
            self._settle(job, "unchanged", "repeated")
        elif before is None and self._archive(who, stored) == who.content_hash:
            self._archived.pop(who.id)
            self._settle(job, "unchanged")
        else:
            self._under_way[who.id] = who.content_hash
            return job
        return None

    def _archive(self, who: Identity, stored: Stored | None) -> str | None:
        """Note which copy of an article the archive holds; "" for one of another pipeline."""
        if stored is None or stored.outcome != "indexed":
            return None
        held = stored.content_hash if stored.pipeline == who.pipeline else ""
        self._archived[who.id] = held
        return held

    def _settle(self, job: Job, kind: OutcomeKind, code: str = "") -> None:
        self._tell(Outcome(kind, job.article.location, job.identity.id, code), None)

    def _tell(self, outcome: Outcome, made: Made | None) -> None:
        self._counts[outcome.kind] += 1
        if outcome.kind in {"unusable", "rejected"}:
            self._refusals[f"{outcome.kind}:{outcome.code}"] += 1
        self.tell(outcome, made)

    def _keep(self, made: Made) -> None:
        """Let a result wait for its writing; of two of one id the newer revision wins."""
        made = self._beside_indexed(made)
        before = self._waiting.get(made.original.id)
        if before is not None and _revision(before) > _revision(made):
            self._tell(_outcome(made, "unchanged", "older_copy"), made)
            return
        if before is not None:
            self._tell(_outcome(before, "unchanged", "older_copy"), before)
        self._waiting[made.original.id] = made
        self._waiting_bytes += len(made.original.content)
        if len(self._waiting) >= _WRITTEN or self._waiting_bytes >= _BYTES:
            self._write()

    def _beside_indexed(self, made: Made) -> Made:
        """A refused copy of an article that is in the archive never takes its original's place."""
        original = made.original
        waiting = self._waiting.get(original.id)
        indexed = original.id in self._archived or (waiting and waiting.document)
        if made.document is not None or not indexed:
            return made
        other = find_refused_id(original.location, original.content)
        return replace(made, original=replace(original, id=other))

    def _write(self) -> None:
        waiting, self._waiting, self._waiting_bytes = list(self._waiting.values()), {}, 0
        held = [made for made in waiting if self._holds(made)]
        for made in held:
            self._tell(_outcome(made, "unchanged"), made)
        fresh = [made for made in waiting if not self._holds(made)]
        for made, outcome in zip(fresh, self._hand_over(fresh), strict=True):
            self._tell(outcome, made)
        for made in waiting:
            self._under_way.pop(made.original.id, None)
            self._archived.pop(made.original.id, None)

    def _holds(self, made: Made) -> bool:
        """Whether the archive holds this very copy: it was only made because of another one."""
        return self._archived.get(made.original.id) == made.original.content_hash

    def _hand_over(self, waiting: Sequence[Made]) -> list[Outcome]:
        """Write, and say of each what became of it."""
        if self.writer is None or not waiting:
            return [_outcome(made) for made in waiting]
        documents = [made.document for made in waiting if made.document]
        written = self.writer.write([made.original for made in waiting], documents)
        answers = {answer.id: answer for answer in written}
        outcomes = []
        for made in waiting:
            answer = answers.get(made.original.id) if made.document else None
            if answer and answer.outcome == "rejected":
                outcome = replace(_outcome(made, "rejected", "engine"), reason=answer.reason)
            elif answer and answer.outcome == "newer_there":
                outcome = _outcome(made, "unchanged", "newer_there")
            else:
                outcome = _outcome(made)
            outcomes.append(outcome)
        return outcomes

    def _report(self, started: datetime) -> RunReport:
        report = RunReport(
            started, datetime.now(UTC), dict(self._counts), dict(self._refusals), self.pipeline
        )
        if self.writer:
            self.writer.record_run(report)
            self.writer.refresh()
        return report


def group_by_size(
    items: Iterable[Each], most: int, most_size: int, size_of: Callable[[Each], int]
) -> Iterator[list[Each]]:
    """Cut items, in order, into groups of at most `most` that end once they hold `most_size`."""
    group: list[Each] = []
    size = 0
    for item in items:
        group.append(item)
        size += size_of(item)
        if len(group) >= most or size >= most_size:
            yield group
            group, size = [], 0
    if group:
        yield group


def _revision(made: Made) -> int:
    return made.document.revision if made.document else -1


def _outcome(made: Made, kind: OutcomeKind | None = None, code: str | None = None) -> Outcome:
    original = made.original
    return Outcome(
        kind or original.outcome,
        original.location,
        original.id,
        original.code if code is None else code,
        original.reason,
    )
