"""The forty sample dispatches: what a careful reader takes from each, exactly.

The golds (golds/samples.json) were written by reading, not by running: titles, dates, languages and
names in clear, each kept line of the body and each sentence of the summary as SHA-256. Where the
product still falls short, `known_misses` says so, one entry a value: `missing` (in the gold, not
found) or `extra` (found, not in the gold), with its reason. The list is strict: an entry that is no
longer true fails, and is then taken off the list.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from quality.whole_trip import travel

from dateline.summaries import summarize_stored
from indexer.showing import show_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import ArticleDocument

FOLDERS = ("samples",)
"""Where the dispatches lie, below the checkout."""

FILE = json.loads((Path(__file__).parent / "golds" / "samples.json").read_text("utf-8"))
GOLDS: dict[str, dict[str, Any]] = FILE["dispatches"]
KNOWN_MISSES: list[dict[str, str]] = FILE["known_misses"]
MISSED_AT_MOST = 0.1
"""Share of all names in the golds that the product may miss."""
UNORDERED = {"people", "places"}
FIELDS = ("title", "published", "language", "lines", "summary", "people", "places")
WIRE_STORY = (
    "2010-09-18-pilot-hole.txt",
    "2010-10-tideway-news.jsonl#1",
    "2010-valley-lantern.csv#2",
)
WHOLE, FIRST_HALF = "2010-09-26-a-capsule-called-phoenix.md", "2010-10-tideway-news.jsonl#2"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the product makes of the samples: documents by dispatch, and what it refused."""

    documents: dict[str, ArticleDocument]
    refused: list[str]


@pytest.fixture(scope="module")
def reading(root: Path) -> Reading:
    trip, refused = travel([root / folder for folder in FOLDERS])
    keys = list(name_dispatches([location for location, _ in trip]))
    pairs = zip(keys, (document for _, document in trip), strict=True)
    documents = {key: document for key, document in pairs if document}
    return Reading(documents, refused + [key for key in keys if key not in documents])


def name_dispatches(locations: Sequence[str]) -> Iterator[str]:
    """The file's name; for the records of a file with "#" and their number, from 1."""
    seen: Counter[str] = Counter()
    for location in locations:
        name = Path(location).name
        file = re.sub(r"[:#]\d+\Z", "", name)
        seen[file] += 1
        yield name if file == name else f"{file}#{seen[file]}"


def read_field(document: ArticleDocument, field: str) -> list[str]:
    """The values of a gold's field as the product has them, in order."""
    if field == "published":
        return [f"{show_date(document)} ({document.date_precision})"]
    if field == "lines":
        return hash_all(document.text[document.body_start :].split("\n"))
    if field == "summary":
        return hash_all(read_summary(document))
    value = getattr(document, field)
    return [value] if isinstance(value, str) else list(value)


def read_summary(document: ArticleDocument) -> list[str]:
    """The sentences of the stored summary, in text order."""
    summary = summarize_stored(document.text, document.sentences)
    assert summary.text == document.summary
    return [sentence.text for sentence in summary.sentences]


def hash_all(texts: Sequence[str]) -> list[str]:
    """SHA-256 of each text."""
    return [sha256(text.encode()).hexdigest() for text in texts]


def read_gold(key: str, field: str) -> list[str]:
    """The values of a field as the reader wrote them down."""
    value = GOLDS[key][field]
    return [value] if isinstance(value, str) else list(value)


def find_misses(key: str, field: str, kind: str) -> set[str]:
    """The values of this kind, "missing" or "extra", that the list of known misses names."""
    listed = (each for each in KNOWN_MISSES if (each["dispatch"], each["field"]) == (key, field))
    return {each[kind] for each in listed if kind in each}


def test_each_of_the_forty_dispatches_is_read_and_has_a_gold(reading: Reading) -> None:
    assert reading.refused == []
    assert len(reading.documents) == 40
    assert reading.documents.keys() == GOLDS.keys()


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("key", GOLDS)
def test_the_product_reads_what_a_reader_reads(reading: Reading, key: str, field: str) -> None:
    found, gold = read_field(reading.documents[key], field), read_gold(key, field)
    missing, extra = (find_misses(key, field, kind) for kind in ("missing", "extra"))
    expected = [value for value in gold if value not in missing]
    right = [value for value in found if value not in extra]
    if field in UNORDERED:
        right, expected = sorted(right), sorted(expected)
    assert right == expected
    assert not missing & set(found), "found by now: take it off the list of known misses"
    assert extra <= set(found), "gone by now: take it off the list of known misses"


def test_a_known_miss_names_one_value_of_a_gold_and_a_reason() -> None:
    for miss in KNOWN_MISSES:
        assert len({"missing", "extra"} & miss.keys()) == 1, miss
        gold = read_gold(miss["dispatch"], miss["field"])
        assert (miss["missing"] in gold) if "missing" in miss else (miss["extra"] not in gold), miss
        assert len(miss["reason"].split()) >= 4, miss


def test_the_samples_hold_many_people_and_places_and_few_misses() -> None:
    people, places = (
        [name for gold in GOLDS.values() for name in gold[field]] for field in ("people", "places")
    )
    names = sum(miss["field"] in UNORDERED for miss in KNOWN_MISSES if "missing" in miss)
    assert len(set(people)) >= 75
    assert len(set(places)) >= 45
    assert names / (len(people) + len(places)) <= MISSED_AT_MOST


def test_the_samples_hold_undated_and_timed_pieces_and_one_in_french() -> None:
    precisions = Counter(gold["published"].rpartition("(")[2] for gold in GOLDS.values())
    assert {"none)", "day)", "minute)", "second)"} == precisions.keys()
    assert precisions["none)"] >= 5
    assert [gold["language"] for gold in GOLDS.values()].count("fr") == 1


def test_three_outlets_print_one_wire_story_with_small_edits() -> None:
    printed = [GOLDS[key]["lines"] for key in WIRE_STORY]
    shared = set.intersection(*map(set, printed))
    assert shared
    assert all(len(shared) < len(lines) for lines in printed)
    assert len({tuple(lines) for lines in printed}) == len(WIRE_STORY)


def test_one_outlet_prints_the_first_half_of_another_outlets_story() -> None:
    whole, half = GOLDS[WHOLE]["lines"], GOLDS[FIRST_HALF]["lines"]
    assert half == whole[: len(half)]
    assert len(half) * 2 <= len(whole)
