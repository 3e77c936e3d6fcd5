"""Files → streams of plain bytes, whatever they are packed in; and archives → their members."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, cast

import zstandard

if TYPE_CHECKING:
    from collections.abc import Buffer, Iterator  # type: ignore[attr-defined]
    from pathlib import Path

_PACKED = {".gz", ".xz", ".zst"}
_SHORT_ARCHIVES = {".tgz": ".tar.gz", ".txz": ".tar.xz"}
_ZSTD_STEP = 1024
"""Packed bytes read at once: even a bomb grows them to no more than 43 MB (128 kB per 3 bytes)."""

BROKEN_PACKING = (EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, gzip.BadGzipFile)
BROKEN_ARCHIVE = (tarfile.TarError,)


@dataclass(slots=True)
class Tally:
    """What was read so far, in bytes as they lie on disk, and what was left aside, by suffix."""

    bytes_read: int = 0
    left_aside: Counter[str] = field(default_factory=Counter)


class _Counted(io.RawIOBase):
    """Passes reads on and adds them up."""

    def __init__(self, inner: BinaryIO, tally: Tally) -> None:
        self._inner, self._tally = inner, tally

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        chunk = self._inner.read(memoryview(buffer).nbytes)
        memoryview(buffer)[: len(chunk)] = chunk
        self._tally.bytes_read += len(chunk)
        return len(chunk)

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Unzstd(io.RawIOBase):
    """Zstandard frames as plain bytes; raises EOFError when the last one is cut off.

    The library's own reader ends a cut-off file without a word.
    """

    def __init__(self, inner: BinaryIO) -> None:
        self._inner, self._ready = inner, b""
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        while not self._ready:
            chunk = self._frame.unused_data if self._frame.eof else b""
            chunk = chunk or self._inner.read(_ZSTD_STEP)
            if not chunk:
                self._check_end()
                return 0
            self._feed(chunk)
        taken, self._ready = (
            self._ready[: memoryview(buffer).nbytes],
            self._ready[memoryview(buffer).nbytes :],
        )
        memoryview(buffer)[: len(taken)] = taken
        return len(taken)

    def _feed(self, chunk: bytes) -> None:
        if self._frame.eof:
            self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._begun = True
        self._ready = self._frame.decompress(chunk)

    def _check_end(self) -> None:
        if self._begun and not self._frame.eof:
            raise EOFError("the file ends inside a Zstandard frame")

    def close(self) -> None:
        self._inner.close()
        super().close()


def inner_suffix(name: str) -> tuple[str, str]:
    """Split a file name into (suffix of the content, suffix of the packing); "" for none.

    "a.jsonl.gz" → (".jsonl", ".gz"); "b.tgz" → (".tar", ".gz"); all in lower case.
    """
    name = name.lower()
    for short, long in _SHORT_ARCHIVES.items():
        name = name.removesuffix(short) + long if name.endswith(short) else name
    stem, _, last = name.rpartition(".")
    if f".{last}" not in _PACKED:
        return (f".{last}" if stem else ""), ""
    inner, _, content = stem.rpartition(".")
    return (f".{content}" if inner else ""), f".{last}"


def open_stream(path: Path, tally: Tally) -> BinaryIO:
    """Open a file for reading, unpacked by its suffix. Raises OSError."""
    raw = cast("BinaryIO", io.BufferedReader(_Counted(path.open("rb", buffering=0), tally)))
    return unpack(raw, inner_suffix(path.name)[1])


def unpack(raw: BinaryIO, packing: str) -> BinaryIO:
    """Read a packed stream as plain bytes; faults surface while reading (BROKEN_PACKING)."""
    if packing == ".gz":
        return cast("BinaryIO", io.BufferedReader(gzip.GzipFile(fileobj=raw)))
    if packing == ".xz":
        return cast("BinaryIO", io.BufferedReader(lzma.LZMAFile(raw)))
    if packing == ".zst":
        return cast("BinaryIO", io.BufferedReader(_Unzstd(raw)))
    return raw


def iter_members(stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """Yield (name, content) of each regular file of a tar archive, as it streams by."""
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None:
                yield member.name, cast("BinaryIO", content)
