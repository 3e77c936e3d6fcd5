"""Worker processes that make documents of batches, in order, and outlive what kills a worker.

Spawned, not forked: a forked child inherits locks and the engine's connections. A worker that dies,
or does not come back in time, takes its batch along; the batches under way are then made again one
article at a time, and an article that kills a second worker is refused.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Protocol

from dateline.errors import DatelineError
from indexer.building import Fate
from indexer.pipeline import Job, Made, Rules, make_batch, refuse
from indexer.settings import IndexerSettings, use_one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from indexer.pipeline import EntityFinder

AHEAD = 2
"""Batches waiting per worker: one at work, one ready, so that no core waits for the parent."""
_FRUITLESS = 3
"""So many workers may die one after the other before any article was made: then it is not them."""


class Maker(Protocol):
    """Makes documents of batches; the seam between an ingest and its processes."""

    def make(self, batches: Iterable[Sequence[Job]]) -> Iterator[list[Made]]:
        """One answer per batch, in order."""

    def close(self) -> None:
        """End the workers."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker is told. `open_finder` must be a module's own function."""

    rules: Rules
    deadline: float
    open_finder: Callable[[], EntityFinder]


@dataclass(slots=True)
class _Worker:
    """What one worker process keeps: its plan, and its entity model once it is loaded."""

    plan: Plan
    finder: EntityFinder | None = None

    def make(self, jobs: Sequence[Job]) -> list[Made]:
        self.finder = self.finder or open_settled(self.plan.open_finder)
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device, not a path of ours
            faulthandler.dump_traceback_later(self.plan.deadline, exit=True, file=nowhere)
            try:
                return make_batch(jobs, self.plan.rules, self.finder)
            finally:
                faulthandler.cancel_dump_traceback_later()


def open_settled(open_finder: Callable[[], EntityFinder]) -> EntityFinder:
    """The finder, and nothing that is there by now is looked through for garbage again.

    With model and tables, 100,000 objects, a full collection takes 60 ms, and many an article one.
    """
    finder = open_finder()
    gc.collect()
    gc.freeze()
    return finder


_worker: list[_Worker] = []


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes begun here never hear an interrupt from the keyboard: it is the parent's business.

    Blocked signals are inherited, so not even their first imports can be interrupted. The parent's
    own interrupt waits until the block is left: one that was ignored meanwhile would be lost.
    """
    resource_tracker.ensure_running()  # its start would lift the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _later():
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _later() -> Iterator[None]:
    """An interrupt that another thread hears meanwhile comes again afterwards."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _start_worker(plan: Plan) -> None:
    """Prepare a worker process."""
    use_one_thread()
    _worker[:] = [_Worker(plan)]


def _make_in_worker(jobs: Sequence[Job]) -> list[Made]:
    return _worker[0].make(jobs)


@dataclass(slots=True)
class WorkerPool:
    """`workers` processes that share the batches."""

    workers: int
    plan: Plan
    _executor: ProcessPoolExecutor | None = None
    _ahead: deque[tuple[Sequence[Job], Future[list[Made]]]] = field(default_factory=deque)
    _deaths: int = 0
    _fruitful: bool = False

    def make(self, batches: Iterable[Sequence[Job]]) -> Iterator[list[Made]]:
        """Make documents of batches, as many under way as keep every worker busy.

        Raises DatelineError when the workers cannot work at all (no model, no memory).
        """
        for jobs in batches:
            self._ahead.append((jobs, self._submit(jobs)))
            while len(self._ahead) >= self.workers * AHEAD:
                yield self._next()
        while self._ahead:
            yield self._next()

    def close(self) -> None:
        """End the workers without waiting for what they have begun."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _submit(self, jobs: Sequence[Job]) -> Future[list[Made]]:
        try:
            with _deaf_children():
                return self._open().submit(_make_in_worker, jobs)
        except BrokenProcessPool:
            self._begin_anew()
            with _deaf_children():
                return self._open().submit(_make_in_worker, jobs)

    def _open(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self.workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start_worker,
                initargs=(self.plan,),
            )
        return self._executor

    def _next(self) -> list[Made]:
        jobs, future = self._ahead.popleft()
        try:
            made = future.result()
        except BrokenProcessPool:
            return self._make_one_by_one(jobs)
        self._fruitful = True
        return made

    def _make_one_by_one(self, jobs: Sequence[Job]) -> list[Made]:
        """Make a batch again with nothing else under way, so that the culprit is found."""
        self._begin_anew()
        made = [self._make_alone(job) for job in jobs]
        self._resubmit()
        return made

    def _make_alone(self, job: Job) -> Made:
        try:
            made = self._submit([job]).result()[0]
        except BrokenProcessPool:
            self._begin_anew()
            self._count_death()
            reason = "it ended a worker process, or took longer than the deadline, twice"
            return refuse(job, Fate("rejected", "crashed", reason))
        self._fruitful = True
        return made

    def _count_death(self) -> None:
        self._deaths += 1
        if self._deaths >= _FRUITLESS and not self._fruitful:
            raise DatelineError(
                "worker processes end before they have made anything",
                hint="free some memory or give fewer --workers",
            )

    def _begin_anew(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _resubmit(self) -> None:
        """The batches behind the one that broke: each again, unless it was finished in time."""
        for index, (jobs, future) in enumerate(self._ahead):
            if future.cancelled() or future.exception() is not None:
                self._ahead[index] = (jobs, self._submit(jobs))


def open_pool(settings: IndexerSettings, rules: Rules) -> WorkerPool:
    """A pool as the settings ask for it; the processes start with the first batch."""
    return WorkerPool(
        settings.workers, Plan(rules, settings.article_deadline, _Opening(settings.entity_model))
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    """Opens the entity model by its name, inside the worker."""

    model: str | None

    def __call__(self) -> EntityFinder:
        from indexer.entities.finder import DEFAULT_MODEL, open_finder  # noqa: PLC0415 - loads spaCy

        return open_finder(self.model or DEFAULT_MODEL)
