"""Mistakes of peers that show without a server: parsers of engines, work per hit, the internet."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from fake_reader import FakeReader
from starlette.testclient import TestClient

from api.answers import build_search_answer
from api.app import create_app
from api.questions import HIT_FIELDS
from api.settings import ApiSettings
from dateline.errors import QueryError
from dateline.search.elastic.answers import read_hit
from dateline.search.elastic.compiler import Conditions, compile_search
from dateline.search.parsing import parse_query
from dateline.search.queries import SearchQuery
from dateline.search.results import SearchResults, Total
from dateline.search.snippets import CLOSE, OPEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CLAUSES = frozenset(
    {"bool", "constant_score", "match", "match_all", "match_bool_prefix", "match_phrase"}
    | {"range", "term", "terms"}
)
"""Clauses that take a user's words as a value; none of them reads a grammar of its own."""
HOSTILE = ("((a))", "a~9", "/(a+)+$/", "a AND (b OR -c)", 'x:"}}', "salt* rope~", '"a b"~5')
CALLS_PER_HIT = 120
"""Python functions entered for one hit with four snippets, from the engine's JSON to our answer;
82 when this was written. A microsecond holds some three of them: .05 ms would be about 150."""


def questions(root: Path) -> Iterator[str]:
    with (root / "tests" / "contract" / "questions.jsonl").open("rb") as lines:
        yield from (json.loads(line)["q"].replace("{}", "salt rope") for line in lines)
    yield from HOSTILE


def clauses_of(query: Any) -> set[str]:
    """The kinds of all clauses of a query, however deep."""
    if isinstance(query, list):
        return {kind for each in query for kind in clauses_of(each)}
    kinds = set(query)
    for kind, body in query.items():
        if kind == "bool":
            inner = ("must", "should", "must_not", "filter")
            kinds |= {k for name in inner for k in clauses_of(body.get(name, []))}
        elif kind == "constant_score":
            kinds |= clauses_of(body["filter"])
        elif kind == "dis_max":
            kinds |= clauses_of(body["queries"])
    return kinds


def test_no_question_reaches_a_query_parser_of_elasticsearch(root: Path) -> None:
    asked, met = 0, set[str]()
    for q in questions(root):
        try:
            parsed = parse_query(q)
        except QueryError:
            continue
        for match in ("all", "some"):
            asked_for = SearchQuery(parsed=parsed, sort="relevance", highlight=True)
            body = compile_search(asked_for, Conditions(match=match))
            met |= clauses_of(body["query"])
            for field in body.get("highlight", {}).get("fields", {}).values():
                met |= clauses_of(field.get("highlight_query", {}))
        asked += 1
    assert asked > 900
    assert met == CLAUSES


