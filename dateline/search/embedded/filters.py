"""Filters: what narrows an answer and never scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from dateline.search.asking import EXCLUDABLE
from dateline.search.dates import DAY, midnight, to_epoch
from dateline.search.embedded.dictionary import same_values
from dateline.search.queries import FACET_FIELDS, NAME_FIELDS, REPRINT_GROUP, STORED_FIELD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tantivy import Schema

    from dateline.search.embedded.archive import Snapshot
    from dateline.search.naming import NameTable
    from dateline.search.queries import FacetField, Filters


@dataclass(frozen=True, slots=True)
class Filterer:
    """Makes filters for one snapshot, by what names mean in one question."""

    snapshot: Snapshot
    names: NameTable

    @property
    def schema(self) -> Schema:
        """The schema of the index."""
        return self.snapshot.schema

    def value(self, field: FacetField, text: str) -> Query:
        """Documents whose field holds this value; a name stands for all the names it means."""
        return self._any_value(field, (text,))

    def dates(self, first: date | None, last: date | None) -> Query:
        """Documents published in these UTC days, both included."""
        return number_between(
            self.schema,
            "published_at",
            None if first is None else to_epoch(midnight(first)),
            None if last is None else to_epoch(midnight(last)) + DAY - 1,
        )

    def narrowing(self, filters: Filters) -> dict[FacetField, Query]:
        """The filter of each facet field that has one: its values OR each other."""
        return {
            field: self._any_value(field, values)
            for field in FACET_FIELDS
            if (values := getattr(filters, field))
        }

    def unconditional(self, filters: Filters) -> list[tuple[Occur, Query]]:
        """What holds for every facet alike: days, group, exclusions."""
        parts: list[tuple[Occur, Query]] = []
        if filters.published_from is not None or filters.published_to is not None:
            parts.append(required(self.dates(filters.published_from, filters.published_to)))
        if filters.reprint_group is not None:
            parts.append(required(self._holds(REPRINT_GROUP, filters.reprint_group)))
        if filters.exclude_id is not None:
            parts.append((Occur.MustNot, self._holds("id", filters.exclude_id)))
        for field in EXCLUDABLE:
            values: tuple[str, ...] = getattr(filters, f"exclude_{field}")
            if values:
                parts.append((Occur.MustNot, self._any_value(field, values)))
        return parts

    def _any_value(self, field: FacetField, values: Sequence[str]) -> Query:
        meant = dict.fromkeys(each for value in values for each in self.meant(field, value))
        if not meant:
            return Query.empty_query()
        return Query.term_set_query(self.schema, STORED_FIELD[field], list(meant))

    def _holds(self, field: str, value: str) -> Query:
        return Query.term_query(self.schema, field, value, "basic")

    def meant(self, field: FacetField, value: str) -> Sequence[str]:
        """What a filter's value means in the archive: names resolved, others in any case."""
        if field in NAME_FIELDS:
            return self.names.meant(field, value)
        return same_values(self.snapshot, field, value)


def required(query: Query) -> tuple[Occur, Query]:
    """A part that every document must meet, and that adds nothing to its score."""
    return Occur.Must, Query.const_score_query(query, 0.0)


def number_between(schema: Schema, field: str, low: int | None, high: int | None) -> Query:
    """Documents whose number lies between these, both included; None is no bound."""
    return Query.range_query(schema, field, FieldType.Integer, low, high)
