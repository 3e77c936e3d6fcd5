"""What speaks for and against a line: its shape, its words, its place, its neighbours.

Names of features, nothing else; `furniture_weights` says what each is worth at which place.
"""

# ruff: noqa: RUF001  # typographic quotes and dashes are what this module is about

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from dateline.text.page_lines import READ, alternates, is_alone

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from dateline.text.page_lines import Line, Page

_SIZES = (1, 2, 4, 7, 12, 18, 25, 40)
_SMALL_SHARES = (0.01, 0.3, 0.5, 0.7)
_PAGE_WORDS = (1, 2, 3, 5)
_SHARED = (0.15, 0.35, 0.6, 0.85)
_RUNS = (1, 2, 3, 5, 9)
_BEFORE_BODY, _AFTER_BODY, _INSIDE = (2, 3, 5, 8, 12), (1, 2, 4, 8, 16), (1, 2, 3, 5)
_BODY_SHARES = (0.2, 0.35, 0.5, 0.7, 0.9, 0.999)
_PROSE_SHARES = (0.2, 0.4, 0.6, 0.8)
_NEAR_SIZES = (4, 8)
_PROMOS = (1, 2, 4, 8)
_FEW, _SHORT, _MEDIUM, _NEAR, _HEADLINE = 5, 6, 14, 10, 4
_DENSE, _DIGITS = 0.15, 3
_MANY_PAGE_WORDS, _MANY_COMMAS = 3, 3
_AROUND = ((-1, "before"), (1, "after"), (-2, "second before"), (2, "second after"))

_CREDITS = (
    "AP|AFP|EPA|dpa|DPA|PA|PTI|ANI|EFE|ANSA|Reuters|REUTERS|Getty|Shutterstock|iStock|Alamy"
    "|Bloomberg|Imago|imago|IMAGO|APA|Keystone|NTB|TT|Pool|Photo|photo|Photos|photos|Photograph"
    "|photograph|PHOTO|Foto|Fotos|FOTO|Bild|Image|Images|Picture|Pictured|pictured|Credit|credit"
    "|Courtesy|courtesy|File|FILE|Copyright|via"
)
_CREDIT = re.compile(rf"\b(?:{_CREDITS})\b|©|\w/\w")
_PICTURE = re.compile(
    r"\((?:left|right|centre|center|L|R|C)\)|\b(?:pictured|seen (?:here|in)|in this (?:photo|image"
    r"|picture|file)|file (?:photo|image|picture)|FILE|photograph\w*|illustration)\b"
)
_PICTURE_WORDS = frozenset(
    [
        "left",
        "right",
        "centre",
        "center",
        "l",
        "r",
        "c",
        "pictured",
        "seen",
        "photo",
        "image",
        "picture",
        "file",
        "photograph",
        "photographed",
        "photographs",
        "illustration",
    ]
)
_ENDS_IN_CREDIT = re.compile(
    r"(?:\w/[A-Z][A-Za-z]+\b|\b(?:via|Getty Images|Photo by|Photograph:|Picture:|Photo:)"
    r"|,\s[A-Z][\w.]+\s\d{1,2},\s(?:19|20)\d\d\.)[^.]{0,40}\.?$|^FILE\b"
)
_SIGNS_OF_CREDIT = ("/", "via", "Getty", "Photo", "Picture", "FILE", "19", "20")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|(?<!\w)@\w|\w\.com\b")
_TIME = re.compile(
    r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b|\b(?:ago|mins?|minutes?|hours?|hrs?|days?)\b"
)
_BARS = re.compile(r"[|•·»›→/]|\s[-–—]\s")
_BY = re.compile(r"(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Tt]ext|[Ss]tory|[Ww]ords)\b")
_OFFICES = "correspondent|reporter|editor|writer|columnist"
_OFFICE = re.compile(rf"\b(?:{_OFFICES}|{_OFFICES.title()})\b")
_OCCUPATIONS = (
    "reporter|correspondent|editor|writer|author|columnist|contributor|journalist|professor"
    "|lecturer|fellow|analyst|researcher|host|producer|director|commentator"
)
_BIOGRAPHY = re.compile(
    r"\b(?:is|was|has been|are) (?:an?|the|our)\b[^.]{0,60}"
    rf"\b(?:{_OCCUPATIONS}|freelance\w*)\b"
    r"|\b(?:[Ff]ollow|[Rr]each|[Cc]ontact|[Ee]mail) (?:him|her|them|me|[A-Z])"
    r"|\b(?:covers|covering|writes about|specialis\w+|specializ\w+|award-winning)\b"
)
_BIOGRAPHICAL = frozenset(
    [
        *_OCCUPATIONS.split("|"),
        *("follow", "reach", "contact", "email", "covers", "covering", "writes", "award"),
    ]
)
_LISTED = re.compile(r"(?:[-*•–—]|\d{1,3}[.)]|[a-z]\))\s")
_LAST_SIGNS = {":": "colon last", "?": "asks", ",": "comma last", ";": "comma last"}


