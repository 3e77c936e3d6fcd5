"""An archive of invented articles, small enough to know by heart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dateline.documents import ArticleDocument, Original, Run
from dateline.search.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable


def make_document(
    document_id: str, title: str = "", body: str = "", **given: Any
) -> ArticleDocument:
    """A document as the back door builds it; `day` is "2024-03-05", or a moment with its time."""
    text = f"{title}\n\n{body}" if title else body
    names = {kind: tuple(given.pop(kind, ())) for kind in ("people", "places", "organisations")}
    keys = {f"{kind}_keys": tuple(map(name_key, listed)) for kind, listed in names.items()}
    day = given.pop("day", None)
    dated: dict[str, Any] = {}
    if day:
        moment = datetime.fromisoformat(day)
        dated["published_at"] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        dated |= {"date_precision": "second" if "T" in day else "day", "date_source": "metadata"}
    values: dict[str, Any] = {
        "title_source": "text" if title else "body",
        "body_start": len(title) + 2 if title else 0,
        "language": "en",
        "content_hash": f"hash-{document_id}",
        "revision": 10,
        "pipeline": "1",
        "word_count": len(text.split()),
    }
    listed = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    values |= names | keys | dated | given | listed
    return ArticleDocument(id=document_id, title=title or body[:40], text=text, **values)


def make_original(document: ArticleDocument, **given: Any) -> Original:
    """The original that a document was made of."""
    values: dict[str, Any] = {
        "content": document.text.encode(),
        "location": f"{document.id}.txt",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "content_hash": document.content_hash,
        "pipeline": document.pipeline,
        "outcome": "indexed",
        "received_at": datetime(2024, 5, 1, 12, tzinfo=UTC),
        "source": document.source,
        "span_map": (Run(0, 0, len(document.text)),),
    }
    return Original(id=document.id, **(values | given))


def with_originals(
    documents: Iterable[ArticleDocument],
) -> tuple[list[Original], list[ArticleDocument]]:
    """Both lists, as a writer takes them."""
    listed = list(documents)
    return [make_original(each) for each in listed], listed


ADA, ZOE, TOM, TOMAS = "Ada Quist", "Zoé Marlow", "Tom Harker", "Tomas Harker Lind"
POST, HERALD = "The Quay Post", "Fell Herald"

HARBOUR = [
    make_document(
        f"harbour-{number:02}",
        f"Harbour notice {number}",
        f"The harbour office moved berth {number} on Monday. Crews painted the quay wall.",
        source=POST,
        day="2024-03-05",
        people=[TOM] if number < 3 else [],
        places=["Port Elder"],
        countries=["NX"],
    )
    for number in range(12)
]
"""Twelve of one day and one kind: more than a page, more than widening asks for."""

STORIES = [
    make_document(
        "trial",
        "Jury clears ferry captain",
        "The jury found captain Ada Quist not guilty on Tuesday. Ada Quist\u2019s lawyers spoke.",
        source=HERALD,
        authors=["Rhea Stone", "Ivo Pell"],
        day="2024-02-10T08:15:30.125+00:00",
        people=[ADA],
        places=["Port Elder"],
        organisations=["Fell Ferries"],
        countries=["NX"],
        summary="The jury found captain Ada Quist not guilty on Tuesday.",
        summary_method="centroid",
    ),
    make_document(
        "verdict",
        "Second trial ends",
        "A guilty plea was entered by the mate. The captain was not present, the court heard.",
        source=HERALD,
        authors=["Rhea Stone"],
        day="2024-02-10T08:15:30.126+00:00",
        places=["Port Elder", "Lower Fell"],
        countries=["NX"],
        summary="A guilty plea was entered by the mate.",
        summary_method="centroid",
    ),
    make_document(
        "cafe",
        "Café opens on Lower Fell",
        "Zoé Marlow opened a café. The naïve plan worked, she said with a smile.",
        source="quay weekly",
        authors=["Ivo Pell"],
        day="2023-11-30",
        people=[ZOE],
        places=["Lower Fell"],
        countries=["NX"],
    ),
    make_document(
        "who",
        "The Who tribute fills the hall",
        "A tribute to The Who filled the hall. To be or not to be was sung as an encore.",
        source="quay weekly",
        day="2022-01-01T23:59:59.999+00:00",
    ),
    make_document(
        "undated-a",
        "Lighthouse keeper remembers",
        "The old keeper mobilised the village as the lamp failed. Tomas Harker Lind held on.",
        people=[TOMAS],
    ),
    make_document(
        "undated-b",
        "",
        "Mobilisation of the volunteers took an hour, said Tom Harker. Organizers thanked them.",
        people=[TOM],
        source=POST,
    ),
    make_document(
        "accord",
        "U.S./Nordland accord signed",
        "Envoys signed the accord of rope and sail. Sail makers welcomed the signed accord.",
        day="2021-06-15",
        people=["Vera Ohlsson-Brand"],
        places=["Nordland"],
        countries=["NL"],
        language="nl",
        source="AT&T Wire",
    ),
    make_document(
        "emoji",
        "Regatta won by a whisker",
        "🚀 The regatta was won by a whisker 🚀. Spectators \U0001d518nited cheered.",
        day="2020-02-29",
        people=[ADA, ZOE],
        places=["Nordland"],
        countries=["NL", "NX"],
        source=POST,
    ),
    make_document(
        "regatta-title",
        "Lamp oil prices",
        "Oil was dear. A regatta was mentioned once in a long piece on lamp oil prices.",
        day="2020-03-01",
        source=POST,
    ),
]

ARTICLES = HARBOUR + STORIES
IDS = {each.id for each in ARTICLES}
