"""Copies of one article: which the archive holds, which is the same, where refused ones go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.identity import find_refused_id
from indexer.ledger import Copy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.search.results import Stored
    from indexer.building import Identity
    from indexer.pipeline import Job, Made


def put_beside(made: Made) -> Made:
    """A refused copy under an id of its place and bytes."""
    original = made.original
    other = find_refused_id(original.location, original.content)
    return replace(made, original=replace(original, id=other))


def copy_of(job: Job) -> Copy:
    """An article to be made, as the ledger knows it."""
    return Copy(job.article.location, job.identity.content_hash, job.identity.id)


def copy_of_original(made: Made) -> Copy:
    """What became of an article, as the ledger knows it."""
    return Copy(made.original.location, made.original.content_hash, made.original.id)


def is_other_copy(who: Identity, stored: Stored) -> bool:
    """Whether the archive holds another copy of this article, made as it would be made today."""
    same_make = (stored.outcome, stored.pipeline) == ("indexed", who.pipeline)
    return same_make and stored.content_hash != who.content_hash


def holds(stored: Stored | None, who: Identity) -> bool:
    """Whether the archive holds this very copy, made as it would be made today."""
    return stored is not None and (stored.outcome, stored.pipeline, stored.content_hash) == (
        "indexed",
        who.pipeline,
        who.content_hash,
    )


def is_kept(made: Made, kept: Mapping[str, Stored]) -> bool:
    """Whether the archive keeps this very refusal already."""
    original, stored = made.original, kept.get(made.original.id)
    return stored is not None and (stored.outcome, stored.pipeline, stored.content_hash) == (
        original.outcome,
        original.pipeline,
        original.content_hash,
    )
