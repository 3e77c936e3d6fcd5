from __future__ import annotations

import io

from indexer.progress import Lines, Pace, describe_seconds, watch
from indexer.sources import Tally


def test_rate_and_time_left_go_by_articles_and_bytes() -> None:
    pace = Pace(started=100.0, total_bytes=1000, tally=Tally(250), done=50)
    assert pace.rate(110.0) == 5.0
    assert pace.left(110.0) == 30.0
    assert pace.describe(110.0) == "50 articles, 5.0/s, about 30 s left"


def test_the_end_of_standard_input_cannot_be_told() -> None:
    assert Pace(100.0, 0, Tally(0), 5).describe(110.0) == "5 articles, 0.5/s"


def test_where_nobody_watches_a_line_comes_now_and_then() -> None:
    now = [0.0]
    stream = io.StringIO()
    lines = Lines(Pace(0.0, 0, Tally()), stream, clock=lambda: now[0])
    for _ in range(100):
        now[0] += 1.0
        lines.advance()
    assert len(stream.getvalue().splitlines()) == 3


def test_a_file_as_standard_error_gets_no_bar() -> None:
    stream = io.StringIO()
    watcher = watch(Tally(), 100, stream)
    watcher.advance()
    watcher.close()
    assert stream.getvalue() == ""


def test_a_terminal_gets_a_bar() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    watcher = watch(Tally(50), 100, stream)
    watcher.advance()
    watcher.close()
    assert "1 article, " in stream.getvalue()


def test_durations_are_said_as_people_say_them() -> None:
    assert [describe_seconds(s) for s in (5, 90, 600, 12_600)] == ["5 s", "90 s", "10 min", "3.5 h"]
