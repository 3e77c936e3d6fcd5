"""Rules 1 to 3 and 9: what exactly a name spans, and what no name looks like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from indexer.entities.gazetteer import is_people
from indexer.entities.loading import load_tables
from indexer.entities.spelling import name_key
from indexer.entities.words import (
    CALENDAR,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    GENERATIONS,
    GLUED_AFTER,
    GLUED_BEFORE,
    JOBS,
    PARTICLES,
    POST_NOMINALS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.entities.names import Name, Page

_Part: TypeAlias = tuple[int, int]

_REMEMBERED = 8_192
_SYMBOL_LEFT = re.compile(r"[A-Z.]{1,7}>")
_EDGE_LEFT = re.compile(r"[^\w]+")
_EDGE_RIGHT = re.compile(r"[^\w.]+$|(?<![A-Z])\.+$")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?=$|[^\w])")
_GLUED_AFTER = re.compile(r"\s?-\s?(\w+)\b")
_GLUED_BEFORE = re.compile(r"(\w+)-(?=[^\W\d_a-z])")
_FIRST_WORD = re.compile(r"[^\s]+")
_DIGITS_LAST = re.compile(r"[\W\d_]+$")
_SMALL_INSIDE = re.compile(r"(?<= )([a-z]+) (?=[^\W\d_a-z])")
_LINKING = PARTICLES | FUNCTION_WORDS | {"und", "et", "des", "fuer", "og", "zu", "con"}
_RESULT = re.compile(r"\d-\d|\d [^\W\d]")
_NUMBER = re.compile(r"\b\d+\b")
_LONGEST_RESULT = 80
_TWO_SURNAMES = re.compile(r"[^\W\d_]+(?:, [^\W\d_]+)+")
_SCORE = re.compile(r" \d+(?:-\d+)?(?: \d+(?:-\d+)?)*(?: |$)")
_SMALL_LAST = re.compile(r"(?: (?:[a-z]+|-))+$")
_PARTED = re.compile(r"\s*,\s+|\s+[-\u2013\u2014&/]\s+|\s*/\s*")
_FULL = 2
_NO_NAMES = FUNCTION_WORDS - {"us"}
_OPENERS = CONJUNCTIONS | {"the", "a", "an"}
_BEHIND_COMMA = GENERATIONS | POST_NOMINALS


def clean_spans(names: Iterable[Name]) -> list[Name]:
    """Rule 1: one line only, without articles, titles, possessives, "-led" and edge signs."""
    lines = (line for name in names for line in _iter_lines(name))
    return [line.part(core) for line in lines if (core := _find_core(line.form, line.kind))]


@lru_cache(maxsize=_REMEMBERED)
def _find_core(form: str, kind: str) -> _Part | None:
    """The part of a form that is the name; None if nothing is left."""
    start, end = (0, len(form)) if form.replace(" ", "").isalpha() else _cut_signs(form, kind)
    start += _after_leading_words(form[start:end], kind)
    end = start + _before_job(form[start:end], kind)
    end = start + _before_post_nominals(form[start:end], kind)
    start, end = _trim(form, start, end)
    return (start, end) if start < end else None


def _cut_signs(form: str, kind: str) -> tuple[int, int]:
    """Without possessive, "-led", "pro-", a colon, half a bracket, and signs at the edges."""
    end = min(_before_possessive(form, kind), _before_colon(form, kind))
    end = _before_glued(form[:end])
    end = _before_bracket(form[:end])
    return _trim(form, max(_after_glued(form[:end]), _after_closing(form[:end])), end)


def _iter_lines(name: Name) -> Iterator[Name]:
    """The first line of a name, and those of a person that a given name shows to be whole."""
    if "\n" not in name.form:
        yield name
        return
    given = load_tables().given_names
    start, is_first = 0, True
    for line in name.form.split("\n"):
        words = name_key(line).split()
        is_whole = name.kind == "person" and len(words) > 1 and not given.isdisjoint(words[:-1])
        if line.strip() and (is_first or is_whole):
            yield name.part((start, start + len(line)))
        is_first = is_first and not line.strip()
        start += len(line) + 1


def _before_possessive(form: str, kind: str) -> int:
    """Where a possessive 's ends the name: what a person or place owns is another thing."""
    for match in _POSSESSIVE.finditer(form):
        if kind in ("person", "place") or match.end() == len(form):
            return match.start()
    return len(form)


