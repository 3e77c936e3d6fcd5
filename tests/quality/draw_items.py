"""Draws the items of the label sets by seed: run again, it writes the same files.

cd tests; python -m quality.draw_items CORPORA
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from quality import gold_texts
from quality.corpus_files import BBC, FUNDUS, REUTERS
from quality.gold_texts import line_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Item = dict[str, Any]

GOLDS = Path(__file__).parent / "golds"
YAHOO_2017, YAHOO_2018 = "yahoo-finance-2017.json.xz", "yahoo-finance-2018.json.xz"
ENGLISH = ["uk", "us", "au", "ca", "ind", "za", "na", "my", "ls", "tz"]
NOT_ENGLISH = re.compile("Isolezwe|Eyethu|Ilanga|Habari|Dizindaba|Bhaskar")
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
BBC_DATE = re.compile(rf"\b\d{{1,2}} {MONTH} (19|20)\d\d|{MONTH} \d{{1,2}},? (19|20)\d\d")
YAHOO_DATE = re.compile(rf"{MONTH} \d{{1,2}}, (19|20)\d\d")
DATELINE = re.compile(r"<DATELINE>.*[A-Z][a-z]+\.? \d+")
ODD_STORIES = ("14609", "15370", "15785", "10279", "10423", "10506", "1045", "17192")
ODD_VALUES = (
    "0000-00-00 00:00:00",
    "N/A",
    "2017-13-45",
    "1498769102",
    "29 June 2017",
    "06/07/2017",
    "2017-06-29T20:45:02-04:00",
    "Thu, 29 Jun 2017 20:45:02 GMT",
    "2917-06-29",
    "yesterday",
    "",
    "2017",
    "2017-06-31 10:00:00",
    "June 2017",
    "20170629",
    "1970-01-01 00:00:00",
)
STAMPS = (
    ("before", "Tuesday 14 March 2023 09:35 AM"),
    ("after", "Published: 12 May 2019, 18:04 BST"),
    ("before", "Posted on March 3, 2021 by admin"),
    ("after", "Updated 4:15 PM ET, Mon June 7, 2021"),
    ("after", "First published on Sat 24 Feb 2018 12.42 CET"),
    ("lead", "LONDON, 8 September 2016 (Reuters) -"),
    ("lead", "LONDON, Sept 8 (Reuters) -"),
    ("after", "03/04/2021"),
    ("after", "25/12/2020 10:15"),
    ("before", "2020-02-30"),
    ("after", "By Jane Sample | October 9, 2014 | 3:05 pm EDT"),
    ("after", "Last modified on Fri 1 Jul 2022 10.00 BST"),
    ("after", "2 days ago"),
    ("before", "Wednesday, March 8th"),
    ("end", "© 2021 The Northern Courier"),
    ("before", "Event date: 12 June 2024, Town Hall"),
    ("after", "March 2015"),
    ("before", "2019-06-11T08:30Z"),
    ("after", "Dienstag, 5. März 2019, 14:20 Uhr"),
    ("after", "Publié le 7 octobre 2020 à 08h15"),
    ("end", "Published 9 November 2011"),
    ("lead", "OSLO, 27 Sep 2022 —"),
    ("after", "31 April 2019"),
    ("glued", "Friday 3 January 2020 11:02 PM"),
    ("end", "This story was originally published November 19, 2018."),
    ("after", "Sept. 30, 2016 at 7:45 a.m. EST"),
    ("before", "Deadline for entries: 1 October 2023"),
    ("after", "Mon, 05 Nov 2018 16:20:11 +0100"),
    ("after", "Listen to this article (recorded 2 February 2022)"),
    ("lead", "BERLIN, Nov. 2, 2015 /Newswire/ --"),
)


def _draw(seed: str, population: Sequence[Any], count: int) -> list[Any]:
    return Random(seed).sample(population, count)


def _by_key(pages: Iterable[str], key: Callable[[str], str]) -> list[str]:
    """The first page of each key."""
    firsts: dict[str, str] = {}
    for page in pages:
        firsts.setdefault(key(page), page)
    return list(firsts.values())


def _publisher(page: str) -> str:
    return page.split("_", maxsplit=1)[0]


def cleaning_items(corpora: Path) -> list[Item]:
    """Samples, 70 records, 26 saved pages of 26 publishers, 25 articles with noise."""
    found = [("articles", path.name) for path in sorted((corpora / "articles").glob("*.txt"))]
    for year, file, count in ((2017, YAHOO_2017, 36), (2018, YAHOO_2018, 34)):
        places = range(gold_texts.yahoo_size(corpora, file))
        found += [(file, str(n)) for n in sorted(_draw(f"cleaning {year}", places, count))]
    found += [(FUNDUS, page) for page in _cleaning_pages(corpora)]
    articles = gold_texts.bbc_documents(corpora)
    found += [(BBC, name) for name in sorted(_draw("cleaning bbc", articles, 25))]
    return [_with_lines(corpora, file, document) for file, document in found]


def _cleaning_pages(corpora: Path) -> list[str]:
    pages = gold_texts.fundus_documents(corpora)
    english = [page for page in pages if page.split("/")[0] in ENGLISH]
    other = [page for page in pages if page.split("/")[0] in {"fr", "de", "es", "pt"}]
    chosen: list[str] = []
    for seed, group, count, key in (
        ("cleaning english", english, 22, _publisher),
        ("cleaning other", other, 4, lambda page: page[:2]),
    ):
        fitting = [page for page in group if _fits(corpora, page)]
        chosen += sorted(_by_key(_draw(seed, fitting, len(fitting)), key)[:count])
    return chosen


def _fits(corpora: Path, page: str) -> bool:
    if NOT_ENGLISH.search(page):
        return False
    text = gold_texts.strip_tags(gold_texts.fundus_page(corpora, page))
    return 20 <= text.count("\n") + 1 <= 100 and 250 <= len(text.split()) <= 1500


def _with_lines(corpora: Path, file: str, document: str) -> Item:
    text = gold_texts.read_text(corpora, file, document)
    numbered = enumerate(text.split("\n"))
    lines = [[number, line_hash(line)] for number, line in numbered if line.strip()]
    return {"file": file, "document": document, "text": line_hash(text), "lines": lines}


def date_items(corpora: Path) -> list[Item]:
    """Records, SGML, pages and texts, dated and not; what was drawn twice is asked once."""
    drawn = [*_records(corpora), *_stories(corpora), *_pages(corpora), *_texts(corpora)]
    items: dict[str, Item] = {}
    for item in drawn:
        key = line_hash(gold_texts.dated_material(corpora, item))
        items.setdefault(key, item | {"text": key})
    return list(items.values())


def _item(file: str, document: str, kind: str, **more: Any) -> Item:
    return {"file": file, "document": document, "kind": kind, **more}


def _records(corpora: Path) -> list[Item]:
    sizes = {file: gold_texts.yahoo_size(corpora, file) for file in (YAHOO_2017, YAHOO_2018)}
    drawn: list[Item] = []
    for file, size in sizes.items():
        places = sorted(_draw(f"dates records {file}", range(size), 10))
        drawn += [_item(file, str(place), "record") for place in places]
    drawn += [_item(YAHOO_2018, place, "record") for place in ("72", "156", "314", "381")]
    bare = {"without": ["date_publish"]}
    for file, size in sizes.items():
        places = sorted(_draw(f"dates without {file}", range(size), 5))
        drawn += [_item(file, str(place), "record", **bare) for place in places]
    drawn += [_item(YAHOO_2017, place, "record", **bare) for place in ("113", "155")]
    places = _draw("dates odd", range(sizes[YAHOO_2017]), len(ODD_VALUES))
    return drawn + [
        _item(YAHOO_2017, str(place), "record", given={"date_publish": value})
        for place, value in zip(places, ODD_VALUES, strict=True)
    ]


def _stories(corpora: Path) -> list[Item]:
    stories = gold_texts.reuters_stories(corpora)
    numbers = sorted(stories, key=int)
    drawn = [*_draw("dates sgml", numbers, 18), *ODD_STORIES]
    datelined = [number for number in numbers if DATELINE.search(stories[number])]
    texts = _draw("dates reuters text", datelined, 10)
    return [_item(REUTERS, number, "sgml") for number in drawn] + [
        _item(REUTERS, number, "text") for number in texts
    ]


def _pages(corpora: Path) -> list[Item]:
    pages = gold_texts.fundus_documents(corpora)
    firsts = _by_key(_draw("dates pages", pages, len(pages)), _publisher)
    spoken = {*ENGLISH, "tz", "tw"}
    english = [page for page in firsts if page.split("/")[0] in spoken]
    other = [page for page in firsts if page.split("/")[0] not in spoken]

    def short(page: str) -> bool:
        text = gold_texts.strip_tags(gold_texts.fundus_page(corpora, page))
        return 12 <= text.count("\n") <= 110

    texts = sorted(list(filter(short, english))[:22]) + list(filter(short, sorted(other[:60])))[:8]
    return [_item(FUNDUS, page, "page") for page in sorted(english[:42] + other[:22])] + [
        _item(FUNDUS, page, "text") for page in texts
    ]


def _texts(corpora: Path) -> list[Item]:
    drawn = [_item("articles", p.name, "text") for p in sorted((corpora / "articles").glob("*"))]
    drawn += [_item(YAHOO_2017, place, "text") for place in ("113", "155", "215")]
    drawn += [_item(YAHOO_2018, "175", "text")]
    articles = gold_texts.bbc_documents(corpora)
    misleading = [a for a in articles if BBC_DATE.search(gold_texts.bbc_text(corpora, a))]
    drawn += [_item(BBC, name, "text") for name in _draw("dates misleading", misleading, 14)]
    drawn += [
        _item(file, place, "text")
        for file, place in _draw("dates misleading yahoo", _yahoo_with_dates(corpora), 10)
    ]
    drawn += [_item(BBC, name, "text") for name in _draw("dates nothing", articles, 10)]
    stamped = _draw("dates stamps", articles, len(STAMPS))
    return drawn + [
        _item(BBC, name, "text", stamp=stamp, place=place)
        for name, (place, stamp) in zip(stamped, STAMPS, strict=True)
    ]


def _yahoo_with_dates(corpora: Path) -> list[tuple[str, str]]:
    return [
        (file, str(place))
        for file in (YAHOO_2017, YAHOO_2018)
        for place in range(gold_texts.yahoo_size(corpora, file))
        if YAHOO_DATE.search(gold_texts.read_text(corpora, file, str(place))[:1500])
    ]


def write_rows(rows: Iterable[Item], target: Path) -> None:
    """Rows as a JSON list, one a line, so that a diff shows the row."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    target.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write_rows(cleaning_items(Path(sys.argv[1])), GOLDS / "cleaning-items.json")
    write_rows(date_items(Path(sys.argv[1])), GOLDS / "dates-items.json")
