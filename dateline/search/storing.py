"""Values to and from what an engine stores: JSON values under the field names of `mappings/`.

A field that has nothing to say is left out, so that "missing" can be counted.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dateline.documents import ArticleDocument, Mention, Original, Run, Sentence
from dateline.search.results import RunReport

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGINAL_KIND = "original"
RUN_KIND = "run"
RECORD_KIND = "record"
"""What the archive keeps for itself: knowledge, locks. Its JSON lies in the field `report`."""

NO_REVISION = 0
"""Of an original whose article was refused: it never takes the place of one that was not."""
WITHDRAWN_REVISION = 2**53 - 1
"""Of an original whose article was withdrawn: no later copy takes its place."""

_DATES = ("published_at", "modified_at", "indexed_at")
_LISTS = tuple(field.name for field in fields(ArticleDocument) if field.type.startswith("tuple["))
_PLAIN = tuple(
    field.name for field in fields(ArticleDocument) if field.name not in {*_DATES, *_LISTS}
)
_NAME_LISTS = tuple(name for name in _LISTS if name not in {"locations", "mentions", "sentences"})


def format_date(moment: datetime) -> str:
    """An aware moment as the index stores it: UTC, milliseconds, `Z`."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def parse_date(text: str) -> datetime:
    """The aware moment that `format_date` wrote."""
    return datetime.fromisoformat(text)


def store_document(document: ArticleDocument) -> dict[str, Any]:
    """The stored form of a document: JSON values, absent fields left out."""
    stored: dict[str, Any] = {name: getattr(document, name) for name in (*_PLAIN, *_NAME_LISTS)}
    for name in _DATES:
        moment = getattr(document, name)
        stored[name] = format_date(moment) if moment else None
    stored["locations"] = [{"lat": lat, "lon": lon} for lat, lon in document.locations]
    stored["mentions"] = [_store_mention(mention) for mention in document.mentions]
    stored["sentences"] = [[each.start, each.end, each.rank] for each in document.sentences]
    return {name: value for name, value in stored.items() if value not in (None, (), [])}


def read_document(stored: Mapping[str, Any]) -> ArticleDocument:
    """The document that `store_document` stored."""
    values: dict[str, Any] = {name: stored[name] for name in _PLAIN if name in stored}
    values |= {name: parse_date(stored[name]) for name in _DATES if name in stored}
    values |= {name: tuple(stored[name]) for name in _NAME_LISTS if name in stored}
    values["locations"] = tuple((at["lat"], at["lon"]) for at in stored.get("locations", ()))
    values["mentions"] = tuple(_read_mention(mention) for mention in stored.get("mentions", ()))
    values["sentences"] = tuple(Sentence(*triple) for triple in stored.get("sentences", ()))
    return ArticleDocument(**values)


def store_original(original: Original) -> dict[str, Any]:
    """The stored form of an original: strict UTF-8 as `text`, other bytes as `base64`."""
    stored: dict[str, Any] = {
        "kind": ORIGINAL_KIND,
        **{name: getattr(original, name) for name in _ORIGINAL_PLAIN},
        "received_at": format_date(original.received_at),
        "options": dict(original.options),
        "evidence": dict(original.evidence),
        "span_map": [_store_run(run) for run in original.span_map],
        **_store_content(original.content),
    }
    return {name: value for name, value in stored.items() if value not in (None, [], {})}


def read_original(stored: Mapping[str, Any]) -> Original:
    """The original that `store_original` stored, every byte of it."""
    return Original(
        **{name: stored[name] for name in _ORIGINAL_PLAIN if name in stored},
        content=_read_content(stored),
        received_at=parse_date(stored["received_at"]),
        options=stored.get("options", {}),
        evidence=stored.get("evidence", {}),
        span_map=tuple(Run(*numbers) for numbers in stored.get("span_map", ())),
    )


def empty_original(document: Mapping[str, Any]) -> Original:
    """What is kept as the original of a stored document that has none, to mark it."""
    return Original(
        id=document["id"],
        content=b"",
        location="",
        media_type="text/plain",
        encoding="utf-8",
        content_hash=document["content_hash"],
        pipeline=document["pipeline"],
        outcome="indexed",
        received_at=datetime.now(UTC),
        source=document.get("source"),
    )


def mark_withdrawn(stored: Mapping[str, Any], reason: str, *, anew: bool) -> dict[str, Any]:
    """The stored form of an original, marked as withdrawn; a first reason stays, unless `anew`."""
    before = stored.get("reason") if stored["outcome"] == "withdrawn" and not anew else ""
    return {
        **stored,
        "outcome": "withdrawn",
        "code": "withdrawn",
        "reason": before or reason,
    }


def store_run(report: RunReport) -> dict[str, Any]:
    """The stored form of a run report; it lies beside the originals under `kind` "run"."""
    return {
        "kind": RUN_KIND,
        "pipeline": report.pipeline,
        "received_at": format_date(report.ended_at),
        "report": {
            "started_at": format_date(report.started_at),
            "ended_at": format_date(report.ended_at),
            "counts": dict(report.counts),
            "refusals": dict(report.refusals),
        },
    }


def read_run(stored: Mapping[str, Any]) -> RunReport:
    """The report that `store_run` stored."""
    report = stored["report"]
    return RunReport(
        started_at=parse_date(report["started_at"]),
        ended_at=parse_date(report["ended_at"]),
        counts=report["counts"],
        refusals=report["refusals"],
        pipeline=stored["pipeline"],
    )


_ORIGINAL_PLAIN = tuple(
    field.name
    for field in fields(Original)
    if field.name not in {"content", "received_at", "options", "evidence", "span_map"}
)


def _store_mention(mention: Mention) -> dict[str, Any]:
    stored = {field.name: getattr(mention, field.name) for field in fields(Mention)}
    return stored if mention.own else {n: value for n, value in stored.items() if n != "own"}


def _read_mention(stored: Mapping[str, Any]) -> Mention:
    return Mention(**stored)


def _store_run(run: Run) -> list[int]:
    numbers = [run.start, run.original_start, run.length]
    return numbers if run.original_length is None else [*numbers, run.original_length]


def _store_content(content: bytes) -> dict[str, str]:
    try:
        return {"text": content.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": b64encode(content).decode("ascii")}


def _read_content(stored: Mapping[str, Any]) -> bytes:
    if "base64" in stored:
        return b64decode(stored["base64"])
    return str(stored.get("text", "")).encode("utf-8")
