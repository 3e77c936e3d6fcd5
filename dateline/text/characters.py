"""Mending single characters: broken encodings, controls, invisible marks, line ends, blanks.

Every mend is a replacement of as few characters as it takes, so sentences keep their exact place.
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from dateline.text.spans import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.documents import TracedText
    from dateline.text.spans import Replacement

CAPITALS = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
"""Capital letters of the Latin, Greek and Cyrillic alphabets, for classes of a pattern."""

# Printers' quotes and dashes never look broken to ftfy, whatever stands beside them.
_PLAIN = re.compile(r"[\n -%'-~‘’“”–—…]*\Z")
_ODD = re.compile(r"[^\n -~‘’“”–—…]+")
_FEW_ODD = 30
_REACH = 7
"""Signs that ftfy looks at together, at most."""
_LINE_END = re.compile("\r\n?|[\v\f\u2028\u2029]")
_TERMINAL_ESCAPE = r"\x1b\[[0-9;?]*[A-Za-z]"
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f"  # controls; those of C1 wait, broken encodings are mended by them
    "\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff\ud800-\udfff"
)
# Joiners shape words in Arabic and Indic scripts and glue emoji; elsewhere they are noise.
_UNWANTED = re.compile(
    rf"{_TERMINAL_ESCAPE}|[{_UNSEEN}]+|(?<!"
    rf"[\u0600-\u1fff\u2190-\u2bff\ufe0f\U0001f000-\U0001ffff])[\u200c\u200d]+"
)
_SUSPECT = re.compile(rf"[{_UNSEEN}\u200c\u200d]")
_LATE_CONTROL = re.compile("[\x80-\x84\x86-\x9f]+")
_DOTTED_I = re.compile("İ")
_MARKS = re.compile(r"(?<=[^\w\s\x00-\x7f]{30})[^\w\s\x00-\x7f]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_STRETCH = re.compile(r"[^\n]{1,5000}(?=\s|\Z)|[^\n]{1,5000}")
_LOST_CLOSING = re.compile(r"â€(?:\ufffd|(?<=[.,!?]â€)\?(?=\W|\Z)|(?=[\s!#-&(-~]|\Z))")
_LONGEST_QUOTE = 2000
_BLANKS = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")


def mend(traced: TracedText) -> TracedText:
    """The text in NFC, without broken encodings, controls and unseen marks; lines end in `LF`.

    Typographic quotes, ligatures and widths stay; blanks are left as they are.
    """
    if _PLAIN.match(traced.text):
        return traced
    traced = replace(traced, _found(_LINE_END, traced.text, "\n"))
    traced = replace(traced, _surplus_marks(traced.text))
    traced = replace(traced, _lost_closings(traced.text))
    traced = replace(traced, _encoding_mends(traced.text))
    traced = _without_unseen(traced)
    # The capital dotted I grows when made small, and offsets would shift with it.
    traced = replace(traced, _found(_DOTTED_I, traced.text, "I"))
    return replace(traced, _composed(traced.text))


def collapse_blanks(traced: TracedText) -> TracedText:
    """Every run of blanks within a line as one plain blank."""
    if "  " not in traced.text and _PLAIN.match(traced.text):
        return traced
    return replace(traced, _found(_BLANKS, traced.text, " "))


def _without_unseen(traced: TracedText) -> TracedText:
    """Without invisible signs: after the encoding's mend, since a broken "í" ends in one."""
    traced = replace(traced, _found(_LATE_CONTROL, traced.text, ""))
    if not _SUSPECT.search(traced.text):
        return traced
    traced = replace(traced, _found(_UNWANTED, traced.text, ""))
    return replace(traced, _surplus_marks(traced.text))


def _found(pattern: re.Pattern[str], text: str, new: str) -> Iterator[Replacement]:
    return ((found.start(), found.end(), new) for found in pattern.finditer(text))


def _surplus_marks(text: str) -> Iterator[Replacement]:
    """Combining marks past the 30th in a row (UAX 15): composing more would take square time."""
    for found in _MARKS.finditer(text):
        kept = "".join(sign for sign in found[0] if not unicodedata.category(sign).startswith("M"))
        if len(kept) < len(found[0]):
            yield found.start(), found.end(), kept


def _lost_closings(text: str) -> Iterator[Replacement]:
    """Closing quotes read as something else, of whose three signs the last was dropped on the way.

    Only of this quote the last byte stands for no sign in Windows-1252; an opening one goes before.
    """
    closed = 0
    for found in _LOST_CLOSING.finditer(text) if "â€" in text else ():
        start = max(closed, found.start() - _LONGEST_QUOTE)
        start = max(start, text.rfind("\n", start, found.start()))
        if any(text.find(opening, start, found.start()) >= 0 for opening in ("â€œ", "“")):
            closed = found.end()
            yield found.start(), closed, "”"


def _encoding_mends(text: str) -> Iterator[Replacement]:
    """What ftfy mends: UTF-8 read as something else, HTML entities, Windows controls."""
    from ftfy.badness import is_bad  # noqa: PLC0415  # 30 ms that plain ASCII never pays

    if not (
        (_may_be_bad(text) and is_bad(text)) or _ENTITY.search(text) or _LATE_CONTROL.search(text)
    ):
        return
    for found in _STRETCH.finditer(text):
        stretch = found[0]
        if is_bad(stretch) or _ENTITY.search(stretch) or _LATE_CONTROL.search(stretch):
            yield from _differences(stretch, _fixed(stretch), found.start())


def _may_be_bad(text: str) -> bool:
    """Does anything look broken to ftfy where a few odd signs are? It is slow over a whole text."""
    from ftfy.badness import is_bad  # noqa: PLC0415  # as above

    odd = list(islice(_ODD.finditer(text), _FEW_ODD + 1))
    around = (text[max(each.start() - _REACH, 0) : each.end() + _REACH] for each in odd)
    return len(odd) > _FEW_ODD or any(map(is_bad, around))


def _fixed(stretch: str) -> str:
    from ftfy import TextFixerConfig, fix_text  # noqa: PLC0415  # as above

    config = TextFixerConfig(
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        explain=False,
    )
    return fix_text(stretch, config).replace("\n", " ")


def _composed(text: str) -> Iterable[Replacement]:
    if unicodedata.is_normalized("NFC", text):
        return
    for found in re.finditer(r"\S+", text):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            yield found.start(), found.end(), composed


def _differences(old: str, new: str, offset: int) -> Iterator[Replacement]:
    """The words that differ where both have as many; else the stretch between equal ends."""
    olds, news = old.split(" "), new.split(" ")
    if len(olds) != len(news):
        yield from _middle(old, new, offset)
        return
    for before, after in zip(olds, news, strict=True):
        if before != after:
            yield offset, offset + len(before), after
        offset += len(before) + 1


def _middle(old: str, new: str, offset: int) -> Iterator[Replacement]:
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    if (old_end := len(old) - tail) > head or len(new) - tail > head:
        yield offset + head, offset + old_end, new[head : len(new) - tail]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    unlike = (index for index, (left, right) in enumerate(pairs) if left != right)
    return next(unlike, min(len(one), len(other)))