def _before_bracket(form: str) -> int:
    """Where a bracket opens that the name does not close, or that closes it ("Roe (ROE)")."""
    opens = form.rfind("(")
    is_last = opens > max(0, form.rfind(")")) or form.endswith(")")
    return opens if opens > 0 and is_last else len(form)


def _after_closing(form: str) -> int:
    """Past a stock symbol ("ROE> Doe"), or a bracket that the name does not open ("Roe) Doe")."""
    symbol = _SYMBOL_LEFT.match(form)
    end = symbol.end() if symbol else form.find(")") + 1
    is_open = symbol is None and "(" in form
    return 0 if is_open or end == len(form) or form.isupper() else end


def _before_colon(form: str, kind: str) -> int:
    """Where the colon of a title stands that the model takes for a body's name."""
    return form.find(": ") if kind == "organisation" and ": " in form else len(form)


def _before_glued(form: str) -> int:
    for match in _GLUED_AFTER.finditer(form):
        if match[1] in GLUED_AFTER:
            return match.start()
    return len(form)


def _after_glued(form: str) -> int:
    match = _GLUED_BEFORE.match(form)
    return match.end() if match and match[1].lower() in GLUED_BEFORE else 0


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    form = text[start:end]
    if left := _EDGE_LEFT.match(form):
        start += left.end()
    if not text[end - 1].isalnum() and (right := _EDGE_RIGHT.search(text[start:end])):
        end = start + right.start()
    return start, max(start, end)


def _after_leading_words(form: str, kind: str) -> int:
    """Past leading articles and, for a person, titles and the people they lead ("Russian")."""
    leading = _count_leading(form, kind)
    if not leading:
        return 0
    words = list(_FIRST_WORD.finditer(form))
    return words[leading].start() if leading < len(words) else 0


def _before_post_nominals(form: str, kind: str) -> int:
    if kind != "person":
        return len(form.rstrip())
    if name_key(form.rpartition(" ")[2]) not in POST_NOMINALS:
        return len(form.rstrip())
    words = list(_FIRST_WORD.finditer(form))
    while len(words) > 1 and name_key(words[-1][0]) in POST_NOMINALS:
        words.pop()
    return words[-1].end() if words else len(form)


def _before_job(form: str, kind: str) -> int:
    """Where a job behind a firm begins ("Roe Chief Markets Strategist", "Roe CEO")."""
    if kind != "organisation" or name_key(form.rpartition(" ")[2]) not in JOBS:
        return len(form)
    words = list(_FIRST_WORD.finditer(form))
    keys = [name_key(word[0]) for word in words]
    first = next(at for at, key in enumerate(keys) if key in JOBS)
    return words[first - 1].end() if first else len(form)


def _count_leading(form: str, kind: str) -> int:
    words = [name_key(word) for word in form.split()]
    at = 1 if words and words[0] in _OPENERS else 0
    if kind != "person":
        return at
    while at < len(words) - 1 and _is_leading(words, at):
        at += 1
    return at


def _is_leading(words: list[str], at: int) -> bool:
    if words[at] in TITLES or words[at] in CALENDAR:
        return True
    if not is_people(words[at]):
        return False
    given = load_tables().given_names
    leads_full = len(words) - at > _FULL and words[at] not in given and words[at + 1] in given
    return leads_full or any(word in TITLES for word in words[at + 1 : -1])


def split_spans(names: Iterable[Name]) -> list[Name]:
    """Rule 2: people and places that commas, dashes, "&" or "/" part are several."""
    return [name.part(part) for name in names for part in _find_parts(name.form, name.kind)]


