from __future__ import annotations

import pytest

from dateline.text.counters import drop_counters
from dateline.text.spans import trace

HEADLINE = "Harbour council approves ferry pier"
PROSE = [
    "The harbour council approved a new ferry pier on Tuesday after a long debate.",
    "Work is to begin in March, and a first ferry could use it next year.",
]


def _kept(*lines: str) -> list[str]:
    return [line.text for line in drop_counters([trace(line) for line in lines])]


@pytest.mark.parametrize("counters", [["245", "18"], ["Share", "1,204"], ["3.4k", "Comments"]])
def test_counters_between_headline_and_prose_go(counters: list[str]) -> None:
    kept = [line for line in counters if line.isalpha()]
    assert _kept(HEADLINE, *counters, *PROSE) == [HEADLINE, *kept, *PROSE]


@pytest.mark.parametrize("counters", [["312"], ["245", "18", "7"], ["1.2K"], ["12", "Share"]])
def test_counters_below_the_last_prose_go(counters: list[str]) -> None:
    kept = [line for line in counters if line.isalpha()]
    assert _kept(HEADLINE, *PROSE, *counters) == [HEADLINE, *PROSE, *kept]


@pytest.mark.parametrize(
    "lines",
    [
        [HEADLINE, "312", *PROSE],
        [HEADLINE, PROSE[0], "312", PROSE[1]],
        [HEADLINE, PROSE[0], "1", PROSE[1], "2", PROSE[0]],
        [HEADLINE, *PROSE, "Votes", "9", "Against", "4"],
        [HEADLINE, *PROSE, "9", "4", "12", "7", "31"],
        [HEADLINE, "2024", "2025", *PROSE],
        [HEADLINE, *PROSE, "Voted for: 9"],
        [HEADLINE, *PROSE, "14%"],
        ["9", "4"],
    ],
)
def test_other_numbers_stay(lines: list[str]) -> None:
    assert _kept(*lines) == lines