def test_no_module_of_the_embedded_engine_calls_its_query_parser(root: Path) -> None:
    modules = sorted((root / "dateline" / "search" / "embedded").glob("*.py"))
    called = {
        node.attr
        for module in modules
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert len(modules) > 10
    assert "term_query" in called
    assert not {"parse_query", "parse_query_lenient", "regex_query"} & called


@pytest.mark.parametrize("depth", [100, 3_000, 20_000])
@pytest.mark.parametrize("path", ["/v1/search", "/v1/facets/person"])
def test_nested_brackets_are_refused_before_the_engine_is_asked(path: str, depth: int) -> None:
    reader = FakeReader()
    with TestClient(create_app(ApiSettings(), reader)) as client:
        for q in ("(" * depth, ")" * depth, "(" * (depth // 2) + "a" + ")" * (depth // 2)):
            assert client.get(path, params={"q": q}).status_code == 422
        assert reader.asked == []
        assert client.get("/v1/search?q=storm").status_code == 200
        assert len(reader.asked) == 1


def raw_hit(number: int) -> dict[str, Any]:
    words = "Salt and rope lay on the quay when the harbour office closed for the night. "
    text = "Harbour notice\n\n" + words * 30
    source = {
        "id": f"n{number}",
        "title": "Harbour notice",
        "published_at": "2024-03-05T00:00:00.000Z",
        "date_precision": "day",
        "people": ["Ann Lee"],
        "places": ["Oslo"],
        "summary": words,
        "body_start": 16,
    }
    marked = text.replace("harbour", f"{OPEN}harbour{CLOSE}", 4)
    return {"_score": 1.0, "_source": source, "highlight": {"text": [marked]}}


def answer_page(size: int) -> None:
    query = SearchQuery(parsed=parse_query("harbour"), sort="relevance", highlight=True)
    hits = tuple(read_hit(raw_hit(number), query, "all") for number in range(size))
    results = SearchResults(hits, Total(size, "eq"))
    answer = build_search_answer(query, results, HIT_FIELDS, next_page=None)
    assert len(answer["hits"]) == size
    assert answer["hits"][0]["highlights"]


def count_calls(work: Callable[[], None]) -> int:
    calls = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def test_a_hit_more_costs_few_calls_however_many_there_are() -> None:
    answer_page(100)
    few, many, most = (count_calls(lambda size=size: answer_page(size)) for size in (10, 50, 90))
    # a finalizer may run in between and count as a call; work that grows would add many
    assert most - many <= 1.02 * (many - few)
    assert (many - few) / 40 <= CALLS_PER_HIT


GUARD = """
import os, sys
LOCAL = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "", None}
def watch(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.connect_ex"}:
        host = arguments[1]
        host = host[0] if isinstance(host, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host) not in LOCAL:
        with open(os.environ["WATCHED"], "a") as log:
            print(event, host, file=log)
        raise OSError("the internet is out of bounds")
sys.addaudithook(watch)
"""
"""What every Python process of the test runs first (`sitecustomize`): nobody leaves the machine."""
ASK = """
from starlette.testclient import TestClient
from api.app import create_app
from api.settings import ApiSettings
from dateline.summaries import SUMMARIZERS
with TestClient(create_app(ApiSettings()), "http://127.0.0.1") as client:
    hits = client.get("/v1/search?q=mine&page_size=3").json()["hits"]
    assert len(hits) == 3
    for path in ("/docs", "/openapi.json", "/health", "/ready", "/v1/status", "/v1/people"):
        assert client.get(path).status_code == 200, path
    article = "/v1/articles/" + hits[0]["id"]
    for path in (article, article + "/raw"):
        assert client.get(path).status_code == 200, path
    for name in SUMMARIZERS:
        path = article + "/summary?summarizer=" + name
        assert client.get(path).status_code == 200, path
print("asked")
"""


def run_watched(folder: Path, root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    (folder / "sitecustomize.py").write_text(GUARD)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(root)]),
        "WATCHED": str(folder / "watched"),
        "DATELINE_DATA_DIR": str(folder / "archive"),
        "DATELINE_WORKERS": "1",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_nothing_is_fetched_from_the_internet_at_start_or_at_the_first_request(
    root: Path, tmp_path: Path
) -> None:
    sample = sorted((root / "samples").glob("*.json"))[:1]
    texts = sorted((root / "samples").glob("2010-08*"))[:3]
    paths = [str(path) for path in (*sample, *texts)]
    ingested = run_watched(tmp_path, root, "-m", "dateline.cli", "ingest", *paths)
    assert ingested.returncode in {0, 3}, ingested.stderr
    asked = run_watched(tmp_path, root, "-c", ASK)
    assert asked.stdout.strip() == "asked", asked.stderr
    assert not (tmp_path / "watched").exists(), (tmp_path / "watched").read_text()


@pytest.mark.parametrize("host", ["192.0.2.1", "news.example"])
def test_the_watch_itself_notices_whoever_leaves_the_machine(
    root: Path, tmp_path: Path, host: str
) -> None:
    script = f"import socket; socket.create_connection(({host!r}, 80), timeout=1)"
    assert run_watched(tmp_path, root, "-c", script).returncode == 1
    assert host in (tmp_path / "watched").read_text()
