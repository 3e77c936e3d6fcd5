"""Names in a question: which were asked, what they mean, and how the archive is asked for them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from dateline.search.elastic.filters import is_term
from dateline.search.elastic.patterns import holds_word, misspells, resembles
from dateline.search.names import name_key, name_warning, nearest_names, resolve_name
from dateline.search.queries import NAME_FIELDS, STORED_FIELD, And, Not, Or, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.search.names import Candidate
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
        if resolution is not None:
            return resolution.names
        return (text.strip(),) if is_term(text) else ()

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


def candidate_aggregations(asked: Sequence[AskedName]) -> dict[str, Any]:
    """Aggregations, to stand under a `global` one, that find what each name may mean."""
    return {
        f"name{number}{part}": aggregation
        for number, (of, text) in enumerate(asked)
        for part, aggregation in (
            ("", _names_like(of, holds_word(text), MAX_CANDIDATES)),
            # the very name, so that a thousand namesakes cannot push it out
            ("spelt", _names_like(of, [name_key(text.strip())], 1)),
        )
    }


def resolve_names(asked: Sequence[AskedName], found: Mapping[str, Any]) -> NameTable:
    """What the names mean, by the answer to `candidate_aggregations`."""
    known = {}
    for number, (of, text) in enumerate(asked):
        spelt = dict(_candidates(found[f"name{number}spelt"]))
        candidates = spelt | dict(_candidates(found[f"name{number}"]))
        known[of, text] = resolve_name(text, list(candidates.items()))
    return NameTable(known)


def nearest_aggregations(unknown: Sequence[AskedName]) -> dict[str, Any]:
    """Aggregations, to stand under a `global` one, that find names like the unknown ones."""
    return {
        f"near{number}{part}": _names_like(of, include(text), MAX_CANDIDATES)
        for number, (of, text) in enumerate(unknown)
        for part, include in (("", misspells), ("like", resembles))
    }


def with_nearest(names: NameTable, found: Mapping[str, Any]) -> NameTable:
    """The table with names like the unknown ones, by the answer to `nearest_aggregations`."""
    known = dict(names.known)
    for number, asked in enumerate(names.unknown):
        near = dict(_candidates(found[f"near{number}"]))
        near |= _candidates(found[f"near{number}like"])
        known[asked] = replace(known[asked], nearest=nearest_names(asked[1], near.items()))
    return NameTable(known)


def _names_like(of: NameField, include: str | list[str], size: int) -> dict[str, Any]:
    return {"terms": {"field": f"{STORED_FIELD[of]}_keys", "size": size, "include": include}}


def _candidates(terms: Mapping[str, Any]) -> list[Candidate]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in terms["buckets"]]


def _typed_names(clause: Clause | None) -> Iterator[AskedName]:
    match clause:
        case And(clauses) | Or(clauses):
            for each in clauses:
                yield from _typed_names(each)
        case Not(inner):
            yield from _typed_names(inner)
        case Value(field=of, text=text) if of in NAME_FIELDS:
            yield of, text
