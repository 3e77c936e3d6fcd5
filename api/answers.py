"""What a Reader answered → the shapes that the API shows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, cast, get_args

from api import schemas
from api.param_types import HitField
from dateline.documents import Sentence
from dateline.search.queries import FacetField, SearchQuery
from dateline.search.results import (
    Bar,
    Facet,
    FacetAnswer,
    FacetValue,
    Highlight,
    Hit,
    Resolution,
    SearchResults,
    Total,
)
from dateline.summaries.summarizing import summarize_stored
from dateline.summaries.values import SummaryOptions


def build_search_answer(
    query: SearchQuery,
    results: SearchResults,
    fields: Sequence[HitField],
    *,
    next_page: str | None,
    summary_words: int | None = None,
) -> schemas.SearchAnswer:
    """A page of hits with everything around it."""
    show = _hit_shower(fields, summary_words)
    return {
        "hits": [show(hit) for hit in results.hits],
        "total": _show_total(results.total),
        "collapsed": results.collapsed,
        "facets": {name: _show_values(facet) for name, facet in results.facets.items()},
        "facets_meta": {name: _show_meta(facet) for name, facet in results.facets.items()},
        "histogram": [_show_bar(bar) for bar in results.histogram],
        "undated": results.undated,
        "next": next_page,
        "took_ms": results.took_ms,
        "incomplete": results.incomplete,
        "warnings": list(results.warnings),
        "query": query.parsed.reading,
        "match": results.match,
        "resolved": _show_resolved(results.resolved),
        "wider": _show_wider(results.resolved),
    }


def build_reprints_answer(
    results: SearchResults | None, fields: Sequence[HitField], *, next_page: str | None
) -> schemas.ReprintsAnswer:
    """The other members of an article's group; None: it has none."""
    found = results or SearchResults(hits=(), total=Total(0))
    show = _hit_shower(fields, None)
    return {
        "hits": [show(hit) for hit in found.hits],
        "total": _show_total(found.total),
        "next": next_page,
        "took_ms": found.took_ms,
        "incomplete": found.incomplete,
    }


def build_values_answer(
    field: FacetField, answer: FacetAnswer, next_page: str | None
) -> schemas.ValuesAnswer:
    """The values of one field."""
    facet = answer.facets[field]
    return {
        "field": field,
        "values": _show_values(facet),
        "distinct": _show_total(facet.distinct),
        "missing": facet.missing,
        "exact": facet.exact,
        "next": next_page,
        "took_ms": answer.took_ms,
        "incomplete": answer.incomplete,
        "warnings": list(answer.warnings),
        "resolved": _show_resolved(answer.resolved),
        "wider": _show_wider(answer.resolved),
    }


def build_suggest_answer(answer: FacetAnswer, size: int) -> schemas.SuggestAnswer:
    """Completions over all kinds, the most frequent first, ties by name."""
    found = [
        schemas.Suggestion(field=name, value=each.value, label=each.label, count=each.count)
        for name, facet in answer.facets.items()
        for each in facet.values
    ]
    found.sort(key=lambda each: (-each["count"], each["label"]))
    return {
        "suggestions": found[:size],
        "took_ms": answer.took_ms,
        "incomplete": answer.incomplete,
    }


def _hit_shower(
    fields: Sequence[HitField], summary_words: int | None
) -> Callable[[Hit], schemas.Hit]:
    """What turns a hit into what is shown of it: one small function per field, chosen once."""
    show: dict[str, Callable[[Hit], Any]] = {name: _SHOWN[name] for name in fields}
    if summary_words is not None and "summary" in show:
        options = SummaryOptions(words=summary_words)
        show["summary"] = lambda hit: _cut_summary(hit, options)
    shown = tuple(show.items())
    return lambda hit: cast("schemas.Hit", {name: read(hit) for name, read in shown})


def _cut_summary(hit: Hit, options: SummaryOptions) -> str | None:
    """The stored sentences in the order of their ranks, so many as `options` ask for."""
    sentences = [Sentence(*triple) for triple in hit.stored.get("sentences", ())]
    return summarize_stored(hit.stored.get("text", ""), sentences, options).text or None


def _plain(name: str) -> Callable[[Hit], Any]:
    return lambda hit: hit.stored.get(name)


def _listed(name: str) -> Callable[[Hit], Any]:
    return lambda hit: hit.stored.get(name) or ()


def _dated(name: str) -> Callable[[Hit], str | None]:
    return lambda hit: cut_moment(hit.stored.get(name))


_LISTS = ("authors", "people", "places", "organisations", "tags", "countries")
_SHOWN: Mapping[str, Callable[[Hit], Any]] = {
    **{name: _plain(name) for name in get_args(HitField)},
    **{name: _listed(name) for name in _LISTS},
    **{name: _dated(name) for name in ("modified_at", "indexed_at")},
    "id": lambda hit: hit.id,
    "published_at": lambda hit: cut_moment(
        hit.stored.get("published_at"), hit.stored.get("date_precision", "second")
    ),
    "date_precision": lambda hit: hit.stored.get("date_precision", "none"),
    "highlights": lambda hit: [_show_highlight(each) for each in hit.highlights],
    "score": lambda hit: hit.score,
    "all_words": lambda hit: hit.all_words,
    "reprint_count": lambda hit: hit.reprint_count,
}


def cut_moment(stored: str | None, precision: str = "second") -> str | None:
    """A stored moment ("2022-09-27T00:00:00.000Z") as exactly as it is known."""
    if stored is None or precision == "day":
        return stored and stored[:10]
    return stored[:16] + "Z" if precision == "minute" else stored[:19] + "Z"


def _show_highlight(highlight: Highlight) -> schemas.Highlight:
    return {
        "field": highlight.field,
        "segments": [{"text": each.text, "hit": each.hit} for each in highlight.segments],
    }


def _show_total(total: Total) -> schemas.Total:
    return {"value": total.value, "relation": total.relation}


def show_value(value: FacetValue) -> schemas.FacetValue:
    """A value with its count."""
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }


def _show_values(facet: Facet) -> list[schemas.FacetValue]:
    return [show_value(value) for value in facet.values]


def _show_meta(facet: Facet) -> schemas.FacetMeta:
    return {
        "distinct": _show_total(facet.distinct),
        "missing": facet.missing,
        "exact": facet.exact,
    }


def _show_bar(bar: Bar) -> schemas.Bar:
    """Both days included, so that they can be sent back as `from` and `to`."""
    last = bar.end.date() - timedelta(days=1)
    return {"from": bar.start.date().isoformat(), "to": last.isoformat(), "count": bar.count}


def _show_resolved(
    resolved: Mapping[str, Sequence[Resolution]],
) -> dict[str, dict[str, list[str]]]:
    return {
        field: {each.asked: list(each.names) for each in resolutions}
        for field, resolutions in resolved.items()
        if resolutions
    }


def _show_wider(
    resolved: Mapping[str, Sequence[Resolution]],
) -> dict[str, dict[str, list[schemas.NamedCount]]]:
    wider = {
        field: {
            each.asked: [schemas.NamedCount(value=name, count=n) for name, n in each.wider]
            for each in resolutions
            if each.wider
        }
        for field, resolutions in resolved.items()
    }
    return {field: names for field, names in wider.items() if names}
