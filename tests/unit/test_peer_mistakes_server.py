"""Mistakes of peers that only a real Elasticsearch shows, by its own counters and its absence."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
import servers
from contract.archive import question
from contract.documents import make_document, with_originals
from elastic_transport import Urllib3HttpNode
from elasticsearch import Elasticsearch
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from dateline.search.elastic.client import connect_reader, connect_writer
from dateline.search.elastic.reader import ElasticReader
from dateline.search.elastic.writer import ElasticWriter
from dateline.search.settings import SearchSettings
from mappings import load_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 60
MOST_STEPS = 40
"""More requests than preparing an archive takes."""


@pytest.fixture
def settings(elasticsearch_url: str, index_prefix: str) -> SearchSettings:
    return settings_of(elasticsearch_url, index_prefix)


def settings_of(url: str, index: str, **given: Any) -> SearchSettings:
    return SearchSettings.model_validate(
        {"elasticsearch_url": url, "index": index, "search_timeout": 30, **given}
    )


def fill(settings: SearchSettings, count: int = COUNT) -> None:
    writer = ElasticWriter(settings)
    writer.prepare()
    documents = [
        make_document(
            f"n{number}", f"Tide {number}", "Salt.", people=[f"Ann {number}"], day="2024-03-05"
        )
        for number in range(count)
    ]
    writer.write(*with_originals(documents))
    writer.refresh()
    writer.close()


def served(settings: SearchSettings, reader: ElasticReader | None = None) -> TestClient:
    return TestClient(create_app(ApiSettings(), reader, search_settings=settings))


def total(client: TestClient) -> int:
    answer = client.get("/v1/search?page_size=0")
    assert answer.status_code == 200, answer.text
    return int(answer.json()["total"]["value"])


def requests_seen(url: str, caller: str) -> int:
    """How many requests the server has had from the connections that bear this name."""
    nodes = servers.ask(f"{url}/_nodes/stats/http")["nodes"].values()
    clients = [each for node in nodes for each in node["http"]["clients"]]
    return sum(each["request_count"] for each in clients if each.get("x_opaque_id") == caller)


def test_a_page_is_one_request_by_the_servers_own_count(
    elasticsearch_url: str, settings: SearchSettings
) -> None:
    fill(settings)
    caller = f"page-{uuid.uuid4().hex}"
    reader = ElasticReader(settings, client=connect_reader(settings, opaque_id=caller))
    every = "facet=person,place,organisation,country,source,author,language&interval=day"
    with served(settings, reader) as client:
        for number, path in enumerate(
            (
                f"/v1/search?q=salt&{every}&page_size=10",
                f"/v1/search?q=salt&{every}&page_size=60",
                f"/v1/search?sort=newest&{every}",
                "/v1/people?q=ann",
                "/v1/suggest?q=ann",
            ),
            start=1,
        ):
            assert client.get(path).status_code == 200
            assert requests_seen(elasticsearch_url, caller) == number, path
        client.portal.call(reader.close)  # type: ignore[union-attr] # it is open in this block


def test_abandoned_walks_leave_nothing_open_on_the_server(
    elasticsearch_url: str, settings: SearchSettings
) -> None:
    """600 walks are begun and none is ended; the 601st goes to its end."""
    fill(settings)

    async def walk() -> int:
        reader = ElasticReader(settings)
        for _ in range(300):
            await anext(reader.scan(question()))
            await anext(reader.scan_originals())
        whole = [each async for each in reader.scan(question())]
        await reader.close()
        return len(whole)

    assert asyncio.run(walk()) == COUNT
    for index in (settings.index, settings.originals):
        stats = servers.ask(f"{elasticsearch_url}/{index}/_stats/search")
        kept = stats["_all"]["total"]["search"]
        assert (kept["open_contexts"], kept["scroll_total"]) == (0, 0)


class Relay:
    """A port before the server that can be taken away and put back."""

    def __init__(self, target: str) -> None:
        host, _, port = target.rpartition("/")[2].partition(":")
        self._target = (host, int(port))
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])

    def up(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def down(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        while self._open:
            end = self._open.pop()
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            self._open += [caller, server]
            for ends in ((caller, server), (server, caller)):
                threading.Thread(target=pump, args=ends, daemon=True).start()


def pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while chunk := source.recv(65_536):
            sink.sendall(chunk)
    except OSError:
        return


@pytest.fixture
def relay(elasticsearch_url: str) -> Iterator[Relay]:
    relay = Relay(elasticsearch_url)
    yield relay
    relay.down()


def wait_until_ready(client: TestClient) -> None:
    """The service finds its engine again by itself; half a minute is more than it may take."""
    for _ in range(300):
        if client.get("/ready").status_code == 200:
            return
        time.sleep(0.1)
    pytest.fail(f"it does not come back by itself: {client.get('/ready').text}")


def test_a_service_that_starts_before_its_engine_finds_it_and_finds_it_again(
    settings: SearchSettings, relay: Relay
) -> None:
    fill(settings)
    away = settings_of(f"http://127.0.0.1:{relay.port}", settings.index, search_timeout=5)
    with served(away) as client:
        for _ in range(2):
            assert_away(client)
            relay.up()
            wait_until_ready(client)
            assert total(client) == COUNT
            relay.down()
        assert_away(client)


def assert_away(client: TestClient) -> None:
    assert client.get("/health").status_code == 200
    for path in ("/ready", "/v1/search", "/v1/people", "/v1/articles/n1", "/v1/status"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
        assert answer.headers["retry-after"]


def test_an_engine_that_is_still_starting_is_a_503_with_the_reason() -> None:
    """Elasticsearch answers 503 to everything until it has a master."""
    body = b'{"error":{"type":"master_not_discovered_exception","reason":null},"status":503}'
    head = (
        b"HTTP/1.1 503 Service Unavailable\r\nX-elastic-product: Elasticsearch\r\n"
        b"content-type: application/vnd.elasticsearch+json;compatible-with=9\r\n"
        b"connection: close\r\ncontent-length: %d\r\n\r\n" % len(body)
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answering = threading.Thread(target=answer_all, args=(listener, head + body), daemon=True)
        answering.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with served(settings_of(url, "articles", search_timeout=5)) as client:
            assert_away(client)
        listener.shutdown(socket.SHUT_RDWR)


def answer_all(listener: socket.socket, answer: bytes) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        with caller:
            caller.recv(65_536)
            caller.sendall(answer)


def test_a_read_only_archive_is_searched_and_a_refused_write_is_no_fault_of_ours(
    elasticsearch_url: str, settings: SearchSettings
) -> None:
    from typer.testing import CliRunner  # noqa: PLC0415 - one test asks the command line

    from dateline import cli  # noqa: PLC0415 - likewise

    fill(settings)
    with Elasticsearch(elasticsearch_url) as bare, served(settings) as client:
        for index in (settings.index, settings.originals):
            bare.indices.put_settings(index=index, settings={"index.blocks.write": True})
        given = ["--elasticsearch-url", elasticsearch_url, "--index", settings.index]
        refused = CliRunner().invoke(cli.app, ["withdraw", "n1", "--reason", "why", *given])
        assert refused.exit_code == 4
        assert "disk space" in refused.stderr
        assert total(client) == COUNT
        assert client.get("/ready").status_code == 200


def test_a_new_index_behind_the_alias_is_seen_without_a_restart(
    elasticsearch_url: str, settings: SearchSettings
) -> None:
    fill(settings)
    with Elasticsearch(elasticsearch_url) as bare, served(settings) as client:
        assert total(client) == COUNT
        old = next(iter(bare.indices.get_alias(name=settings.index)))
        new = f"{settings.index}-v1-second"
        bare.indices.create(index=new, **load_mapping("articles.v1"))
        bare.reindex(
            source={"index": old, "query": {"term": {"id": "n1"}}},
            dest={"index": new},
            refresh=True,
        )
        bare.indices.update_aliases(
            actions=[
                {"remove": {"index": old, "alias": settings.index, "must_exist": True}},
                {"add": {"index": new, "alias": settings.index}},
            ]
        )
        assert total(client) == 1
        assert client.get("/v1/articles/n1").status_code == 200
        assert client.get("/v1/articles/n2").status_code == 404


class Killed(BaseException):
    """The process is gone: nothing of ours runs on."""


class DyingNode(Urllib3HttpNode):
    """Lets so many requests reach the server, then the process dies."""

    left: ClassVar[int] = 0

    def perform_request(self, *request: Any, **given: Any) -> Any:
        if DyingNode.left == 0:
            raise Killed
        DyingNode.left -= 1
        return super().perform_request(*request, **given)


def test_a_first_start_killed_after_any_request_can_be_repeated(elasticsearch_url: str) -> None:
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    try:
        steps = next(
            step for step in range(MOST_STEPS) if not dies_after(step, elasticsearch_url, prefix)
        )
        assert steps >= 3
    finally:
        servers.delete_indices(elasticsearch_url, prefix)


def dies_after(step: int, url: str, prefix: str) -> bool:
    """Whether preparing dies after so many requests; then it is done again and all is well."""
    settings = settings_of(url, f"{prefix}-{step}")
    DyingNode.left = step
    dying = ElasticWriter(settings, client=connect_writer(settings, node_class=DyingNode))
    try:
        dying.prepare()
    except Killed:
        fill(settings, 3)
        for alias in (settings.index, settings.originals):
            assert len(servers.ask(f"{url}/_alias/{alias}")) == 1
        with served(settings) as client:
            assert total(client) == 3
        return True
    finally:
        dying.close()
    return False
