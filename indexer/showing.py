"""What an article became, and how a run went, for a person or as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from indexer.progress import count_articles, describe_seconds
from indexer.sources import KNOWN_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import ArticleDocument, Outcome
    from dateline.search.results import ArchiveStatus, FacetValue, RunReport
    from indexer.pipeline import Made

_SHOWN_REFUSALS = 20


def describe_made(outcome: Outcome, made: Made | None) -> dict[str, Any]:
    """The facts of one article as JSON values."""
    facts: dict[str, Any] = {"location": outcome.location, "outcome": outcome.kind}
    facts |= {"id": outcome.id} if outcome.id else {}
    facts |= {"code": outcome.code} if outcome.code else {}
    facts |= {"reason": outcome.reason} if outcome.reason else {}
    document = made.document if made else None
    if made is None or document is None:
        return facts
    return facts | {
        "title": document.title,
        "published": show_date(document),
        "date_source": document.date_source,
        "language": document.language,
        "people": list(document.people),
        "places": list(document.places),
        "organisations": list(document.organisations),
        "summary": document.summary,
        "words": document.word_count,
        "dropped_lines": made.dropped_lines,
    }


def show_date(document: ArticleDocument) -> str | None:
    """The date as well as it is known: a day as a day."""
    if document.published_at is None:
        return None
    if document.date_precision == "day":
        return document.published_at.date().isoformat()
    return document.published_at.isoformat().replace("+00:00", "Z")


def show_made(outcome: Outcome, made: Made | None) -> str:
    """The facts of one article as a few lines of text."""
    facts = describe_made(outcome, made)
    head = f"{facts.pop('location')}: {facts.pop('outcome')}"
    rows = [f"  {name + ':':<15}{_show(value)}" for name, value in facts.items()]
    return "\n".join([head, *rows])


def _show(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return "unknown" if value is None else str(value)


def describe_report(report: RunReport, refused: Sequence[Outcome]) -> dict[str, Any]:
    """A run as JSON values."""
    seconds = (report.ended_at - report.started_at).total_seconds()
    total = sum(report.counts.values())
    return {
        "articles": total,
        "counts": dict(report.counts),
        "refusals": dict(report.refusals),
        "refused": [describe_made(outcome, None) for outcome in refused],
        "seconds": round(seconds, 2),
        "articles_per_second": round(total / max(seconds, 1e-3), 1),
        "pipeline": report.pipeline,
    }


def show_report(report: RunReport) -> str:
    """A run in one line: "403 articles in 12 s (33.1/s): 402 indexed, 1 rejected"."""
    seconds = (report.ended_at - report.started_at).total_seconds()
    total = sum(report.counts.values())
    if total == 0:
        return f"no article found; files of these kinds are read: {', '.join(KNOWN_SUFFIXES)}"
    counts = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.counts.items()))
    rate = total / max(seconds, 1e-3)
    return f"{count_articles(total)} in {describe_seconds(seconds)} ({rate:.1f}/s): {counts}"


def show_refusals(refused: Sequence[Outcome]) -> Iterator[str]:
    """The refused articles, one a line; of many alike the first, and how many."""
    shown: Counter[str] = Counter()
    for outcome in refused:
        shown[outcome.code] += 1
        if shown[outcome.code] <= _SHOWN_REFUSALS:
            yield f"{outcome.kind} {outcome.location}: {outcome.reason} ({outcome.code})"
    for code, count in shown.items():
        if count > _SHOWN_REFUSALS:
            yield f"… and {count - _SHOWN_REFUSALS:,} more ({code}); --json lists them"


def show_left_aside(left_aside: Counter[str]) -> Iterator[str]:
    """One line about the files of kinds that are not read, none if there are none."""
    if left_aside:
        kinds = ", ".join(f"{suffix} {count:,}" for suffix, count in left_aside.most_common(10))
        yield f"dateline: left aside {left_aside.total():,} files of other kinds: {kinds}"


def show_status(found: ArchiveStatus) -> str:
    """What is in the archive, a fact a line."""
    first, last = (
        date.date().isoformat() if date else "unknown"
        for date in (found.first_published, found.last_published)
    )
    run = found.last_run
    rows = {
        "engine": f"{found.engine} {found.engine_version}",
        "archive": found.index,
        "articles": f"{found.articles:,} ({found.undated:,} undated)",
        "published": f"{first} to {last}",
        "sources": _show_values(found.sources),
        "languages": _show_values(found.languages),
        "originals": f"{found.originals:,}",
        "withdrawn": f"{found.withdrawn:,}",
        "refused": ", ".join(f"{code} {count:,}" for code, count in found.refused.items())
        or "none",
        "last ingest": run.ended_at.isoformat(timespec="seconds") if run else "never",
        "pipeline": ", ".join(f"{name}: {count:,}" for name, count in found.pipelines.items()),
    }
    return "\n".join(f"{name:<13}{value}" for name, value in rows.items())


def _show_values(values: Sequence[FacetValue]) -> str:
    return ", ".join(f"{value.label} {value.count:,}" for value in values) or "none"
