"""What an article shows for what no single article can know, as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.knowledge.marks import hash_line, pack, sketch_text

if TYPE_CHECKING:
    from dateline.documents import CleanArticle, Entities, EntityKind


def find_evidence(clean: CleanArticle, entities: Entities) -> dict[str, Any]:
    """The evidence of an article and its entities to which no knowledge was applied yet.

    Some 1.2 kB for 400 words; `read_facts` reads it.
    """
    body = clean.text.text[clean.body_start :]
    lines = body.split("\n")
    hashes = (hash_line(line) for line in lines)
    sketch = sketch_text(body)
    return {
        "names": list_names(entities),
        "lines": pack([each for each in hashes if each is not None]),
        "line_count": len(lines),
        "sketch": pack(sketch.hashes),
        "stretches": sketch.stretches,
    }


def list_names(entities: Entities) -> dict[EntityKind, list[str]]:
    """The names of an article, per kind that has aliases, as it has them itself."""
    return {"person": list(entities.people), "organisation": list(entities.organisations)}
