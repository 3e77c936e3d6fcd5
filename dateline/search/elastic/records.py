"""What the archive keeps for itself, beside the originals, and who holds a task on it."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from elasticsearch import ConflictError, NotFoundError

from dateline.errors import EngineBusy, EngineError
from dateline.search.elastic.errors import engine_errors
from dateline.search.elastic.patience import Server
from dateline.search.storing import RECORD_KIND, format_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


_PLACE = "//record/"
"""No article's id has a slash without a colon."""
RENEWED = 4.0
"""Seconds between two signs of life of a holder."""
WATCHED = 12.0
"""Seconds without a sign after which a holder is taken for dead."""


@dataclass(frozen=True, slots=True)
class Records:
    """JSON objects under keys, in the index of originals."""

    server: Server
    originals: str

    def keep(self, key: str, body: Mapping[str, Any], **condition: Any) -> None:
        """Keep this in place of the last; the `condition` is one of the server's own."""
        stored = {
            "kind": RECORD_KIND,
            "received_at": format_date(datetime.now(UTC)),
            "report": dict(body),
        }
        # without an archive the server would make an index of the alias's name
        self.server.ask(
            lambda: self.server.client.index(
                index=self.originals,
                id=_PLACE + key,
                document=stored,
                require_alias=True,
                **condition,
            )
        )

    def find(self, key: str) -> Mapping[str, Any] | None:
        """The whole answer for a key: `_source` and the marks of its last change."""
        get = self.server.client.get
        try:
            answer = self.server.ask(lambda: get(index=self.originals, id=_PLACE + key))
        except NotFoundError as error:
            if isinstance(error.body, dict) and error.body.get("found") is False:
                return None
            raise
        found: Mapping[str, Any] = answer.body
        return found

    def read(self, key: str) -> Mapping[str, Any] | None:
        """What is kept under a key, None where nothing is."""
        found = self.find(key)
        if found is None:
            return None
        body: Mapping[str, Any] = found["_source"]["report"]
        return body

    def drop(self, key: str) -> None:
        """Keep nothing under a key any more."""
        with suppress(NotFoundError):
            delete = self.server.client.delete
            self.server.ask(lambda: delete(index=self.originals, id=_PLACE + key))

    def signing(self) -> Records:
        """The same records for signs of life: each is given once, and soon or not at all."""
        client = self.server.client.options(request_timeout=RENEWED)
        return Records(Server(client, attempts=1), self.originals)


@contextmanager
def hold(
    records: Records, task: str, *, sleep: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Be the only one at a task while the block lasts. Raises EngineBusy, naming the holder.

    Clocks of two machines are never compared: a holder gives signs of life, and one whose record
    does not change while it is watched was killed. So is a lock left that cannot be given back
    after a fault.
    """
    key, us = f"lock:{task}", _ourselves()
    with engine_errors():
        _take(records, key, us, sleep)
    try:
        with _signs_of_life(records.signing(), key, us):
            yield
    except BaseException:
        # what went wrong is to be heard now, and not hidden by a server that is away
        with suppress(EngineError):
            _release(records.signing(), key, us)
        raise
    _release(records, key, us)


@contextmanager
def _signs_of_life(records: Records, key: str, us: Mapping[str, Any]) -> Iterator[None]:
    over = threading.Event()
    renewing = threading.Thread(target=_renew, args=(records, key, us, over), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()


def _release(records: Records, key: str, us: Mapping[str, Any]) -> None:
    with engine_errors():
        if _is_ours(records.read(key), us):
            records.drop(key)


def _take(
    records: Records, key: str, us: Mapping[str, Any], sleep: Callable[[float], None]
) -> None:
    try:
        records.keep(key, us, op_type="create")
    except ConflictError:
        pass
    else:
        return
    seen = records.find(key)
    if seen is not None and _is_ours(seen["_source"]["report"], us):
        return  # kept at once, and the answer was lost
    for _ in range(round(WATCHED)):
        if seen is None:
            break
        sleep(WATCHED / round(WATCHED))
        now = records.find(key)
        if now is None or now["_source"] != seen["_source"]:
            raise _held(key, (now or seen)["_source"]["report"])
    condition = (
        {"op_type": "create"}
        if seen is None
        else {"if_seq_no": seen["_seq_no"], "if_primary_term": seen["_primary_term"]}
    )
    try:
        records.keep(key, us, **condition)
    except ConflictError:
        holder = records.read(key)
        if not _is_ours(holder, us):  # another one was faster
            raise _held(key, holder or {}) from None


def _renew(records: Records, key: str, us: Mapping[str, Any], over: threading.Event) -> None:
    signs = 0
    while not over.wait(RENEWED):
        signs += 1
        # a sign that does not get through is no end: the next one may
        with suppress(EngineError), engine_errors():
            if _is_ours(records.read(key), us):
                records.keep(key, {**us, "signs": signs})


def _is_ours(held: Mapping[str, Any] | None, us: Mapping[str, Any]) -> bool:
    return held is not None and held.get("holder") == us["holder"]


def _held(key: str, by: Mapping[str, Any]) -> EngineBusy:
    who = f"process {by.get('process')} on {by.get('machine')}, since {by.get('since')}"
    return EngineBusy(
        f"another program is at {key.removeprefix('lock:')} on this archive: {who}",
        hint="wait until it is done, or end it; a killed one is followed after a few seconds",
    )


def _ourselves() -> dict[str, Any]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "holder": uuid4().hex,
        "process": os.getpid(),
        "machine": socket.gethostname(),
        "since": since,
        "signs": 0,
    }
