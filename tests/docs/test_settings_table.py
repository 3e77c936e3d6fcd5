"""The README's table of settings, held against the settings themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api.settings import ApiSettings
from dateline.search.settings import CONFIG_VARIABLE, SETTING_NAMES, SearchSettings
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from pathlib import Path


def test_readme_names_every_setting_and_no_other(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith("| `DATELINE_")]
    told = set(re.findall(r"`(DATELINE_[A-Z_]+)`", "\n".join(rows)))
    fields = {
        **SearchSettings.model_fields,
        **ApiSettings.model_fields,
        **IndexerSettings.model_fields,
    }

    assert told == {f"DATELINE_{name.upper()}" for name in fields} | {CONFIG_VARIABLE}
    assert set(fields) == SETTING_NAMES
