"""The API as a process of its own, and callers who keep asking it."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import httpx
import servers
from faults import quick

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from faults.archives import Place

PATIENCE = 60.0
"""Seconds that a service may take to answer for the first time."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that answers: its address and its process."""

    url: str
    process: subprocess.Popen[str]

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=PATIENCE, trust_env=False)


@contextmanager
def serving(place: Place, **env: str) -> Iterator[Service]:
    """The API over an archive; ended at the end of the block, if it has not ended."""
    port = servers.free_port()
    # what it logs is read by nobody meanwhile: the pipe must hold it
    command = ["serve", "--port", str(port)]
    with quick.start(*command, env={**place.env, **env}) as process:
        drain = threading.Thread(target=process.communicate)
        try:
            drain.start()
            service = Service(f"http://127.0.0.1:{port}", process)
            _wait(service)
            yield service
        finally:
            process.terminate()
            drain.join(PATIENCE)


def _wait(service: Service) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        assert service.process.poll() is None, "the service ended at once"
        try:
            service.get("/health")
        except httpx.TransportError:
            assert time.monotonic() < end, "the service does not answer"
            time.sleep(0.05)
        else:
            return


@dataclass(frozen=True, slots=True)
class Answer:
    """What one caller got: a status (0: no answer at all), what was wrong, after how long."""

    status: int
    wrong: str
    seconds: float


@dataclass(slots=True)
class Callers:
    """So many callers who ask for the same path again and again inside the block."""

    url: str
    count: int = 4
    pause: float = 0.0
    answers: list[Answer] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=self._ask) for _ in range(self.count)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def failed(self) -> list[Answer]:
        """Those that were not answered in full."""
        return [answer for answer in self.answers if answer.wrong]

    @property
    def slowest(self) -> float:
        """Seconds."""
        return max(answer.seconds for answer in self.answers)

    def wait_for(self, more: int) -> None:
        """Return once so many more answers are there."""
        wanted, end = len(self.answers) + more, time.monotonic() + PATIENCE
        while len(self.answers) < wanted:
            assert time.monotonic() < end, "nobody is answered"
            time.sleep(0.02)

    def _ask(self) -> None:
        with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
            while not self._over.wait(self.pause):
                began = time.monotonic()
                status, wrong = _read(client, self.url)
                self.answers.append(Answer(status, wrong, time.monotonic() - began))


def _read(client: httpx.Client, url: str) -> tuple[int, str]:
    try:
        answer = client.get(url)
    except httpx.TransportError as error:
        return 0, f"{type(error).__name__}: {error}"
    if answer.status_code != httpx.codes.OK:
        return answer.status_code, answer.text
    body: Any = answer.json()
    return answer.status_code, "incomplete" if body["incomplete"] else ""
