"""From raw articles to what is stored: the only module that knows the order of the stages.

Pure and picklable: articles in, values out, no file, no socket. One batch at a time, because the
entity model is fastest so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from dateline.documents import Entities, Original, Sentence, Span, Unusable
from dateline.errors import DatelineError
from dateline.summaries import rank_sentences, summarize_stored
from dateline.text.cleaning import clean_article
from dateline.text.sentences import split_sentences, summarizable
from indexer.building import (
    Fate,
    Findings,
    Identity,
    build_document,
    build_original,
    count_dropped_lines,
)
from indexer.dates import choose_date, read_zone
from indexer.entities.finder import EntityText
from indexer.identity import find_refused_id, find_revision, hash_content
from indexer.knowledge.applying import drop_lines, keep_entities, key_names, name_entities
from indexer.knowledge.evidence import find_evidence, list_names
from indexer.knowledge.naming import open_naming
from indexer.knowledge.values import NOTHING_KNOWN, Knowledge
from indexer.language import choose_language
from indexer.pages import HTML
from indexer.pages.extraction import extract_article
from indexer.sources import read_given
from indexer.versions import PIPELINE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from dateline.documents import (
        ArticleDocument,
        CleanArticle,
        OutcomeKind,
        RawArticle,
    )
    from indexer.knowledge.applying import Shortened
    from indexer.sources import Refusal

Stage = TypeVar("Stage")
_UNFIT = frozenset({"binary", "too_long", "too_complex"})
"""Codes of what no reader should have to take in; other codes say that it is no article."""
_MARKUP = 50
"""Characters of source for one of an article's text: 302,000 for 6,000 (medians of 77)."""
MAX_SENTENCES = 10_000
"""More sentences than any article has: a table or a machine's log, and refused."""


class EntityFinder(Protocol):
    """Finds people, places and organisations in cleaned texts."""

    def find(self, texts: Sequence[EntityText]) -> Sequence[Entities]:
        """One answer per text, in order."""


@dataclass(frozen=True, slots=True)
class Job:
    """An article to be made into a document, and who it is."""

    article: RawArticle
    identity: Identity


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an article: `original.outcome` says what, `document` is there if indexed.

    `dropped_lines` counts the lines of the body that are not in the document's text.
    """

    original: Original
    document: ArticleDocument | None = None
    dropped_lines: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a run holds all its articles to: the longest body, in characters; what is known."""

    max_characters: int
    knowledge: Knowledge = NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class _Read:
    """An article cleaned and split: all that the entity model waits for.

    The model reads it `whole`: what its source repeats goes afterwards, so that the evidence does
    not hang on what was known.
    """

    job: Job
    whole: CleanArticle
    shortened: Shortened | None
    language: str
    spans: tuple[Span, ...]

    @property
    def clean(self) -> CleanArticle:
        """What is stored."""
        return self.shortened.clean if self.shortened else self.whole


def weigh(job: Job) -> int:
    """Characters that an article brings to its batch; of a page, what it is likely to hold."""
    length = len(job.article.body.text)
    return length // _MARKUP if job.article.media_type == HTML else length


def make_batch(jobs: Sequence[Job], rules: Rules, finder: EntityFinder) -> list[Made]:
    """Make documents of a batch of articles, in order; each fault is one article's own."""
    read = [_guard(job, lambda job: _read(job, rules)) for job in jobs]
    readable = [each for each in read if isinstance(each, _Read)]
    found = iter(_find_entities(readable, finder))
    known = rules.knowledge
    return [_finish(each, next(found), known) if isinstance(each, _Read) else each for each in read]


def _read(job: Job, rules: Rules) -> _Read | Made:
    """Find the article in a page, clean it, tell the language, split into sentences."""
    found = extract_article(job.article) if job.article.media_type == HTML else job.article
    if isinstance(found, Unusable):
        return _refuse_unusable(job, found)
    job = Job(found, job.identity)
    article, options = found, read_given(found.options)
    if len(article.body.text) > rules.max_characters:
        reason = f"{len(article.body.text):,} characters; split it or set DATELINE_MAX_CHARACTERS"
        return refuse(job, Fate("rejected", "too_long", reason))
    clean = clean_article(
        article.body,
        article.title,
        time_zone=read_zone(options.time_zone),
        source=article.metadata.source,
    )
    if isinstance(clean, Unusable):
        return _refuse_unusable(job, clean)
    body = clean.text.text[clean.body_start :]
    language = choose_language(body, stated=article.metadata.language, given=options.language)
    spans = split_sentences(clean.text.text, clean.body_start)
    if len(spans) > MAX_SENTENCES:
        reason = f"{len(spans)} sentences are no article; split it"
        return refuse(job, Fate("rejected", "too_long", reason))
    shortened = drop_lines(clean, rules.knowledge.find_lines(article.metadata.source))
    if shortened:
        spans = split_sentences(shortened.clean.text.text, shortened.clean.body_start)
    return _Read(job, clean, shortened, language, spans)


