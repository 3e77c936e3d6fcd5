"""What a typed name means among the names of the archive. Pure; engines bring the candidates."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dateline.search.results import Resolution
from dateline.text.folding import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.search.queries import NameField

Candidate = tuple[str, int]
"""A name key and in how many documents it stands."""

NEAREST = 5
"""How many near names an answer offers."""

_SEPARATOR = "|"
_NEAR = 0.72
_GRAIN = 20
_SHOWN = 5
_MOST_INITIALS = 5


def name_key(name: str) -> str:
    """The key that is stored for a canonical name: "folded name|Canonical Name"."""
    return f"{fold_name(name).replace(_SEPARATOR, ' ')}{_SEPARATOR}{name}"


def split_key(key: str) -> tuple[str, str]:
    """A stored key's folded and canonical name."""
    folded, _, canonical = key.partition(_SEPARATOR)
    return folded, canonical


def resolve_name(asked: str, candidates: Sequence[Candidate]) -> Resolution:
    """Which of these names a person means by `asked`.

    The name spelt exactly so; else those equal after folding; else all that hold its folded words.
    Names that hold its words too but were not chosen are `wider`; when nothing is found `nearest`
    holds names like it. Most frequent first, ties by name.
    """
    holding = _ordered(_holding(fold_name(asked), candidates))
    names = _meant(asked, [name for name, _ in holding])
    wider = tuple((name, count) for name, count in holding if name not in names)
    nearest = () if names else nearest_names(asked, candidates)
    return Resolution(asked=asked, names=names, wider=wider, nearest=nearest)


def nearest_names(asked: str, candidates: Iterable[Candidate]) -> tuple[tuple[str, int], ...]:
    """Up to five names that look like `asked`, nearest first, then most frequent.

    Likeness is difflib's ratio of the folded names, whole or word by word, in steps of a twentieth;
    below .72 a name is not offered, unless `asked` is its initials.
    """
    folded = fold_name(asked)
    if not folded:
        return ()
    matcher = _Likeness(folded)
    scored = [
        (matcher.grade(split_key(key)[0]), count, split_key(key)[1]) for key, count in candidates
    ]
    near = sorted((-grade, -count, name) for grade, count, name in scored if grade)
    return tuple((name, -count) for _, count, name in near[:NEAREST])


def is_initials(word: str) -> bool:
    """Whether a folded word may stand for the initials of a name: "us", "nyc"."""
    return word.isalpha() and 2 <= len(word) <= _MOST_INITIALS  # noqa: PLR2004 - one is no name


def initials_of(key: str) -> str:
    """The first letters of the words of a name, of its key or of its folded form."""
    return "".join(word[0] for word in split_key(key)[0].split())


def name_warning(field: NameField, resolution: Resolution) -> str | None:
    """The sentence that tells a person what a name was taken for; None when there was no doubt."""
    if not resolution.names:
        return _unknown(field, resolution)
    if len(resolution.names) > 1:
        return (
            f"{field} “{resolution.asked}” means {len(resolution.names)} names, all searched: "
            f"{_listed(resolution.names)}; type one of them in full to mean only that one"
        )
    return None


def _unknown(field: NameField, resolution: Resolution) -> str:
    unknown = f"no {field} in the archive is called “{resolution.asked}”"
    if not resolution.nearest:
        several = f"; for several names give {field}= once for each"
        return unknown + (several if "," in resolution.asked else "")
    return f"{unknown}; nearest: {', '.join(f'{name} ({n:,})' for name, n in resolution.nearest)}"


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")


def _holding(folded: str, candidates: Iterable[Candidate]) -> Iterable[Candidate]:
    """Candidates, by canonical name, that hold every word of the folded name."""
    words = set(folded.split())
    if not words:
        return
    for key, count in candidates:
        known, canonical = split_key(key)
        if words.issubset(known.split()):
            yield canonical, count


def _ordered(names: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(names, key=lambda named: (-named[1], named[0]))


def _meant(asked: str, names: Sequence[str]) -> tuple[str, ...]:
    spelt = asked.strip()
    if spelt in names:
        return (spelt,)
    folded = fold_name(spelt)
    equal = tuple(name for name in names if fold_name(name) == folded)
    return equal or tuple(names)


class _Likeness:
    """Grades names against one folded name; difflib keeps its work on the second sequence."""

    def __init__(self, folded: str) -> None:
        self._initials = folded if is_initials(folded) else None
        self._whole = SequenceMatcher(b=folded, autojunk=False)
        self._words = [SequenceMatcher(b=word, autojunk=False) for word in folded.split()]

    def grade(self, name: str) -> int:
        """Likeness in twentieths, 0 when the name is not near."""
        if self._initials == initials_of(name):
            return _GRAIN
        best = max(_ratio(self._whole, name), self._by_words(name.split()))
        return round(best * _GRAIN) if best >= _NEAR else 0

    def _by_words(self, words: Sequence[str]) -> float:
        """The mean, over the asked words, of the likeness of each one's best partner."""
        total = 0.0
        for matcher in self._words:
            best = max((_ratio(matcher, word) for word in words), default=0.0)
            if best < _NEAR:
                return 0.0
            total += best
        return total / len(self._words)


def _ratio(matcher: SequenceMatcher[str], text: str) -> float:
    matcher.set_seq1(text)
    if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
        return 0.0
    return matcher.ratio()
