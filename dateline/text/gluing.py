"""Glued boundaries: where a crawl lost the break between two paragraphs.

`decade"It's` is a teaser of another story stuck to a quote; `taken."The` and `said.The` are two
paragraphs without a break (notes: 3.5 per crawled article; 5 in 854,000 words of clean text).
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from dateline.text.characters import CAPITALS
from dateline.text.lines import count_words, ends_sentence, line_key
from dateline.text.sentences import OPENERS
from dateline.text.spans import cut, strip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.documents import TracedText

# The look behind comes second: a search that begins with a sign is many times faster.
_TEASER = re.compile(
    rf"(?:[\"“‘](?=(?:{OPENERS})\b)|'(?=(?:The|It|He|She|They|We|This|There|You)\b))(?<="
    rf"[^\W\d_A-Z]{{2}}.)"
)
_END_BEFORE_CAPITAL = re.compile(rf"[.!?…](?P<quote>[\"”’“]?)(?=[{CAPITALS}])")
_OPENER = re.compile(rf"(?:{OPENERS})\b")
_CAPITAL_WORD = re.compile(rf"[{CAPITALS}][^\W\d_A-Z]")
# A small word, a full stop and a capital word; but no address ("example.Com") and no file name.
_NEXT_WORD = re.compile(
    rf"(?!(?:Com|Net|Org|Gov|Edu|Co|Io|Js|Tv|Ai)\b)[{CAPITALS}][^\W\d_A-Z]+[ ,’']"
)
_WORD_BEFORE = re.compile(r"(?:[^\W\d_A-Z]{3}|(?<![^\W_])[^\W\d_A-Z]{2,}|\d{2}|\d%)\Z")
_SMALL_WORD_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W\d_A-Z]{3,}|\w[^\W\d_A-Z]{4,})\Z")
# An abbreviation, but no ending of an address: "said.NASA engineers".
_NEXT_LETTERS = re.compile(r"(?!(?:COM|NET|ORG|EDU|GOV)\b)[A-Z]{3,6} [^\W\d_A-Z]")
# A small word run into a capital one, or any into a word that opens a sentence and ends no name.
_RUN_INTO = re.compile(
    rf"(?<![\w'’.-])[^\W\d_A-Z]{{3,}}(?=[{CAPITALS}][^\W\d_A-Z]*[ '’])"
    r"|[^\W\d_A-Z]{3}(?=(?:The|They|She|There|These|Those|When|After|While|Some|Many|Meanwhile) )"
)
_SENTENCE_INSIDE = re.compile(r"[.!?…](?:\s|$)|[\"“”„«‘]")
_SAYING = re.compile(
    r"\b(?:said|says|saying|added|adding|told|asked|asking|wrote|writing|tweeted|replied|claimed|"
    r"stated|stating"
    r"|warned|insisted|continued|declared|that|as|the|an?|of|called|so-called|named|entitled|"
    r"titled|dubbed)\Z"
)
_SMALL_CAPITAL = re.compile("[A-Z](?<=[a-z].)")  # looked for first: few signs are capitals
_SHORTEST_TEASER = 25
_SHORTEST_SPEECH = 4
_TEASER_WORDS = range(5, 17)
_PARAGRAPH_WORDS = 10
_LONGEST_TEASER = 160
_LONG_WORD = 5
_RARE = _THIRD = 3


def split_glued(lines: Sequence[TracedText]) -> list[TracedText]:
    """The lines parted at glued boundaries; a foreign teaser glued to a paragraph goes.

    What is glued before a quote on the very first line is the headline, and stays as a line.
    """
    whole = [
        piece
        for index, line in enumerate(lines)
        for piece in _without_teaser(line, keep=index == 0)
    ]
    return [part for piece in _without_headings(whole) for part in _parted(piece)]


def _without_headings(lines: Sequence[TracedText]) -> Sequence[TracedText]:
    """Headlines that run into paragraphs parted from them, unless inner capitals are common.

    In some languages they are spelling: "kwaZulu", "isiXhosa".
    """
    joined = sum(_SMALL_CAPITAL.search(line.text) is not None for line in lines)
    if joined * _RARE > max(len(lines), _RARE) or not any(_heading_end(x.text) for x in lines):
        return lines
    known = _words_of(lines)
    return [part for line in lines for part in _run_apart(line, known)]


def _run_apart(line: TracedText, known: Counter[str]) -> Iterator[TracedText]:
    """A headline that runs into the paragraph below it is a line of its own, or another story's.

    Of another story's long words fewer than a third stand elsewhere in this article.
    """
    if end := _heading_end(line.text):
        words, rest = _long_words(line.text[:end]), _long_words(line.text[end:])
        if sum(known[word] > 1 or word in rest for word in words) * _THIRD >= len(words):
            yield cut(line, 0, end)
        yield cut(line, end, len(line.text))
    else:
        yield line


def _words_of(lines: Sequence[TracedText]) -> Counter[str]:
    """In how many lines each long word stands."""
    return Counter(word for line in lines for word in _long_words(line.text))


def _long_words(text: str) -> set[str]:
    return {word for word in line_key(text).split() if len(word) >= _LONG_WORD}


def _heading_end(text: str) -> int:
    """Where a headline that runs into a paragraph ends, or 0."""
    if not _SMALL_CAPITAL.search(text, 0, _LONGEST_TEASER):
        return 0
    found = _RUN_INTO.search(text, 0, _LONGEST_TEASER)
    return found.end() if found and _heads(text, found.end()) else 0


def _heads(text: str, end: int) -> bool:
    """Is there a headline before the place, and a paragraph from there on?"""
    right = text[end:]
    return (
        count_words(text[:end]) in _TEASER_WORDS
        and _is_teaser(text[:end])
        and count_words(right) >= _PARAGRAPH_WORDS
        and ends_sentence(right)
    )


def _without_teaser(line: TracedText, *, keep: bool) -> Iterator[TracedText]:
    found = _TEASER.search(line.text)
    if found is None or not (
        _is_teaser(line.text[: found.start()]) and _is_speech(line.text[found.end() :])
    ):
        yield line
        return
    if keep:
        yield cut(line, 0, found.start())
    yield cut(line, found.start(), len(line.text))


def _is_teaser(left: str) -> bool:
    """A headline: long enough, no sentence or quote in it, and not leading up to the quote."""
    return (
        len(left) >= _SHORTEST_TEASER
        and not left[0].islower()
        and not _SENTENCE_INSIDE.search(left)
        and not _SAYING.search(left)
    )


def _is_speech(right: str) -> bool:
    """A quote that somebody speaks, not the title of a film: four words or more."""
    quoted = re.split(r"[\"”]", right, maxsplit=1)[0]
    return count_words(quoted) >= _SHORTEST_SPEECH


def _parted(line: TracedText) -> Iterator[TracedText]:
    position = 0
    for found in _END_BEFORE_CAPITAL.finditer(line.text):
        boundary = _boundary(line.text, position, found)
        if boundary:
            yield strip(cut(line, position, boundary))
            position = boundary
    yield cut(line, position, len(line.text))


def _boundary(text: str, start: int, found: re.Match[str]) -> int:
    """Where a new paragraph begins at this sentence end, or 0.

    Behind a closing quote, before an opening one.
    """
    left = text[max(found.start() - 40, start) : found.start()]
    if not found["quote"]:
        return found.end() if _parts_words(left, text, found.end()) else 0
    if not (left and left[-1].isalnum() and _CAPITAL_WORD.match(text, found.end())):
        return 0
    opens = found["quote"] == "“" or (
        found["quote"] == '"' and text.count('"', start, found.end()) % 2
    )
    return found.end() - 1 if opens else found.end()


def _parts_words(left: str, text: str, end: int) -> bool:
    """Between two words and no quote: "said.The", "lost.Mayor", but no initials and no address."""
    if _OPENER.match(text, end):
        return bool(_WORD_BEFORE.search(left))
    if not _SMALL_WORD_BEFORE.search(left):
        return False
    return bool(_NEXT_WORD.match(text, end) or _NEXT_LETTERS.match(text, end))
