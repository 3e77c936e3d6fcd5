"""One article, its summary, its original, the archive's state → the shapes that the API shows."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Literal, cast, get_type_hints
from urllib.parse import quote

from fastapi import Response
from pydantic import TypeAdapter

from api import record_schemas
from api.answers import cut_moment, show_value
from dateline.documents import ArticleDocument, DatePrecision, Original
from dateline.search.results import ArchiveStatus, RunReport
from dateline.summaries.values import Summary
from dateline.text.keeping import Piece, cut_original

_SEGMENTED = TypeAdapter(record_schemas.SegmentedOriginal)
_ARTICLE_FIELDS = tuple(get_type_hints(record_schemas.Article))
_MENTION_FIELDS = tuple(get_type_hints(record_schemas.Mention))
_STATUS_FIELDS = tuple(get_type_hints(record_schemas.Status))
_ISO = "%Y-%m-%dT%H:%M:%S.%fZ"
_BINARY = "application/octet-stream"
_TEXTUAL = ("text/", "application/json", "application/x-ndjson", "application/xml")


def build_article(document: ArticleDocument) -> record_schemas.Article:
    """A stored article, whole."""
    shown = {name: getattr(document, name) for name in _ARTICLE_FIELDS} | {
        "published_at": _show_moment(document.published_at, document.date_precision),
        "modified_at": _show_moment(document.modified_at),
        "indexed_at": _show_moment(document.indexed_at),
        "locations": [{"latitude": at[0], "longitude": at[1]} for at in document.locations],
        "mentions": [
            {name: getattr(mention, name) for name in _MENTION_FIELDS}
            for mention in document.mentions
        ],
        "sentences": [asdict(sentence) for sentence in document.sentences],
    }
    return cast("record_schemas.Article", shown)


def build_article_summary(document_id: str, summary: Summary) -> record_schemas.ArticleSummary:
    """A summary of one stored article: every sentence with its place in the stored text."""
    return {
        "id": document_id,
        "sentences": [
            record_schemas.SummarySentence(
                text=each.text, position=each.position, start=each.start or 0, end=each.end or 0
            )
            for each in summary.sentences
        ],
        "method": summary.method,
        "words": summary.words,
        "note": summary.note,
    }


def build_text_summary(summary: Summary) -> record_schemas.TextSummary:
    """A summary of texts that came with the request and are not kept."""
    return {
        "sentences": [
            {"text": each.text, "position": each.position, "document": each.document}
            for each in summary.sentences
        ],
        "method": summary.method,
        "words": summary.words,
        "note": summary.note,
    }


def build_status(status: ArchiveStatus) -> record_schemas.Status:
    """What is in the archive."""
    shown = {name: getattr(status, name) for name in _STATUS_FIELDS} | {
        "first_published": _show_day(status.first_published),
        "last_published": _show_day(status.last_published),
        "sources": [show_value(value) for value in status.sources],
        "languages": [show_value(value) for value in status.languages],
        "last_run": _show_run(status.last_run) if status.last_run else None,
    }
    return cast("record_schemas.Status", shown)


def build_original(original: Original) -> Response:
    """The bytes as they came, never as anything a browser would run.

    Text is shown as plain text in its own encoding, all else is offered as a file.
    """
    textual = original.encoding and original.media_type.startswith(_TEXTUAL)
    headers = {
        "Content-Disposition": "inline" if textual else "attachment",
        "X-Dateline-Location": quote(original.location, safe="/:.,@# "),
        "X-Dateline-Media-Type": quote(original.media_type, safe="/+;= "),
        "X-Dateline-Encoding": quote(original.encoding),
    }
    charset = quote(original.encoding.removesuffix("-sig"))  # browsers know no "utf-8-sig"
    kind = f"text/plain; charset={charset}" if textual else _BINARY
    return Response(original.content, headers=headers | {"Content-Type": kind})


def build_segments(original: Original, document: ArticleDocument | None) -> Response:
    """The original in pieces, beside what is stored of each; a refused one is left out whole."""
    decoded = original.content.decode(original.encoding or "utf-8", "replace")
    text = document.text if document else ""
    shown: record_schemas.SegmentedOriginal = {
        "id": original.id,
        "location": original.location,
        "media_type": original.media_type,
        "encoding": original.encoding,
        "outcome": cast("Literal['indexed', 'unusable', 'rejected']", original.outcome),
        "code": original.code,
        "reason": original.reason,
        "segments": [
            _show_piece(piece, decoded, text)
            for piece in cut_original(len(decoded), original.span_map if document else ())
        ],
    }
    return Response(_SEGMENTED.dump_json(shown), media_type="application/json")


def _show_piece(piece: Piece, decoded: str, text: str) -> record_schemas.OriginalSegment:
    kept = piece.kept
    return {
        "text": decoded[piece.original.start : piece.original.end],
        "kept": kept is not None,
        "start": kept.start if kept else None,
        "end": kept.end if kept else None,
        "stored": text[kept.start : kept.end] if kept and piece.repaired else None,
    }


def _show_moment(moment: datetime | None, precision: DatePrecision = "second") -> str | None:
    return cut_moment(moment.astimezone(UTC).strftime(_ISO), precision) if moment else None


def _show_day(moment: datetime | None) -> str | None:
    return _show_moment(moment, "day")


def _show_run(report: RunReport) -> record_schemas.Run:
    return {
        "started_at": _show_moment(report.started_at) or "",
        "ended_at": _show_moment(report.ended_at) or "",
        "counts": dict(report.counts),
        "refusals": dict(report.refusals),
        "pipeline": report.pipeline,
    }
