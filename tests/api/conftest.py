from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_reader import FakeReader
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def client(reader: FakeReader) -> Iterator[TestClient]:
    """The whole app over the fake reader; its own faults are answered, not raised."""
    app = create_app(ApiSettings(), reader)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
