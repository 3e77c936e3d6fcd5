"""The evidence of all articles → what the archive knows. The order of articles is of no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.knowledge.decisions import NOTHING_DECIDED
from indexer.knowledge.lines import find_repeated_lines
from indexer.knowledge.names import find_aliases
from indexer.knowledge.naming import make_rulings
from indexer.knowledge.reprints import group_reprints
from indexer.knowledge.values import Knowledge

if TYPE_CHECKING:
    from collections.abc import Collection

    from indexer.knowledge.decisions import Decisions
    from indexer.knowledge.values import Facts


def learn(articles: Collection[Facts], decisions: Decisions = NOTHING_DECIDED) -> Knowledge:
    """What these articles teach together, each id once, under what was decided about names."""
    groups = group_reprints({each.id: each.sketch for each in articles})
    return Knowledge(
        aliases=find_aliases(articles, make_rulings(decisions).apart),
        lines=find_repeated_lines(articles, groups),
        groups=groups,
        decisions=decisions,
    )
