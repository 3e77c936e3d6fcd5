"""Paths → the files below them, sorted by name, each fault told and the walk gone on."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.errors import SourceError
from indexer.sources.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


_PAGE = re.compile(r"(.+)\.html?(?:\.(?:gz|xz|zst))?\Z", re.IGNORECASE | re.DOTALL)
_PARTS = (
    *("_files", "_file", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros"),
    *("_bestanden", "-filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_fitxers"),
    *("_dosyalar", "_datoteke", "_fajlovi", "_fails", "_failid", "_bylos", ".files"),
)
"""Endings that browsers in all their languages use, as Windows lists them for connected files."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A regular file: `named` says that the user gave this very path, `size` is in bytes.

    `part` says that it lies in the folder of parts that a browser saves beside a page.
    """

    path: Path
    size: int
    named: bool
    part: bool = False

    @property
    def location(self) -> str:
        """The path as a person reads it; bytes that are no UTF-8 are replaced."""
        return show_path(self.path)


def show_path(path: Path) -> str:
    """Write a path so that it can be stored and printed whatever bytes it holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def check_paths(paths: Sequence[Path]) -> None:
    """Raise SourceError for the first path that does not exist at all."""
    for path in paths:
        if not os.path.lexists(path):
            raise SourceError(
                f"there is no file or folder {show_path(path)}", hint="check the spelling"
            )


def iter_files(paths: Sequence[Path]) -> Iterator[InputFile | Refusal]:
    """Every regular file at or below `paths`: paths in their order, folders sorted by name.

    Links to files are followed, links to folders are not (a link may lead in a circle). Names that
    begin with a dot are left out below a folder.
    """
    for path in paths:
        yield from _iter_below(path)


def _iter_below(root: Path) -> Iterator[InputFile | Refusal]:
    pending = [(root, False)]
    while pending:
        path, part = pending.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield _regular(path, status, named=path is root, part=part)
            elif path is not root and path.is_symlink():
                yield _linked_folder(path)
            else:
                children = sorted(_children(path), reverse=True)
                pending.extend(_mark_parts(children, within=part))
        except OSError as error:
            yield unreadable(path, error)


def _children(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _mark_parts(children: Sequence[Path], *, within: bool) -> Iterator[tuple[Path, bool]]:
    """Each child, and whether it holds parts of a page that lies beside it."""
    folders = {name for child in children for name in name_parts(child.name)}
    return ((child, within or child.name in folders) for child in children)


def name_parts(page: str) -> Iterator[str]:
    """The names that browsers give the folder of a saved page's parts; none for other files."""
    if found := _PAGE.match(page):
        yield from (found[1] + ending for ending in _PARTS)


def _regular(path: Path, status: os.stat_result, *, named: bool, part: bool) -> InputFile | Refusal:
    if stat.S_ISREG(status.st_mode):
        return InputFile(path, status.st_size, named, part)
    return Refusal(
        show_path(path),
        "not_a_file",
        "a pipe, socket or device, not a file; pipe its content into `dateline ingest -`",
    )


def _linked_folder(path: Path) -> Refusal:
    target = path.resolve()
    if path.absolute().is_relative_to(target):
        return Refusal(show_path(path), "folder_loop", "a link back to a folder that contains it")
    return Refusal(
        show_path(path),
        "folder_link",
        f"a link to a folder is not followed; give {show_path(target)} itself",
    )


def unreadable(path: Path, error: OSError) -> Refusal:
    """Say why the system does not give a file."""
    code = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
    reason = error.strerror or type(error).__name__
    return Refusal(show_path(path), code, f"cannot be read: {reason[:1].lower()}{reason[1:]}")
