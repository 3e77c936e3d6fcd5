"""The evidence of all articles → what the archive knows. The order of articles is of no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.knowledge.lines import find_repeated_lines
from indexer.knowledge.names import find_aliases
from indexer.knowledge.reprints import group_reprints
from indexer.knowledge.values import Knowledge

if TYPE_CHECKING:
    from collections.abc import Collection

    from indexer.knowledge.values import Facts


def learn(articles: Collection[Facts]) -> Knowledge:
    """What these articles teach together; each id once."""
    groups = group_reprints({each.id: each.sketch for each in articles})
    return Knowledge(
        aliases=find_aliases(articles),
        lines=find_repeated_lines(articles, groups),
        groups=groups,
    )
