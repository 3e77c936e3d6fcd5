"""Text with printers' quotes and dashes takes the short way through mending."""

# ruff: noqa: RUF001  # quotes and dashes are what this is about

from __future__ import annotations

from itertools import chain, product

from ftfy.badness import is_bad

from dateline.documents import Run, TracedText
from dateline.text.characters import mend

SIGNS = "“”‘’–—…"


def test_no_mend_is_missed_by_the_short_way() -> None:
    stretches = chain.from_iterable(product(f"{SIGNS}aA 1.\n", repeat=size) for size in (1, 2, 3))
    assert not any(is_bad("".join(stretch)) for stretch in stretches)


def test_printed_text_stays_as_it_is() -> None:
    text = "“The ferry’s late – again…” she said\u2014and left."
    traced = TracedText(text, (Run(0, 0, len(text)),))
    assert mend(traced) is traced


def test_a_quote_read_in_the_wrong_encoding_is_still_mended() -> None:
    text = "“The ferryâ€™s late”"
    assert mend(TracedText(text, (Run(0, 0, len(text)),))).text == "“The ferry’s late”"
