"""What a source is told, and what it says of an article that it cannot yield."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
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
        """The options that were given and change what is stored, as text."""
        stated = {
            "source": self.source,
            "date": self.published.value and self.published.value.isoformat(),
            "language": self.language,
            "time_zone": None if self.time_zone == "UTC" else self.time_zone,
        }
        return {name: value for name, value in stated.items() if value}

    def digest(self) -> str:
        """Stands for `given()`: empty when nothing was given, else 64 hex digits."""
        given = self.given()
        if not given:
            return ""
        return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An article that cannot be read, and why; the bytes it came in, as far as they were kept.

    `kind` "unusable": it is whole, but no article (no body); "rejected": it is damaged or unfit.
    """

    location: str
    code: str
    reason: str
    kind: Literal["unusable", "rejected"] = "rejected"
    original: bytes = b""
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article lies and what its bytes are: the part that every format knows alike."""

    location: str
    original: bytes
    media_type: str
    encoding: str = "utf-8"

    def refuse(
        self, code: str, reason: str, kind: Literal["unusable", "rejected"] = "rejected"
    ) -> Refusal:
        """Say that this article cannot be read."""
        return Refusal(self.location, code, reason, kind, self.original, self.media_type)


def too_large(location: str) -> Refusal:
    """Refuse an article over MAX_ARTICLE_BYTES; its bytes are not kept."""
    return Refusal(
        location,
        "too_large",
        f"larger than {MAX_ARTICLE_BYTES // 1024 // 1024} MB; is it one article? Split it first",
    )
