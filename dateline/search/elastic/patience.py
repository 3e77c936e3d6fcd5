"""Asking again: after which pauses, and for how long."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dateline.errors import EngineError, EngineOverloaded, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    T = TypeVar("T")

ATTEMPTS = 10
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds; all pauses together last one minute at least and two at most."""


@dataclass(frozen=True, slots=True)
class Patience:
    """`sleep` takes seconds; `jitter` gives a number from 0 to 1.

    Half of a pause is certain, so that an engine which is away for a minute is outlasted; the other
    half is chance, so that many writers do not come back together.
    """

    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def wait(self, attempt: int, fault: EngineError | None = None) -> None:
        """Pause before an attempt, the second of which is 1; longer where the engine asks for it.

        A server asks with `Retry-After`, which is heeded up to the longest pause.
        """
        ceiling = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)
        asked = min(fault.retry_after, LONGEST_PAUSE) if fault else 0.0
        self.sleep(max(ceiling * (1 + self.jitter()) / 2, asked))

    def ask(self, question: Callable[[], T]) -> T:
        """Put a question that may be put twice until it is answered or all attempts are spent."""
        for attempt in range(1, ATTEMPTS):
            try:
                return question()
            except (EngineOverloaded, EngineUnavailable) as fault:
                self.wait(attempt, fault)
        return question()
