"""Whether decisions about names agree: no circle, no name that is to be two. Pure."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from dateline.errors import SettingsError
from indexer.knowledge.decisions import Decisions, make_decisions
from indexer.knowledge.naming import Rulings, find_apart, find_ends

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from indexer.knowledge.naming import NameKey
    from indexer.librarian.lines import Line


def check_lines(lines: Sequence[Line]) -> Decisions:
    """The decisions of lines that agree. Raises SettingsError, which names those that do not."""
    rulings = Rulings(apart=find_apart(each.decision for each in lines))
    accepted = [each for each in lines if each.decision.verdict == "accepted"]
    _check_verdicts(lines)
    _check_targets(accepted, rulings)
    _check_spellings(accepted, rulings)
    _check_circles(accepted, rulings)
    _check_rejected(lines, rulings)
    return make_decisions(each.decision for each in lines)


def _check_verdicts(lines: Iterable[Line]) -> None:
    """One pair has one verdict."""
    known: dict[Hashable, Line] = {}
    for line in lines:
        each = line.decision
        if each.verdict == "open":
            continue
        before = known.setdefault((each.kind, each.name, each.into, each.source, each.beside), line)
        if before.decision.verdict != each.verdict:
            raise _contradiction(before, line, f"“{each.name}” is accepted and rejected as it")


def _check_targets(accepted: Iterable[Line], rulings: Rulings) -> None:
    """One name, in the same articles, goes to one name."""
    known: dict[Hashable, tuple[NameKey, Line]] = {}
    for line in accepted:
        each = line.decision
        source, target = _find_step(line, rulings)
        if source == target and each.scoped:
            raise SettingsError(
                f"{line.where}: “{each.name}” and “{each.into}” differ in print alone",
                hint="give to another name, or take source and beside out",
            )
        if source != target:
            end, before = known.setdefault((source, each.source, each.beside), (target, line))
            if end != target:
                raise _contradiction(before, line, f"“{each.name}” is to be two names")


def _check_spellings(accepted: Iterable[Line], rulings: Rulings) -> None:
    """A name that others go to is spelt in one way, or a line of its own says how."""
    spelt: dict[tuple[NameKey, bool], Line] = {}
    own = {
        step[1] for line in accepted for step in [_find_step(line, rulings)] if len({*step}) == 1
    }
    for line in accepted:
        source, target = _find_step(line, rulings)
        if line.decision.scoped or (source != target and target in own):
            continue
        before = spelt.setdefault((target, source == target), line)
        if before.decision.into != line.decision.into:
            names = f"“{before.decision.into}” and “{line.decision.into}”"
            raise _contradiction(before, line, f"{names} are one name spelt in two ways")


def _check_circles(accepted: Iterable[Line], rulings: Rulings) -> None:
    steps: dict[NameKey, set[NameKey]] = defaultdict(set)
    places: dict[NameKey, list[str]] = defaultdict(list)
    for line in accepted:
        source, target = _find_step(line, rulings)
        if source != target:
            steps[source].add(target)
            places[source].append(line.where)
    try:
        TopologicalSorter(steps).prepare()
    except CycleError as error:
        circle = sorted({where for key in error.args[1] for where in places[key]})
        raise SettingsError(
            f"the names go in a circle: {'; '.join(circle)}", hint="take one of the lines out"
        ) from None


def _check_rejected(lines: Iterable[Line], rulings: Rulings) -> None:
    """Two names that are two do not end as one."""
    decisions = [each.decision for each in lines if each.decision.verdict == "accepted"]
    ends = find_ends([each for each in decisions if not each.scoped], rulings)
    for line in lines:
        each = line.decision
        if each.verdict != "rejected" or each.scoped:
            continue
        one, two = _find_step(line, rulings)
        if ends.get(one, one) == ends.get(two, two):
            raise SettingsError(
                f"{line.where}: “{each.name}” is rejected as “{each.into}”, and accepted lines"
                f" lead both to “{ends[one]}”",
                hint="take this line or one of those out",
            )


def _find_step(line: Line, rulings: Rulings) -> tuple[NameKey, NameKey]:
    each = line.decision
    return rulings.find_key(each.kind, each.name), rulings.find_key(each.kind, each.into)


def _contradiction(one: Line, two: Line, what: str) -> SettingsError:
    return SettingsError(f"{one.where} and {two.where}: {what}", hint="take one of the lines out")
