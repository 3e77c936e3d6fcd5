"""Reprints: changed copies of 2,225 BBC articles found, and pairs found that are none.

cd tests; python -m quality.measure_reprints CORPORA
"""

from __future__ import annotations

import sys
from pathlib import Path

from quality.changed_copies import (
    CHANGES,
    SHARED,
    count_found,
    read_bodies,
    share_of_pairs,
    sketch_all,
)
from quality.figures import Figure, share

STAGE = "reprints"
REACH = 0.97


def figures(corpora: Path) -> list[Figure]:
    """Recall for each change, and how many pairs among the originals are false."""
    bodies = read_bodies(corpora)
    originals = sketch_all(bodies)
    recalls = [
        share(STAGE, f"recall, {name}", count_found(bodies, originals, change), len(bodies), REACH)
        for name, change in CHANGES.items()
    ]
    false = sum(shared < SHARED for shared in share_of_pairs(bodies, originals))
    return [*recalls, Figure(STAGE, "false pairs", false, len(bodies), reach=0, at_most=True)]


if __name__ == "__main__":
    for figure in figures(Path(sys.argv[1])):
        print(figure)  # noqa: T201 - what this is run for
