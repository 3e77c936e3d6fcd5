"""Prints the items of a label set, for the person who labels.

cd tests; python -m quality.show_items CORPORA cleaning|dates [FIRST [LAST]]
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from quality import gold_texts

GOLDS = Path(__file__).parent / "golds"
DATED = re.compile(r"\b(?:1[89]|20)\d\d\b")
TELLING = re.compile(
    r"<meta[^>]*(?:publi|date|time|created|issued|modif)[^>]*>|<time[^>]*>[^<]*"
    r'|"(?:date[A-Z]\w*|uploadDate)"\s*:\s*"[^"]*"|<link[^>]*canonical[^>]*>'
    r'|"(?:first_?)?publish\w*"\s*:\s*"?[^",}]*\d{4}[^",}]*',
    re.IGNORECASE,
)


def show(corpora: Path, name: str, first: int = 0, last: int | None = None) -> None:
    """The items `first` to `last` (from 0, half-open) of the set, on stdout."""
    items = json.loads((GOLDS / f"{name}-items.json").read_text(encoding="utf-8"))
    for place, item in list(enumerate(items))[first:last]:
        told = {key: value for key, value in item.items() if key not in {"lines", "text"}}
        print(f"### {place}", json.dumps(told, ensure_ascii=False))  # noqa: T201 - its purpose
        lines = _cleaning(corpora, item) if name == "cleaning" else _dates(corpora, item)
        print("\n".join(lines))  # noqa: T201 - its purpose


def _cleaning(corpora: Path, item: dict[str, Any]) -> list[str]:
    text = gold_texts.read_text(corpora, item["file"], item["document"])
    title: list[str] = []
    if item["file"].startswith("yahoo"):
        record = gold_texts.yahoo_record(corpora, item["file"], item["document"])
        title = [f"(the record's title) {record['title']}"]
    lines = enumerate(text.split("\n"))
    return title + [f"{number}| {line}" for number, line in lines if line.strip()]


def _dates(corpora: Path, item: dict[str, Any]) -> list[str]:
    material = gold_texts.dated_material(corpora, item)
    if item["kind"] == "page":
        telling = dict.fromkeys(found[0][:300] for found in TELLING.finditer(material))
        return [*list(telling)[:40], "-- text", *_head(gold_texts.strip_tags(material), 12)]
    return _head(material, 14)


def _head(text: str, count: int) -> list[str]:
    """The first lines, the last ones, and those between that hold a year."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) == 1:
        return [lines[0][:2500], "…", lines[0][-600:]]
    middle = [f"… {line[:300]}" for line in lines[count:-3] if DATED.search(line)]
    return [line[:600] for line in lines[:count]] + middle + lines[count:][-3:]


if __name__ == "__main__":
    show(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:5]))
