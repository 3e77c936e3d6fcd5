"""The file of decisions on disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from dateline.errors import SettingsError
from indexer.knowledge.decisions import NOTHING_DECIDED, Decisions
from indexer.librarian.lines import add_lines, parse_lines
from indexer.librarian.soundness import check_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.librarian.lines import Line

DEFAULT_NAME = "names.toml"


@dataclass(frozen=True, slots=True)
class NamesFile:
    """A file that was read and found sound."""

    path: Path
    text: str
    lines: tuple[Line, ...] = ()
    decisions: Decisions = NOTHING_DECIDED


def find_names_file(named: Path | None, data_dir: Path) -> NamesFile | None:
    """The file in force: the named one, else `names.toml` in the data folder; None without one.

    Raises SettingsError for a named file that is not there, and one that is not sound.
    """
    path = named or data_dir / DEFAULT_NAME
    if not path.exists():
        if named is None:
            return None
        raise SettingsError(
            f"there is no file of names {named}",
            hint=f"begin one: dateline names review --write --names {named}",
        )
    return read_names_file(path)


def read_names_file(path: Path) -> NamesFile:
    """A file of decisions, read and checked. Raises SettingsError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise SettingsError(f"the file of names {path} cannot be read: {why}") from None
    lines = parse_lines(text, path.name)
    return NamesFile(path, text, tuple(lines), check_lines(lines))


def append_lines(path: Path, text: str, added: Iterable[str]) -> None:
    """Write the text with these lines in the file's place, at one stroke. Raises SettingsError."""
    content = add_lines(text, added, path.name)
    path = path.resolve()  # a link in the data folder may lead to where the file is under control
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise SettingsError(
            f"the file of names {path} cannot be written: {error.strerror}"
        ) from None


def _replace(path: Path, content: str) -> None:
    """What a person decided is on the disk before it takes the place of what she had decided."""
    handle, name = mkstemp(dir=path.parent, prefix=path.name)
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
