"""The archive walked once for the librarian: its names, what is proposed of them, and examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.knowledge.decisions import make_decisions
from indexer.knowledge.values import read_facts
from indexer.librarian.census import keep_names, take_census
from indexer.librarian.proposals import propose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.documents import EntityKind
    from dateline.search.base import Writer
    from indexer.knowledge.decisions import Decision
    from indexer.librarian.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Review:
    """What is proposed, best first; `total` counts those that were left out too.

    `articles` were read, `titles` are those of the examples.
    """

    proposals: Sequence[Proposal]
    total: int
    articles: int
    titles: Mapping[str, str]


def review(
    writer: Writer,
    kinds: Sequence[EntityKind],
    lines: Sequence[Decision],
    least: int,
    limit: int,
) -> Review:
    """What to decide next about the names of this archive, after these lines of the file."""
    facts = (read_facts(each) for each in writer.iter_evidence())
    articles = [keep_names(each) for each in facts if each is not None]
    census = take_census(articles, make_decisions(lines))
    found = propose(census, kinds, lines, least)
    shown = found[:limit]
    examples = sorted({each for proposal in shown for each in proposal.examples})
    titles = {each.id: each.title for each in writer.iter_documents(examples)} if examples else {}
    return Review(shown, len(found), len(articles), titles)
