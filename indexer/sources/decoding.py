"""Bytes → text, by one rule for every source.

A byte order mark decides; else strict UTF-8; else, of the two readings of damaged or older bytes,
UTF-8 with replacements when most of the bytes above ASCII fit it, and Windows-1252 otherwise (that
holds Latin-1: browsers read "latin-1" so too). The original decodes to the same text again
by `content.decode(encoding, "replace")`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE_MARKS = tuple(mark for mark, encoding in _MARKS if encoding != "utf-8-sig")
_JUNK = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f�]")
_MAX_JUNK = 0.05
"""Share of control and undecodable characters that a text may have; damaged texts measured here
stay under .01, compressed or compiled bytes lie above .1 in either reading."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the name of the codec that gave it (used with errors="replace")."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """Read bytes as text; never fails (see `is_binary` for what came out)."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(content.decode(encoding, "replace"), encoding)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(content)


def _decode_damaged(content: bytes) -> Decoded:
    text = content.decode("utf-8", "replace")
    broken = text.count("�")
    fitting = sum(1 for character in text if character > "\x7f") - broken
    if fitting > broken:
        return Decoded(text, "utf-8")
    return Decoded(content.decode("cp1252", "replace"), "cp1252")


def is_binary(text: str) -> bool:
    """Whether decoded bytes are too full of control characters to be anybody's text."""
    return len(_JUNK.findall(text)) > _MAX_JUNK * len(text)
