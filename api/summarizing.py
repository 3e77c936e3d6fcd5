"""Summaries made while the caller waits: in a thread, so that searches go on meanwhile."""

import asyncio

from api.params import SummaryParams, SummaryRequest
from dateline.documents import ArticleDocument, Unusable
from dateline.errors import ParameterError
from dateline.summaries.summarizing import summarize, summarize_stored
from dateline.summaries.values import (
    CENTROID_METHOD,
    SUMMARIZERS,
    SentenceList,
    Summary,
    SummaryOptions,
)


async def summarize_article(document: ArticleDocument, params: SummaryParams) -> Summary:
    """A summary of a stored article; the usual one is read from its stored ranks."""
    options = build_options(params, document.language)
    method = document.summary_method or CENTROID_METHOD
    return await asyncio.to_thread(
        summarize_stored, document.text, document.sentences, options, method=method
    )


async def summarize_texts(params: SummaryRequest) -> Summary:
    """One summary over all given texts, cleaned as articles are. Raises ParameterError."""
    named = _name_texts(params)
    return await asyncio.to_thread(_summarize_texts, named, params)


def build_options(params: SummaryParams | SummaryRequest, language: str = "en") -> SummaryOptions:
    """How the summary was asked for."""
    return SummaryOptions(
        words=params.words,
        sentences=params.sentences,
        focus=params.focus,
        summarizer=params.summarizer or SUMMARIZERS[0],
        language=language,
    )


def _name_texts(params: SummaryRequest) -> list[tuple[str, str, str | None]]:
    """Parameter, text and title of each text. Raises ParameterError without text or texts."""
    if (params.text is None) == (params.texts is None):
        raise ParameterError("give text or texts", hint="one of them, not both", parameter="text")
    if params.text is not None:
        return [("text", params.text, params.title)]
    if params.title is not None:
        raise ParameterError("title goes with text", hint="leave it out", parameter="title")
    return [("texts", text, None) for text in params.texts or ()]


def _summarize_texts(named: list[tuple[str, str, str | None]], params: SummaryRequest) -> Summary:
    return summarize([_list_sentences(*each) for each in named], build_options(params))


def _list_sentences(parameter: str, text: str, title: str | None) -> SentenceList:
    """The cleaned text as sentences. Raises ParameterError, which says why a text is unusable."""
    # late: nupunkt and ftfy are loaded by the first summary, not by the start of the service
    from dateline.text.cleaning import clean_article  # noqa: PLC0415
    from dateline.text.sentences import split_sentences, summarizable  # noqa: PLC0415
    from dateline.text.spans import trace  # noqa: PLC0415

    article = clean_article(trace(text), trace(title) if title else None)
    if isinstance(article, Unusable):
        raise ParameterError(
            article.reason, hint="send the text of an article", parameter=parameter
        )
    cleaned = article.text.text
    spans = split_sentences(cleaned, article.body_start)
    return SentenceList(
        sentences=tuple(cleaned[span.start : span.end] for span in spans),
        eligible=summarizable(cleaned, spans, truncated=article.truncated),
    )
