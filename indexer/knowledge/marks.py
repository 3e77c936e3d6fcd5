"""Hashes that stand for lines and for stretches of words, the same in every process and for ever.

A sketch is Broder's: of the hashes of all stretches of five words those that a number divides. So
two sketches share the same part of their hashes as the two texts share of their stretches.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from dateline.text.folding import fold_name
from dateline.text.lines import is_long, line_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

STRETCH = 5
"""Words of a stretch."""
KEPT_OF = 4
"""One hash of so many is kept: 100 of an article of 400 words, and 15 of one of 65."""
_BYTES = 8
_STORED = np.dtype("<u8")
_FACTORS = np.array(
    [
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    ],
    dtype=np.uint64,
)
"""Odd numbers, so that a stretch in another order is another one."""
_MIXED = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Some hashes of a text, ascending, each once; `stretches` counts all there are, once each."""

    hashes: Hashes
    stretches: int


def hash_line(text: str) -> int | None:
    """The hash of a line's words; None for one that is too short to be told as repeated."""
    key = line_key(text)
    return _hash(key) if is_long(key) else None


def sketch_text(text: str) -> Sketch:
    """The sketch of a text; empty where it has fewer words than a stretch."""
    words = np.fromiter(map(_hash_word, fold_name(text).split()), dtype=np.uint64)
    count = len(words) - STRETCH + 1
    if count < 1:
        return Sketch(words[:0], 0)
    sums = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS):
        sums += words[place : place + count] * factor
    hashes = np.unique(_mix(sums))
    return Sketch(hashes[hashes % np.uint64(KEPT_OF) == 0], len(hashes))


def pack(hashes: Sequence[int] | Hashes) -> str:
    """Hashes as text, for JSON."""
    return b64encode(np.asarray(hashes, dtype=_STORED).tobytes()).decode("ascii")


def unpack(text: str) -> Hashes:
    """The hashes that `pack` packed."""
    return np.frombuffer(b64decode(text), dtype=_STORED).astype(np.uint64, copy=False)


def _mix(values: Hashes) -> Hashes:
    """Spread every bit over all (SplitMix64), so that the last bits are as good as any."""
    for shift, factor in _MIXED:
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values ^ (values >> np.uint64(31))


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "little")


@lru_cache(maxsize=65_536)
def _hash_word(word: str) -> int:
    return _hash(word)
