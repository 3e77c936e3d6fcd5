"""Texts made to be slow or to break the stages: each is cleaned or refused, and soon."""

# ruff: noqa: RUF001  # typographic signs are what is tested

from __future__ import annotations

import pytest

from dateline.documents import CleanArticle, Unusable
from dateline.text.cleaning import clean_article
from dateline.text.spans import trace

BODY = "The harbour council voted on Friday for a new pier.\nWork on it begins in June, she said."


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "x" * 1_000_000,
        "e" + "\u0301\u0323" * 50_000 + " ends here.",
        "\u202e\u202dabc def " * 20_000,
        "abc \ud800 def. " * 20_000,
        'said."The ' * 20_000,
        "NEXT storm hits old port\n" * 20_000,
        "Advertisement\n" * 50_000 + BODY,
        "“a ‘b " * 50_000,
        "![" * 100_000 + "](" * 100_000,
        "[a](/b" * 50_000,
        "*a _b " * 100_000,
        "The pier is " + "x" * 500_000 + "1 " + "@" * 500_000 + " b c d",
        " " * 500_000 + "x\n" + "end.[1]" * 50_000,
    ],
    ids=[
        "words",
        "one word",
        "marks",
        "overrides",
        "surrogates",
        "glue",
        "pagers",
        "adverts",
        "quotes",
        "pictures",
        "links",
        "emphasis",
        "long words",
        "notes",
    ],
)
def test_hostile_texts_end(text: str) -> None:
    assert isinstance(clean_article(trace(text), None), CleanArticle | Unusable)
