"""Two engines asked the same question: on which facts of the answer they agree."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import chain
from math import isclose
from typing import TYPE_CHECKING, Any

from contract.archive import question
from contract.drawing import phrase_words

from dateline.search.queries import FACET_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contract.archive import Archive

    from dateline.documents import ArticleDocument
    from dateline.search.queries import SearchQuery
    from dateline.search.results import Facet, Hit, SearchResults

FACTS = ("hit set", "total", "facets", "histogram", "order", "highlights", "words said")
SHOWN = 10
_GROUP = 200
"""Hits fetched to know groups of equal score that the tenth place cuts."""
_STEP = 5_000
_TOLERANCE = 1e-4
"""Relative: scores are sums of 32-bit numbers, added in another order."""


def ask(drawn: Mapping[str, Any], documents: Mapping[str, ArticleDocument]) -> SearchQuery:
    """The question that was drawn, its phrases read from their stories."""
    given = {
        name: date.fromisoformat(value) if name.startswith("published") else tuple(value)
        for name, value in drawn.get("filters", {}).items()
    }
    typed = drawn["q"].format(*(_phrase(documents, *place) for place in drawn.get("phrases", ())))
    named = {name: drawn[name] for name in ("match", "search_in") if name in drawn}
    return question(
        typed,
        sort=drawn["sort"],
        interval=drawn["interval"],
        facets=FACET_FIELDS,
        facet_size=20,
        **named,
        **given,
    )


def compare(query: SearchQuery, one: Archive, other: Archive) -> Iterator[tuple[str, str]]:
    """Each fact on which the answers differ, and how."""
    left, right = (archive.run(archive.reader.search(query)) for archive in (one, other))
    if left.total != right.total:
        yield "total", f"{left.total.value} and {right.total.value}"
    whole = replace(query, match=left.match)  # a walk by date is never widened by itself
    ids = [set(_all_ids(archive, whole)) for archive in (one, other)]
    if ids[0] != ids[1]:
        yield "hit set", f"{len(ids[0] - ids[1])} only in one, {len(ids[1] - ids[0])} in the other"
    for name in FACET_FIELDS:
        if not _same_facet(left.facets[name], right.facets[name]):
            yield "facets", f"{name}: {left.facets[name]} and {right.facets[name]}"
    if (left.histogram, left.undated) != (right.histogram, right.undated):
        yield "histogram", f"{left.undated} and {right.undated} undated"
    if (left.match, left.warnings, left.resolved) != (right.match, right.warnings, right.resolved):
        yield "words said", f"{left.warnings} and {right.warnings}"
    yield from _compare_order(query, one, other)
    yield from _compare_marks(left, right)


def _phrase(
    documents: Mapping[str, ArticleDocument],
    story: str,
    first: int,
    length: int,
    shuffled: int | None = None,
) -> str:
    """A phrase of a story, its words in another order if a seed says which."""
    found = documents[story]
    words = phrase_words(found.text, found.body_start)[first : first + length]
    if shuffled is not None:
        random.Random(shuffled).shuffle(words)
    return " ".join(words)


def _all_ids(archive: Archive, query: SearchQuery) -> Iterator[str]:
    """Every hit, by walking."""
    asked = replace(
        query,
        sort="newest",
        page_size=_STEP,
        fields=("id",),
        facets=(),
        interval=None,
        highlight=False,
    )
    while True:
        found = archive.run(archive.reader.search(asked))
        yield from (hit.id for hit in found.hits)
        if found.next_cursor is None:
            return
        asked = replace(asked, cursor=found.next_cursor)


def _same_facet(left: Facet, right: Facet) -> bool:
    """Values, counts and order alike; "at least" on one side is no more than on the other."""
    if (left.values, left.missing) != (right.values, right.missing):
        return False
    if left.distinct.relation == right.distinct.relation == "eq":
        return left.distinct == right.distinct
    low, high = sorted((left.distinct, right.distinct), key=lambda total: total.relation == "eq")
    return low.value <= high.value


def _compare_order(query: SearchQuery, one: Archive, other: Archive) -> Iterator[tuple[str, str]]:
    """The first ten: groups of equal rank as sets, one cut by the tenth place as part of it."""
    asked = replace(
        query,
        page_size=_GROUP,
        fields=("published_at",),
        facets=(),
        interval=None,
        highlight=False,
    )
    left, right = (archive.run(archive.reader.search(asked)).hits for archive in (one, other))
    at = 0
    for group in _groups(left):
        shown = {hit.id for hit in right[at : min(at + len(group), SHOWN)]}
        ids = {hit.id for hit in group}
        at += len(group)
        reaches_on = at >= len(left) == _GROUP  # the group may go on beyond what was fetched
        if not (shown <= ids if at > SHOWN else shown == ids) and not reaches_on:
            yield "order", f"place {at - len(group) + 1}: {sorted(ids)[:5]} and {sorted(shown)[:5]}"
            return
        if at >= SHOWN:
            return


def _groups(hits: tuple[Hit, ...]) -> Iterator[list[Hit]]:
    group: list[Hit] = []
    for hit in hits:
        if group and not _same_rank(group[-1], hit):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _same_rank(one: Hit, other: Hit) -> bool:
    if one.score is None or other.score is None:
        return bool(one.stored.get("published_at") == other.stored.get("published_at"))
    return isclose(one.score, other.score, rel_tol=_TOLERANCE)


def _compare_marks(left: SearchResults, right: SearchResults) -> Iterator[tuple[str, str]]:
    """The words marked in hits that both answers show."""
    marks = {hit.id: marked_words(hit) for hit in left.hits}
    for hit in right.hits:
        if hit.id in marks and marks[hit.id] != marked_words(hit):
            mine, theirs = marks[hit.id], marked_words(hit)
            yield "highlights", f"{hit.id}: {dict(mine - theirs)} and {dict(theirs - mine)}"


def marked_words(hit: Hit) -> Counter[str]:
    """The marked stretches of a hit's highlights, in small letters."""
    segments = chain.from_iterable(each.segments for each in hit.highlights)
    return Counter(segment.text.lower() for segment in segments if segment.hit)
