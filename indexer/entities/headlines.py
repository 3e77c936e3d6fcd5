"""Lines wholly in capitals, read by what the rest of the text says of their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entities.gazetteer import find_country, is_common, is_place_name
from indexer.entities.names import find_full_people, iter_lines, put_names
from indexer.entities.organisations import base_words
from indexer.entities.spelling import name_key, name_words
from indexer.entities.words import FUNCTION_WORDS, ORGANISATION_HEADS, PERSONAL_COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.entities.names import Kind, Name, Page, Word

_SMALL = re.compile(r"[a-z]")
_SHOUTED = re.compile(r"[A-Z]{2}")
_LONGEST = 6
_FEW = 2
_SHORTEST = 4


def read_headlines(names: Sequence[Name], page: Page) -> list[Name]:
    """Names of the body, countries and known surnames in lines that are all in capitals."""
    lines = [span for span in iter_lines(page.text) if _is_headline(page.text[slice(*span)])]
    if title := _find_title(page):
        lines.append(title)
    if not lines:
        return list(names)
    body = [name for name in names if not any(a <= name.start < b for a, b in lines)]
    known, kept = _collect_known(body), set(body)
    found = [name for span in lines for name in _iter_known(span, known, page)]
    names = [n for n in names if n in kept or not _is_loose(n, page)]
    whole = [n for n in names if n.kind in ("person", "place") and " " in n.key]
    return put_names(names, [n for n in found if not any(_holds(other, n) for other in whole)])


def _is_loose(name: Name, page: Page) -> bool:
    """Whether an organisation in capitals ends in a common word that heads no body."""
    is_listed = page.text[name.end : name.end + 2].lstrip()[:1] == "<"
    if name.kind != "organisation" or not name.words or is_listed:
        return False
    last = name.words[-1]
    is_short = " " in name.key and max(map(len, name.words)) < _SHORTEST
    return is_short or (is_common(last) and last not in ORGANISATION_HEADS)


def _holds(whole: Name, part: Name) -> bool:
    """Whether a full person or a place in more words ("MEXICO CITY") is what stands there."""
    is_within = whole.start <= part.start and part.end <= whole.end
    return is_within and whole.kind == part.kind and len(part.form) < len(whole.form)


def _find_title(page: Page) -> tuple[int, int] | None:
    """The first line, if all but its short words have capitals ("Orlen Buys a Ferry")."""
    line = page.text.partition("\n")[0]
    words = [word for word in line.split() if len(word) >= _SHORTEST]
    is_title = len(words) >= _SHORTEST and line[-1].isalnum() and not any(map(str.islower, words))
    return (0, len(line)) if is_title and not line.isupper() else None


def _is_headline(line: str) -> bool:
    if _SMALL.search(line) or not _SHOUTED.search(line):
        return False
    words = line.split()
    return len(words) > _FEW and sum(word.isalpha() for word in words) * _FEW > len(words)


def _collect_known(names: Sequence[Name]) -> dict[tuple[str, ...], Kind]:
    """Folded words → kind, of names in the body, firms without their form, and surnames."""
    known: dict[tuple[str, ...], Kind] = {}
    for name in names:
        if name.kind != "other" and name.words:
            known.setdefault(name.words, name.kind)
        if name.kind == "organisation":
            _add_firsts(known, base_words(name.form))
    for person in find_full_people(names):
        known.setdefault(name_words(person.form.split()[-1]), "person")
    return known


def _add_firsts(known: dict[tuple[str, ...], Kind], base: tuple[str, ...]) -> None:
    """A headline gives the first words of a firm, or one that is nothing else."""
    for length in range(len(base), 0, -1):
        is_clear = length > 1 or not (is_common(base[0]) or is_place_name(base[0]))
        if length == len(base) or is_clear:
            known.setdefault(base[:length], "organisation")


def _iter_known(
    span: tuple[int, int], known: Mapping[tuple[str, ...], Kind], page: Page
) -> Iterator[Name]:
    words = [word for word in page.words if span[0] <= word.start < span[1]]
    at = 0
    while at < len(words):
        found = _longest(words[at : at + _LONGEST], known, page)
        if found:
            yield found[1]
        at += found[0] if found else 1


def _longest(
    words: Sequence[Word], known: Mapping[tuple[str, ...], Kind], page: Page
) -> tuple[int, Name] | None:
    """The longest known name that these words begin with, and how many words it has."""
    for length in range(len(words), 0, -1):
        if kind := _kind(words[:length], known, page):
            return length, page.cut(words[0].start, words[length - 1].end, kind)
    return None


def _kind(words: Sequence[Word], known: Mapping[tuple[str, ...], Kind], page: Page) -> Kind | None:
    form = page.text[words[0].start : words[-1].end]
    key = name_words(form)
    if kind := known.get(key):
        is_word = key[0] in FUNCTION_WORDS or (not form.isupper() and is_common(key[0]))
        return None if len(key) == 1 and is_word else kind
    is_country = len(form) >= _SHORTEST and name_key(form) not in PERSONAL_COUNTRIES
    return "place" if is_country and find_country(form) else None
