"""What a document speaks of that tells namesake places apart: countries, states, its home."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import (
    find_abbreviated_state,
    find_country,
    find_state,
)
from indexer.entities.loading import load_tables
from indexer.entities.namesakes import guess_country, tell_country

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.entities.loading import Division
    from indexer.entities.names import Name, Page

_POSTAL = 2
_ABOUT, _PLAINLY = 5, 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a document speaks of each country, and of states of the United States.

    `sure` leaves out what names tell that several countries have places of.
    """

    countries: Mapping[str, float]
    sure: Mapping[str, float]
    states: int
    united_states: int

    def leads(self, country: str) -> bool:
        """Whether no country is spoken of more than twice as often as this one."""
        most = max(self.countries.values(), default=0)
        return most > 0 and 2 * self.countries.get(country, 0) >= most

    @property
    def leaders(self) -> frozenset[str]:
        """The countries the document is about."""
        spoken = (c for c, count in self.countries.items() if count >= _ABOUT and c)
        return frozenset(filter(self.leads, spoken))

    @property
    def subject(self) -> str:
        """The country that the document plainly speaks of most, or nothing."""
        most = max(self.sure, key=lambda code: self.sure[code], default="")
        return most if self.sure.get(most, 0) >= _PLAINLY else ""


def gather_evidence(names: Sequence[Name], page: Page) -> Evidence:
    """Counts countries by name, by demonym and by cities that have no namesake country."""
    countries: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    states = united_states = 0
    for name in (name for name in names if name.kind == "place"):
        country, state = find_country(name.form), _find_any_state(name.form)
        if country and state:
            continue
        land = country.code if country else state.country if state else ""
        told = land or tell_country(name.form)
        found = told or guess_country(name.form)
        countries[found] += 1
        sure[told] += 1
        united_states += country is not None and found == "US"
        states += country is None and found == "US"
        states += found == "US" and country is None and _is_shortened(name.form)
    demonyms = load_tables().demonyms
    for key in page.keys.keys() & demonyms.keys():
        countries[demonyms[key]] += len(page.keys[key])
        sure[demonyms[key]] += len(page.keys[key])
    del countries[""], sure[""]
    return Evidence(countries, sure, states, united_states)


def _find_any_state(form: str) -> Division | None:
    """The state that a form names, or shortens ("N.C", "Calif"; not "in")."""
    if len(form) <= _POSTAL and not form.isupper():
        return find_state(form)
    return find_state(form) or find_abbreviated_state(form)


def _is_shortened(form: str) -> bool:
    """Whether this is no more than a state's abbreviation, as the country's own papers print it."""
    return find_state(form) is None and find_abbreviated_state(form) is not None
