"""Which place of the gazetteer a name means, by what else the document says.

Order: a name that is a country and a state (by evidence), a city inside the container that follows
it, country, state, feature or region without a point, abbreviation, division by its main name,
city, division by another name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.aliases import CITY_BEFORE_STATE
from indexer.entities.bearers import find_bearers, read_next
from indexer.entities.evidence import Evidence, gather_evidence
from indexer.entities.gazetteer import (
    LARGE_CITY,
    find_abbreviated_state,
    find_cities,
    find_country,
    find_divisions,
    find_feature,
    find_state,
    is_region,
)
from indexer.entities.labels import place_city, place_country, place_division, place_feature
from indexer.entities.mere import is_mere
from indexer.entities.namesakes import TOWN, choose_city
from indexer.entities.spelling import name_key, place_key
from indexer.entities.words import DIVISION_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.documents import Place
    from indexer.entities.loading import City, Country, Division
    from indexer.entities.names import Name, Page

_ADDRESSED = frozenset({"CA", "AU"})  # where a town is written with its province, as with a state
_COURT = re.compile("(?:(?:North|South|East|West)ern|Central) District")
_NEIGHBOUR, _US, _US_CITY_BEFORE = 0.5, 0.25, 2.0


def resolve_places(names: Sequence[Name], page: Page) -> dict[Name, Place | None]:
    """The place each place name means; None if no table has it, or it is not meant."""
    places = [name for name in names if name.kind == "place"]
    borne, articled = find_bearers(places, page)
    evidence = gather_evidence([n for n in places if place_key(n.form) not in borne], page)
    resolved: dict[Name, Place | None] = {}
    contained: dict[str, Place | None] = {}
    for at, name in enumerate(places):
        container = _find_container(name, places[at + 1 : at + 2], page)
        before = places[at - 1] if at else None
        place = _find_land(name, page, evidence) or _resolve(
            _with_full_stop(name, page), container, before, evidence
        )
        key = place_key(name.form)
        is_else = (key in articled and not container) or (
            key in borne and place is not None and not evidence.leads(place.country)
        )
        resolved[name] = None if place and is_else and _is_town(place, key) else place
        if container and _is_container(container):
            contained.setdefault(key, resolved[name])
    return _without_mere(
        {
            name: contained.get(place_key(name.form), place) if _may_follow(place) else place
            for name, place in resolved.items()
        },
        page,
    )


def _without_mere(resolved: Mapping[Name, Place | None], page: Page) -> dict[Name, Place | None]:
    """Without the places that are never named but as money or an accord."""
    meant = {place for name, place in resolved.items() if not is_mere(name, page)}
    return {name: place if place in meant else None for name, place in resolved.items()}


def _may_follow(place: Place | None) -> bool:
    """Whether a town may be the one that stands elsewhere with its state or country."""
    return place is None or place.id.startswith("geonames:")


def _find_land(name: Name, page: Page, evidence: Evidence) -> Place | None:
    """The division that "X region", "X desert" or "X Valley" names or lies in."""
    *words, last = name.form.split()
    if words and name_key(last) in DIVISION_KINDS:
        form = " ".join(words)
    elif read_next(name, page) in DIVISION_KINDS:
        form = name.form
    else:
        return None
    if find_country(form) or find_state(form):
        return None
    division = _choose_division(find_divisions(form, main=True), evidence)
    return place_division(division) if division else None


def _is_town(place: Place, key: str) -> bool:
    """Whether this is a city, and none that an article belongs to ("The Hague")."""
    return place.id.startswith("geonames:") and not place_key(place.name).startswith(f"the {key}")


def _with_full_stop(name: Name, page: Page) -> Name:
    """An abbreviation after a comma ("Toledo, Mo. voted") or "R-" with its full stop."""
    before = page.text[max(0, name.start - 2) : name.start]
    if before.endswith((", ", "-")) and page.text.startswith(".", name.end):
        return page.cut(name.start, name.end + 1, "place")
    return name


def _find_container(name: Name, following: Sequence[Name], page: Page) -> str:
    """What stands after the name and a comma: the form of a place, or an abbreviation."""
    if page.text[name.end : name.end + 2] != ", ":
        return ""
    if following and following[0].start == name.end + 2:
        return "" if _is_enumerated(name, following[0], page) else following[0].form
    word = page.text[name.end + 2 : name.end + 12].split(" ")[0].rstrip(",;:)")
    is_marked = word.endswith(".") or word.isupper()
    return word if is_marked and find_abbreviated_state(word) else ""


def _is_enumerated(name: Name, container: Name, page: Page) -> bool:
    """Whether the two are members of a longer list ("Rome, Paris, Spain and London")."""
    before = page.text[max(0, name.start - 2) : name.start]
    return before == ", " or page.text.startswith((" and ", " or ", " & "), container.end)


def _resolve(name: Name, container: str, before: Name | None, evidence: Evidence) -> Place | None:
    form = name.form
    country, state = find_country(form), find_state(form)
    if country and state:
        follows_city = before is not None and name.start - before.end == len(", ")
        is_state = _is_state(country, evidence, before if follows_city else None)
        return place_division(state) if is_state else place_country(country)
    if container and (city := _find_contained(form, container)):
        return place_city(city)
    if container and _is_container(container) and not (country or state):
        return None  # a town too small for the tables, and no namesake elsewhere
    if country:
        return place_country(country)
    if state and place_key(form) not in CITY_BEFORE_STATE:
        return place_division(state)
    return _resolve_lesser(form, evidence)


def _resolve_lesser(form: str, evidence: Evidence) -> Place | None:
    if feature := find_feature(form):
        return place_feature(feature)
    return None if is_region(form) else _resolve_local(form, evidence)


def _is_container(form: str) -> bool:
    """Whether towns lie in it, so that a town before it is no namesake elsewhere."""
    if find_country(form) or find_state(form) or find_abbreviated_state(form):
        return True
    return any(division.country in _ADDRESSED for division in find_divisions(form, main=True))


def _is_state(country: Country, evidence: Evidence, city_before: Name | None) -> bool:
    """Georgia: whether a name of a country and a state means the state here."""
    for_country = 1 + evidence.countries.get(country.code, 0)
    for_country += _NEIGHBOUR * sum(evidence.countries.get(c, 0) > 0 for c in country.neighbours)
    for_state = evidence.states + _US * evidence.united_states
    cities = find_cities(city_before.form) if city_before else ()
    if cities and cities[0].country == "US":
        for_state += _US_CITY_BEFORE
    return for_state > for_country


def _find_contained(form: str, container: str) -> City | None:
    """The largest city of this name inside the container."""
    key = place_key(form)
    cities = [c for c in find_cities(form) if _is_called(c, key)]
    divisions = _container_divisions(container)
    for division in divisions:
        for city in cities:
            if (city.country, city.admin) == (division.country, division.admin):
                return city
    country = find_country(container)
    return next((city for city in cities if country and city.country == country.code), None)


def _is_called(city: City, key: str) -> bool:
    """Whether a city is known by this name; old names of suburbs are alternates too."""
    main = place_key(city.name)
    first, _, _ = main.partition(" ")
    return city.population >= LARGE_CITY or main == key or first == key.partition(" ")[0]


def _container_divisions(container: str) -> tuple[Division, ...]:
    abbreviated = find_abbreviated_state(container)
    state = find_state(container)
    exact = tuple(division for division in (state, abbreviated) if division)
    return (*exact, *find_divisions(container, main=True), *find_divisions(container, main=False))


def _resolve_local(form: str, evidence: Evidence) -> Place | None:
    if "." in form and (abbreviated := find_abbreviated_state(form)):
        return place_division(abbreviated)
    cities = find_cities(form)
    if _COURT.fullmatch(form) and not _is_about(find_divisions(form, main=True), evidence):
        return None
    main = _choose_division(find_divisions(form, main=True), evidence)
    if main and not (
        _is_town_meant(cities, main, evidence) or (cities and _is_afar(main, evidence))
    ):
        return place_division(main)
    if city := choose_city(form, evidence):
        return place_city(city)
    other = _choose_division(find_divisions(form, main=False), evidence)
    return place_division(other) if other else None


def _is_about(divisions: Sequence[Division], evidence: Evidence) -> bool:
    """Whether the document names the country of one of these."""
    return any(division.country in evidence.countries for division in divisions)


def _is_afar(division: Division, evidence: Evidence) -> bool:
    """Whether the document plainly speaks of another country and never of this one."""
    return bool(evidence.subject) and division.country not in evidence.sure


def _is_town_meant(cities: Sequence[City], division: Division, evidence: Evidence) -> bool:
    """Whether a town is meant, not the division: in the division's country, a town of that one."""
    towns = [city for city in cities if city.population >= TOWN]
    if division.country in evidence.countries:
        return any(town.country == division.country for town in towns)
    return bool(towns)


def _choose_division(divisions: Sequence[Division], evidence: Evidence) -> Division | None:
    """The division whose country the document names most; the first listed otherwise."""
    return max(divisions, key=lambda d: evidence.countries.get(d.country, 0), default=None)
