"""Entity scores on labelled corpora: strict spans, facets per document, countries per story.

Strict: span and kind over people, places and organisations, after "the" and 's are dropped from
both sides. Facet: the set of canonical names of a document; the gold's are made canonical by
the same code.
"""

from __future__ import annotations

import re
import tarfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.entities.names import Kind, Name, read_page, straighten
from indexer.entities.rules import build_entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from dateline.documents import Entities

MEMBERS = {
    "testa": "ner-dev/conll/eng.testa",
    "wikigold": "ner-dev/wikigold/CONLL-format/data/wikigold.conll.txt",
}
_KINDS: dict[str, Kind] = {"PER": "person", "LOC": "place", "ORG": "organisation"}
_NO_BLANK_BEFORE = re.compile(r"(?:[.,;:!?)\]%]+|n't|'(?:s|re|ve|ll|d|m)?)$")
_NO_BLANK_AFTER = {"(", "[", "$"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document of a corpus, put together again from its tokens, and its gold names."""

    text: str
    names: list[Name]


@dataclass(slots=True)
class Score:
    """Counts of names right, found and wanted; F1 in per cent."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: AbstractSet[object], wanted: AbstractSet[object]) -> None:
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        return 100 * self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return 100 * self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        return 200 * self.right / max(1, self.found + self.wanted)


@dataclass(slots=True)
class Scores:
    """What one corpus says: strict over all kinds, facets of people and of places."""

    strict: Score = field(default_factory=Score)
    people: Score = field(default_factory=Score)
    places: Score = field(default_factory=Score)
    resolved: Score = field(default_factory=Score)


def read_corpus(archive: Path, member: str) -> list[Labelled]:
    """The documents of a CoNLL file inside `ner-dev.tar.xz`."""
    with tarfile.open(archive) as packed:
        content = packed.extractfile(MEMBERS[member])
        assert content is not None
        lines = content.read().decode("utf-8").splitlines()
    return [_put_together(document) for document in _iter_documents(lines) if document]


def _iter_documents(lines: Iterable[str]) -> Iterator[list[list[tuple[str, str]]]]:
    document: list[list[tuple[str, str]]] = [[]]
    for line in lines:
        columns = line.split()
        if not columns:
            document.append([])
        elif columns[0] == "-DOCSTART-":
            yield [sentence for sentence in document if sentence]
            document = [[]]
        else:
            document[-1].append((columns[0], columns[-1]))
    yield [sentence for sentence in document if sentence]


def _put_together(sentences: list[list[tuple[str, str]]]) -> Labelled:
    text = ""
    names: list[Name] = []
    for sentence in sentences:
        before, last = "", "O"
        for token, tag in sentence:
            text += _gap(before, token)
            kind = _KINDS.get(tag[2:])
            if kind and last == tag and not tag.startswith("B-"):
                start = names.pop().start
                names.append(Name(start, len(text) + len(token), kind, text[start:] + token))
            elif kind:
                names.append(Name(len(text), len(text) + len(token), kind, token))
            text += token
            before, last = token, tag.replace("B-", "I-")
        text += "\n"
    return Labelled(text, names)


def _gap(before: str, token: str) -> str:
    glued = not before or before in _NO_BLANK_AFTER or _NO_BLANK_BEFORE.match(token)
    return "" if glued else " "


def score_corpus(documents: Sequence[Labelled], found: Sequence[Entities]) -> Scores:
    """Compares what was found with the gold, document by document."""
    scores = Scores()
    for document, entities in zip(documents, found, strict=True):
        page = read_page(straighten(document.text))
        gold = build_entities(document.names, page, document.text)
        scores.strict.add(_spans(entities), _spans(gold))
        scores.people.add(set(entities.people), set(gold.people))
        scores.places.add(_place_names(entities), _place_names(gold))
        scores.resolved.add({place.name for place in entities.places}, _place_names(gold))
    return scores


def score_kinds(documents: Sequence[Labelled], found: Sequence[Entities]) -> dict[str, Score]:
    """Strict scores of each kind."""
    scores = {kind: Score() for kind in _KINDS.values()}
    for document, entities in zip(documents, found, strict=True):
        page = read_page(straighten(document.text))
        ours, gold = _spans(entities), _spans(build_entities(document.names, page, document.text))
        for kind, score in scores.items():
            score.add({s for s in ours if s[2] == kind}, {s for s in gold if s[2] == kind})
    return scores


def _place_names(entities: Entities) -> set[object]:
    return {mention.name for mention in entities.mentions if mention.kind == "place"}


def _spans(entities: Entities) -> set[tuple[int, int, str]]:
    return {(*_trim(m.form, m.start, m.end), m.kind) for m in entities.mentions}


def _trim(form: str, start: int, end: int) -> tuple[int, int]:
    if form[:4].lower() == "the ":
        start += 4
    if form.endswith("'s"):
        end -= 2
    return start, end
