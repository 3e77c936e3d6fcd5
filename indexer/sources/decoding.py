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
_ESCAPED = "iso2022_jp"
"""Written in ASCII bytes, so that it looks like UTF-8."""
_SAME = {
    "cp1252": ("windows-1252", "iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"),
    "cp1250": ("windows-1250",),
    "iso8859_2": ("iso-8859-2", "latin2"),
    "cp1251": ("windows-1251",),
    "koi8_r": ("koi8-r",),
    "koi8_u": ("koi8-u",),
    "iso8859_5": ("iso-8859-5",),
    "cp1253": ("windows-1253",),
    "iso8859_7": ("iso-8859-7",),
    "cp1254": ("windows-1254", "iso-8859-9", "latin5"),
    "cp1255": ("windows-1255", "iso-8859-8"),
    "cp1256": ("windows-1256",),
    "iso8859_6": ("iso-8859-6",),
    "cp1257": ("windows-1257",),
    "iso8859_13": ("iso-8859-13",),
    "cp1258": ("windows-1258",),
    "iso8859_15": ("iso-8859-15",),
    "cp874": ("windows-874", "tis-620", "iso-8859-11"),
    "cp932": ("shift-jis", "sjis", "x-sjis", "windows-31j"),
    "euc_jp": ("euc-jp",),
    _ESCAPED: ("iso-2022-jp",),
    "gb18030": ("gb2312", "gbk", "gb18030"),
    "big5hkscs": ("big5", "big5-hkscs"),
    "cp949": ("euc-kr", "ks-c-5601-1987", "korean"),
}
_DECLARED = {label: codec for codec, labels in _SAME.items() for label in labels}
"""Names that pages use → codecs, as browsers read them (WHATWG Encoding: "latin-1" is cp1252)."""
_JUNK = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f�]")
_MAX_JUNK = 0.05
"""Share of control and undecodable characters that a text may have; damaged texts measured here
stay under .01, compressed or compiled bytes lie above .1 in either reading."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the name of the codec that gave it (used with errors="replace")."""

    text: str
    encoding: str


def decode(content: bytes, declared: str = "") -> Decoded:
    """Read bytes as text; never fails (see `is_binary` for what came out).

    `declared` is the encoding that they name themselves: believed where they are no UTF-8.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(content.decode(encoding, "replace"), encoding)
    named = _DECLARED.get(declared.lower().replace("_", "-"), "")
    if named == _ESCAPED:
        return Decoded(content.decode(named, "replace"), named)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return (
            Decoded(content.decode(named, "replace"), named) if named else _decode_damaged(content)
        )


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
