"""From the text that came in to the article as one reads it.

The stored text is the title, a blank line, then the body, one line per paragraph. Every character
that was not made by us (line ends, the blank line) knows its place in the original.
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from itertools import dropwhile, pairwise
from typing import TYPE_CHECKING

from dateline.documents import CleanArticle, PublicationDate, TracedText, Unusable
from dateline.text.characters import CAPITALS, collapse_blanks, mend
from dateline.text.clocks import find_clock_stamp
from dateline.text.counters import drop_counters
from dateline.text.furniture import drop_furniture
from dateline.text.gluing import split_glued
from dateline.text.headlines import clean_headline, find_apart, is_headline, title_from_body
from dateline.text.lines import count_words, drop_repeats, ends_sentence, line_key
from dateline.text.promos import drop_promos, drop_tail, is_media_headline, is_promo
from dateline.text.reading import read_lines
from dateline.text.spans import cut, join, replace, strip
from dateline.text.stamps import find_foot, find_stamp
from dateline.text.truncation import is_truncated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from dateline.documents import TitleSource

_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ue000-\uf8ff\ufffe\uffff]")
_JUNK_SHARE = 0.1
_HEAD_LINES = 8
_LONGEST_HEAD = 60
_BYLINE = re.compile(
    rf"^(?:By|BY)\s+(?:[{CAPITALS}][\w.'’-]*|and|for|&|de|van|von|,|\||,?\s+)(?:[\s,]+|$)"
)
_SMALL = re.compile(r"\b(?!and\b|for\b|de\b|van\b|von\b|der\b|al\b|in\b|the\b|of\b|at\b)[a-z]\w*")
_BYLINE_WORDS = 12
_BYLINE_ABOVE = 4
_CUT_MARK = re.compile(r"(?:\.{3}|…)?\s*\[\+\d+ (?:chars|characters)\]\s*\Z")


@dataclass(frozen=True, slots=True)
class _Parts:
    """An article taken apart: title (None: no headline), its source, and the lines of the body."""

    title: TracedText | None
    title_source: TitleSource
    body: list[TracedText]


@dataclass(frozen=True, slots=True)
class _Hints:
    """What tells the headline: the given title, the outlet, the key of the line set apart."""

    title: TracedText | None
    source: str | None
    apart: str


def clean_article(
    body: TracedText,
    title: TracedText | None,
    *,
    time_zone: tzinfo = UTC,
    source: str | None = None,
) -> CleanArticle | Unusable:
    """The article in `body`, or why there is none.

    A given `title` wins, and goes from the body where the body repeats it. `time_zone` is for
    times of day that the text states without a zone. `source` is the outlet's name or domain, for
    titles that end in it. Codes of refusal: "empty", "binary",
    "no_words", "no_body".
    """
    if fault := _fault(body.text):
        return fault
    shortened, cut_off = _without_cut_mark(body)
    mended = mend(shortened)
    lines, stamp = _take_stamps(read_lines(mended), time_zone)
    hints = _Hints(_one_line(title, source), source, find_apart(mended.text))
    parts = _take_apart(drop_counters(drop_furniture(split_glued(lines))), hints)
    if not parts.body:
        return Unusable("no_body", "nothing is left beside the headline and links to other stories")
    return _build(parts, stamp, truncated=cut_off or is_truncated(parts.body))


def _fault(text: str) -> Unusable | None:
    if not text.strip("\ufeff\x00 \t\r\n"):
        return Unusable("empty", "the text is empty")
    junk = sum(1 for _ in _JUNK.finditer(text))
    if junk > len(text) * _JUNK_SHARE:
        return Unusable(
            "binary",
            f"{junk} of {len(text)} characters are no text: a binary file or another encoding",
        )
    if not any(character.isalpha() for character in text):
        return Unusable("no_words", "the text holds no words")
    return None


def _without_cut_mark(body: TracedText) -> tuple[TracedText, bool]:
    """Without the "[+1234 chars]" that news APIs put where they cut an article off."""
    found = _CUT_MARK.search(body.text, max(len(body.text) - 60, 0))
    return (cut(body, 0, found.start()), True) if found else (body, False)


def _one_line(title: TracedText | None, source: str | None) -> TracedText | None:
    """The given title on one line, without stamp and outlet suffix; None if it is blank."""
    if title is None:
        return None
    mended = mend(title)
    line_ends = (
        (found.start(), found.end(), " ") for found in re.finditer(r"\s*\n\s*", mended.text)
    )
    line = strip(collapse_blanks(replace(mended, line_ends)))
    if stamp := find_stamp(line.text):
        line = line if stamp.dateline else cut(line, stamp.span.end, len(line.text))
    return clean_headline(line, source) if line_key(line.text) else None


def _take_stamps(
    lines: Sequence[TracedText], time_zone: tzinfo
) -> tuple[list[TracedText], PublicationDate]:
    """The lines without the stamps at the head, and the first date these state."""
    stated = PublicationDate()
    kept: list[TracedText] = []
    end = _end_of_head(lines)
    for line in lines[:end]:
        rest, date = _without_stamps(line, time_zone)
        stated = stated if stated.value else date
        kept.append(rest)
    if not stated.value and lines:
        stated = find_foot(lines[-1].text)
    return [line for line in kept if line.text] + list(lines[end:]), stated


def _without_stamps(line: TracedText, time_zone: tzinfo) -> tuple[TracedText, PublicationDate]:
    """The line behind the stamps that it begins with, and the first date that these state.

    A line that is nothing but a time of day stays, for `promos`: furniture is told by it.
    """
    stamp = find_stamp(line.text, time_zone=time_zone)
    if stamp is None:
        start = find_clock_stamp(line.text)
        return _behind(line, start if start < len(line.text) else 0), PublicationDate()
    if stamp.dateline:
        return line, stamp.date
    rest, later = _without_stamps(_behind(line, stamp.span.end), time_zone)
    return rest, stamp.date if stamp.date.value else later


def _behind(line: TracedText, end: int) -> TracedText:
    return strip(cut(line, end, len(line.text)))


def _end_of_head(lines: Sequence[TracedText]) -> int:
    """Where the eighth line ends that will stay: repeats and links do not push a stamp away."""
    staying: set[str] = set()
    keys = [line_key(line.text) for line in lines[:_LONGEST_HEAD]]
    doubled = {key for key, following in pairwise(keys) if key == following}
    for index, key in enumerate(keys):
        text = lines[index].text
        if key not in doubled and not is_promo(text) and not _is_byline(text):
            staying.add(key)
        if len(staying) > _HEAD_LINES:
            return index
    return len(keys)


def _take_apart(lines: list[TracedText], hints: _Hints) -> _Parts:
    lines, given, source = _from_headline(lines), hints.title, hints.source
    if given is not None:
        return _Parts(given, "metadata", _body(drop_repeats(lines), line_key(given.text), source))
    headed = is_headline(lines, hints.apart)
    once = drop_repeats(lines, line_key(lines[0].text) if headed else "")
    if not (headed or is_headline(once)):
        return _Parts(None, "body", _body(once, "", source))
    headline = clean_headline(once[0], source)
    return _Parts(headline, "text", _body(once[1:], line_key(headline.text), source))


def _from_headline(lines: list[TracedText]) -> list[TracedText]:
    """The lines from the first that is no link or by-line; "Video: …" may be the headline."""
    below = list(dropwhile(lambda line: is_promo(line.text) or _is_byline(line.text), lines))
    above = lines[: len(lines) - len(below)]
    headed = [line for line in above if is_media_headline(line.text)][:1]
    return headed + below if headed and below and not is_headline(below) else below


def _body(lines: Sequence[TracedText], headline: str, source: str | None) -> list[TracedText]:
    """The lines of the body: no headline said again, no links, by-line or pager."""
    fresh = [line for line in lines if not (headline and _says_again(line, headline, source))]
    return drop_tail(_without_bylines(drop_promos(fresh)))


def _says_again(line: TracedText, headline: str, source: str | None) -> bool:
    key = line_key(line.text)
    return key.startswith(headline) and headline in {
        key,
        line_key(clean_headline(line, source).text),
    }


def _without_bylines(lines: Sequence[TracedText]) -> list[TracedText]:
    """Without "By …" lines above the third paragraph."""
    kept: list[TracedText] = []
    for line in lines:
        if len(kept) >= _BYLINE_ABOVE or not _is_byline(line.text):
            kept.append(line)
    return kept


def _is_byline(text: str) -> bool:
    return (
        _BYLINE.match(text) is not None
        and count_words(text) <= _BYLINE_WORDS
        and not ends_sentence(text)
        and _SMALL.search(text) is None
    )


def _build(parts: _Parts, stamp: PublicationDate, *, truncated: bool) -> CleanArticle:
    body = join(parts.body)
    if parts.title is None:
        title = title_from_body(body.text)
        return CleanArticle(title, "body", body, 0, stamp, truncated)
    text = join([parts.title, body], "\n\n")
    start = len(parts.title.text) + 2
    return CleanArticle(parts.title.text, parts.title_source, text, start, stamp, truncated)
