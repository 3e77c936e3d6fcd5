"""Which name an article's own spelling goes by: what a person decided first, then what is learned.

A decision about a name counts for all its spellings that differ in print alone, so that a file of
decisions means the same whichever of them most articles have.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from dateline.search.names import name_key
from dateline.text.folding import fold_name, folded_words
from indexer.knowledge.names import alias_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dateline.documents import EntityKind
    from indexer.knowledge.decisions import Decision, Decisions
    from indexer.knowledge.values import Facts, Knowledge

FindName: TypeAlias = "Callable[[EntityKind, str], str]"
"""Kind and spelling → the name to take."""
NameKey: TypeAlias = "tuple[EntityKind, str]"


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions, ready to be applied.

    `ends`: name → where its accepted lines lead; a name stands for all its spellings. `scoped`: the
    lines that count in some articles only, the narrower first. `apart`: spellings that are not
    joined with others of the same print. `words`: name → folded words it is also found by.
    """

    apart: frozenset[NameKey] = frozenset()
    ends: Mapping[NameKey, str] = field(default_factory=dict)
    scoped: Mapping[NameKey, Sequence[Decision]] = field(default_factory=dict)
    words: Mapping[NameKey, tuple[str, ...]] = field(default_factory=dict)

    def find_key(self, kind: EntityKind, name: str) -> NameKey:
        """What the spellings of this name have in common; a spelling apart has one of its own.

        That begins with a blank, as no name does: it may be spelt as the others' common one.
        """
        return kind, f" {name}" if (kind, name) in self.apart else alias_key(kind, name) or name

    def key_name(self, kind: EntityKind, name: str) -> str:
        """The key that is stored for a canonical name: its merged spellings find it too."""
        return name_key(name, self.words.get((kind, name), ()))


@lru_cache(maxsize=8)
def make_rulings(decisions: Decisions) -> Rulings:
    """The decisions, ready; they are those of a file that was found to be sound."""
    rulings = Rulings(apart=find_apart(decisions.all))
    accepted = [each for each in decisions.all if each.verdict == "accepted"]
    everywhere = [each for each in accepted if not each.scoped]
    ends = find_ends(everywhere, rulings)
    scoped: dict[NameKey, list[Decision]] = defaultdict(list)
    for each in sorted(accepted, key=lambda each: (each.source is None, not each.beside)):
        if each.scoped:
            scoped[rulings.find_key(each.kind, each.name)].append(each)
    return Rulings(rulings.apart, ends, scoped, _find_words(everywhere, rulings, ends))


def find_apart(lines: Iterable[Decision]) -> frozenset[NameKey]:
    """The spellings that a rejected line parts from others that differ in print alone."""
    return frozenset(
        (each.kind, each.name)
        for each in lines
        if each.verdict == "rejected" and not each.scoped and _is_print(each)
    )


def _is_print(line: Decision) -> bool:
    key = alias_key(line.kind, line.name)
    return bool(key) and key == alias_key(line.kind, line.into)


def find_ends(lines: Iterable[Decision], rulings: Rulings) -> dict[NameKey, str]:
    """Name → the spelling where a chain of accepted lines ends, for both sides of each line."""
    steps: dict[NameKey, NameKey] = {}
    spelt: dict[NameKey, str] = {}
    for each in lines:
        source, target = (rulings.find_key(each.kind, name) for name in (each.name, each.into))
        if source == target:  # says how the name is spelt
            spelt[target] = each.into
        else:
            steps[source] = target
            spelt.setdefault(target, each.into)
    return {key: spelt[_follow(key, steps)] for key in (*steps, *spelt)}


def _follow(key: NameKey, steps: Mapping[NameKey, NameKey]) -> NameKey:
    while key in steps:
        key = steps[key]
    return key


def _find_words(
    lines: Iterable[Decision], rulings: Rulings, ends: Mapping[NameKey, str]
) -> dict[NameKey, tuple[str, ...]]:
    words: dict[NameKey, dict[str, None]] = defaultdict(dict)
    for each in lines:
        name = ends[rulings.find_key(each.kind, each.into)]
        known = folded_words(name)
        for spelling in (each.name, each.into):
            words[each.kind, name] |= {w: None for w in folded_words(spelling) if w not in known}
    return {key: tuple(found) for key, found in words.items() if found}


@dataclass(frozen=True, slots=True)
class Naming:
    """Names as they are known in one article; `bearers` are all its names, folded."""

    knowledge: Knowledge
    rulings: Rulings
    source: str | None
    bearers: frozenset[str] = frozenset()

    def find_name(self, kind: EntityKind, own: str) -> str:
        """The name that the article's own spelling goes by."""
        if not (self.rulings.scoped or self.rulings.ends):
            return self.knowledge.find_name(kind, own)
        for line in self.rulings.scoped.get(self.rulings.find_key(kind, own), ()):
            if self._counts(line):
                return self.find_everywhere(kind, line.into)
        return self.find_everywhere(kind, own)

    def _counts(self, line: Decision) -> bool:
        fitting = line.source is None or line.source == self.source
        return fitting and (
            not line.beside or any(fold_name(n) in self.bearers for n in line.beside)
        )

    def find_everywhere(self, kind: EntityKind, name: str) -> str:
        """The name that a spelling goes by where no scoped line counts."""
        end = self.rulings.ends.get(self.rulings.find_key(kind, name))
        return self.knowledge.find_name(kind, name) if end is None else end


def open_naming(
    knowledge: Knowledge, source: str | None, names: Mapping[EntityKind, Iterable[str]]
) -> Naming:
    """How names are known in an article of this source that names these, by its own spellings."""
    naming = Naming(knowledge, make_rulings(knowledge.decisions), source)
    return (
        replace(naming, bearers=_find_bearers(naming, names)) if naming.rulings.scoped else naming
    )


def _find_bearers(naming: Naming, names: Mapping[EntityKind, Iterable[str]]) -> frozenset[str]:
    return frozenset(
        fold_name(name)
        for kind, listed in names.items()
        for own in listed
        for name in (own, naming.find_everywhere(kind, own))
    )


def find_unmet(decisions: Decisions, articles: Iterable[Facts]) -> tuple[Decision, ...]:
    """The accepted decisions about names that no article says: misspelt, or gone with it."""
    accepted = [each for each in decisions.all if each.verdict == "accepted"]
    if not accepted:
        return ()
    rulings = make_rulings(decisions)
    said = {
        rulings.find_key(kind, name)
        for article in articles
        for kind, names in article.names.items()
        for name in names
    }
    said |= {rulings.find_key(each.kind, each.into) for each in accepted}
    return tuple(each for each in accepted if rulings.find_key(each.kind, each.name) not in said)
