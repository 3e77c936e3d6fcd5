"""The compatibility table of the documentation, held against the exceptions of the agreement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contract.test_agreement import EXCEPTIONS

if TYPE_CHECKING:
    from pathlib import Path


def test_every_exception_stands_in_the_table_with_its_reason_and_no_other(root: Path) -> None:
    text = (root / "docs" / "COMPATIBILITY.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\d+) \|.*\| ([^|]+) \|$", text, re.MULTILINE))
    listed = {str(number): why for each in EXCEPTIONS.values() for number, why in each.items()}

    assert told == listed
