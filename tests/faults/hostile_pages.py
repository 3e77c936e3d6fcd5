"""Pages that would break a careless reader; run by itself it prints seconds and memory of each."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from unit.written_pages import write_page

from dateline.documents import Unusable
from indexer.pages.extraction import extract_article
from indexer.pages.slimming import MAX_TAGS
from indexer.sources import Refusal, SourceOptions
from indexer.sources.html_pages import read_page

FULL = MAX_TAGS // 2 - 200
CELL = "<td>12</td>"
NAME = "<p itemprop=author>"
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "nested divs": write_page(above="<div>" * 200_000),
    "nested inline": write_page("<b><i>" * 100_000 + "text"),
    "nested as deep as is read": write_page(above="<div>" * FULL, below="</div>" * FULL),
    "nested shares": write_page(above='<div class="share">x' * 250, below="</div>" * 250),
    "a table of 50,000 cells": write_page(above=f"<table>{f'<tr>{CELL * 50}</tr>' * 1000}</table>"),
    "as many cells as are read": write_page(above=f"<table><tr>{CELL * FULL}</table>"),
    "as many breaks as are read": write_page("word and more<br>" * FULL * 2),
    "as many paragraphs as are read": write_page(*["The ferry left again."] * FULL),
    "as much text as is read": write_page("word " * 99_000),
    "a word without end": write_page("x" * 499_000),
    "inline tags": write_page("<span>ab</span>" * FULL),
    "a huge attribute": write_page(above=f'<div class="{"a" * 4_000_000}">'),
    "300,000 attributes": write_page(above=f"<div {' '.join(f'a{n}=x' for n in range(300_000))}>"),
    "an entity bomb": f"<!DOCTYPE html [<!ENTITY a0 'aaaa'>{ENTITIES}]>{write_page('&a9;')}",
    "references": write_page("&amp;" * 90_000),
    "scripts": write_page(above="<script>" * 300_000),
    "comments": write_page(above="<!--" * 500_000),
    "open tags": write_page(above='<a "' * 500_000),
    "statements": write_page(above=NAME * 200_000, head="<meta name=author content=x>" * 50_000),
    "json": write_page(head=f"<script type=application/ld+json>{'[' * 200_000}</script>"),
    "headings": write_page(above="<h1>Ferry leaves" * 100_000),
    "zeros": write_page("\0" * 100_000),
}


def run(source: str) -> tuple[str, float]:
    """What becomes of a page, and in how many seconds of a core."""
    began = time.process_time()
    article = read_page(source.encode(), "page", SourceOptions())
    found = article if isinstance(article, Refusal) else extract_article(article)
    fate = found.code if isinstance(found, (Refusal, Unusable)) else "article"
    return fate, time.process_time() - began


def peak_memory() -> int:
    """The most that this process ever held, in MB; `getrusage` would count its parent's too."""
    status = Path("/proc/self/status").read_text("ascii", "replace")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    run(write_page())
    for name, page in HOSTILE.items():
        made, seconds = run(page)
        print(json.dumps([name, made, round(seconds, 2), peak_memory()]), flush=True)  # noqa: T201
    sys.exit()
