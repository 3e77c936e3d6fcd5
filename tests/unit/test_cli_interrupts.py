from __future__ import annotations

import contextlib
import signal

import pytest

from dateline.cli.faults import kept_interrupts


def work(done: list[str], *, swallows: bool) -> None:
    """Meets an interrupt half-way, in code that swallows it or does not."""
    with kept_interrupts():
        with contextlib.suppress(BaseException) if swallows else contextlib.nullcontext():
            signal.raise_signal(signal.SIGINT)
        done.append("the rest")


def test_an_interrupt_that_a_library_swallows_counts_at_the_end() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        work(done, swallows=True)

    assert done == ["the rest"]


def test_an_interrupt_that_nobody_swallows_ends_the_work_at_once() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        work(done, swallows=False)

    assert done == []


def test_the_handler_from_before_is_back_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with kept_interrupts():
        assert signal.getsignal(signal.SIGINT) is not before

    assert signal.getsignal(signal.SIGINT) is before
