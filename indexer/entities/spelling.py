"""The keys under which tables hold names: folded, with the saint written out."""

from __future__ import annotations

from functools import lru_cache

from dateline.text.folding import fold_name

_WRITTEN_OUT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=32_768)
def name_key(name: str) -> str:
    """The folded name, remembered: an article says the same names again and again."""
    return fold_name(name)


@lru_cache(maxsize=32_768)
def name_words(name: str) -> tuple[str, ...]:
    """The words of the key."""
    return tuple(name_key(name).split())


@lru_cache(maxsize=32_768)
def place_key(name: str) -> str:
    """The folded name with "St", "Ste", "Mt", "Ft" written out: "St. Paul" meets "Saint Paul"."""
    words = name_words(name)
    if _WRITTEN_OUT.keys().isdisjoint(words):
        return name_key(name)
    return " ".join([*(_WRITTEN_OUT.get(word, word) for word in words[:-1]), words[-1]])
