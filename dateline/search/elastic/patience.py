"""Asking again: what, after which pauses, and for how long."""

from __future__ import annotations

import itertools
import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from elastic_transport import TransportError
from elasticsearch import ApiError

from dateline.errors import EngineError, EngineOverloaded, EngineUnavailable
from dateline.search.elastic.errors import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from elasticsearch import Elasticsearch

    T = TypeVar("T")

ATTEMPTS = 10
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds; all pauses together last one minute at least and two at most."""


@dataclass(frozen=True, slots=True)
class Patience:
    """`sleep` takes seconds; `jitter` gives a number from 0 to 1; once it is `over` nobody waits.

    Half of a pause is certain, so that an engine which is away for a minute is outlasted; the other
    half is chance, so that many writers do not come back together.
    """

    sleep: Callable[[float], object] | None = None
    jitter: Callable[[], float] = random.random
    over: threading.Event = field(default_factory=threading.Event)

    def wait(self, attempt: int, fault: EngineError | None = None) -> None:
        """Pause before an attempt, the second of which is 1; longer where the engine asks for it.

        A server asks with `Retry-After`, which is heeded up to the longest pause.
        """
        ceiling = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)
        asked = min(fault.retry_after, LONGEST_PAUSE) if fault else 0.0
        self.pause(max(ceiling * (1 + self.jitter()) / 2, asked))

    def pause(self, seconds: float) -> None:
        """Wait so long."""
        (self.sleep or self.over.wait)(seconds)


@dataclass(slots=True)
class Server:
    """The server as the writing side asks it.

    One that never answered is asked once: it is not there, and the caller is to hear it now. One
    that did is waited for, `attempts` times.
    """

    client: Elasticsearch
    patience: Patience = field(default_factory=Patience)
    attempts: int = ATTEMPTS
    answered: bool = field(default=False, init=False)

    def ask(self, question: Callable[[], T]) -> T:
        """Put a question that may be put twice until it is answered or all attempts are spent.

        Raises what the client or the question raised last.
        """
        for attempt in itertools.count(1):
            try:
                answer = question()
            except (ApiError, TransportError, EngineError) as error:
                fault = error if isinstance(error, EngineError) else translate(error)
                last = attempt == self.attempts or not self.answered
                if last or not isinstance(fault, EngineOverloaded | EngineUnavailable):
                    raise
                self.patience.wait(attempt, fault)
            else:
                self.answered = True
                return answer
        raise AssertionError
