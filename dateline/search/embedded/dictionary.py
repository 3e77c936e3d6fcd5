"""The values that a field holds anywhere in the archive, read once per snapshot.

They are searched here rather than by the engine's regular expressions, which take no more than a
thousand states: a long name typed by a person would be an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.search.names import initials_of, is_initials
from dateline.search.queries import STORED_FIELD
from dateline.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.search.embedded.archive import Snapshot
    from dateline.search.names import Candidate
    from dateline.search.queries import FacetField, NameField

_SEPARATOR = "|"
_SHORT = 4
"""Letters of a word up to which halves of it would tell nothing."""


def list_values(snapshot: Snapshot, field: str) -> list[Candidate]:
    """Every value of a stored field, the most frequent first, with about how many hold it."""
    name = f"values of {field}"
    if name not in snapshot.facts:
        snapshot.facts[name] = snapshot.searcher.terms_with_prefix(field, "")
    values: list[Candidate] = snapshot.facts[name]
    return values


def same_values(snapshot: Snapshot, field: FacetField, text: str) -> list[str]:
    """The values that equal this text in any case of its ASCII letters."""
    name = f"values of {field} by their letters"
    if name not in snapshot.facts:
        known: dict[bytes, list[str]] = {}
        for value, _ in list_values(snapshot, STORED_FIELD[field]):
            known.setdefault(without_case(value), []).append(value)
        snapshot.facts[name] = known
    found: list[str] = snapshot.facts[name].get(without_case(text.strip()), [])
    return found


def without_case(text: str) -> bytes:
    """The text with its ASCII letters small and all others as they are."""
    return text.encode("utf-8", "surrogatepass").lower()


def list_keys(snapshot: Snapshot, of: NameField) -> list[Candidate]:
    """The keys of every name, the most frequent first, with about how many documents hold each."""
    return list_values(snapshot, f"{STORED_FIELD[of]}_keys")


def keys_with_words(snapshot: Snapshot, of: NameField, name: str) -> list[Candidate]:
    """Keys that hold all folded words of the name: who resolves it looks closer."""
    words = folded_words(name)
    if not words:
        return []
    return [each for each in list_keys(snapshot, of) if all(word in each[0] for word in words)]


def keys_like(snapshot: Snapshot, of: NameField, name: str) -> list[Candidate]:
    """Keys with a word that begins, ends or is halfway spelt like one of the name's.

    Of a name that may be initials also those of names whose words begin so.
    """
    words = folded_words(name)
    parts = {part for word in words for part in _parts(word)}
    initials = words[0] if len(words) == 1 and is_initials(words[0]) else None
    return [
        each
        for each in list_keys(snapshot, of)
        if any(part in f" {each[0]}" for part in parts)
        or (initials and initials == initials_of(each[0]))
    ]


def keys_beginning(snapshot: Snapshot, of: NameField, prefix: str) -> list[str]:
    """Keys with the words of the folded prefix in a row, the last one only begun."""
    folded = " ".join(folded_words(prefix))
    if not folded:
        return []
    begun = f" {folded}"
    return [
        key for key, _ in list_keys(snapshot, of) if begun in f" {key.partition(_SEPARATOR)[0]}"
    ]


def _parts(word: str) -> Iterator[str]:
    yield f" {word[:2]}"
    yield word[-3:]
    if len(word) > _SHORT:  # a word one letter away has one half whole
        yield word[: len(word) // 2]
        yield word[len(word) // 2 :]
