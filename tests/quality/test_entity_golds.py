"""The facets of the three real articles, exactly; and floors on labelled news."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from quality.scoring import read_corpus, score_corpus

from dateline.documents import CleanArticle, Entities, Run, TracedText
from dateline.text.cleaning import clean_article
from indexer.entities import EntityText, open_finder

if TYPE_CHECKING:
    from indexer.entities import EntityFinder

pytestmark = pytest.mark.corpora

GOLDS: dict[str, Any] = json.loads(
    Path(__file__).with_name("golds").joinpath("entities.json").read_text(encoding="utf-8")
)
# A little under what was measured: strict, people facet, places facet, people precision, on every
# third document; the whole corpora are `make quality`'s (measure_entities).
FLOORS = {"testa": (79.3, 91.2, 84.7, 92.0), "wikigold": (70.7, 80.6, 71.9, 81.5)}
EVERY = 3


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return open_finder()


@pytest.fixture(scope="module")
def found(corpora: Path, finder: EntityFinder) -> dict[str, Entities]:
    texts = {}
    for path in sorted((corpora / "articles").glob("*.txt")):
        original = path.read_text(encoding="utf-8")
        clean = clean_article(TracedText(original, (Run(0, 0, len(original)),)), None)
        assert isinstance(clean, CleanArticle)
        texts[path.name] = EntityText(clean.text.text, clean.body_start, "en")
    return dict(zip(texts, finder.find(list(texts.values())), strict=True))


def test_the_people_facet_is_exact(found: dict[str, Entities]) -> None:
    counts = Counter(name for entities in found.values() for name in entities.people)
    assert counts == GOLDS["people"]


def test_the_places_facet_is_exact(found: dict[str, Entities]) -> None:
    counts = Counter(place.name for entities in found.values() for place in entities.places)
    assert counts.keys() == GOLDS["places"].keys()
    assert {n: c for n, c in counts.items() if c not in GOLDS["places"][n]["articles"]} == {}


def test_every_place_has_its_country_and_point(found: dict[str, Entities]) -> None:
    for place in (place for entities in found.values() for place in entities.places):
        gold = GOLDS["places"][place.name]
        assert (place.id, place.country) == (gold["id"], gold["country"])
        assert [place.latitude, place.longitude] == pytest.approx(gold["near"], abs=0.5)


@pytest.mark.parametrize("member", ["testa", "wikigold"])
def test_labelled_news_stays_above_its_floors(
    corpora: Path, finder: EntityFinder, member: str
) -> None:
    documents = read_corpus(corpora / "ner-dev.tar.xz", member)[::EVERY]
    found = finder.find([EntityText(document.text, 0, "en") for document in documents])
    scores = score_corpus(documents, found)
    measured = (scores.strict.f1, scores.people.f1, scores.places.f1, scores.people.precision)
    assert [pair for pair in zip(measured, FLOORS[member], strict=True) if pair[0] < pair[1]] == []
