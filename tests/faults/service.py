"""The API as a process of its own, and callers who keep asking it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import servers
from faults.proxy import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Self

    Tell = Callable[[str, object], None]

SEARCH = "/v1/search?q=harbour&facet=person&interval=month"
_READY_WITHIN = 30.0
LONGEST = 3.5
"""Seconds after which every caller has an answer; two more for a machine with other work."""
SLACK = 2.0
HEALED_WITHIN = 8.0
"""Seconds: the engine is looked for every five."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: when it was asked for, how long it took, what came. Status 0: cut off."""

    asked: float
    seconds: float
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def is_plain_refusal(self) -> bool:
        """503 in the one shape, with the time to come again."""
        return (
            self.status == 503
            and self.headers.get("content-type") == "application/problem+json"
            and int(self.headers.get("retry-after", "0")) > 0
            and self.json()["code"] in {"engine_unavailable", "engine_overloaded"}
        )


@dataclass(frozen=True, slots=True)
class Service:
    """A running API."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(self, path: str = SEARCH) -> Told:
        """One question."""
        return asyncio.run(_ask_once(self.port, path))

    def rss(self) -> float:
        """Memory in MB."""
        told = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        (line,) = (line for line in told if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def open_files(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


@contextmanager
def serving(env: Mapping[str, str]) -> Iterator[Service]:
    """`dateline serve` with these settings, until the block ends."""
    port = servers.free_port()
    command = [sys.executable, "-m", "dateline.cli", "serve", "--port", str(port)]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **env},
    ) as process:
        service = Service(port, process)
        try:
            _wait_until_it_lives(service)
            yield service
        finally:
            process.terminate()


def _wait_until_it_lives(service: Service) -> None:
    end = time.monotonic() + _READY_WITHIN
    while time.monotonic() < end:
        with suppress(OSError):
            if service.ask("/health").status == 200:
                return
        assert service.process.poll() is None, "the service ended"
        time.sleep(0.05)
    raise AssertionError("the service does not answer")


class Callers:
    """So many callers who ask again as soon as they are answered; a context manager.

    `pause` is what each waits between two questions, in seconds.
    """

    def __init__(
        self, service: Service, number: int, paths: Sequence[str] = (SEARCH,), pause: float = 0.0
    ) -> None:
        self.told: list[Told] = []
        self._service, self._number, self._paths, self._pause = service, number, paths, pause
        self._over = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def since(self, moment: float) -> list[Told]:
        """The answers to questions after a moment of the monotonic clock."""
        return [each for each in tuple(self.told) if each.asked >= moment]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            callers = [group.create_task(self._call(each)) for each in range(self._number)]
            await asyncio.to_thread(self._over.wait)
            for each in callers:
                each.cancel()

    async def _call(self, number: int) -> None:
        path = self._paths[number % len(self._paths)]
        while True:
            reader, writer = await _connect(self._service.port)
            try:
                while (told := await _ask(reader, writer, path)).status:
                    self.told.append(told)
                    await asyncio.sleep(self._pause)
                self.told.append(told)
            finally:
                writer.close()


def check_refusals(answers: list[Told], tell: Tell) -> None:
    """Every answer is a result or a refusal in good form, none of them late."""
    assert answers
    bad = [each for each in answers if each.status != 200 and not each.is_plain_refusal()]
    assert not bad, (bad[0].status, bad[0].body)
    slowest = max(each.seconds for each in answers)
    tell("slowest answer, s", round(slowest, 2))
    tell("answers", len(answers))
    assert slowest < LONGEST + SLACK
    assert not any(SECRET.encode() in each.body for each in answers)


def wait_until_healed(service: Service, tell: Tell) -> None:
    """Searches are answered again, by the same process."""
    began = time.monotonic()
    while service.ask().status != 200:
        assert time.monotonic() - began < HEALED_WITHIN + SLACK, "it does not heal"
        time.sleep(0.1)
    tell("healed after, s", round(time.monotonic() - began, 1))
    assert service.process.poll() is None


async def _connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port)


async def _ask_once(port: int, path: str) -> Told:
    reader, writer = await _connect(port)
    try:
        return await _ask(reader, writer, path)
    finally:
        writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> Told:
    asked = time.monotonic()
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
    except (OSError, asyncio.IncompleteReadError):
        return Told(asked, time.monotonic() - asked, 0, {}, b"")
    return Told(asked, time.monotonic() - asked, int(head[0].split()[1]), headers, body)
