"""The user's text cut into tokens: words, phrases, operators, brackets. One pass, no recursion.

What no operator claims is text: `U.S./Japan`, `AT&T`, `C++`, `http://…` are words as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, NoReturn

from dateline.errors import QuerySyntaxError
from dateline.search.quotes import DOUBLE_QUOTES, SINGLE_OPENERS, find_double_end, find_single_end
from dateline.search.words import count_letters, is_punctuation, seen_signs

TokenKind = Literal["word", "phrase", "open", "close", "and", "or", "not", "minus"]

MAX_LENGTH = 500
"""Code points of a query."""
MAX_DEPTH = 4
"""Brackets within brackets."""
MAX_SLOP = 50
"""Other words that may stand within a phrase."""

FIELDS = (
    "title",
    "person",
    "place",
    "organisation",
    "source",
    "author",
    "after",
    "before",
)
_FIELD_NAMES = {**{name: name for name in FIELDS}, "organization": "organisation"}
_OPERATORS: dict[str, TokenKind] = {"AND": "and", "OR": "or", "NOT": "not"}

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_BLANK = re.compile(r"\s+")
_CHUNK = re.compile(rf"[^\s(){DOUBLE_QUOTES}]+")
_DASH_RUN = re.compile(rf"[{_DASHES}]+")
_UNCLOSED = re.compile(rf"[{_DASHES}{SINGLE_OPENERS}]+")
# letters typed apart from their marks are letters all the same: these marks compose (NFC)
_FIELD = re.compile("([\\w\u0300-\u036f\u0653-\u0655\u3099\u309a]+):")
_SLOP = re.compile(r"~(\w*)")
_FOREIGN_OPERATORS = {"|": "OR", "||": "OR", "&&": "AND", "!": "NOT"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query; `position` is its place in what the user typed, in code points.

    `field` is the one typed before it, or before the bracket around it.
    `slop` is None where no `~` follows the phrase.
    """

    kind: TokenKind
    text: str
    position: int
    field: str | None = None
    slop: int | None = None


