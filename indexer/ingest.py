"""Drives an ingest: articles in, unchanged ones left alone, the rest made, written and counted.

Bounded: a few batches are under way, whatever the input's size. Every article ends in exactly one
counted outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from dateline.documents import Outcome, RawArticle
from dateline.search.results import RunReport
from indexer.building import Identity
from indexer.copies import copy_of, copy_of_original, holds, is_kept, is_other_copy, put_beside
from indexer.identity import find_id, hash_content
from indexer.outcomes import Outcomes, is_rejected, read_answer, read_outcome, repeat_outcome
from indexer.pipeline import Job, Made, refuse_unread, weigh
from indexer.sources import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.documents import OutcomeKind
    from dateline.search.base import Writer
    from dateline.search.results import Stored, Written
    from indexer.ledger import Account, Copy
    from indexer.outcomes import Tell
    from indexer.pool import Maker

Each = TypeVar("Each")
_CHECKED = 64
"""Articles whose ids are looked up with one request."""
BATCH = 16
"""Articles that a worker takes at once: the entity model is fastest with 8 to 32."""
BATCH_CHARACTERS = 40_000
"""The model's memory grows with the text it is given at once: of the same articles a worker held
364 MB at most, and 401 MB with 100,000 (benchmarks/text.py)."""
WRITTEN = 1000
"""Documents that are handed to the writer at once: two full bulk requests, 1.4 times as fast as 200
(benchmarks/bulk.py)."""
LONGEST_WAIT = 5.0
"""Seconds after the last writing: the next result is written at once then, however few wait."""
GROUP_BYTES = 4 * 1024 * 1024
"""Bytes of originals after which a group is closed, however few they are."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A result that waits for its writing, and the id of the article it was made of."""

    id: str
    made: Made


