"""A question's way to the server: the breaker's leave, a place in the gate, a deadline."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.search.elastic.client import GRACE, connect_reader
from dateline.search.elastic.errors import engine_errors
from dateline.search.gate import Breaker, Deadline, Gate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from elasticsearch import AsyncElasticsearch

    from dateline.search.settings import SearchSettings


class Access:
    """Lets questions through to the server; connects at the first one."""

    def __init__(
        self,
        settings: SearchSettings,
        client: AsyncElasticsearch | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._settings = settings
        self._given = client
        self._gate = Gate(settings.concurrency)
        self._breaker = breaker or Breaker()

    @cached_property
    def _client(self) -> AsyncElasticsearch:
        return self._given or connect_reader(self._settings)

    @property
    def _others(self) -> int:
        """Nodes beside the one that is asked first."""
        return max(0, len(self._settings.hosts) - 1)

    def deadline(self) -> Deadline:
        """When a question that is put now must be answered."""
        return Deadline(self._settings.search_timeout + GRACE)

    @asynccontextmanager
    async def enter(self, deadline: Deadline | None = None) -> AsyncIterator[AsyncElasticsearch]:
        """The client to ask with inside the block; its exceptions leave as ours."""
        async with (
            self._breaker.watch() as in_doubt,
            self._gate.enter(deadline or self.deadline()),
        ):
            with engine_errors():
                # of a server that may be away nothing is asked three times, but of several nodes
                # each once: the one that is gone says nothing of the others
                yield self._client.options(max_retries=self._others) if in_doubt else self._client

    async def close(self) -> None:
        """Let go of connections."""
        if "_client" in self.__dict__:
            await self._client.close()
