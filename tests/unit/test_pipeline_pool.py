"""Worker processes, with finders that crash, hang or do not open."""

from __future__ import annotations

import gc
import os
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from unit.test_pipeline import BODY, RULES, make_job

from dateline.documents import Entities
from dateline.errors import DatelineError, SettingsError
from indexer.pool import Plan, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.entities import EntityText
    from indexer.pipeline import EntityFinder, Made


class Hostile:
    """Ends its own process, sleeps, or tells what it never clears up, over certain words."""

    def find(self, batch: Sequence[EntityText]) -> list[Entities]:
        for each in batch:
            if "lightning" in each.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "molasses" in each.text:
                time.sleep(60)
            if "frozen" in each.text:
                return [Entities(people=(str(gc.get_freeze_count()),))]
        return [Entities(people=(str(os.getpid()),)) for _ in batch]


@dataclass(frozen=True)
class Opening:
    """How a worker gets its finder: "hostile", "refused" or "dead"."""

    how: str

    def __call__(self) -> EntityFinder:
        if self.how == "refused":
            raise SettingsError("the model is not here", hint="install it")
        if self.how == "dead":
            os._exit(9)
        return Hostile()


def open_pool(how: str = "hostile", deadline: float = 30) -> WorkerPool:
    return WorkerPool(2, Plan(RULES, deadline, Opening(how)))


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    opened = open_pool()
    yield opened
    opened.close()


def make(pool: WorkerPool, *batches: list[str]) -> list[Made]:
    jobs = [[make_job(f"{BODY} {text}.") for text in batch] for batch in batches]
    return [made for batch in pool.make(jobs) for made in batch]


def test_results_come_in_order_from_more_than_one_process(pool: WorkerPool) -> None:
    batches = [[f"Number {batch} {item}" for item in range(2)] for batch in range(12)]
    made = make(pool, *batches)
    texts = [each.document.text for each in made if each.document]
    wanted = [text for batch in batches for text in batch]
    assert [text.rsplit(". ", 1)[1].rstrip(".") for text in texts] == wanted


def test_an_article_that_kills_its_worker_is_refused_and_no_other(pool: WorkerPool) -> None:
    made = make(pool, ["a", "b"], ["c", "lightning", "d"], ["e"], ["lightning again", "f"], ["g"])
    assert [each.original.code for each in made] == [
        "",
        "",
        "",
        "crashed",
        "",
        "",
        "crashed",
        "",
        "",
    ]


def test_an_article_that_does_not_end_is_refused() -> None:
    pool = open_pool(deadline=3)
    try:
        made = make(pool, ["a", "molasses", "b"])
    finally:
        pool.close()
    assert [each.original.code for each in made] == ["", "crashed", ""]


def test_a_worker_looks_for_no_garbage_in_its_model(pool: WorkerPool) -> None:
    [made] = make(pool, ["frozen"])
    assert made.document is not None
    assert int(made.document.people[0]) > 10_000


def test_a_model_that_does_not_open_says_so() -> None:
    pool = open_pool("refused")
    with pytest.raises(SettingsError, match="install it"):
        make(pool, ["a"])
    pool.close()


def test_workers_that_die_before_any_work_end_the_run() -> None:
    pool = open_pool("dead")
    with pytest.raises(DatelineError, match="--workers"):
        make(pool, ["a", "b", "c", "d"])
    pool.close()
