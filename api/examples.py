"""What the docs show and fill in, made of the samples."""

from typing import Any

EXAMPLE_ID = "6bc227d0778dee4f21a02904f692e69a"
"""One of the samples, so that every box is filled with something that answers."""

EXAMPLE_TEXT = (
    "The harbour of Lindow will close for two winters, the council decided on Tuesday. "
    "Engineers found cracks in the old sea wall after the storms of January. "
    "Fishing boats may land their catch at Marsk until the wall is mended. "
    "The mayor, Ines Holt, said that the state would pay for half of the work."
)

_ARTICLE = {
    "id": EXAMPLE_ID,
    "title": "First miners reach the surface after 69 days underground",
    "description": None,
    "source": "The Northern Ledger",
    "url": "https://northernledger.example/2010/10/13/first-miners-reach-the-surface",
    "authors": ["Ines Holt"],
    "image_url": None,
    "published_at": "2010-10-13",
    "date_precision": "day",
    "summary": "The first of the 33 men stepped into the night air shortly after midnight.",
    "people": ["Florencio Ávalos"],
    "places": ["Copiapó"],
    "organisations": ["NASA"],
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "Hit": _ARTICLE | {"score": 4.2, "all_words": True, "reprint_count": 0},
    "Article": _ARTICLE,
    "Highlight": {
        "field": "text",
        "segments": [{"text": "hugging ", "hit": False}, {"text": "President", "hit": True}],
    },
    "Total": {"value": 5, "relation": "eq"},
    "FacetValue": {"value": "Florencio Ávalos", "label": "Florencio Ávalos", "count": 5},
    "Bar": {"from": "2010-10-01", "to": "2010-10-31", "count": 5},
    "Problem": {
        "type": "urn:dateline:problem:parameter",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "there is no parameter 'plce' here; did you mean place?",
        "code": "parameter",
    },
    "ProblemError": {"where": "plce", "why": "there is no parameter 'plce' here"},
}
"""Shown in the docs, per model and field."""
