"""The document rules in their order, and what they leave: the entities of one article.

Order and gains were measured one by one on CoNLL-2003 testa and wikigold; see DECISIONS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.documents import Entities, Mention
from indexer.entities.acronyms import drop_symbols, mark_acronyms
from indexer.entities.bearers import demote_called, demote_parts, demote_patrons, retype_clubs
from indexer.entities.bodies import mark_bodies
from indexer.entities.christened import demote_christened
from indexer.entities.companies import mark_companies
from indexer.entities.coordinated import retype_beside_places
from indexer.entities.countable import demote_countable
from indexer.entities.employers import retype_founders, scan_called
from indexer.entities.features import retype_features
from indexer.entities.firms import retype_firms
from indexer.entities.given import add_given_names, extend_people
from indexer.entities.headlines import read_headlines
from indexer.entities.heads import demote_plain_words, retype_heads
from indexer.entities.lands import extend_placed_people, promote_namesakes
from indexer.entities.lists import add_listed_people, retype_listed
from indexer.entities.loners import demote_unknown
from indexer.entities.metonyms import retype_speaking
from indexer.entities.openers import (
    add_titled,
    demote_opening_words,
    drop_openers,
    promote_titled,
)
from indexer.entities.organisations import name_organisations
from indexer.entities.overlooked import promote_given_names
from indexer.entities.people import (
    demote_common_words,
    demote_prefixes,
    demote_things,
    name_people,
)
from indexer.entities.places import resolve_places
from indexer.entities.retyping import (
    demote_peoples,
    retype_brands,
    retype_companies,
    retype_places,
    vote_kinds,
)
from indexer.entities.scanning import (
    mark_datelines,
    propagate,
    scan_agencies,
    scan_brands,
    scan_countries,
    scan_lands,
    scan_located,
)
from indexer.entities.spans import (
    clean_spans,
    demote_unlikely_people,
    drop_shapeless,
    split_results,
    split_spans,
)
from indexer.entities.surroundings import (
    demote_articled,
    demote_located,
    retype_coordinated,
    retype_located,
)
from indexer.entities.teams import retype_cities, retype_teams
from indexer.entities.unplaced import demote_unplaced
from indexer.entities.works import demote_works

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.documents import Place
    from indexer.entities.names import Name, Page


def apply_rules(names: Sequence[Name], page: Page) -> list[Name]:
    """The model's names of a page, made better by what the lists and the document know."""
    names = clean_spans(names)
    names = split_spans(names)
    names = split_results(names, page)
    names = drop_shapeless(names)
    names = retype_companies(names)
    names = mark_companies(names, page)
    names = mark_bodies(names, page)
    names = mark_acronyms(names, page)
    names = add_given_names(names, page)
    names = extend_placed_people(names, page)
    names = add_listed_people(names, page)
    names = add_titled(names, page)
    names = promote_titled(names, page)
    names = promote_given_names(names, page)
    names = extend_people(names, page)
    names = drop_openers(names, page)
    names = promote_namesakes(names, page)
    names = retype_listed(names, page)
    names = vote_kinds(names)
    names = retype_places(names)
    names = retype_features(names)
    names = retype_located(names, page)
    names = retype_coordinated(names, page)
    names = retype_beside_places(names, page)
    names = retype_speaking(names, page)
    names = demote_peoples(names)
    names = demote_unlikely_people(names)
    names = demote_common_words(names)
    names = demote_opening_words(names, page)
    names = demote_things(names)
    names = demote_located(names, page)
    names = demote_articled(names, page)
    names = retype_heads(names, page)
    names = demote_plain_words(names, page)
    names = retype_brands(names)
    names = mark_datelines(names, page)
    names = scan_countries(names, page)
    names = scan_located(names, page)
    names = scan_lands(names, page)
    names = scan_agencies(names, page)
    names = scan_brands(names, page)
    names = scan_called(names, page)
    names = drop_symbols(names, page)
    names = demote_prefixes(names, page)
    names = _demote_borne(names, page)
    names = demote_unknown(names, page)
    names = _settle_places(names, page)
    names = read_headlines(names, page)
    return propagate(names, page)


def _demote_borne(names: Sequence[Name], page: Page) -> list[Name]:
    """Names that something else bears: a thing, a club, a storm, a work, a product."""
    names = retype_founders(names, page)
    names = demote_called(names, page)
    names = demote_parts(names, page)
    names = demote_patrons(names, page)
    names = demote_christened(names, page)
    names = demote_works(names, page)
    names = demote_countable(names, page)
    return retype_clubs(names)


def _settle_places(names: Sequence[Name], page: Page) -> list[Name]:
    """Places that are firms, clubs or nothing that a table or the text shows to be one."""
    names = retype_firms(names, page)
    names = retype_cities(names, page)
    names = retype_teams(names, page)
    return demote_unplaced(names, page)


def build_entities(names: Sequence[Name], page: Page, text: str) -> Entities:
    """Canonical names and mentions; `text` is the stored text, of the page's length."""
    people = name_people(names) | name_organisations(names, page)
    places = resolve_places(names, page)
    found = [name for name in names if name.kind != "other"]
    mentions = tuple(_build_mention(name, text, people, places) for name in found)
    resolved = {place.id: place for place in places.values() if place}
    return Entities(
        people=_unique(mentions, "person"),
        places=tuple(resolved.values()),
        organisations=_unique(mentions, "organisation"),
        mentions=mentions,
    )


def _build_mention(
    name: Name, text: str, people: dict[Name, str], places: dict[Name, Place | None]
) -> Mention:
    form = text[name.start : name.end]
    if name.kind in ("person", "organisation"):
        return Mention(name.kind, people[name], form, name.start, name.end)
    place = places[name]
    canonical = place.name if place else " ".join(form.split())
    return Mention("place", canonical, form, name.start, name.end, resolved=place is not None)


def _unique(mentions: Iterable[Mention], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.name for mention in mentions if mention.kind == kind))
