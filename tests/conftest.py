"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import servers
from promises import Table
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
SERVED = "http://127.0.0.1:8000"
SERVER_FIXTURES = {"elasticsearch_url", "elasticsearch_8_url", "secured_elasticsearch"}

sys.path.append(str(ROOT / "tools"))  # what the tools are made of is tested too


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The shared corpora beside the checkout; a test that needs them is skipped, aloud, without."""
    if not CORPORA.is_dir():
        pytest.skip("the shared corpora are not beside this checkout (../shared/corpora)")
    return CORPORA


@pytest.fixture(scope="session", autouse=True)
def _settings_of_nobody() -> Iterator[None]:
    """The developer's own DATELINE_ settings are out of sight of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("DATELINE_") and not name.startswith("DATELINE_TEST_"):
                patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def _tests_ask_the_loopback() -> Iterator[None]:
    """Starlette's client asks for "testserver", a host name that nobody allowed."""
    defaults = TestClient.__init__.__defaults__ or ()
    here = tuple(SERVED if each == "http://testserver" else each for each in defaults)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient.__init__, "__defaults__", here)
        yield


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A real server for the whole run: DATELINE_TEST_ELASTICSEARCH_URL, or one of the run's own."""
    named = os.environ.get("DATELINE_TEST_ELASTICSEARCH_URL")
    with servers.given(named) if named else servers.own("9.4.3") as url:
        yield url


@pytest.fixture(scope="session")
def elasticsearch_8_url() -> Iterator[str]:
    """A server of the version before; started only when a test asks."""
    with servers.own("8.19.8") as url:
        yield url


@pytest.fixture(scope="session")
def secured_elasticsearch() -> Iterator[servers.Secured]:
    """A server with https and a password; started only when a test asks."""
    with servers.secured() as server:
        yield server


@pytest.fixture
def index_prefix(elasticsearch_url: str) -> Iterator[str]:
    """A prefix for index and alias names, of this test alone; its indices go when the test ends."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield prefix
    servers.delete_indices(elasticsearch_url, prefix)


def pytest_configure(config: pytest.Config) -> None:
    """The table of promises hears every result."""
    config.pluginmanager.register(Table(ROOT), "promises")


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses by marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a server, so that `-m "not elasticsearch"` leaves it out."""
    for item in items:
        if SERVER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("elasticsearch")


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outermost: our lines come after all others
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> Generator[None, None, None]:
    """Say aloud how much of the contract each engine kept, and what was not tested at all."""
    yield
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", [])]
    for engine in ("elasticsearch", "embedded"):
        kept = sum(f"contract/test_{engine}.py" in each for each in passed)
        if kept:
            terminalreporter.line(f"contract kept by {engine}: {kept} tests")
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    wanting = [reason for reason in reasons if servers.MISSING in reason]
    if wanting:
        why = wanting[0].partition(f"{servers.MISSING}: ")[2].rstrip("')\"")
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(f"skipped for want of Elasticsearch: {len(wanting)}", red=True)
        terminalreporter.line(f"why: {why}", red=True)
