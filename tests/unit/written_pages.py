"""Pages written for the tests, with what newsrooms put round an article."""

# ruff: noqa: E501  # HTML is as long as it is

from __future__ import annotations

import json
from typing import Any

PARAGRAPHS = (
    (
        "The ferry left Harbour Island at nine on Monday morning, an hour late and half empty, while "
        "the crew argued about the weather with the coast guard."
    ),
    (
        "“Nobody told us that the pier was closed,” said Ann Lee, who runs a caf&eacute; beside it and "
        "sells &amp; rents bicycles to the few visitors who still come."
    ),
    (
        "The company promised a second boat for the summer. It has made that promise every spring "
        "since 2019, according to the minutes of the town council."
    ),
    (
        "Bo Ek, the mayor, asked for patience. The council meets again on Thursday to decide whether "
        "the town should buy a boat of its own."
    ),
)
READ = tuple(text.replace("&eacute;", "é").replace("&amp;", "&") for text in PARAGRAPHS)
TITLE = "Ferry leaves an hour late"
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-02-29T09:30:10+01:00",
    "dateModified": "2024-03-01T08:00:00Z",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ek"}],
    "publisher": {"@type": "Organization", "name": "The Harbour Post"},
    "articleSection": "Islands",
    "keywords": ["ferries", "council"],
    "inLanguage": "en-GB",
    "image": {"@type": "ImageObject", "url": "https://post.example/ferry.jpg"},
    "description": "The ferry was late again, and the town thinks of buying one.",
}
CHROME = """
<nav><ul><li><a href="/">Home</a></li><li><a href="/islands">Islands</a></li></ul></nav>
"""
FOOT = """
<footer><p>All rights of this imaginary paper are reserved.</p></footer>
"""


def write_page(
    *paragraphs: str,
    head: str = "",
    title: str = TITLE,
    node: dict[str, Any] | None = None,
    above: str = "",
    below: str = "",
) -> str:
    """A page; paragraphs are HTML, `node` is its JSON-LD, the rest stands round the article."""
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs or PARAGRAPHS)
    stated = ARTICLE if node is None else node
    script = f'<script type="application/ld+json">{json.dumps(stated)}</script>' if stated else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} | The Harbour'
        f" Post</title>{head}{script}</head><body>{CHROME}<main><article><h1>{title}</h1>{above}"
        f'<div class="article-body">\n{body}\n</div>{below}</article></main>{FOOT}</body></html>\n'
    )
