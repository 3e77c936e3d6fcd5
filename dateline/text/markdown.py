"""Taking Markdown's signs off lines of prose: pictures, links, rules, emphasis.

Nobody says which texts are Markdown, so only what cannot be prose is touched: a sign pair that
hugs its words, a link whose target is an address, a line of nothing but rule signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.text.spans import cut, replace, strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents import TracedText
    from dateline.text.spans import Replacement

_SIGNS = re.compile(r"[\[*_#=~-]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_RULE = re.compile(r"(?:[-*_=~][ ]?){3,}\Z|\[[^\]\s]{1,40}\]:\s+\S+(?:\s+[\"'(].*)?\Z")
_TARGET = (
    r"\(\s*<?(?:[a-z][a-z\d+.-]{1,20}:|/|#|\.{1,2}/|\?|[\w-]+(?:[./][\w-]+)*\.[a-z]{2,5}\b)"
    r"[^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,2000})?(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\s*\)"
)
_IMAGE = re.compile(rf"!\[[^\[\]\n]{{0,500}}\](?:{_TARGET}|\[[^\]\n]{{0,100}}\])", re.IGNORECASE)
_LINK = re.compile(rf"(?<!!)\[([^\[\]\n]{{0,500}})\]{_TARGET}", re.IGNORECASE)
_EMPHASIS = {
    "*": re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])[^*\n]{1,1000}(?<=[^\s*\\])(\1)(?![\w*])"),
    "_": re.compile(
        r"(?<![\w/\\@#:.=&?-])(_{1,3})(?=[^\s_])[^_\n]{1,1000}(?<=[^\s_\\])(\1)(?![\w/])"
    ),
}


def without_markdown(line: TracedText) -> TracedText:
    """The line's words: links keep their text, pictures and rules leave nothing."""
    if not _SIGNS.search(line.text):
        return line
    if _RULE.match(line.text):
        return cut(line, 0, 0)
    if found := _HEADING.match(line.text):
        line = cut(line, found.end(), len(line.text))
    if "](" in line.text or "![" in line.text:
        line = replace(line, ((*found.span(), "") for found in _IMAGE.finditer(line.text)))
        line = replace(line, _around(_LINK, line.text))
    for sign, pattern in _EMPHASIS.items():
        if sign in line.text:
            line = replace(line, _around_pair(pattern, line.text))
    return strip(line)


def _around(pattern: re.Pattern[str], text: str) -> Iterator[Replacement]:
    """Delete what stands around the first group of each match."""
    for found in pattern.finditer(text):
        yield found.start(), found.start(1), ""
        yield found.end(1), found.end(), ""


def _around_pair(pattern: re.Pattern[str], text: str) -> Iterator[Replacement]:
    """Delete the two groups of each match."""
    for found in pattern.finditer(text):
        yield found.start(1), found.end(1), ""
        yield found.start(2), found.end(2), ""
