"""What a source is told, and what it says of an article that it cannot yield."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from dateline.documents import PublicationDate

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ARTICLE_BYTES = 8 * 1024 * 1024
"""The largest single article (file, line, row, story), as it lies after decompression, in bytes.

A long read has 0.1 MB; records that carry their whole HTML reach 2 MB.
"""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What the command line says of articles that do not say it themselves.

    `time_zone` is an IANA name and reads times that carry no zone.
    """

    source: str | None = None
    published: PublicationDate = field(default_factory=PublicationDate)
    language: str | None = None
    time_zone: str = "UTC"

    def given(self) -> Mapping[str, str]:
        """The options that were given and change what is stored, as text; see `read_given`."""
        stated = {
            "source": self.source,
            "date": _show_date(self.published),
            "language": self.language,
            "time_zone": None if self.time_zone == "UTC" else self.time_zone,
        }
        return {name: value for name, value in stated.items() if value}


def read_given(given: Mapping[str, str]) -> SourceOptions:
    """The options that `SourceOptions.given` put into text; other entries are left aside."""
    return SourceOptions(
        source=given.get("source"),
        published=_read_date(given["date"]) if "date" in given else PublicationDate(),
        language=given.get("language"),
        time_zone=given.get("time_zone", "UTC"),
    )


def _show_date(date: PublicationDate) -> str | None:
    """A date as precise as it is: 2022-09-27, 2022-09-27T09:35Z, 2022-09-27T09:35:10Z."""
    if date.value is None:
        return None
    if date.precision == "day":
        return date.value.date().isoformat()
    timespec = "minutes" if date.precision == "minute" else "seconds"
    return f"{date.value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=timespec)}Z"


def _read_date(text: str) -> PublicationDate:
    moment = datetime.fromisoformat(text)
    if "T" not in text:
        return PublicationDate(moment.replace(tzinfo=UTC), "day", "given")
    return PublicationDate(moment, "minute" if text.count(":") == 1 else "second", "given")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An article that cannot be read, and why; the bytes it came in, as far as they were kept.

    `options` as in RawArticle. `kind` "unusable": it is whole, but no article (no body);
    "rejected": it is damaged or unfit.
    """

    location: str
    code: str
    reason: str
    kind: Literal["unusable", "rejected"] = "rejected"
    original: bytes = b""
    media_type: str = "application/octet-stream"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article lies, what its bytes are and what was needed to read them.

    The part that every format knows alike; `options` as in RawArticle.
    """

    location: str
    original: bytes
    media_type: str
    encoding: str
    options: Mapping[str, str]

    def refuse(
        self, code: str, reason: str, kind: Literal["unusable", "rejected"] = "rejected"
    ) -> Refusal:
        """Say that this article cannot be read."""
        return Refusal(
            self.location, code, reason, kind, self.original, self.media_type, self.options
        )


def too_large(location: str) -> Refusal:
    """Refuse an article over MAX_ARTICLE_BYTES; its bytes are not kept."""
    return Refusal(
        location,
        "too_large",
        f"larger than {MAX_ARTICLE_BYTES // 1024 // 1024} MB; is it one article? Split it first",
    )