class _Sign(NamedTuple):
    """A pattern, and what a line must hold for it to match: one of `words` or of `parts`."""

    pattern: re.Pattern[str]
    words: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()

    def shows(self, text: str, words: Sequence[str]) -> bool:
        """Is it in the text? `words` are the small ones of the line."""
        may = any(map(text.__contains__, self.parts)) or not self.words.isdisjoint(words)
        return may and self.pattern.search(text) is not None


_SIGNS = {
    "credit": _Sign(_CREDIT, frozenset(_CREDITS.casefold().split("|")), ("©", "/")),
    "picture": _Sign(_PICTURE, parts=("",)),
    "address": _Sign(_ADDRESS, parts=("://", "www.", "@", ".com")),
    "bars": _Sign(_BARS, parts=("",)),
    "biography": _Sign(_BIOGRAPHY, _BIOGRAPHICAL, ("freelance", "specialis", "specializ")),
}
_OF_OFFICE = _Sign(_OFFICE, frozenset(_OFFICES.split("|")))


def is_caption_like(line: Line) -> bool:
    """Does the line speak of its picture, or end in who took it?"""
    if not _PICTURE_WORDS.isdisjoint(line.words) and _PICTURE.search(line.text[:READ]):
        return True
    return _ends_in_credit(line.text)


def _ends_in_credit(text: str) -> bool:
    """Does the end say who took the picture? A sign that such an end has is looked for first."""
    end = text[-120:]
    has_sign = any(map(end.__contains__, _SIGNS_OF_CREDIT))
    return has_sign and _ENDS_IN_CREDIT.search(end) is not None


def is_biography_like(line: Line) -> bool:
    """Does the line say what its author does or how to reach them?"""
    return _SIGNS["biography"].shows(line.text[:READ], line.key.split(" "))


def is_headline_like(line: Line) -> bool:
    """Some words without an end of sentence, no prompt: the first such line may be the headline."""
    return len(line.words) >= _HEADLINE and line.kind == "open" and not line.promo


def iter_own(line: Line) -> Iterator[str]:
    """The features of a line by itself."""
    size, text = len(line.words), line.text[:READ]
    shape = "open" if line.kind == "open" else "ended"
    yield f"{line.kind}, {bisect_right(_SIZES, size)}"
    length = "few" if size < _SHORT else "many"
    yield f"small words {bisect_right(_SMALL_SHARES, line.small)} of {length}"
    yield f"page words {bisect_right(_PAGE_WORDS, line.page_words)}"
    if line.page_words > _DENSE * size:
        yield "dense page words"
    words = line.key.split(" ")
    yield from (f"{name}, {shape}" for name, sign in _SIGNS.items() if sign.shows(text, words))
    if _TIME.search(text):
        yield f"time, {shape}, {bisect_right((_SHORT, _MEDIUM), size)}"
    if _BY.match(text) or _OF_OFFICE.shows(text, words):
        yield f"by, {shape}"
    if _ends_in_credit(line.text):
        yield f"credit last, {shape}"
    yield from _typed(line, shape)


