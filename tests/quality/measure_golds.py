"""The main job: what a reader took from three real articles, found again after the whole trip.

cd tests; python -m quality.measure_golds CORPORA
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.figures import Figure, share
from quality.whole_trip import travel

from dateline.summaries import SummaryOptions, summarize_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.documents import ArticleDocument

QUICK = True
STAGE = "golds"
GOLDS = Path(__file__).parent / "golds"
KINDS = {
    "default": SummaryOptions(),
    "focus=Lukashenko": SummaryOptions(focus="Lukashenko"),
    "focus=Prigozhin": SummaryOptions(focus="Prigozhin"),
    "words=20": SummaryOptions(words=20),
}


def figures(corpora: Path) -> list[Figure]:
    """Names in as many articles as the golds say, names beside them, sentences of summaries."""
    trip, _ = travel([corpora / "articles"])
    documents = {Path(location).name: document for location, document in trip if document}
    golds = json.loads((GOLDS / "entities.json").read_bytes())
    people = Counter(name for each in documents.values() for name in each.people)
    places = Counter(name for each in documents.values() for name in each.places)
    beside = len(people.keys() - golds["people"]) + len(places.keys() - golds["places"])
    return [
        _names("people", people, {name: [each] for name, each in golds["people"].items()}),
        _names("places", places, {n: each["articles"] for n, each in golds["places"].items()}),
        Figure(
            STAGE, "names beside the golds", beside, len(people | places), None, 0, at_most=True
        ),
        _sentences(documents, json.loads((GOLDS / "summaries.json").read_bytes())),
    ]


def _names(what: str, found: Counter[str], golds: Mapping[str, Iterable[int]]) -> Figure:
    right = sum(found[name] in counts for name, counts in golds.items())
    return share(STAGE, f"{what} found", right, len(golds), 1)


def _sentences(documents: Mapping[str, ArticleDocument], golds: dict[str, Any]) -> Figure:
    wanted = {
        (article, kind, sentence)
        for article, kinds in golds.items()
        for kind, sentences in kinds.items()
        for sentence in sentences
    }
    found = {
        (article, kind, sentence)
        for article, document in documents.items()
        for kind, options in KINDS.items()
        for sentence in _summarize(document, options)
    }
    return share(STAGE, "sentences of summaries found", len(wanted & found), len(wanted), 1)


def _summarize(document: ArticleDocument, options: SummaryOptions) -> list[str]:
    summary = summarize_stored(document.text, document.sentences, options)
    return [sha256(each.text.encode()).hexdigest() for each in summary.sentences]


if __name__ == "__main__":
    for figure in figures(Path(sys.argv[1])):
        print(figure)  # noqa: T201 - what this is run for
