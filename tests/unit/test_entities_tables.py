"""The committed tables: folded beforehand, complete, small, with their sources and notices."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from indexer.entities import aliases, words
from indexer.entities.loading import load_tables, parse_city
from indexer.entities.spelling import name_key, place_key

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE, LARGEST_FOLDER = 1_400_000, 2_000_000


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "indexer" / "entities" / "tables"


def test_the_tables_stay_small(folder: Path) -> None:
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert max(sizes) <= LARGEST_FILE
    assert sum(sizes) <= LARGEST_FOLDER


def test_no_table_carries_a_time_or_a_file_name(folder: Path) -> None:
    for path in folder.glob("*.gz"):
        header = path.read_bytes()[:8]
        assert header[3] == 0, path.name  # flags: no name, no comment
        assert header[4:8] == bytes(4), path.name  # no time


def test_every_table_is_named_in_the_readme_with_its_licence(folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("*.gz"):
        assert path.name in readme
    for notice in ("GeoNames", "CC BY 4.0", "Princeton University", "Unicode"):
        assert notice in readme
    assert "WordNet 3.1 Copyright 2011 by Princeton University" in (
        folder / "WORDNET-LICENSE.txt"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["given_names", "surnames", "peoples", "common_words", "brands"])
def test_lists_are_sorted_folded_and_long(folder: Path, name: str) -> None:
    lines = gzip.decompress((folder / f"{name}.txt.gz").read_bytes()).decode().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) > 1_000
    assert [line for line in lines if name_key(line) != line] == []


def test_keys_of_places_are_folded_as_the_look_up_folds() -> None:
    tables = load_tables()
    keyed = (tables.city_names, tables.country_names, tables.division_names, tables.features)
    for keys in keyed:
        assert [key for key in keys if place_key(key) != key] == []


def test_the_gazetteer_is_whole() -> None:
    tables = load_tables()
    assert len(tables.countries) == 250
    assert len(tables.city_rows) > 30_000
    assert len(tables.divisions) > 3_000
    assert sum(code.startswith("US-") for code in tables.divisions) == 51
    for row in tables.city_rows[::500]:
        city = parse_city(row)
        assert city.country in tables.countries
        assert abs(city.latitude) <= 90
        assert abs(city.longitude) <= 180


def test_hand_written_aliases_lead_to_places_of_the_tables() -> None:
    tables = load_tables()
    assert set(aliases.COUNTRY_ALIASES.values()) <= set(tables.countries)
    assert set(aliases.STATE_ABBREVIATIONS.values()) <= set(tables.divisions)
    folded = [*aliases.COUNTRY_ALIASES, *aliases.STATE_ABBREVIATIONS, *aliases.REGIONS]
    assert [key for key in folded if name_key(key) != key] == []


def test_every_state_has_an_abbreviation() -> None:
    states = {code for code in load_tables().divisions if code.startswith("US-")}
    assert states <= set(aliases.STATE_ABBREVIATIONS.values())


def test_hand_written_words_are_small_letters() -> None:
    for listed in (words.TITLES, words.FUNCTION_WORDS, words.CALENDAR, words.NEWS_AGENCIES):
        assert all(word == word.lower() for word in listed)
