"""What the clients are told about trust; nothing connects."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import pytest
from elastic_transport import ConnectionError as ClientConnectionError
from elastic_transport import Urllib3HttpNode

from dateline.search.elastic.client import connect_reader, connect_writer
from dateline.search.elastic.handshakes import find_cause
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("connect", [connect_reader, connect_writer])
@pytest.mark.parametrize("host", ["127.0.0.1", "search.example"])
def test_a_certificate_must_be_for_the_very_host_even_for_an_address(
    connect: Callable[..., Any], host: str
) -> None:
    settings = SearchSettings.model_validate({"elasticsearch_url": f"https://{host}:9200"})
    (node,) = connect(settings).transport.node_pool.all()
    context = node.config.ssl_context
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize("connect", [connect_reader, connect_writer])
def test_an_authority_is_no_matter_where_nothing_is_encrypted(connect: Callable[..., Any]) -> None:
    authority = ssl.get_default_verify_paths().cafile
    settings = SearchSettings.model_validate(
        {"elasticsearch_url": "http://127.0.0.1:9200", "ca_certs": authority}
    )
    (node,) = connect(settings).transport.node_pool.all()
    assert node.config.ssl_context is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("certificate verify failed: certificate has expired (_ssl.c:1006)", "has expired"),
        ("certificate verify failed: certificate is not yet valid", "not valid yet"),
        ("certificate verify failed: IP address mismatch, certificate is", "another host name"),
        ("certificate verify failed: Hostname mismatch, certificate is", "another host name"),
        ("certificate verify failed: self-signed certificate in chain", "nobody we trust"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "not speak https"),
        ("[SSL: RECORD_LAYER_FAILURE] record layer failure", "not speak https"),
        ("RemoteDisconnected('Remote end closed connection')", "hung up"),
        ("BadStatusLine('220 mail.example ESMTP')", "not speak HTTP"),
    ],
)
def test_the_most_special_cause_is_told(said: str, told: str) -> None:
    cause = find_cause(said)
    assert cause is not None
    assert told in cause.message
    assert cause.hint


def test_what_we_have_no_words_for_is_left_to_the_client() -> None:
    assert find_cause("Connection refused") is None


def test_a_writer_asks_each_of_several_nodes_once_and_a_single_one_never_again() -> None:
    asked: list[int] = []

    class Gone(Urllib3HttpNode):
        def perform_request(self, *_: Any, **__: Any) -> Any:
            asked.append(self.port)
            raise ClientConnectionError("gone")

    for urls, tries in (("http://a:1", 1), ("http://a:1,http://a:2,http://a:3", 3)):
        asked.clear()
        settings = SearchSettings.model_validate({"elasticsearch_url": urls})
        with (
            connect_writer(settings, node_class=Gone) as client,
            pytest.raises(ClientConnectionError),
        ):
            client.info()
        assert sorted(asked) == list(range(1, tries + 1))
