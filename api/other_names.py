"""What other services call our parameters, so that a habit of the hand gets the right hint."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

OTHER_NAMES: Mapping[str, str] = {
    "q": "query search searchtext searchterm keyword keywords term terms text phrase fq s",
    "search_in": "searchfield queryfields qf title headline intitle",
    "person": "people persons name names who",
    "place": "places location locations city where",
    "organisation": "organisations organization organizations org orgs company companies",
    "country": "countries sourcecountry nation",
    "source": "sources domain domains publisher outlet newspaper site newssource",
    "author": "authors byline",
    "language": "lang languages sourcelang locale",
    "exclude_source": "excludedomains excludesources",
    "from": "since after begin start startdate begindate fromdate datefrom publishedafter "
    "publishedfrom startdatetime mindate date day month year pubdate",
    "to": "until before end enddate todate dateto publishedbefore publishedto enddatetime "
    "maxdate date day month year pubdate",
    "sort": "sortby order orderby ordering direction",
    "page": "offset skip pagenumber pageno p",
    "page_size": "size limit count rows perpage max maxrecords num numresults hitsperpage show",
    "cursor": "searchafter nextpage nextpagetoken scrollid cursormark token",
    "facet": "facets facetfields aggs aggregations",
    "facet_query": "facetprefix prefix",
    "fields": "showfields fl include includes attributestoretrieve columns",
    "highlight": "hl highlights snippet snippets",
    "interval": "facetdaterange gap",
    "text": "content body document",
    "words": "length maxwords",
    "summarizer": "method algorithm summariser model",
}
"""Ours → theirs, small and without signs between: from the documentation of NewsAPI, the Guardian,
the New York Times, GDELT, MediaStack, NewsData, Elasticsearch, Solr and Algolia; plain English."""

_BETWEEN = re.compile(r"[-_.\s\[\]]")
_NEAR = 0.66


def nearest_names(name: str, known: Sequence[str]) -> list[str]:
    """Which of the known parameters are meant by a name that is none; empty where none is near.

    The same without signs between (`pageSize`), else what others call so (`limit`), else the most
    alike by letters.
    """
    bare = _bare(name)
    if same := [ours for ours in known if _bare(ours) == bare]:
        return same
    if meant := [ours for ours in known if bare in OTHER_NAMES.get(ours, "").split()]:
        return meant
    return get_close_matches(name.casefold(), known, n=1, cutoff=_NEAR)


def _bare(name: str) -> str:
    return _BETWEEN.sub("", name).casefold()
