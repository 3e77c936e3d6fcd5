"""A word or phrase token read as a clause: what its field, star or tilde makes of it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NoReturn, cast

from dateline.errors import ParameterError, QuerySyntaxError
from dateline.search.calendars import parse_period
from dateline.search.queries import And, Fuzzy, Phrase, Prefix, Published, Value, Word
from dateline.search.words import count_letters, tidy

if TYPE_CHECKING:
    from dateline.search.queries import Clause, TextField, ValueField
    from dateline.search.tokens import Token

MIN_LETTERS = 3
"""Letters that must stand before `*` or `~`."""
LONG_WORD = 6
"""Letters from which `~` allows two edits instead of one."""

_APOSTROPHES = "'\u2019"
_TAIL = ",;:.!?\u2026" + _APOSTROPHES
# what parts words for the engine's tokenizer (UAX 29), signs within words left out
_PARTING = re.compile(rf"[^\w{_APOSTROPHES}.~]+")
_TILDE = re.compile(r"(.*?)~+([0-9]*)\Z", re.DOTALL)


def read_term(token: Token) -> Clause | None:
    """The clause a word or phrase token stands for; None for a bare word without letter or digit.

    Raises QuerySyntaxError, which names what is missing and where.
    """
    if token.field in ("after", "before"):
        return _read_published(token)
    if token.field not in (None, "title"):
        return _read_value(token)
    return _read_phrase(token) if token.kind == "phrase" else _read_word(token)


def _read_published(token: Token) -> Published:
    try:
        first, last = parse_period(
            token.text.rstrip(",;!?") if token.kind == "word" else token.text
        )
    except ParameterError as fault:
        raise QuerySyntaxError(
            f"{token.field}: {fault.message}", hint=fault.hint, position=token.position
        ) from fault
    if token.slop is not None:
        _fail(token, f"~ does not work in {token.field}:", "leave it out")
    return Published(after=first) if token.field == "after" else Published(before=last)


def _read_value(token: Token) -> Value:
    field = cast("ValueField", token.field)
    text = tidy(token.text)
    if token.kind == "word":
        text = text.rstrip(",;!?")
        if text.endswith(("*", "~")) or "*" in text:
            _fail(
                token,
                f"* and ~ do not work in {field}:",
                f"a part of the name is enough: {field}:word",
            )
    if token.slop is not None:
        _fail(token, f"~ does not work in {field}:", f"a part of the name is enough: {field}:word")
    if not count_letters(text):
        _fail(token, f"{field}: has no value", f"type one: {field}:word")
    return Value(field, text)


def _read_phrase(token: Token) -> Phrase:
    text = tidy(token.text)
    if not count_letters(text):
        _fail(
            token,
            "no word stands between these quotes",
            "type words between them, or leave them out",
        )
    return Phrase(text, token.slop or 0, _text_field(token))


def _read_word(token: Token) -> Clause | None:
    text = unicodedata.normalize("NFC", token.text)
    core = text.rstrip(_TAIL)
    if "*" in text:
        return _read_prefix(token, core)
    if tilde := _TILDE.match(core):
        if count_letters(tilde[1]):
            return _read_fuzzy(token, tilde[1], tilde[2])
        if not count_letters(text):
            _fail(token, "~ stands alone", "type it after a word: prigozin~")
    if count_letters(text):
        return Word(text, _text_field(token))
    if token.field:
        _fail(token, f"{token.field}: has no value", f"type one: {token.field}:word")
    return None


def _read_prefix(token: Token, core: str) -> Clause:
    stem = core.rstrip("*")
    if not count_letters(stem):
        _fail(
            token,
            "* stands alone or before a word",
            "type it after the beginning of a word: mobilis*",
        )
    if "*" in stem or stem == core:
        _fail(
            token, "* stands before or within a word", "type it at the end of a word only: mobilis*"
        )
    head, tail = _part(token, stem)
    if count_letters(tail) < MIN_LETTERS:
        _fail(
            token,
            f"too few letters before *: {tail or stem}",
            f"type at least {MIN_LETTERS} letters before it",
        )
    return _joined(head, Prefix(tail, _text_field(token)))


def _read_fuzzy(token: Token, stem: str, digits: str) -> Clause:
    head, tail = _part(token, stem)
    letters = count_letters(tail)
    if letters < MIN_LETTERS:
        _fail(
            token,
            f"too few letters before ~: {tail or stem}",
            f"type at least {MIN_LETTERS} letters before it",
        )
    allowed = 1 if letters < LONG_WORD else 2
    if digits not in ("", "1", "2")[: allowed + 1]:
        _fail(
            token,
            f"too many or no edits: {tail}~{digits}",
            f"{allowed} at most for a word of this length: type {tail}~",
        )
    return _joined(head, Fuzzy(tail, int(digits or allowed), _text_field(token)))


def _part(token: Token, stem: str) -> tuple[str, str]:
    """What the engine reads as earlier words, and the last one, which star or tilde belong to."""
    if "~" in stem.lstrip("~"):
        _fail(token, "~ stands within a word, or beside *", "type one sign, at the end of a word")
    cuts = [found.end() for found in _PARTING.finditer(stem)]
    cut = cuts[-1] if cuts else 0
    return stem[:cut], stem[cut:].strip(_TAIL + "~")


def _joined(head: str, last: Prefix | Fuzzy) -> Clause:
    return And((Word(head, last.field), last)) if count_letters(head) else last


def _text_field(token: Token) -> TextField | None:
    return cast("TextField | None", token.field)


def _fail(token: Token, message: str, hint: str) -> NoReturn:
    raise QuerySyntaxError(message, hint=hint, position=token.position)
