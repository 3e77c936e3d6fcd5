"""Faults as the user meets them: one line on standard error and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dateline import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

OUR_FAULT, USAGE, REFUSED, ENGINE, INTERRUPTED = 1, 2, 3, 4, 130


@contextmanager
def plain_faults(interrupted: str = "interrupted") -> Iterator[None]:
    """Tell each fault in one line and end with its code; never a traceback, never a secret."""
    try:
        yield
    except typer.Exit:
        raise
    except errors.DatelineError as error:
        say(" ".join(str(error).split()))
        raise typer.Exit(exit_code(error)) from None
    except KeyboardInterrupt:
        # CPython remembers one that left an exec (a dataclass that is imported, say) and ends by
        # the signal in place of our code, unless another exec follows
        exec("")  # noqa: S102 - nothing is run
        say(interrupted)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read our answers has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(OUR_FAULT) from None
    except Exception as error:  # noqa: BLE001 - the last wall before the user
        say(f"a fault of ours: {_describe_fault(error)}; please report it with your command")
        raise typer.Exit(OUR_FAULT) from None


@contextmanager
def kept_interrupts() -> Iterator[None]:
    """Ctrl-C, or a polite kill, ends the block in order; one that a library swallows counts later.

    Some swallow it while they are imported. A supervisor's SIGTERM is no other wish than Ctrl-C,
    and without a handler it would end us in the middle of a write, or (as the first process of a
    container) not at all.
    """
    heard: list[int] = []

    def hear(number: int, _frame: object) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard:
        raise KeyboardInterrupt


def exit_code(error: errors.DatelineError) -> int:
    """The code that a command ends with on this fault."""
    if isinstance(error, errors.EngineError):
        return ENGINE
    usage = isinstance(
        error,
        (errors.SettingsError, errors.QueryError, errors.SourceError, errors.DocumentNotFound),
    )
    return USAGE if usage else OUR_FAULT


def _describe_fault(error: Exception) -> str:
    """Type and place alone: a message of another's making may hold a password."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    place = Path(trace.tb_frame.f_code.co_filename)
    return f"{type(error).__name__} in {place.parent.name}/{place.name}:{trace.tb_lineno}"


def say(line: str) -> None:
    """One line of talk, on standard error."""
    typer.echo(f"dateline: {line}", err=True)
