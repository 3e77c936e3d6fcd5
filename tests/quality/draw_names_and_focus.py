"""Draws the items of the sets names and focus by seed: run again, it writes the same files.

cd tests; python -m quality.draw_names_and_focus CORPORA
"""

# ruff: noqa: RUF001  # typographic apostrophes stand in the articles

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from quality.article_texts import (
    YAHOO,
    article_ids,
    cut_sentences,
    flat,
    read_article,
    short_hash,
)
from quality.corpus_files import BBC, REUTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.article_texts import Span

    Place = tuple[str, str, Span]

GOLDS = Path(__file__).parent / "golds"
POOL = {BBC: 700, REUTERS: 2500}
PER_KIND = 24
PER_ARTICLE = 4
NAMES_FOR_CERTAIN = ("surname alone, again", "company alone, again", "title")

CAP = r"[A-Z][\w&]*[a-z][\w&]*(?:[-'][A-Z][a-z]+)*"
FORM = r"(?:Inc|Corp|Ltd|Co|Plc|PLC|AG|SA|NV|LLC|LLP|GmbH|SpA|AB)\b"
COLLECTIVE = r"(?:Group|Forces|Holdings|Partners|Bank|University|Union|Party|Airlines|Motors|Fund)"
TITLE = (
    r"(?:Mr|Mrs|Ms|Sir|Lord|Lady|Dame|Dr|Prof|Prince|Princess|President|Premier|Prime Minister"
    r"|Judge|Minister|Secretary|Senator|Sen\.|Rep\.|Governor|Gov\.|Chancellor|King|Queen|Sheikh|General"
    r"|Gen\."
    r"|Chairman|CEO|Justice|Pope|Ayatollah|Ambassador|Congressman)"
)
# Endings and particles of names that are written in Latin letters from other scripts.
CARRIED = (
    r"\b(?:(?:al|el)-[A-Z]\w+|(?:Al|El)-[A-Z]\w+|(?:Abdul|Abdel|Abu|Bin|Ibn|bin|ibn)[ -][A-Z]\w+"
    r"|[A-Z]\w+(?:ovich|evich|enko|shvili|sky|skiy|chev|khov|kov|nov|tsin|mir|eini|enei|anjani|zadeh"
    r"|oglu|yev)|(?:Deng|Zhao|Zhang|Xi|Wang|Zhou|Chen|Liu|Kim|Nguyen|Park) [A-Z][a-z]+)\b"
)
TWO_FACED = (
    r"\b(?:Georgia|Jordan|Washington|Lebanon|Paris|Chad|Turkey|Victoria|Houston|Lincoln|Israel"
    r"|Chelsea|Milan|Liverpool|Newcastle|Madrid|Barcelona|Santiago|Florence|Sydney|Austin|Dallas"
    r"|Jackson|Cleveland|Wellington|Hamilton|Kent|York|Boston|Phoenix|Amazon|Virginia|Carolina"
    r"|Wales|Leeds|Leicester|Toulouse|Chester|Kingston|Stanley|Morgan|Ford|Chase)\b"
)
# What is drawn: the last group of a pattern is the anchor.
PATTERNS = {
    "collective": rf"{CAP} ({COLLECTIVE})\b",
    "company form": rf"({CAP}) {FORM}",
    "title": rf"\b{TITLE} (?:{CAP} )?({CAP})",
    "possessive": rf"({CAP})['’]s\b",
    "carried over": rf"({CARRIED})",
    "initials": rf"\b[A-Z]\. ?(?:[A-Z]\. ?)?({CAP})",
    "junior": rf"({CAP}),? (?:Jr|Sr|II|III|IV)\b",
    "two-faced": rf"({TWO_FACED})",
    "acronym": r"(?<![A-Z] )(?<!<)(?<!\()\b([A-Z]{2,6})\b(?! [A-Z]{2})",
    "acronym in brackets": r"[a-z] \(([A-Z]{2,6})\)",
}
SURNAME = re.compile(rf"(?<=[a-z,] )({CAP})(?=[ ,.'’](?! ?[A-Z]))")
FULL = re.compile(rf"\b{CAP} (?:[A-Z]\. )?({CAP})\b")
BASE = re.compile(rf"\b({CAP}) (?:{FORM}|{COLLECTIVE})")
HEADLINE = re.compile(r"\b([A-Z]{4,})\b")


def name_items(corpora: Path) -> list[dict[str, Any]]:
    """Anchors of every hard kind, and more of those that are names for certain.

    Each draw is in the order of files, articles and places.
    """
    found = _candidates(corpora)
    first = _draw(found, "names", PER_KIND, {})
    more = _draw({kind: found[kind] for kind in NAMES_FOR_CERTAIN}, "names more", PER_KIND, first)
    return [
        _name_item(corpora, place, drawn[place])
        for drawn in (first, {place: why for place, why in more.items() if place not in first})
        for place in sorted(drawn)
    ]


