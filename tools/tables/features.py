"""Rows of the natural features and regions of WordNet and the CLDR: names that no town bears."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import wordnet
from babel import Locale

from indexer.entities.gazetteer import (
    find_cities,
    find_country,
    find_divisions,
    find_state,
    is_well_known_city,
)
from indexer.entities.loading import load_tables
from indexer.entities.spelling import place_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

CLASSES = frozenset(
    """
    river stream estuary lake lagoon reservoir sea ocean gulf bay strait inlet channel canal
    waterfall firth fjord harbor sound bight body_of_water
    island archipelago Aegean_island atoll reef barrier_reef peninsula isthmus cape promontory
    headland point continent subcontinent seashore coast beach shore
    range mountain_peak mountain volcano hill massif tableland plateau plain desert valley
    rift_valley canyon gorge glacier forest rain_forest marsh swamp national_park oasis pass
    moor heath wilderness basin trench
    geographical_area geographic_area area region district county French_region Italian_region
    city_district borough vicinity section suburb European_country
    """.split()  # noqa: SIM905 - a list of strings would be four pages
)
_LOCATION, _OBJECT = "15", "17"
_REGION_CODES = (
    *("002", "003", "005", "009", "011", "013", "014", "015", "017", "018", "019", "029", "030"),
    *("034", "035", "039", "053", "054", "061", "142", "143", "145", "150", "151", "154", "155"),
    *("202", "419"),
)
"""UN M49 codes of continents and parts of them that the CLDR names, as "Southern Africa"."""
_BEARING = re.compile("(North|South|East|West)ern")
_NEVER = re.compile("layer$|^[a-z] region$")
_WATERS = frozenset({"sea", "ocean", "lake", "bay", "gulf"})
_SHORTEST, _TOWN = 4, 20_000
Row = tuple[str, ...]


class Feature(NamedTuple):
    """A feature, its kind ("river"), its country or nothing, what it is called, best name first."""

    id: str
    kind: str
    country: str
    names: tuple[str, ...]


def feature_rows(archive: Path) -> Iterator[Row]:
    """Id (`m49:151`, `wordnet:` and offset in WordNet 3.1), name, kind, country or nothing, keys.

    A key belongs to one feature: the first that has it, or none if later ones lie elsewhere. The
    name is the first that is a key ("Flint River", not the town's "Flint"), for a sea or lake the
    first of two words ("Caspian Sea").
    """
    common = {word for word in wordnet.iter_words(archive) if word.islower()}
    found = [*_iter_regions(), *_iter_features(wordnet.read_synsets(archive, "noun"))]
    owners: dict[str, list[int]] = defaultdict(list)
    for at, feature in enumerate(found):
        for key in map(place_key, feature.names):
            if key not in common and (feature.id.startswith("m49:") or _is_free(key)):
                owners[key].append(at)
    kept: dict[int, list[str]] = defaultdict(list)
    for key, rows in owners.items():
        first = found[rows[0]]
        if first.id.startswith("m49:") or len({found[at].country for at in rows}) == 1:
            kept[rows[0]].append(key)
    for at in sorted(kept):
        yield _as_row(found[at], kept[at])


def _as_row(feature: Feature, keys: Sequence[str]) -> Row:
    names = [name for name in feature.names if place_key(name) in keys]
    waters = [name for name in names if " " in name] if feature.kind in _WATERS else []
    name = (waters or names)[0]
    return feature.id, name, feature.kind, feature.country, "|".join(sorted(keys))


def _iter_regions() -> Iterator[Feature]:
    territories = Locale("en").territories
    for code in _REGION_CODES:
        name = territories[code]
        short = _BEARING.sub(r"\1", name).replace("Middle ", "Central ")
        names = (name, short) if name != short and not _is_elsewhere(short) else (name,)
        yield Feature(f"m49:{code}", "region", "", names)


def _iter_features(nouns: Mapping[str, wordnet.Synset]) -> Iterator[Feature]:
    for offset, synset in sorted(nouns.items()):
        classes = {nouns[place].words[0] for place in synset.classes if place in nouns}
        if synset.file in (_LOCATION, _OBJECT) and classes & CLASSES:
            names = tuple(word.replace("_", " ") for word in synset.words if word[:1].isupper())
            if names and not any(map(_is_elsewhere, names)):
                kind = min(classes & CLASSES)
                yield Feature(f"wordnet:{offset}", kind, _find_country(offset, nouns), names)


def _is_elsewhere(form: str) -> bool:
    """Whether the other tables hold it, so that it has a point and an id already."""
    return bool(find_country(form) or find_state(form) or find_divisions(form, main=True))


def _find_country(offset: str, nouns: Mapping[str, wordnet.Synset]) -> str:
    """The one country that a feature is a part of; nothing if there are several or none."""
    found: set[str] = set()
    todo: Sequence[str] = nouns[offset].wholes
    for _ in range(4):
        rest: list[str] = []
        for whole in todo:
            code = _country_of(nouns[whole].words)
            found |= {code} if code else set()
            rest += () if code else nouns[whole].wholes
        todo = rest
    return found.pop() if len(found) == 1 else ""


def _country_of(words: Sequence[str]) -> str:
    for form in (word.replace("_", " ") for word in words):
        if state := find_state(form):
            return state.country
        if country := find_country(form):
            return country.code
    return ""


def _is_free(key: str) -> bool:
    """Whether no town and no surname is meant by a folded name as often; no layer of the air is."""
    tables = load_tables()
    if (
        key in tables.surnames
        or key in tables.demonyms
        or _NEVER.search(key)
        or len(key) < _SHORTEST
    ):
        return False
    is_main = any(
        place_key(city.name) == key and city.population >= _TOWN for city in find_cities(key)
    )
    return not (is_main or is_well_known_city(key))
