"""Shows the items of the sets names and focus to a reader, and writes a pass from the notes.

cd tests; python -m quality.label_names_and_focus CORPORA show names|focus [FIRST [LAST]]
cd tests; python -m quality.label_names_and_focus CORPORA write names|focus NOTES PASS.json

Notes on focus, one item a line: its place, then the numbers of the acceptable sentences.
    12 1 21 22
Notes on names, one item a line: its place; p (person), l (place) or o (organisation); the
mention as it stands; after bars, where they say more: canonical forms in the article, forms over
the corpus, a name that keeps the entity apart from a namesake. `-` is none.
    40 p Example | Ann B. Example | Ann Example / Ann Beth Example
    41 -
"""

# ruff: noqa: RUF001  # typographic apostrophes stand in the articles

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from quality.article_texts import name_hash, read_article
from quality.draw_names_and_focus import GOLDS, write_rows

Item = dict[str, Any]

KINDS = {"p": "person", "l": "place", "o": "organisation"}
CONTEXT = 110
_WORD = r"[A-Z][\w&'’.-]*"
_JOIN = r"(?:(?:of|and|de|the) )*"
RUN = rf"(?:{_WORD},? {_JOIN})*\b(?:{{}})\b[\w'’]*(?:,? {_JOIN}{_WORD})*"


def read_rows(name: str) -> list[Item]:
    """The rows of a file in golds/, such as `names-pass1`."""
    rows: list[Item] = json.loads((GOLDS / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def show(corpora: Path, name: str, first: int = 0, last: int = 10_000) -> None:
    """Print items with what a reader needs to label them."""
    for place, item in list(enumerate(read_rows(f"{name}-items")))[first : last + 1]:
        text = read_article(corpora, item["file"], item["document"])
        lines = _show_anchor(text, item) if name == "names" else _show_sentences(text, item)
        sys.stdout.write(f"=== {place} {item['file'][:5]} {item['document']}: {lines}\n")


def _show_anchor(text: str, item: Item) -> str:
    start, end = item["anchor"]
    around = (
        f"{text[max(0, start - CONTEXT) : start]}[[{text[start:end]}]]{text[end : end + CONTEXT]}"
    )
    word = text[start:end]
    cases = "|".join(map(re.escape, dict.fromkeys([word, word.capitalize(), word.upper()])))
    runs = dict.fromkeys(found[0] for found in re.finditer(RUN.format(cases), text))
    also = " ; ".join(run for run in runs if run != word)
    before = re.search(rf"((?:[\w.'&-]+ ){{1,8}})\({re.escape(word)}\)", text)
    spelled = f" ; {before[0]}" if before and word.isupper() else ""
    return f"{' '.join(around.split())}\n    also: {(also + spelled)[:260]}"


def _show_sentences(text: str, item: Item) -> str:
    numbered = enumerate(item["sentences"])
    return item["focus"] + "".join(f"\n{n}| {text[a:b]}" for n, (a, b, _) in numbered)


def write(corpora: Path, name: str, notes_file: str, target: str) -> None:
    """Write a pass: a row for every item, in the order of the items."""
    notes = Path(notes_file).read_text(encoding="utf-8").splitlines()
    noted = dict(note.split(" ", 1) for note in notes if note.strip() and note[0] != "#")
    rows = []
    for place, item in enumerate(read_rows(f"{name}-items")):
        if str(place) not in noted:
            sys.exit(f"item {place} has no note")
        note = noted[str(place)]
        told = {key: item[key] for key in ("file", "document")}
        if name == "focus":
            rows.append(told | {"focus": item["focus"], "right": sorted(map(int, note.split()))})
        else:
            rows.append(told | {"anchor": item["anchor"]} | _name_label(corpora, place, note))
    write_rows(Path(target), rows)


def _name_label(corpora: Path, place: int, note: str) -> Item:
    if note.strip() == "-":
        return {"kind": "none", "span": None, "canonical": [], "corpus": [], "entity": None}
    item = read_rows("names-items")[place]
    text = read_article(corpora, item["file"], item["document"])
    mention, *more = (part.strip() for part in note[2:].split("|"))
    forms, wider, known, *_ = [*more, "", "", ""]
    in_article = _forms(forms) or [mention]
    over_corpus = _forms(wider)
    kind = KINDS[note[0]]
    return {
        "kind": kind,
        "span": _span(text, mention, item["anchor"], place),
        "canonical": [name_hash(form) for form in in_article],
        "corpus": [name_hash(form) for form in over_corpus],
        "entity": _entity(kind, known or _known(in_article, over_corpus, item)),
    }


def _known(in_article: list[str], over_corpus: list[str], item: Item) -> str:
    if over_corpus or " " in in_article[0]:
        return [*over_corpus, *in_article][0]
    return f"{in_article[0]} of {item['file']} {item['document']}"


def _entity(kind: str, known: str) -> str:
    return hashlib.sha256(f"{kind} {known.lower()}".encode()).hexdigest()[:12]


def _forms(joined: str) -> list[str]:
    return [form.strip() for form in joined.split(" / ") if form.strip()]


def _span(text: str, mention: str, anchor: list[int], place: int) -> list[int]:
    """Where the mention stands that covers the anchor; white space may differ."""
    pattern = r"\s+".join(map(re.escape, mention.split()))
    for start in range(max(0, anchor[1] - len(mention) - 20), anchor[0] + 1):
        found = re.compile(pattern).match(text, start)
        if found and found.end() >= anchor[1]:
            return [found.start(), found.end()]
    sys.exit(f"item {place}: {mention!r} does not cover the anchor")


if __name__ == "__main__":
    if sys.argv[2] == "show":
        show(Path(sys.argv[1]), sys.argv[3], *map(int, sys.argv[4:6]))
    else:
        write(Path(sys.argv[1]), *sys.argv[3:6])