def _draw(
    found: dict[str, list[Place]], seed: str, count: int, before: dict[Place, str]
) -> dict[Place, str]:
    """`count` places of each kind beside those drawn before, never many of one article."""
    chosen = dict(before)
    per_article = Counter(place[:2] for place in chosen)
    for kind in sorted(found, key=lambda kind: (len(found[kind]), kind)):
        taken = 0
        for place in Random(f"{seed} {kind}").sample(found[kind], len(found[kind])):
            fresh = place not in chosen and per_article[place[:2]] < PER_ARTICLE
            if fresh and taken < count:
                chosen[place] = kind
                per_article[place[:2]] += 1
                taken += 1
    return chosen


def _name_item(corpora: Path, place: Place, kind: str) -> dict[str, Any]:
    file, document, (start, end) = place
    text = read_article(corpora, file, document)
    return {
        "file": file,
        "document": document,
        "text": short_hash(text),
        "why": kind,
        "anchor": [start, end],
        "hash": short_hash(text[start:end]),
    }


def _candidates(corpora: Path) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    again: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for file in (BBC, REUTERS, *YAHOO):
        ids = article_ids(corpora, file)
        pool = Random(f"names {file}").sample(ids, POOL.get(file, len(ids)))
        for document in sorted(pool):
            text = read_article(corpora, file, document)
            for kind, span in _anchors(text, file):
                found[kind].append((file, document, span))
                if kind in {"surname alone", "company alone"}:
                    again[kind][text[slice(*span)]].append((file, document, span))
    for kind, words in again.items():
        found[f"{kind}, again"] = list(_again(kind, words))
    return found


def _again(kind: str, words: dict[str, list[Place]]) -> Iterator[Place]:
    """Of 14 words that stand so in several articles: up to three places, each in another."""
    firsts = {
        word: list({place[:2]: place for place in places}.values())
        for word, places in words.items()
    }
    often = sorted(word for word, places in firsts.items() if len(places) > 1)
    for word in Random(f"names {kind}").sample(often, 14):
        yield from firsts[word][:3]


def _anchors(text: str, file: str) -> Iterator[tuple[str, Span]]:
    title, _, _ = text.partition("\n")
    for kind, pattern in PATTERNS.items():
        for match in re.finditer(pattern, text):
            if match.start() > len(title):
                yield kind, match.span(match.lastindex or 0)
    for kind, whole in (("surname alone", FULL), ("company alone", BASE)):
        words = {match[1] for match in whole.finditer(text)}
        for match in SURNAME.finditer(text):
            if match[1] in words and match.start() > len(title):
                yield kind, match.span(1)
    body = text[len(title) :]
    for match in HEADLINE.finditer(title) if file == REUTERS else ():
        if re.search(rf"[a-z,] {match[1].capitalize()}\b", body):
            yield "headline in capitals", match.span(1)


def focus_articles(corpora: Path) -> list[tuple[str, str]]:
    """Fourteen articles of the BBC, twelve of Reuters, fourteen of Yahoo, of 10 to 34 sentences."""
    drawn: list[tuple[str, str]] = []
    for file, count in ((BBC, 14), (REUTERS, 12), (YAHOO[0], 7), (YAHOO[1], 7)):
        ids = article_ids(corpora, file)
        mixed = Random(f"focus {file}").sample(ids, len(ids))
        fitting = (one for one in mixed if _fits(read_article(corpora, file, one)))
        drawn += [(file, next(fitting)) for _ in range(count)]
    return drawn


def _fits(text: str) -> bool:
    return 10 <= len(cut_sentences(text)) <= 34 and " vs " not in text


def focus_items(corpora: Path) -> list[dict[str, Any]]:
    """The drawn articles with their sentences; each focus was chosen by its first reader."""
    focuses = (GOLDS / "focus-queries.json").read_text(encoding="utf-8")
    rows = []
    for (file, document), focus in zip(focus_articles(corpora), json.loads(focuses), strict=True):
        text = read_article(corpora, file, document)
        sentences = [[a, b, short_hash(flat(text[a:b]))] for a, b in cut_sentences(text)]
        told = {"file": file, "document": document, "text": short_hash(text), "focus": focus}
        rows.append(told | {"sentences": sentences})
    return rows


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write a list of rows as JSON, one a line."""
    lines = ",\n".join(json.dumps(row) for row in rows)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write_rows(GOLDS / "names-items.json", name_items(Path(sys.argv[1])))
    write_rows(GOLDS / "focus-items.json", focus_items(Path(sys.argv[1])))