def cut_tokens(text: str) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Tokens and warnings. Raises QuerySyntaxError for what is wrong below the grammar.

    That is: length, control characters, quotes and brackets that do not pair or nest too deeply.
    """
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            f"the query is too long: {len(text):,} characters, {MAX_LENGTH} are allowed",
            hint="ask for its most telling words",
            position=MAX_LENGTH,
        )
    return _Cutter(text).cut()


class _Cutter:
    """Walks once over the text and keeps what it found."""

    def __init__(self, typed: str) -> None:
        seen = seen_signs(typed)
        self._text = "".join(sign for _, sign in seen)
        self._origin = [at for at, _ in seen] + [len(typed)]
        self._at = 0
        self._glued = False
        self._tokens: list[Token] = []
        self._warnings: list[str] = []
        self._open: list[Token] = []

    def cut(self) -> tuple[tuple[Token, ...], tuple[str, ...]]:
        while self._at < len(self._text):
            before = self._at
            self._step()
            self._glued = self._at > before and not self._text[self._at - 1].isspace()
            self._glued = self._glued and self._text[self._at - 1] != "("
        if self._open:
            self._fail(
                "this bracket is never closed",
                "add a ) or leave the ( out",
                self._open[-1].position,
            )
        return tuple(self._tokens), tuple(dict.fromkeys(self._warnings))

    def _step(self) -> None:
        sign = self._text[self._at]
        if blank := _BLANK.match(self._text, self._at):
            self._at = blank.end()
        elif sign in "()":
            self._cut_bracket(sign, None)
        elif not self._glued and sign in _DASHES:
            self._cut_minus()
        elif sign in DOUBLE_QUOTES or find_single_end(self._text, self._at):
            self._cut_phrase(None)
        elif unclosed := _UNCLOSED.match(self._text, self._at):
            self._at = unclosed.end()
        elif not self._cut_field():
            self._cut_word(None)

    def _cut_bracket(self, sign: str, field: str | None) -> None:
        if sign == "(":
            field = field or (self._open[-1].field if self._open else None)
            self._add("open", sign, 1, field)
            self._open.append(self._tokens[-1])
            if len(self._open) > MAX_DEPTH:
                self._fail(
                    f"brackets are nested too deeply: {MAX_DEPTH} levels are allowed",
                    "leave out brackets that are not needed",
                    self._tokens[-1].position,
                )
            return
        if not self._open:
            self._fail("this bracket was never opened", "add a ( or leave the ) out")
        self._open.pop()
        self._add("close", sign, 1)

    def _cut_minus(self) -> None:
        end = _end(_DASH_RUN, self._text, self._at)
        rest = self._text[end:].lstrip()
        if not rest or rest[0] == ")":
            self._fail(
                "nothing follows this minus", "type the word to leave out right after it: -word"
            )
        if self._text[end].isspace():
            self._warnings.append(
                "a dash between blanks was read as punctuation; to leave a word out type -word"
            )
            self._at = end
        else:
            self._add("minus", "-", end - self._at)

    def _cut_field(self) -> bool:
        """A known field with its value; an unknown one is text, and the user is told."""
        found = _FIELD.match(self._text, self._at)
        if not found or not any(map(str.isalpha, found[1])):
            return False
        name, end = found[1].casefold(), found.end()
        following = self._text[end : end + 1]
        known = _FIELD_NAMES.get(name)
        if following in ("", ")") or following.isspace():
            if known:
                self._warnings.append(_no_value(found[0], known))
        elif known:
            self._cut_value(known, end)
            return True
        elif following in "/:" or not _CHUNK.match(self._text, self._at):
            return False
        else:
            self._warnings.append(_unknown_field(found[0]))
        self._add("word", found[0], end - self._at)
        return True

    def _cut_value(self, field: str, start: int) -> None:
        following = self._text[start]
        written, self._at = self._at, start
        if following in _DASHES:
            self._fail(
                "a minus stands between field and value",
                f"put it before the field: -{field}:word",
            )
        if following == "(":
            self._cut_value_group(field, written)
        elif following in DOUBLE_QUOTES or find_single_end(self._text, self._at):
            self._cut_phrase(field)
        else:
            self._at = _end(_UNCLOSED, self._text, start)
            if not _CHUNK.match(self._text, self._at):
                self._at = written
                self._fail(f"{field}: has no value", f"type it without a blank: {field}:word")
            self._cut_word(field)

    def _cut_value_group(self, field: str, written: int) -> None:
        if field != "title":
            self._at = written
            self._fail(
                f"{field}: takes one value, not a bracket",
                f'write {field}:"several words" or ({field}:one OR {field}:two)',
            )
        self._cut_bracket("(", field)

    def _cut_word(self, field: str | None) -> None:
        found = _CHUNK.match(self._text, self._at)
        chunk = found[0] if found else self._text[self._at]
        operator = _OPERATORS.get(chunk)
        after_minus = bool(self._tokens) and self._tokens[-1].kind == "minus" and self._glued
        if operator and field is None and not after_minus:
            self._add(operator, chunk, len(chunk))
            return
        if chunk in _FOREIGN_OPERATORS:
            self._warnings.append(f"“{chunk}” was left out; type {_FOREIGN_OPERATORS[chunk]}")
        elif chunk.startswith("!") and count_letters(chunk):
            self._warnings.append("“!” was left out; to leave a word out type -word")
        elif not (count_letters(chunk) or is_punctuation(chunk)):
            self._warnings.append(f"“{chunk}” was left out: it holds no letter or digit")
        self._add("word", chunk, len(chunk), field or self._group_field())

    def _cut_phrase(self, field: str | None) -> None:
        start = self._at
        double = self._text[start] in DOUBLE_QUOTES
        end = (find_double_end if double else find_single_end)(self._text, start)
        if end is None:
            self._fail("this quote is never closed", 'add a closing " or leave it out')
        text = self._text[start + 1 : end]
        slop, past = self._read_slop(end + 1)
        self._at = start
        self._add("phrase", text, past - start, field or self._group_field(), slop)

    def _read_slop(self, at: int) -> tuple[int | None, int]:
        found = _SLOP.match(self._text, at)
        if not found:
            return None, at
        self._at = at
        digits = found[1]
        if not (digits.isascii() and digits.isdecimal()):
            self._fail(
                "a number is missing after ~", 'say how many words may stand between: "a b"~5'
            )
        if len(digits) > 2 or int(digits) > MAX_SLOP:  # noqa: PLR2004 -- digits of MAX_SLOP
            self._fail(
                f"too many words between: {digits}",
                f'{MAX_SLOP} are allowed, as in "a b"~{MAX_SLOP}',
            )
        return int(digits), found.end()

    def _group_field(self) -> str | None:
        return self._open[-1].field if self._open else None

    def _add(
        self,
        kind: TokenKind,
        text: str,
        length: int,
        field: str | None = None,
        slop: int | None = None,
    ) -> None:
        self._tokens.append(Token(kind, text, self._origin[self._at], field, slop))
        self._at += length

    def _fail(self, message: str, hint: str, position: int | None = None) -> NoReturn:
        place = self._origin[self._at] if position is None else position
        raise QuerySyntaxError(message, hint=hint, position=place)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _no_value(written: str, known: str) -> str:
    return (
        f"“{written}” was read as a word, because nothing stands right after it; "
        f"to search in that field type {known}:word without a blank"
    )


def _unknown_field(written: str) -> str:
    close = get_close_matches(written.rstrip(":").casefold(), _FIELD_NAMES, n=1, cutoff=0.7)
    known = f"did you mean {close[0]}:" if close else f"fields are {', '.join(FIELDS)}"
    return f"“{written}” is no field and was read as a word; {known}"
