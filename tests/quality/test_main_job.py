"""The whole trip of the three real articles: command line in, HTTP answers out, on every engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import servers
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from dateline.search.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

FLEES, LEFT, SOCHI = "putin-ally-flees-belarus.txt", "putin-left-moscow.txt", "sochi-meeting.txt"
GOLDS = Path(__file__).parent / "golds"


@dataclass(frozen=True, slots=True)
class Desk:
    """An archive of the three articles, asked over HTTP; `names` are their files, by id."""

    client: TestClient
    names: dict[str, str]

    def ask(self, path: str, **parameters: Any) -> Any:
        answer = self.client.get(f"/v1/{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def found(self, **parameters: Any) -> set[str]:
        return {self.names[hit["id"]] for hit in self.ask("search", **parameters)["hits"]}


def ingest(articles: Path, settings: dict[str, str]) -> dict[str, int]:
    """Ingest as a user does; how many articles ended in each outcome."""
    command = [Path(sys.executable).with_name("dateline"), "ingest", articles, "--json"]
    done = subprocess.run(
        command, env=os.environ | settings, capture_output=True, text=True, check=True
    )
    counts: dict[str, int] = json.loads(done.stdout)["counts"]
    return counts


@pytest.fixture(scope="module", params=["elasticsearch", "embedded"])
def desk(
    request: pytest.FixtureRequest, corpora: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    index = f"test-{uuid.uuid4().hex[:12]}"
    settings = {"DATELINE_INDEX": index, "DATELINE_DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    if request.param == "elasticsearch":
        settings["DATELINE_ELASTICSEARCH_URL"] = request.getfixturevalue("elasticsearch_url")
    assert ingest(corpora / "articles", settings) == {"indexed": 3}
    values = {name.removeprefix("DATELINE_").lower(): value for name, value in settings.items()}
    app = create_app(ApiSettings(), search_settings=SearchSettings.model_validate(values))
    originals = {path.read_bytes(): path.name for path in (corpora / "articles").iterdir()}
    with TestClient(app) as client:
        ids = [hit["id"] for hit in client.get("/v1/search").json()["hits"]]
        names = {each: originals[client.get(f"/v1/articles/{each}/raw").content] for each in ids}
        yield Desk(client, names)
    if request.param == "elasticsearch":
        servers.delete_indices(settings["DATELINE_ELASTICSEARCH_URL"], index)


def test_raw_gives_every_byte_of_each_article_back(desk: Desk) -> None:
    assert set(desk.names.values()) == {FLEES, LEFT, SOCHI}


@pytest.mark.parametrize(("facet", "gold"), [("person", "people"), ("place", "places")])
def test_facets_count_the_golds_and_nothing_else(desk: Desk, facet: str, gold: str) -> None:
    golds = json.loads((GOLDS / "entities.json").read_bytes())[gold]
    facets = desk.ask("search", facet=facet, facet_size=100)["facets"][facet]
    counts = {each["value"]: each["count"] for each in facets}
    wanted = {
        name: each if isinstance(each, int) else each["articles"] for name, each in golds.items()
    }

    assert counts.keys() == wanted.keys()
    assert all(
        counts[name] == each if isinstance(each, int) else counts[name] in each
        for name, each in wanted.items()
    )


def test_third_article_is_dated_from_its_text_and_the_others_say_undated(desk: Desk) -> None:
    hits = {desk.names[hit["id"]]: hit for hit in desk.ask("search")["hits"]}

    assert hits[SOCHI]["published_at"].startswith("2022-09-27")
    assert [hits[name]["published_at"] for name in (FLEES, LEFT)] == [None, None]
    assert [hits[name]["date_precision"] for name in (FLEES, LEFT)] == ["none", "none"]
    assert desk.ask("search")["undated"] == 2


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("putin -telegram", {SOCHI}),
        ('"necessary measures"', {FLEES}),
        ("prigozin~", {FLEES, LEFT}),
        ("mobilis*", {SOCHI}),
        ("wagner (minsk OR sochi)", {FLEES}),
        ("\u201cnecessary measures\u201d", {FLEES}),
    ],
)
def test_query_finds_just_these_articles(desk: Desk, query: str, names: set[str]) -> None:
    assert desk.found(q=query) == names


def test_phrase_is_marked_as_one(desk: Desk) -> None:
    [hit] = desk.ask("search", q='"necessary measures"')["hits"]
    marked = {
        part["text"] for each in hit["highlights"] for part in each["segments"] if part["hit"]
    }

    assert marked == {"necessary measures"}


def test_names_are_resolved_and_the_answer_says_to_whom(desk: Desk) -> None:
    answer = desk.ask("search", person="putin", place="turkey")

    assert [desk.names[hit["id"]] for hit in answer["hits"]] == [FLEES]
    assert answer["resolved"]["person"] == {"putin": ["Vladimir Putin"]}


def test_unknown_name_finds_nobody_and_warns(desk: Desk) -> None:
    answer = desk.ask("search", person="zzz")

    assert (answer["hits"], answer["total"]["value"]) == ([], 0)
    assert any("zzz" in warning for warning in answer["warnings"])


def test_long_sentence_is_widened_and_says_so(desk: Desk) -> None:
    question = "which capital did the president secretly leave on a plane after the mutiny began"
    answer = desk.ask("search", q=question)

    assert answer["match"] == "some"
    assert answer["hits"]
    assert any("some" in warning for warning in answer["warnings"])


def test_summaries_are_whole_sentences_within_their_bounds(desk: Desk) -> None:
    for document_id in desk.names:
        summary = desk.ask(f"articles/{document_id}/summary")
        lengths = [len(each["text"].split()) for each in summary["sentences"]]

        assert 2 <= len(lengths) <= 4
        assert 55 <= sum(lengths) <= 90
        assert sum(lengths) == summary["words"]


def test_named_summarizer_differs_and_says_its_name(desk: Desk) -> None:
    for document_id in desk.names:
        usual = desk.ask(f"articles/{document_id}/summary")
        other = desk.ask(f"articles/{document_id}/summary", summarizer="lexrank")

        assert "lexrank" in other["method"]
        assert other["sentences"] != usual["sentences"]


def test_focus_gives_sentences_about_the_name(desk: Desk) -> None:
    for document_id, name in desk.names.items():
        summary = desk.ask(f"articles/{document_id}/summary", focus="Lukashenko")

        assert all("Lukashenko" in each["text"] for each in summary["sentences"])
        assert bool(summary["sentences"]) == (name != LEFT)


def test_stored_sentences_stand_in_the_original(desk: Desk, corpora: Path) -> None:
    for document_id, name in desk.names.items():
        original = " ".join((corpora / "articles" / name).read_text(encoding="utf-8").split())
        for each in desk.ask(f"articles/{document_id}/summary", words=500)["sentences"]:
            assert " ".join(each["text"].split()) in original
