"""The text of one JSON object → its fields, each string traced to its place in that text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from dateline.documents import Run, TracedText

_BLANK = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
_MAX_DIGITS = 18
_SURROGATES = range(0xD800, 0xE000)
_SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "/": "/", "\\": "\\"}
_ONE_UNIT = len("\\u0000")


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a record; `start` and `end` are its place in the text, quotes included."""

    value: object
    start: int
    end: int


class JsonFault(ValueError):
    """The text is no JSON object; `code` is stable, the message is for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _nothing(_constant: str) -> None:
    """NaN and Infinity are no JSON; a number that is none says nothing."""


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=_nothing, strict=False)


def read_object(text: str) -> dict[str, Field]:
    """The fields of a JSON object with their places; of a key said twice the last counts.

    Raises JsonFault: broken_json, too_deep, not_an_object.
    """
    try:
        return _read_members(text)
    except JsonFault:
        raise
    except RecursionError:
        raise JsonFault("too_deep", "brackets are nested too deep") from None
    except ValueError as error:
        raise JsonFault("broken_json", _explain(error)) from None


def _explain(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        if error.pos >= len(error.doc.rstrip()):
            return "not valid JSON: the record does not end"
        return f"not valid JSON: {error.msg} at character {error.pos + 1} of the record"
    return "not valid JSON"


def _read_members(text: str) -> dict[str, Field]:
    position = _skip(text, 0)
    if text[position : position + 1] != "{":
        _read_value(text, position)
        raise JsonFault("not_an_object", "a record is a JSON object {…}; this is another value")
    fields: dict[str, Field] = {}
    position = _skip(text, position + 1)
    if text[position : position + 1] == "}":
        _expect_end(text, position + 1)
        return fields
    while True:
        position = _read_member(text, position, fields)
        if text[position : position + 1] != ",":
            break
        position = _skip(text, position + 1)
    _expect(text, position, "}")
    _expect_end(text, position + 1)
    return fields


def _read_member(text: str, position: int, fields: dict[str, Field]) -> int:
    _expect(text, position, '"')
    key, position = _read_value(text, position)
    position = _skip(text, position)
    _expect(text, position, ":")
    start = _skip(text, position + 1)
    value, end = _read_value(text, start)
    fields[str(key)] = Field(value, start, end)
    return _skip(text, end)


def _read_value(text: str, position: int) -> tuple[Any, int]:
    if position >= len(text):
        raise json.JSONDecodeError("Expecting value", text, position)
    return _DECODER.raw_decode(text, position)


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _expect(text: str, position: int, mark: str) -> None:
    if text[position : position + 1] != mark:
        raise json.JSONDecodeError(f"Expecting '{mark}'", text, position)


def _expect_end(text: str, position: int) -> None:
    if _skip(text, position) != len(text):
        raise json.JSONDecodeError("Extra data", text, position)


def trace_string(text: str, field: Field) -> TracedText:
    """The string of a field, traced: what stands as it is are copies, each escape is a repair.

    Neighbouring escapes of letters are one repair (a Russian text may hold nothing else); half a
    surrogate pair becomes U+FFFD.
    """
    pieces: list[str] = []
    runs: list[Run] = []
    position, end, length = field.start + 1, field.end - 1, 0
    for found in _ESCAPE.finditer(text, position, end):
        start = found.start()
        if start > position:
            pieces.append(text[position:start])
            runs.append(Run(length, position, start - position))
            length += start - position
        position = found.end()
        character = _unescape(found[0])
        _add_repair(runs, pieces, character, Run(length, start, len(character), position - start))
        length += len(character)
    if end > position:
        pieces.append(text[position:end])
        runs.append(Run(length, position, end - position))
    return TracedText("".join(pieces), tuple(runs))


def _add_repair(runs: list[Run], pieces: list[str], character: str, repair: Run) -> None:
    last = runs[-1] if runs else None
    if last and last.original_length and character.isalpha() and pieces[-1].isalpha():
        reach = last.original_length + (repair.original_length or 0)
        runs[-1] = Run(last.start, last.original_start, last.length + repair.length, reach)
    else:
        runs.append(repair)
    pieces.append(character)


def _unescape(escape: str) -> str:
    if escape[1] != "u":
        return _SIGNS[escape[1]]
    if len(escape) == _ONE_UNIT:
        code = int.from_bytes(bytes.fromhex(escape[2:]), "big")
        return "�" if code in _SURROGATES else chr(code)
    return str(json.loads(f'"{escape}"'))