def _typed(line: Line, shape: str) -> Iterator[str]:
    """What the first and last signs and the case say."""
    text = line.text
    if text[0] in "\"“„«'‘":
        yield f"quoted, {shape}"
    if text[-1] in _LAST_SIGNS:
        yield _LAST_SIGNS[text[-1]]
    yield from (name for name, told in _told_by_case(text) if told)
    yield from (name for name, told in _told_by_digits(line) if told)


def _told_by_case(text: str) -> tuple[tuple[str, bool], ...]:
    return (
        ("listed", _LISTED.match(text) is not None),
        ("small first", text[0].islower()),
        ("capitals", text.isupper()),
        ("commas", text.count(",") >= _MANY_COMMAS),
        ("brackets", "(" in text),
    )


def _told_by_digits(line: Line) -> tuple[tuple[str, bool], ...]:
    digits = sum(map(str.isdigit, line.text[:READ]))
    return (
        ("digits", digits * _DIGITS > len(line.text)),
        ("some digits", digits > 0),
        ("no words", not line.words),
    )


def iter_shared(page: Page, index: int, vocabulary: Counter[str]) -> Iterator[str]:
    """What the line has in common with the body's prose and with other lines."""
    line = page.lines[index]
    content = line.content
    own = line.is_prose and page.place(index) == "body"
    known = sum(vocabulary[word] > own for word in content)
    step = bisect_right(_SHARED, known / max(1, len(content)))
    yield f"shared words {step}, {line.kind}" if content else "no content"
    length = "few" if len(line.words) < _FEW else "many"
    if page.counts[line.key] > 1:
        yield f"repeated, {length}"
    if page.echoes[index]:
        yield "echo"
    if is_alone(page, index):
        yield "alternates" if alternates(page, index) else "alone"
    elif not line.is_prose and is_alone(page, index + 1) and alternates(page, index + 1):
        yield "heads alternating"
    if page.labels[index]:
        yield "label"


def iter_around(page: Page, index: int) -> Iterator[str]:
    """The run a line stands in, and the two lines before and after."""
    yield f"run {bisect_right(_RUNS, page.runs[index])}"
    for step, name in _AROUND:
        if not 0 <= index + step < len(page.lines):
            yield f"{name}: nothing"
            continue
        near = page.lines[index + step]
        size = "" if near.is_prose else f", {bisect_right(_NEAR_SIZES, len(near.words))}"
        yield f"{name}: {near.kind}{size}"
        if near.promo or near.page_words >= _MANY_PAGE_WORDS:
            yield f"{name}: promo"
        if abs(step) == 1 and len(near.words) < _NEAR and _TIME.search(near.text[:60]):
            yield f"{name}: time"


def iter_whole(page: Page) -> Iterator[str]:
    """What the text as a whole is: a page with much around its body, or an article alone."""
    prose = sum(line.is_prose for line in page.lines)
    yield f"prose lines {bisect_right(_PROSE_SHARES, prose / len(page.lines))}"
    letters = sum(len(line.text) for line in page.lines)
    body = sum(len(line.text) for line in page.lines[page.start : page.end])
    yield f"body share {bisect_right(_BODY_SHARES, body / letters)}"
    yield f"promos {bisect_right(_PROMOS, sum(line.promo for line in page.lines))}"
    around = (*page.lines[: page.start], *page.lines[page.end :])
    told = sum(line.page_words for line in around)
    yield f"page words around {bisect_right(_PROMOS, told)}"


def name_distance(page: Page, index: int) -> str:
    """How far the line is from the body's nearest end."""
    if index < page.start:
        return f"before body {bisect_right(_BEFORE_BODY, page.start - index)}"
    if index >= page.end:
        return f"after body {bisect_right(_AFTER_BODY, index - page.end)}"
    return f"inside {bisect_right(_INSIDE, min(index - page.start, page.end - 1 - index))}"
