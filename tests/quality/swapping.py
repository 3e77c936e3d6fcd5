"""Other names put in place of those of the corpora's three articles: does a rule know the kind?

Every article is read whole with one person, one city, one country, one people and one platform of
its own replaced, wherever they stand. Names come from neutral lists: people from the gold of two
labelled corpora that no table of ours was made of, the rest drawn by seed from the tables.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.entities.loading import load_tables, parse_city

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.scoring import Labelled

    from dateline.documents import Entities

_LARGE = 200_000
_WORD = re.compile(r"[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned text and the names in it that give way, full people with their surname."""

    text: str
    people: tuple[str, ...]
    cities: tuple[str, ...]
    countries: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """A text with new names; each slot holds the new name of its kind, or none."""

    text: str
    person: str
    city: str
    country: str = ""
    people: str = ""
    platform: str = ""


def draw_people(corpora: Iterable[Sequence[Labelled]], count: int, seed: int) -> list[str]:
    """ "Given Surname" people of the gold, each once, no two of one surname."""
    by_surname: dict[str, str] = {}
    for documents in corpora:
        for name in (n for d in documents for n in d.names if n.kind == "person"):
            words = name.form.split()
            if len(words) == 2 and all(map(_WORD.fullmatch, words)):
                by_surname.setdefault(words[1], name.form)
    return random.Random(seed).sample(sorted(by_surname.values()), count)


def draw_cities(count: int, seed: int) -> list[str]:
    """Names of cities of 200,000 people or more that are no country's name."""
    tables = load_tables()
    cities = (parse_city(row) for row in tables.city_rows)
    names = {c.name for c in cities if c.population >= _LARGE and c.name.isascii()}
    fitting = sorted(n for n in names if n.lower() not in tables.country_names)
    return random.Random(seed).sample(fitting, count)


def draw_countries(count: int, seed: int) -> list[str]:
    """Countries that are not also a state's or given name."""
    tables = load_tables()
    names = (country.name for country in tables.countries.values())
    ambiguous = {"georgia", "jordan", "chad", "israel"}
    fitting = sorted(n for n in names if _WORD.fullmatch(n) and n.lower() not in ambiguous)
    return random.Random(seed).sample(fitting, count)


def draw_peoples(count: int, seed: int) -> list[str]:
    """Peoples in the plural."""
    names = sorted(p for p in load_tables().peoples if p.endswith(("an", "er", "i", "ot", "ar")))
    return [f"{name.title()}s" for name in random.Random(seed).sample(names, count)]


def draw_platforms(count: int, seed: int) -> list[str]:
    """Brands of one word that are no place, no given name and no word of the dictionary."""
    tables = load_tables()
    taken = (tables.given_names, tables.common_words, tables.city_names, tables.surnames)
    names = (b for b in tables.brands if b.isalpha() and not any(b in other for other in taken))
    return [n.title() for n in random.Random(seed).sample(sorted(names), count)]


def swap_names(article: Article, turn: int, drawn: dict[str, list[str]]) -> Swap:
    """The article with the names of this turn."""
    text = article.text
    put: dict[str, str] = {}
    person = drawn["person"][turn % len(drawn["person"])]
    old = article.people[turn % len(article.people)]
    text = _replace(text, old, person if " " in old else person.split()[-1])
    text = _replace(text, old.split()[-1], person.split()[-1])
    for kind, victims in _other_kinds(article).items():
        if victims:
            put[kind] = drawn[kind][turn % len(drawn[kind])]
            text = _replace(text, victims[turn % len(victims)], put[kind])
    return Swap(text, person if " " in old else person.split()[-1], **put)


def _other_kinds(article: Article) -> dict[str, tuple[str, ...]]:
    return {
        "city": article.cities,
        "country": article.countries,
        "people": article.peoples,
        "platform": article.platforms,
    }


def _replace(text: str, old: str, new: str) -> str:
    return re.sub(rf"\b{re.escape(old)}\b", new, text)


def judge_swap(swap: Swap, entities: Entities) -> dict[str, bool]:
    """Per kind whether the new name came out as what it is."""
    placed = {m.form for m in entities.mentions if m.kind == "place" and m.resolved}
    wrong = {m.form for m in entities.mentions if m.kind in ("person", "place")}
    right = {"person": swap.person in entities.people, "city": swap.city in placed}
    if swap.country:
        right["country"] = swap.country in {place.name for place in entities.places}
    if swap.people:
        right["people"] = swap.people not in wrong
    if swap.platform:
        right["platform"] = swap.platform not in wrong
    return right