def _refuse_unusable(job: Job, why: Unusable) -> Made:
    kind: OutcomeKind = "rejected" if why.code in _UNFIT else "unusable"
    return refuse(job, Fate(kind, why.code, why.reason))


def _find_entities(batch: Sequence[_Read], finder: EntityFinder) -> Sequence[Entities | Exception]:
    """Ask for the batch at once; if that fails, one by one, so that one article alone is lost."""
    texts = [EntityText(r.whole.text.text, r.whole.body_start, r.language) for r in batch]
    try:
        return finder.find(texts)
    except DatelineError:
        raise
    except Exception:  # noqa: BLE001 - whatever the model stumbles over, its neighbours go on
        return [_find_one(text, finder) for text in texts]


def _find_one(text: EntityText, finder: EntityFinder) -> Entities | Exception:
    try:
        return finder.find([text])[0]
    except Exception as error:  # noqa: BLE001 - as above
        return error


def _finish(read: _Read, entities: Entities | Exception, knowledge: Knowledge) -> Made:
    if isinstance(entities, Exception):
        return _refuse_fault(read.job, entities)
    return _guard(read.job, lambda _job: _make(read, entities, knowledge))


def _make(read: _Read, found: Entities, knowledge: Knowledge) -> Made:
    """Apply what is known, choose the date, rank the sentences, build."""
    job, clean, article = read.job, read.clean, read.job.article
    given = read_given(article.options).published
    published = choose_date(article.metadata.published, clean.stamp, given)
    sentences = _rank(read)
    naming = open_naming(knowledge, article.metadata.source, list_names(found))
    findings = Findings(
        published=published,
        revision=find_revision(article.metadata, published.value, PIPELINE_NUMBER),
        language=read.language,
        entities=name_entities(_keep(found, read), naming.find_name),
        sentences=sentences,
        summary=summarize_stored(clean.text.text, sentences),
        reprint_group=knowledge.groups.get(job.identity.id),
    )
    return Made(
        build_original(
            article,
            job.identity,
            span_map=clean.text.runs,
            evidence=find_evidence(read.whole, found),
        ),
        key_names(build_document(article, clean, job.identity, findings), naming.rulings),
        count_dropped_lines(article.body, clean.text.runs),
    )


def _keep(found: Entities, read: _Read) -> Entities:
    return keep_entities(found, read.shortened) if read.shortened else found


def _rank(read: _Read) -> tuple[Sentence, ...]:
    text, spans = read.clean.text.text, read.spans
    eligible = summarizable(text, spans, truncated=read.clean.truncated)
    ranks = rank_sentences([text[span.start : span.end] for span in spans], eligible)
    return tuple(
        Sentence(span.start, span.end, rank) for span, rank in zip(spans, ranks, strict=True)
    )


def _guard(job: Job, stage: Callable[[Job], Stage]) -> Stage | Made:
    """Run a stage; a fault of ours in one article refuses it and spares the others."""
    try:
        return stage(job)
    except DatelineError:
        raise
    except Exception as error:  # noqa: BLE001 - the article that no rule foresaw
        return _refuse_fault(job, error)


def _refuse_fault(job: Job, error: Exception) -> Made:
    reason = f"it made our own code fail ({type(error).__name__}); please report it"
    return refuse(job, Fate("rejected", "fault", reason))


def refuse(job: Job, fate: Fate) -> Made:
    """Keep an article's original as refused, with the reason."""
    return Made(build_original(job.article, job.identity, fate))


def refuse_unread(refusal: Refusal, pipeline: str, received_at: datetime) -> Made:
    """Keep what came in of an article that could not even be read."""
    return Made(
        Original(
            id=find_refused_id(refusal.location, refusal.original),
            content=refusal.original,
            location=refusal.location,
            media_type=refusal.media_type,
            encoding="utf-8",
            content_hash=hash_content(refusal.original, refusal.options),
            pipeline=pipeline,
            outcome=refusal.kind,
            received_at=received_at,
            code=refusal.code,
            reason=refusal.reason,
            options=refusal.options,
        )
    )