@dataclass(slots=True)
class Ingest:
    """One run. `writer` None makes documents and writes nothing; `tell` hears every outcome.

    With an account of the ledger each article is accepted there before anything is done, and
    settled there once the engine has answered.
    """

    maker: Maker
    writer: Writer | None
    pipeline: str
    tell: Tell
    account: Account | None = None
    _outcomes: Outcomes = field(init=False)
    _under_way: dict[str, str] = field(default_factory=dict)
    _archived: dict[str, str] = field(default_factory=dict)
    _waiting: dict[str, _Ready] = field(default_factory=dict)
    _displaced: list[_Ready] = field(default_factory=list)
    _repeats: dict[tuple[str, str], list[Copy]] = field(default_factory=dict)
    _waiting_bytes: int = 0
    _written_at: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self._outcomes = Outcomes(self.account, self.tell)

    def run(self, articles: Iterable[RawArticle | Refusal]) -> RunReport:
        """Ingest all articles and report; raises EngineError when the engine gives out."""
        started, begun = datetime.now(UTC), monotonic()
        try:
            for batch in self.maker.make(self._iter_batches(articles)):
                for made in batch:
                    self._keep(made)
            self._write()
        finally:
            self.maker.close()
        # how long it took is no matter of the calendar, which somebody may set meanwhile
        return self._report(started, started + timedelta(seconds=monotonic() - begun))

    def _iter_batches(self, articles: Iterable[RawArticle | Refusal]) -> Iterator[list[Job]]:
        """Settle what needs no work, batch what does."""
        for group in group_by_size(
            articles, _CHECKED, GROUP_BYTES, lambda each: len(each.original)
        ):
            jobs = self._check_group(self._accept(group))
            self._outcomes.settle()
            yield from group_by_size(jobs, BATCH, BATCH_CHARACTERS, weigh)

    def _accept(self, group: Sequence[RawArticle | Refusal]) -> list[Job]:
        """Enter a group in the ledger; those that could not even be read are done with."""
        now = datetime.now(UTC)
        jobs, unread = [], []
        for article in group:
            if isinstance(article, Refusal):
                unread.append(refuse_unread(article, self.pipeline, now))
            else:
                digest = hash_content(article.original, article.options)
                jobs.append(Job(article, Identity(find_id(article), digest, self.pipeline, now)))
        if self.account:
            self.account.accept([*map(copy_of, jobs), *map(copy_of_original, unread)])
        for made in unread:
            self._keep(made)
        return jobs

    def _check_group(self, jobs: Sequence[Job]) -> list[Job]:
        """Those for which something is to be done, by what engine and ledger know of them."""
        ids = list(dict.fromkeys(job.identity.id for job in jobs))
        known = self.writer.stored(ids) if self.writer and ids else {}
        superseded = self._find_superseded(jobs, known)
        return [job for job in jobs if self._check(job, known.get(job.identity.id), superseded)]

    def _find_superseded(self, jobs: Sequence[Job], known: Mapping[str, Stored]) -> set[Copy]:
        if self.account is None:
            return set()
        others = [
            (copy_of(job), stored.content_hash)
            for job in jobs
            if (stored := known.get(job.identity.id)) and is_other_copy(job.identity, stored)
        ]
        return self.account.find_superseded(others) if others else set()

    def _check(self, job: Job, stored: Stored | None, superseded: set[Copy]) -> bool:
        """Whether anything is to be done for this article."""
        who, copy = job.identity, copy_of(job)
        before = self._under_way.get(who.id)
        if stored is not None and stored.outcome == "withdrawn":
            self._answer(copy, "withdrawn")
        elif before == who.content_hash:
            self._repeats.setdefault((who.id, who.content_hash), []).append(copy)
        elif before is None and holds(stored, who):
            self._answer(copy, "unchanged")
        elif before is None and copy in superseded:
            self._answer(copy, "unchanged", "superseded")
        else:
            self._begin(who, stored)
            return True
        return False

    def _answer(self, copy: Copy, kind: OutcomeKind, code: str = "") -> None:
        self._outcomes.add(Outcome(kind, copy.location, copy.id, code), copy.content_hash)

    def _begin(self, who: Identity, stored: Stored | None) -> None:
        """Remember what is under way, and whether the archive holds another copy of it."""
        self._under_way[who.id] = who.content_hash
        if stored is None:
            return
        of_today = stored.pipeline == who.pipeline
        if stored.outcome == "indexed":
            self._archived.setdefault(who.id, stored.content_hash if of_today else "")
        elif stored.content_hash != who.content_hash:
            self._archived.setdefault(who.id, "")

    def _keep(self, made: Made) -> None:
        """Let a result wait for its writing; of two of one id the newer revision wins."""
        ready = self._find_place(made)
        before = self._waiting.get(ready.made.original.id)
        if before is not None and _revision(before.made) > _revision(ready.made):
            self._displaced.append(ready)
            self._under_way[ready.id] = before.made.original.content_hash
        else:
            self._displaced += [before] if before is not None else []
            self._waiting[ready.made.original.id] = ready
            self._waiting_bytes += len(made.original.content)
        waiting = len(self._waiting) + len(self._displaced)
        late = monotonic() - self._written_at >= LONGEST_WAIT
        if waiting >= WRITTEN or self._waiting_bytes >= GROUP_BYTES or late:
            self._write()

    def _find_place(self, made: Made) -> _Ready:
        """A refused copy never takes the place of another copy's original; it is kept beside."""
        key = made.original.id
        before = self._waiting.get(key)
        if made.document is None and (before is not None or key in self._archived):
            return _Ready(key, put_beside(made))
        if before is not None and before.made.document is None:
            beside = put_beside(self._waiting.pop(key).made)
            self._waiting[beside.original.id] = _Ready(key, beside)
        return _Ready(key, made)

    def _write(self) -> None:
        """Write what waits; what became of it is settled at one stroke, copies and all."""
        self._written_at = monotonic()
        waiting, self._waiting, self._waiting_bytes = list(self._waiting.values()), {}, 0
        displaced, self._displaced = self._displaced, []
        fresh = [ready for ready in waiting if not self._is_archived(ready.made)]
        answers = self._hand_over([ready.made for ready in fresh])
        for ready in self._write_instead(displaced, answers):
            self._finish(ready, _read_displaced(ready.made))
        for ready in waiting:
            if self._is_archived(ready.made):
                self._finish(ready, read_outcome(ready.made, "unchanged"))
            else:
                self._finish(ready, read_answer(ready.made, answers))
        self._outcomes.settle()
        for ready in waiting:
            self._forget(ready)

    def _write_instead(
        self, displaced: list[_Ready], answers: Mapping[str, Written]
    ) -> list[_Ready]:
        """Where the engine refused the later copy, the one before it is written; the others."""
        while instead := {
            ready.made.original.id: ready
            for ready in sorted(displaced, key=lambda each: _revision(each.made))
            if ready.made.document and is_rejected(ready.made, answers)
        }:
            answers = self._hand_over([ready.made for ready in instead.values()])
            for ready in instead.values():
                self._finish(ready, read_answer(ready.made, answers))
            displaced = [
                each for each in displaced if instead.get(each.made.original.id) is not each
            ]
        return displaced

    def _finish(self, ready: _Ready, outcome: Outcome) -> None:
        """Note the outcome of a copy, and of those that were the same bytes again."""
        digest = ready.made.original.content_hash
        self._outcomes.add(outcome, digest, ready.made)
        for copy in self._repeats.pop((ready.id, digest), ()):
            self._outcomes.add(repeat_outcome(outcome, copy), digest)

    def _is_archived(self, made: Made) -> bool:
        """Whether the archive holds this very copy: it was only made because of another one."""
        held = self._archived.get(made.original.id)
        return made.document is not None and held == made.original.content_hash

    def _hand_over(self, fresh: Sequence[Made]) -> dict[str, Written]:
        """Write, and give the engine's answers by id; a refusal that is kept already stays."""
        if self.writer is None or not fresh:
            return {}
        refused = [made.original.id for made in fresh if made.document is None]
        kept = self.writer.stored(refused) if refused else {}
        news = [made for made in fresh if made.document or not is_kept(made, kept)]
        documents = [made.document for made in news if made.document]
        written = self.writer.write([made.original for made in news], documents) if news else []
        return {answer.id: answer for answer in written}

    def _forget(self, ready: _Ready) -> None:
        """Let go of what is known of an article, unless another copy of it is under way."""
        digest = ready.made.original.content_hash
        if self._under_way.get(ready.id, digest) == digest:
            self._under_way.pop(ready.id, None)
            self._archived.pop(ready.id, None)
        else:
            self._archived[ready.id] = digest

    def _report(self, started: datetime, ended: datetime) -> RunReport:
        counts, refusals = dict(self._outcomes.counts), dict(self._outcomes.refusals)
        report = RunReport(started, ended, counts, refusals, self.pipeline)
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


def _read_displaced(made: Made) -> Outcome:
    """An older copy; or the same refused one once more, which is refused alike."""
    return read_outcome(made, "unchanged", "older_copy") if made.document else read_outcome(made)


def _revision(made: Made) -> int:
    return made.document.revision if made.document else -1
