"""Names in a question: which were asked, and what they mean. Engines look them up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from dateline.search.names import name_warning
from dateline.search.queries import NAME_FIELDS, And, Not, Or, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dateline.search.queries import Clause, NameField, SearchQuery
    from dateline.search.results import Resolution

AskedName = tuple["NameField", str]

MAX_CANDIDATES = 1_000
"""Names that one typed name may mean, the most frequent first."""


@dataclass(frozen=True, slots=True)
class NameTable:
    """What each asked name means; one that was not looked up yet means itself, as spelt."""

    known: Mapping[AskedName, Resolution] = field(default_factory=dict)

    def meant(self, name_field: str, text: str) -> tuple[str, ...]:
        """The canonical names that are searched for this one."""
        resolution = self.known.get((cast("NameField", name_field), text))
        return (text.strip(),) if resolution is None else resolution.names

    @property
    def unknown(self) -> tuple[AskedName, ...]:
        """The names that nobody in the archive bears."""
        return tuple(asked for asked, resolution in self.known.items() if not resolution.names)

    def is_verbatim(self) -> bool:
        """Whether every name meant just itself, as spelt."""
        return all(found.names == (text.strip(),) for (_, text), found in self.known.items())

    def by_field(self) -> dict[str, tuple[Resolution, ...]]:
        """The resolutions, grouped as an answer carries them."""
        return {
            name: found
            for name in NAME_FIELDS
            if (found := tuple(each for (of, _), each in self.known.items() if of == name))
        }

    def warnings(self) -> tuple[str, ...]:
        """A sentence for each name that was unknown or ambiguous."""
        said = (name_warning(of, found) for (of, _), found in self.known.items())
        return tuple(sentence for sentence in said if sentence)


def asked_names(query: SearchQuery) -> tuple[AskedName, ...]:
    """Every name the question holds, in filters, exclusions and the typed text, each once."""
    filters = query.filters
    asked: list[AskedName] = []
    for name in NAME_FIELDS:
        asked += [(name, text) for text in getattr(filters, name)]
        asked += [(name, text) for text in getattr(filters, f"exclude_{name}")]
    asked += _typed_names(query.parsed.clause)
    return tuple(dict.fromkeys(asked))


def _typed_names(clause: Clause | None) -> Iterator[AskedName]:
    match clause:
        case And(clauses) | Or(clauses):
            for each in clauses:
                yield from _typed_names(each)
        case Not(inner):
            yield from _typed_names(inner)
        case Value(field=of, text=text) if of in NAME_FIELDS:
            yield of, text
