"""The text of a file of decisions ↔ its lines. Pure.

TOML with one array, `names`, and one decision a line, so that a diff shows decisions.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dateline.errors import SettingsError
from indexer.knowledge.decisions import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADER = """\
# What was decided about names: one line a decision, applied by `dateline resolve`.
# verdict  "accepted": from goes by the name to.  "rejected": they are two.  "open": not decided.
# Also, for some articles only:  source = "Post"  or  beside = ["Another Name", …]
"""
_OPENING = "names = ["
_EMPTY = re.compile(r"^names\s*=\s*\[\s*\]", re.MULTILINE)
_CLOSING = "]"
_LONGEST = 200
_EXAMPLE = '{ verdict = "accepted", kind = "person", from = "A. Holm", to = "Ada Holm" },'


def _check_name(name: str) -> str:
    shown = " ".join(name.split())
    if not shown or len(shown) > _LONGEST or not shown.isprintable():
        raise ValueError(f"a name has 1 to {_LONGEST} printable signs")
    return shown


_Name = Annotated[str, AfterValidator(_check_name)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, strict=True)

    verdict: Literal["open", "accepted", "rejected"]
    kind: Literal["person", "organisation"]
    name: Annotated[_Name, Field(alias="from")]
    into: Annotated[_Name, Field(alias="to")]
    source: _Name | None = None
    beside: Annotated[list[_Name], Field(min_length=1)] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, and where it stands: "names.toml, line 7"."""

    decision: Decision
    where: str


def parse_lines(text: str, file: str) -> list[Line]:
    """The lines of a file; `file` is its name. Raises SettingsError, which names the line."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file} is no TOML: {error}", hint=f"a line is {_EXAMPLE} in names = [ ]"
        ) from None
    unknown = sorted(content.keys() - {"names"})
    entries = content.get("names", [])
    if unknown or not isinstance(entries, list):
        raise SettingsError(
            f"{file} has {unknown[0] if unknown else 'names that are no list'}",
            hint=f"all decisions stand in names = [ ], a line is {_EXAMPLE}",
        )
    places = _find_places(text, entries)
    return [_read(entry, f"{file}, {at}") for entry, at in zip(entries, places, strict=True)]


def _find_places(text: str, entries: Sequence[Any]) -> list[str]:
    """Where the entries stand: their lines, or their numbers where one runs over several lines."""
    lines = [(number, _read_entry(line)) for number, line in enumerate(text.split("\n"), 1)]
    found = [(number, entry) for number, entry in lines if entry is not None]
    if [entry for _, entry in found] == list(entries):
        return [f"line {number}" for number, _ in found]
    return [f"entry {number}" for number in range(1, len(entries) + 1)]


def _read_entry(line: str) -> dict[str, Any] | None:
    """The entry that a line is; None of any other line."""
    if not line.lstrip().startswith("{"):
        return None
    try:
        found = tomllib.loads(f"{_OPENING}\n{line}\n{_CLOSING}")["names"]
    except tomllib.TOMLDecodeError:
        return None
    return found[0] if len(found) == 1 and isinstance(found[0], dict) else None


def _read(entry: Any, where: str) -> Line:
    if not isinstance(entry, dict):
        raise SettingsError(f"{where} is no decision", hint=f"write {_EXAMPLE}")
    if entry.get("kind") == "place":
        raise SettingsError(
            f"{where}: places are not joined by name, each has an id and a point of its own",
            hint="take the line out",
        )
    try:
        read = _Entry.model_validate(entry)
    except ValidationError as error:
        raise SettingsError(f"{where}: {_describe(error)}", hint=f"write {_EXAMPLE}") from None
    if read.name == read.into:
        raise SettingsError(f"{where}: from and to are the same", hint="take the line out")
    beside = tuple(sorted(set(read.beside or ())))
    decision = Decision(read.kind, read.into, read.name, read.verdict, read.source, beside)
    return Line(decision, where)


def _describe(error: ValidationError) -> str:
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(
        f"{'.'.join(map(str, fault['loc']))}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in faults
    )


def render_line(decision: Decision, why: str = "") -> str:
    """A decision as its line, ready to be pasted; `why` follows as a comment."""
    parts = [
        f"verdict = {_quote(decision.verdict)}",
        f"kind = {_quote(decision.kind)}",
        f"from = {_quote(decision.name)}",
        f"to = {_quote(decision.into)}",
    ]
    if decision.source is not None:
        parts.append(f"source = {_quote(decision.source)}")
    if decision.beside:
        parts.append(f"beside = [{', '.join(map(_quote, decision.beside))}]")
    comment = f"  # {' '.join(why.split())}" if why else ""
    return f"  {{ {', '.join(parts)} }},{comment}"


def _quote(text: str) -> str:
    """A TOML string: JSON's, for printable text."""
    return json.dumps(text, ensure_ascii=False)


def add_lines(text: str, added: Iterable[str], file: str) -> str:
    """The file's text with these lines, each before the first line that sorts after it.

    What stands there stays as it is, comments too. Raises SettingsError where the array is not laid
    out one decision a line.
    """
    text = _EMPTY.sub(f"{_OPENING}\n{_CLOSING}", text)
    if not re.search(r"^names\s*=", text, re.MULTILINE):
        ended = text if text.endswith("\n") else f"{text}\n"  # or the array would be a comment
        text = f"{ended if text else HEADER}{_OPENING}\n{_CLOSING}\n"
    lines = text.split("\n")
    begin, end = _find_array(lines, file)
    for line in sorted(added, key=_sort_key):
        key = _sort_key(line)
        later = (
            n for n in range(begin, end) if _read_entry(lines[n]) and _sort_key(lines[n]) > key
        )
        lines.insert(next(later, end), line)
        end += 1
    return "\n".join(lines)


def _find_array(lines: Sequence[str], file: str) -> tuple[int, int]:
    begun = [n for n, line in enumerate(lines) if re.fullmatch(r"names\s*=\s*\[\s*(#.*)?", line)]
    ended = [n for n, line in enumerate(lines) if begun and n > begun[0] and line.strip() == "]"]
    if not ended or not _ends_in_comma(lines[begun[0] + 1 : ended[0]]):
        raise SettingsError(
            f"{file} is not laid out as it is written",
            hint="put names = [ and ] on lines of their own and a comma after each }, then again",
        )
    return begun[0] + 1, ended[0]


def _ends_in_comma(lines: Sequence[str]) -> bool:
    """Whether another entry may follow these lines."""
    try:
        tomllib.loads("\n".join([_OPENING, *lines, "{}", _CLOSING]))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _sort_key(line: str) -> tuple[str, ...]:
    entry = _read_entry(line) or {}
    return tuple(str(entry.get(name, "")) for name in ("kind", "to", "from", "source", "beside"))
