"""How the archive is asked what names mean, and what is read from its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateline.search.elastic.patterns import holds_word, misspells, resembles, spells
from dateline.search.names import nearest_names, resolve_name
from dateline.search.naming import MAX_CANDIDATES, NameTable
from dateline.search.queries import STORED_FIELD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.search.names import Candidate
    from dateline.search.naming import AskedName
    from dateline.search.queries import NameField


def candidate_aggregations(asked: Sequence[AskedName]) -> dict[str, Any]:
    """Aggregations, to stand under a `global` one, that find what each name may mean."""
    return {
        f"name{number}{part}": aggregation
        for number, (of, text) in enumerate(asked)
        for part, aggregation in (
            ("", _names_like(of, holds_word(text), MAX_CANDIDATES)),
            # the very name, so that a thousand namesakes cannot push it out
            ("spelt", _names_like(of, spells(text.strip()), 1)),
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
