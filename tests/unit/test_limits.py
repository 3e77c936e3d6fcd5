from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.errors import ParameterError
from dateline.search.limits import check_facets, check_search
from dateline.search.queries import FacetQuery, Filters, SearchQuery

QUERY = SearchQuery()
BACKWARDS = Filters(published_from=date(2023, 1, 2), published_to=date(2023, 1, 1))


@pytest.mark.parametrize(
    "query",
    [
        QUERY,
        replace(QUERY, page_size=0),
        replace(QUERY, page_size=100, page=100),
        replace(QUERY, cursor="x", sort="oldest"),
        replace(
            QUERY, filters=Filters(published_from=date(2023, 1, 1), published_to=date(2023, 1, 1))
        ),
    ],
)
def test_a_question_within_the_limits_passes(query: SearchQuery) -> None:
    assert check_search(query) is query


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (replace(QUERY, page_size=-1), "page_size"),
        (replace(QUERY, page_size=1_000_000), "page_size"),
        (replace(QUERY, facet_size=0), "facet_size"),
        (replace(QUERY, facet_size=101), "facet_size"),
        (replace(QUERY, page=0), "page"),
        (replace(QUERY, page_size=100, page=101), "page"),
        (replace(QUERY, page_size=0, page=10_001), "page"),
        (replace(QUERY, cursor="x", sort="relevance"), "cursor"),
        (replace(QUERY, cursor="x", page=2), "page"),
        (replace(QUERY, filters=BACKWARDS), "from"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name_with_the_way_out(
    query: SearchQuery, parameter: str
) -> None:
    with pytest.raises(ParameterError) as raised:
        check_search(query)
    assert raised.value.parameter == parameter
    assert raised.value.hint


@pytest.mark.parametrize(("size", "offset"), [(0, 0), (101, 0), (10, -1), (10, 10_001)])
def test_facet_values_have_limits_too(size: int, offset: int) -> None:
    with pytest.raises(ParameterError):
        check_facets(FacetQuery(QUERY, ("person",), size=size, offset=offset))