@lru_cache(maxsize=_REMEMBERED)
def _find_parts(form: str, kind: str) -> tuple[_Part, ...]:
    if kind not in ("person", "place") and not _TWO_SURNAMES.fullmatch(form):
        return ((0, len(form)),)
    bounds = [0]
    for match in _PARTED.finditer(form):
        if name_key(form[match.end() :].split(" ", maxsplit=1)[0]) not in _BEHIND_COMMA:
            bounds += match.span()
    bounds.append(len(form))
    parts = zip(bounds[::2], bounds[1::2], strict=True)
    return tuple((start, end) for start, end in parts if start < end)


def split_results(names: Iterable[Name], page: Page) -> list[Name]:
    """Takes scores and small words off bodies and places: "Roe 2 Doe 0" are two names."""
    return [name.part(part) for name in names for part in _iter_results(name, page)]


def _iter_results(name: Name, page: Page) -> Iterable[_Part]:
    if " " not in name.form or name.kind not in ("organisation", "place"):
        return ((0, len(name.form)),)
    has_scores = _SCORE.search(name.form) is not None and _is_in_results(name, page)
    return _find_unscored(name.form, name.kind, has_scores=has_scores)


@lru_cache(maxsize=_REMEMBERED)
def _find_unscored(form: str, kind: str, *, has_scores: bool) -> tuple[_Part, ...]:
    """The parts of a form without small words at its ends, and between scores."""
    parts: list[_Part] = []
    start = _after_small_words(form, kind)
    for match in _SCORE.finditer(form) if has_scores else ():
        if match.start() and start < match.start():
            parts.append((start, match.start()))
        start = match.end()
    end = start + _before_small_words(form[start:])
    return (*parts, (start, end)) if start < end else tuple(parts)


def _is_in_results(name: Name, page: Page) -> bool:
    """Whether a score stands in the name, or its line is short and has more than one number."""
    if _RESULT.search(name.form):
        return True
    start = page.text.rfind("\n", 0, name.start) + 1
    line = page.text[start : start + _LONGEST_RESULT].partition("\n")
    return bool(line[1]) and len(_NUMBER.findall(line[0])) > 1


def _after_small_words(form: str, kind: str) -> int:
    """Where a body begins behind words in small letters that link nothing ("a war Roe")."""
    if kind != "organisation":
        return 0
    unlinked = [m for m in _SMALL_INSIDE.finditer(form) if m[1] not in _LINKING]
    return unlinked[-1].end() if unlinked else 0


def _before_small_words(form: str) -> int:
    """Where the words in small letters begin that end a name ("Roe news agency", "Group of")."""
    match = _SMALL_LAST.search(form)
    return match.start() if match and match.start() else len(form)


def drop_shapeless(names: Iterable[Name]) -> list[Name]:
    """Rule 3: no digits or signs at the end; nothing without letters or in small letters."""
    return [name.part(shape) for name in names if (shape := _find_shape(name.form, name.kind))]


@lru_cache(maxsize=_REMEMBERED)
def _find_shape(form: str, kind: str) -> _Part | None:
    """The part of a form before digits and signs; None if it is in small letters or no name."""
    match = _DIGITS_LAST.search(form) if kind in ("person", "place") else None
    shaped = form[: match.start()] if match and not form.endswith(".") else form
    is_name = any(map(str.isupper, shaped)) and name_key(shaped) not in _NO_NAMES
    is_name = is_name and "->" not in shaped  # a way through menus
    return (0, len(shaped)) if is_name else None


def demote_unlikely_people(names: Iterable[Name]) -> list[Name]:
    """Rule 9: a person with a digit or a small-letter word that is no particle is none."""
    return [
        name.retyped("other") if name.kind == "person" and _is_unlikely(name.form) else name
        for name in names
    ]


@lru_cache(maxsize=_REMEMBERED)
def _is_unlikely(form: str) -> bool:
    if any(map(str.isdigit, form)):
        return True
    small = (word for word in form.split() if not any(c.isupper() for c in word))
    return any(name_key(word) not in PARTICLES for word in small)
