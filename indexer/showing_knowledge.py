"""What the archive knows, and what a resolve did, for a person or as JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from indexer.knowledge.decisions import Decisions, store_decisions
from indexer.progress import describe_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.knowledge.values import Knowledge
    from indexer.resolving import Resolved

_SHOWN = 20
"""Names and sources that are shown; all are counted, and JSON lists them."""


def count_knowledge(knowledge: Knowledge) -> dict[str, Any]:
    """The version, and how much is known."""
    return {
        "version": knowledge.version,
        "spellings": sum(len(names) for names in knowledge.aliases.values()),
        "lines": sum(len(hashes) for hashes in knowledge.lines.values()),
        "sources": len(knowledge.lines),
        "reprints": len(knowledge.groups),
        "groups": len(set(knowledge.groups.values())),
        "decisions": len(knowledge.decisions.all),
    }


def show_counts(knowledge: Knowledge) -> str:
    """How much is known, in one line."""
    known = count_knowledge(knowledge)
    decided = f"decisions about names: {known['decisions']:,}, " if known["decisions"] else ""
    return (
        f"{decided}other spellings of names: {known['spellings']:,}, "
        f"repeated lines: {known['lines']:,}, "
        f"reprints: {known['reprints']:,} in groups: {known['groups']:,} "
        f"(version {known['version']})"
    )


def count_resolved(done: Resolved) -> dict[str, Any]:
    """What a resolve did, in numbers."""
    return count_knowledge(done.knowledge) | {
        "articles": done.articles,
        "without_evidence": done.mute,
        "rewritten": done.rewritten,
        "remade": done.remade,
        "left": done.left,
        "dropped_lines": sum(done.dropped.values()),
        "decisions_new": done.new,
        "decisions_gone": done.gone,
        "seconds": round(done.seconds, 2),
    }


def describe_resolved(done: Resolved) -> dict[str, Any]:
    """What a resolve did, and all that is known, as JSON values."""
    return count_resolved(done) | {
        "knowledge": {
            "names": [
                {"kind": kind, "name": name, "spellings": spellings}
                for kind, name, spellings in _iter_names(done.knowledge)
            ],
            "lines": {source: len(each) for source, each in sorted(done.knowledge.lines.items())},
            "groups": _list_groups(done.knowledge),
            "decisions": store_decisions(done.knowledge.decisions),
        },
        "decisions_unmet": store_decisions(Decisions(done.unmet)),
        "dropped_by_source": dict(done.dropped),
    }


def show_resolve(done: Resolved) -> str:
    """What a resolve did, in one line."""
    again = f" ({done.remade:,} made again)" if done.remade else ""
    left = f", left as they are {done.left:,}" if done.left else ""
    changed = done.new or done.gone
    decided = f"; decisions new {done.new:,}, gone {done.gone:,}" if changed else ""
    return (
        f"resolved {done.articles:,} articles in {describe_seconds(done.seconds)}: "
        f"{show_counts(done.knowledge)}; "
        f"documents rewritten: {done.rewritten:,}{again}{left}{decided}"
    )


def show_resolved(done: Resolved) -> Iterator[str]:
    """What is known, a fact a line, and what was done last."""
    names = list(_iter_names(done.knowledge))
    for kind, name, spellings in names[:_SHOWN]:
        yield f"{kind} {name}: also {', '.join(spellings)}"
    yield from _show_more(len(names), "names")
    sources = sorted(done.knowledge.lines)
    for source in sources[:_SHOWN]:
        lines, dropped = len(done.knowledge.lines[source]), done.dropped.get(source, 0)
        yield f"source {source}: lines that it repeats: {lines:,}, left out {dropped:,} times"
    yield from _show_more(len(sources), "sources")
    yield from _show_decisions(done)
    if done.mute:
        yield f"{done.mute:,} articles show nothing yet: `dateline reprocess`, then resolve again"
    yield show_resolve(done)


def _show_decisions(done: Resolved) -> Iterator[str]:
    decisions = done.knowledge.decisions
    if decisions.all or done.gone:
        yield (
            f"decisions about names: accepted {decisions.count('accepted'):,}, "
            f"rejected {decisions.count('rejected'):,}, new {done.new:,}, gone {done.gone:,} "
            f"(version {decisions.digest})"
        )
    for each in done.unmet[:_SHOWN]:
        yield f"no article says “{each.name}”, which is to be “{each.into}”: misspelt?"


def _show_more(count: int, what: str) -> Iterator[str]:
    if count > _SHOWN:
        yield f"… and {count - _SHOWN:,} more {what}; --json lists them"


def _iter_names(knowledge: Knowledge) -> Iterator[tuple[str, str, list[str]]]:
    """Kind, canonical name, its other spellings."""
    for kind, names in sorted(knowledge.aliases.items()):
        spellings: dict[str, list[str]] = defaultdict(list)
        for spelling, name in names.items():
            spellings[name].append(spelling)
        for name in sorted(spellings):
            yield kind, name, sorted(spellings[name])


def _list_groups(knowledge: Knowledge) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, group in knowledge.groups.items():
        groups[group].append(key)
    return {group: sorted(groups[group]) for group in sorted(groups)}
