"""Turns a reader's short notes into the label file of one pass.

cd tests; python -m quality.write_labels CORPORA cleaning|dates NOTES PASS.json

Notes on cleaning, one a line, by the item's place in the items file; lines without a note are kept:
    12 d 0 5-9 31                       lines 0, 5 to 9 and 31 of item 12: drop
    12 s 7 keep |(Reporting by|drop     line 7 is cut where "(Reporting by" begins
Notes on dates; items without a note have none:
    40 2017-06-29T20:45:02Z m           metadata; t = text
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quality import gold_texts
from quality.corpus_files import BBC

GOLDS = Path(__file__).parent / "golds"
PRECISIONS = {10: "day", 17: "minute", 20: "second"}
SOURCES = {"m": "metadata", "t": "text"}


def cleaning_labels(corpora: Path, notes: list[str]) -> list[dict[str, Any]]:
    """A row for every item that is read (BBC's gold is known from its noise)."""
    items = json.loads((GOLDS / "cleaning-items.json").read_text(encoding="utf-8"))
    drops, cuts = _read_notes(notes)
    rows = []
    for place, item in enumerate(items):
        if item["file"] == BBC:
            continue
        text = gold_texts.read_text(corpora, item["file"], item["document"]).split("\n")
        lines = [
            _label(text, line, drops, cuts.get((place, line[0])), place) for line in item["lines"]
        ]
        rows.append({"file": item["file"], "document": item["document"], "lines": lines})
    return rows


def _read_notes(
    notes: list[str],
) -> tuple[set[tuple[int, int]], dict[tuple[int, int], str]]:
    drops: set[tuple[int, int]] = set()
    cuts: dict[tuple[int, int], str] = {}
    for note in filter(str.strip, notes):
        place, kind, rest = note.rstrip("\n").split(" ", 2)
        if kind == "s":
            line, _, cut = rest.partition(" ")
            cuts[int(place), int(line)] = cut
            continue
        for span in rest.split():
            first, _, last = span.partition("-")
            drops |= {(int(place), line) for line in range(int(first), int(last or first) + 1)}
    return drops, cuts


def _label(
    text: list[str], line: list[Any], drops: set[tuple[int, int]], cut: str | None, place: int
) -> list[Any]:
    number, key = line
    if cut is None:
        return [number, key, "drop" if (place, number) in drops else "keep"]
    first, *rest = cut.split("|")
    parts: list[list[Any]] = [[0, first.strip()]]
    for beginning, fate in zip(rest[::2], rest[1::2], strict=True):
        if text[number].count(beginning) != 1:
            sys.exit(f"item {place}, line {number}: {beginning!r} does not stand there once")
        parts.append([text[number].index(beginning), fate.strip()])
    return [number, key, "split", parts]


def date_labels(notes: list[str]) -> list[dict[str, Any]]:
    """A row for every item: date, precision, source."""
    items = json.loads((GOLDS / "dates-items.json").read_text(encoding="utf-8"))
    noted = {int(note.split()[0]): note.split()[1:] for note in filter(str.strip, notes)}
    rows = []
    for place, item in enumerate(items):
        date, source = noted.get(place, (None, ""))
        told = {key: item[key] for key in ("file", "document", "kind", "text")}
        precision = PRECISIONS[len(date)] if date else "none"
        rows.append(
            told | {"date": date, "precision": precision, "source": SOURCES.get(source, "none")}
        )
    return rows


def main(corpora: str, name: str, notes_file: str, target: str) -> None:
    """Write the pass, one item a line."""
    notes = Path(notes_file).read_text(encoding="utf-8").split("\n")
    rows = cleaning_labels(Path(corpora), notes) if name == "cleaning" else date_labels(notes)
    lines = ",\n".join(json.dumps(row) for row in rows)
    Path(target).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:5])
