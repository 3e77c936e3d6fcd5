"""All that was found out about an article → the document and the original that are stored."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.documents import ArticleDocument, Original, Span
from dateline.search.names import name_key
from dateline.summaries.words import count_words
from dateline.text.spans import original_span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dateline.documents import (
        CleanArticle,
        Entities,
        OutcomeKind,
        PublicationDate,
        RawArticle,
        Run,
        Sentence,
        TracedText,
    )
    from dateline.summaries import Summary


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an article is and when it came: `content_hash` in hex, `received_at` aware.

    `made_at` is when its document is made anew; None: when it came.
    """

    id: str
    content_hash: str
    pipeline: str
    received_at: datetime
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stages found out about an article."""

    published: PublicationDate
    revision: int
    language: str
    entities: Entities
    sentences: tuple[Sentence, ...]
    summary: Summary
    reprint_group: str | None = None


def build_document(
    article: RawArticle, clean: CleanArticle, identity: Identity, findings: Findings
) -> ArticleDocument:
    """Put a document together; nothing is found out here."""
    metadata, entities, text = article.metadata, findings.entities, clean.text.text
    return ArticleDocument(
        id=identity.id,
        title=clean.title,
        title_source=clean.title_source,
        text=text,
        body_start=clean.body_start,
        language=findings.language,
        content_hash=identity.content_hash,
        revision=findings.revision,
        pipeline=identity.pipeline,
        word_count=count_words(text[clean.body_start :]),
        url=metadata.url,
        source=metadata.source,
        authors=metadata.authors,
        section=metadata.section,
        tags=metadata.tags,
        image_url=metadata.image_url,
        description=metadata.description,
        published_at=findings.published.value,
        date_precision=findings.published.precision,
        date_source=findings.published.source,
        modified_at=metadata.modified_at,
        indexed_at=identity.made_at or identity.received_at,
        people=entities.people,
        places=tuple(place.name for place in entities.places),
        organisations=entities.organisations,
        people_keys=_keys(entities.people),
        places_keys=_keys([place.name for place in entities.places]),
        organisations_keys=_keys(entities.organisations),
        entities_status=entities.status,
        countries=tuple(dict.fromkeys(p.country for p in entities.places if p.country)),
        place_ids=tuple(place.id for place in entities.places),
        locations=tuple(place.point for place in entities.places if place.point),
        mentions=entities.mentions,
        sentences=findings.sentences,
        summary=findings.summary.text or None,
        summary_method=findings.summary.method if findings.summary.text else None,
        reprint_group=findings.reprint_group,
    )


def _keys(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name_key(name) for name in names)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an article: `code` and `reason` only where it was refused."""

    outcome: OutcomeKind = "indexed"
    code: str = ""
    reason: str = ""


INDEXED = Fate()
_NONE: Mapping[str, Any] = {}


def build_original(
    article: RawArticle,
    identity: Identity,
    fate: Fate = INDEXED,
    span_map: tuple[Run, ...] = (),
    evidence: Mapping[str, Any] = _NONE,
) -> Original:
    """Keep what came in beside what became of it, and what it shows."""
    return Original(
        id=identity.id,
        content=article.original,
        location=article.location,
        media_type=article.media_type,
        encoding=article.encoding,
        content_hash=identity.content_hash,
        pipeline=identity.pipeline,
        outcome=fate.outcome,
        received_at=identity.received_at,
        source=article.metadata.source,
        code=fate.code,
        reason=fate.reason,
        span_map=span_map,
        options=article.options,
        evidence=evidence,
    )


def count_dropped_lines(body: TracedText, kept: Sequence[Run]) -> int:
    """How many lines of the body that came in left nothing in the text that is stored."""
    runs = sorted(kept, key=lambda run: run.original_start)
    starts = [run.original_start for run in runs]
    dropped = position = 0
    for line in body.text.split("\n"):
        place = original_span(body.runs, Span(position, position + len(line)))
        position += len(line) + 1
        if line.strip() and place is not None and not _is_kept(place, runs, starts):
            dropped += 1
    return dropped


def _is_kept(place: Span, runs: Sequence[Run], starts: Sequence[int]) -> bool:
    last = bisect_right(starts, place.end - 1) - 1
    if last < 0:
        return False
    run = runs[last]
    reach = run.length if run.original_length is None else run.original_length
    return run.original_start + reach > place.start
