"""Summaries of stored articles and of free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.documents import Span
from dateline.summaries.candidates import find_candidates
from dateline.summaries.ranking import order_by_centroid
from dateline.summaries.taking import take_sentences
from dateline.summaries.values import (
    CENTROID_METHOD,
    SUMMARIZERS,
    SentenceList,
    Summary,
    SummaryOptions,
    SummarySentence,
)
from dateline.summaries.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import Sentence
    from dateline.summaries.candidates import Candidate

_DEFAULT = SummaryOptions()
_NOTHING_ELIGIBLE = "no sentence of this text can stand in a summary"


def summarize_stored(
    text: str,
    sentences: Sequence[Sentence],
    options: SummaryOptions = _DEFAULT,
    *,
    method: str = CENTROID_METHOD,
) -> Summary:
    """A summary of a stored article from its `text` and `sentences`.

    The default summarizer without focus reads the stored ranks, made by `method`, and computes
    nothing; all else is computed as by `summarize`.
    """
    if options.focus is None and options.summarizer == SUMMARIZERS[0]:
        return _read_ranks(text, sentences, options, method)
    listed = SentenceList(
        sentences=tuple(text[sentence.start : sentence.end] for sentence in sentences),
        eligible=tuple(sentence.rank is not None for sentence in sentences),
        spans=tuple(Span(sentence.start, sentence.end) for sentence in sentences),
    )
    return summarize([listed], options)


def summarize(documents: Sequence[SentenceList], options: SummaryOptions = _DEFAULT) -> Summary:
    """One summary over one or several texts, in the order of the texts.

    Over several texts each has its own beginning, and what one text has said counts against the
    same in another; a sentence in the very words of an earlier one never stands twice. With a focus
    every sentence is about it; where none is, the summary is empty and its note says so.
    """
    candidates = find_candidates(documents)
    order, method, note = _order(candidates, options)
    if not any(candidate.eligible for candidate in candidates):
        note = _NOTHING_ELIGIBLE
    elif not order:
        note = f"no sentence is about “{options.focus}”"
    taken = take_sentences(
        order,
        lambda index: count_words(candidates[index].text),
        words=options.words,
        sentences=options.sentences,
    )
    return _build_summary([_cite(documents, candidates[index]) for index in taken], method, note)


def _read_ranks(
    text: str, sentences: Sequence[Sentence], options: SummaryOptions, method: str
) -> Summary:
    ranks = {number: s.rank for number, s in enumerate(sentences) if s.rank is not None}
    taken = take_sentences(
        sorted(ranks, key=ranks.__getitem__),
        lambda number: count_words(text[sentences[number].start : sentences[number].end]),
        words=options.words,
        sentences=options.sentences,
    )
    cited = [
        SummarySentence(text[found.start : found.end], number, found.start, found.end)
        for number, found in ((number, sentences[number]) for number in taken)
    ]
    return _build_summary(cited, method, "" if taken else _NOTHING_ELIGIBLE)


def _order(candidates: Sequence[Candidate], options: SummaryOptions) -> tuple[list[int], str, str]:
    order, method, note = _order_all(candidates, options)
    if options.focus is None:
        return order, method, note
    from dateline.summaries.focusing import order_by_focus  # noqa: PLC0415  # most never ask

    return (
        order_by_focus(candidates, order, options.focus, options.language),
        f"{method}+focus",
        note,
    )


def _order_all(
    candidates: Sequence[Candidate], options: SummaryOptions
) -> tuple[list[int], str, str]:
    if options.summarizer == "centroid":
        return order_by_centroid(candidates), CENTROID_METHOD, ""
    if options.summarizer == "lead":
        eligible = [index for index, candidate in enumerate(candidates) if candidate.eligible]
        return sorted(eligible, key=lambda index: candidates[index].depth), "dateline-lead/1", ""
    from dateline.summaries.classics import order_by_classic  # noqa: PLC0415  # sumy is 60 MB

    order, note = order_by_classic(candidates, options.summarizer, options.language)
    return order, f"sumy-{options.summarizer}", note


def _cite(documents: Sequence[SentenceList], candidate: Candidate) -> SummarySentence:
    spans = documents[candidate.document].spans
    span = spans[candidate.position] if spans else None
    return SummarySentence(
        text=candidate.text,
        position=candidate.position,
        start=span.start if span else None,
        end=span.end if span else None,
        document=candidate.document,
    )


def _build_summary(sentences: Sequence[SummarySentence], method: str, note: str) -> Summary:
    words = sum(count_words(sentence.text) for sentence in sentences)
    return Summary(tuple(sentences), method, words, note)
