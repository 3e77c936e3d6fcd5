"""An original and its document looked at closely: do bytes, hashes and spans fit together? Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.comparing import Difference
from indexer.identity import hash_content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents import ArticleDocument, Original, Run
    from indexer.comparing import Remedy

_REMAKE = "`dateline verify --repair` makes it again from its original"


def inspect(original: Original, document: ArticleDocument | None) -> Iterator[Difference]:
    """What is wrong inside an original and the document made of it; at most one thing."""
    if hash_content(original.content, original.options) != original.content_hash:
        way_out = f"`dateline verify --repair`, then ingest {original.location} again"
        what = "the bytes of its original are not those that came in"
        remedy: Remedy = "restamp" if document is not None else "none"
        yield Difference("damaged", original.id, original.location, what, way_out, remedy)
        return
    fault = find_fault(original, document) if document and original.outcome == "indexed" else None
    if fault is not None:
        yield Difference("damaged", original.id, original.location, fault, _REMAKE, "remake")


def find_fault(original: Original, document: ArticleDocument) -> str | None:
    """What is wrong with a document's spans, or with the map between it and its original."""
    if not 0 <= document.body_start <= len(document.text):
        return "the body begins outside the text"
    if not _are_sane(document):
        return "a sentence or a name lies outside the text, or does not stand there"
    if original.content_hash == document.content_hash and not _is_sane(original, document.text):
        return "the span map does not lead from the text to its original"
    return None


def _are_sane(document: ArticleDocument) -> bool:
    text, sentences = document.text, document.sentences
    inside = all(0 <= each.start < each.end <= len(text) for each in sentences)
    ordered = all(one.end <= other.start for one, other in pairwise(sentences))
    named = all(text[each.start : each.end] == each.form for each in document.mentions)
    return inside and ordered and named


def _is_sane(original: Original, text: str) -> bool:
    decoded = original.content.decode(original.encoding, "replace")
    runs = original.span_map
    ordered = all(one.start + one.length <= other.start for one, other in pairwise(runs))
    return ordered and all(_leads(run, text, decoded) for run in runs)


def _leads(run: Run, text: str, decoded: str) -> bool:
    reach = run.length if run.original_length is None else run.original_length
    if min(run.start, run.original_start, run.length) < 0:
        return False
    if run.start + run.length > len(text) or run.original_start + reach > len(decoded):
        return False
    if run.original_length is not None:
        return True
    there = decoded[run.original_start : run.original_start + reach]
    return text[run.start : run.start + run.length] == there
