from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dateline.cli.faults import kept_interrupts

if TYPE_CHECKING:
    from pathlib import Path

SIGNALS = [signal.SIGINT, signal.SIGTERM]


def work(done: list[str], number: signal.Signals, *, swallows: bool) -> None:
    """Meets an interrupt half-way, in code that swallows it or does not."""
    with kept_interrupts():
        with contextlib.suppress(BaseException) if swallows else contextlib.nullcontext():
            signal.raise_signal(number)
        done.append("the rest")


@pytest.mark.parametrize("number", SIGNALS)
def test_an_interrupt_that_a_library_swallows_counts_at_the_end(number: signal.Signals) -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        work(done, number, swallows=True)

    assert done == ["the rest"]


@pytest.mark.parametrize("number", SIGNALS)
def test_an_interrupt_that_nobody_swallows_ends_the_work_at_once(number: signal.Signals) -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        work(done, number, swallows=False)

    assert done == []


@pytest.mark.parametrize("number", SIGNALS)
def test_the_handler_from_before_is_back_afterwards(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with kept_interrupts():
        assert signal.getsignal(number) is not before

    assert signal.getsignal(number) is before


def test_an_interrupt_amid_an_exec_ends_with_our_code_and_not_by_the_signal(tmp_path: Path) -> None:
    (tmp_path / "amid.py").write_text(
        "import typer\n"
        "from dateline.cli.faults import plain_faults\n"
        "def main() -> None:\n"
        "    with plain_faults():\n"
        "        exec('raise KeyboardInterrupt')\n"
        "typer.run(main)\n"
    )
    ended = subprocess.run([sys.executable, "-m", "amid"], cwd=tmp_path, check=False)
    assert ended.returncode == 130
